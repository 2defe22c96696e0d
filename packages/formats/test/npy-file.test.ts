import { existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FormatError } from '@lantern/formats';
import { NpyReader, NpyWriter, readNpy, writeNpy } from '@lantern/formats/node';
import { describe, expect, test } from 'vitest';
import { npyBytes } from './npy-bytes.ts';
import { temporaryFolder } from './temporary-folder.ts';

const layout = { dtype: '<f4', rowShape: [2] } as const;

describe('reading files', () => {
  test.each([1, 3, 10, 1000])('[NR7] by chunks of %d rows', async (count) => {
    const path = join(temporaryFolder(), 'a.npy');
    const data = Float32Array.from({ length: 40 }, (_, i) => i);
    await writeNpy(path, { dtype: '<f4', shape: [10, 2, 2], data });
    const reader = await NpyReader.open(path, { dtype: '<f4', shape: [undefined, 2, 2] });
    expect([reader.rows, reader.rowLength]).toEqual([10, 4]);
    const chunks: Float32Array[] = [];
    for await (const chunk of reader.chunks(count)) chunks.push(chunk);
    expect(chunks.flatMap((chunk) => [...chunk])).toEqual([...data]);
    expect(chunks).toHaveLength(Math.ceil(10 / count));
    expect(new Set(chunks.map((chunk) => chunk.buffer)).size).toBe(chunks.length);
    expect(await reader.read(9, 5)).toEqual(data.slice(36));
    expect(await reader.read(10, 5)).toHaveLength(0);
    await reader.close();
  });

  test('[NR7] chunks have at least a row', async () => {
    const path = join(temporaryFolder(), 'a.npy');
    await writeNpy(path, { dtype: '|u1', shape: [0], data: new Uint8Array() });
    const reader = await NpyReader.open(path);
    await expect(reader.chunks(0).next()).rejects.toThrow('rows per chunk: given 0');
    expect(await reader.chunks(5).next()).toEqual({ done: true, value: undefined });
    await reader.close();
  });

  test('[NR8] no such file, a folder', async () => {
    const folder = temporaryFolder();
    const missing = join(folder, 'missing.npy');
    await expect(readNpy(missing)).rejects.toThrow(
      `${missing}: cannot read: no such file or folder`,
    );
    await expect(readNpy(missing)).rejects.toBeInstanceOf(FormatError);
    await expect(readNpy(folder)).rejects.toThrow(`${folder}: cannot read`);
  });

  test('[NR4][NR6] files of the wrong length, also when it changes while they are read', async () => {
    const path = join(temporaryFolder(), 'a.npy');
    const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (4000000000, 4, 4), }";
    writeFileSync(path, npyBytes({ header, data: new Uint8Array(64) }));
    await expect(readNpy(path)).rejects.toThrow(`${path}: NPY file cut short`);
    await writeNpy(path, { dtype: '<f4', shape: [8], data: new Float32Array(8) });
    const reader = await NpyReader.open(path);
    truncateSync(path, 140);
    await expect(reader.read(0, 8)).rejects.toThrow('has become shorter');
    await reader.close();
  });
});

describe('writing files', () => {
  test('[NW2] the final name appears when the file is finished', async () => {
    const folder = temporaryFolder();
    const writer = await NpyWriter.create(join(folder, 'hits.npy'), layout);
    await writer.append(Float32Array.of(1, 2, 3, 4));
    expect(readdirSync(folder)).toEqual(['hits.partial.npy']);
    await writer.finish();
    expect(readdirSync(folder)).toEqual(['hits.npy']);
    expect(await readNpy(writer.path)).toMatchObject({
      shape: [2, 2],
      data: Float32Array.of(1, 2, 3, 4),
    });
    expect(await writer.abort()).toBe(2);
    await expect(writer.append(Float32Array.of(1, 2))).rejects.toThrow('the file is closed');
    await expect(writer.finish()).rejects.toThrow('the file is closed');
  });

  test('[NW2] an aborted file keeps its partial name; a failed whole one goes', async () => {
    const folder = temporaryFolder();
    const writer = await NpyWriter.create(join(folder, 'hits.npy'), layout);
    await writer.append(Float32Array.of(1, 2));
    expect(await writer.abort()).toBe(1);
    expect(readdirSync(folder)).toEqual(['hits.partial.npy']);
    expect((await readNpy(writer.partialPath)).data).toEqual(Float32Array.of(1, 2));
    const wrong = { dtype: '<f4', shape: [3], data: new Float32Array(2) } as const;
    await expect(writeNpy(join(folder, 'b.npy'), wrong)).rejects.toThrow('given 2 elements');
    expect(readdirSync(folder)).toEqual(['hits.partial.npy']);
  });

  test('[NW3] the partial file is whole after each append', async () => {
    const writer = await NpyWriter.create(join(temporaryFolder(), 'hits.npy'), layout);
    for (let rows = 0; rows < 120; rows++) {
      const array = await readNpy(writer.partialPath, { dtype: '<f4', shape: [rows, 2] });
      expect(array.data.every((value, i) => value === i)).toBe(true);
      await writer.append(Float32Array.of(2 * rows, 2 * rows + 1));
    }
    expect(writer.rows).toBe(120);
    await writer.finish();
  });

  test('[NW4] appends that are not awaited keep their order', async () => {
    const writer = await NpyWriter.create(join(temporaryFolder(), 'hits.npy'), layout);
    const expected: number[] = [];
    for (let i = 0; i < 50; i++) {
      const rows = new Float32Array(2 * (i % 7)).fill(i);
      expected.push(...rows);
      void writer.append(rows);
    }
    await writer.finish();
    expect([...(await readNpy(writer.path, { dtype: '<f4' })).data]).toEqual(expected);
  });

  test('[NW7] rows that do not fit change nothing', async () => {
    const writer = await NpyWriter.create(join(temporaryFolder(), 'hits.npy'), layout);
    await writer.append(Float32Array.of(1, 2));
    await expect(writer.append(Float32Array.of(1, 2, 3))).rejects.toThrow(
      "expected rows of (2,) of '<f4'",
    );
    // @ts-expect-error a type error as well
    await expect(writer.append(Float64Array.of(1, 2))).rejects.toThrow(
      '2 elements in Float64Array',
    );
    await writer.append(Float32Array.of(3, 4));
    await writer.finish();
    expect((await readNpy(writer.path)).data).toEqual(Float32Array.of(1, 2, 3, 4));
  });

  test('[NW8] two writers to one name: the one whose file was taken away fails', async () => {
    const path = join(temporaryFolder(), 'hits.npy');
    const first = await NpyWriter.create(path, layout);
    const second = await NpyWriter.create(path, layout);
    await first.append(Float32Array.of(1, 1));
    await second.append(Float32Array.of(2, 2));
    await expect(first.finish()).rejects.toThrow('another process writes to the same name');
    await second.finish();
    expect((await readNpy(path)).data).toEqual(Float32Array.of(2, 2));
  });

  test('[NR8][NW2] no such folder, and a folder in the way', async () => {
    const folder = temporaryFolder();
    const create = (path: string) => NpyWriter.create(path, layout);
    await expect(create(join(folder, 'no', 'hits.npy'))).rejects.toThrow(
      'cannot write: no such file or folder',
    );
    const writer = await create(join(folder, 'hits.npy'));
    mkdirSync(join(folder, 'hits.npy'));
    await expect(writer.finish()).rejects.toThrow('it is not a regular file: given a folder');
    expect(existsSync(writer.partialPath)).toBe(true);
  });

  test('[NW8] a partial file that is gone cannot be finished', async () => {
    const writer = await NpyWriter.create(join(temporaryFolder(), 'hits.npy'), layout);
    await rm(writer.partialPath).catch(() =>
      rename(writer.partialPath, `${writer.partialPath}.gone`),
    );
    await expect(writer.finish()).rejects.toThrow(
      `${writer.path}: cannot complete: no such file or folder`,
    );
  });
});
