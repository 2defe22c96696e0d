import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { Conditions } from '../src/conditions.ts';
import { openSnapshotFolderAt, saveSnapshotFolder } from '../src/node/snapshot-folder.ts';
import { extensionOf, FolderNames } from '../src/snapshot/folder-names.ts';
import { formatTable, parseTable } from '../src/snapshot/text-table.ts';
import { describeConditionsReader } from './conditions-reader-contract.ts';
import { day, sampleStore } from './sample-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'lantern-folder-'));
afterAll(() => rmSync(folder, { recursive: true }));

describeConditionsReader({
  name: 'snapshot folder',
  async open(store) {
    const path = join(folder, 'contract');
    await saveSnapshotFolder(path, store);
    const { metadata, payloads } = await openSnapshotFolderAt(path);
    return new Conditions(metadata, payloads);
  },
});

describe('a snapshot that is a folder', () => {
  test('[SNP7] has a file for each condition, a line for each interval, and payloads beside', async () => {
    const store = await sampleStore();
    const path = join(folder, 'to-read');
    await saveSnapshotFolder(path, store, {
      tags: ['fix', 'base'],
      range: { axis: 'time', begin: day(3), end: day(5) },
    });
    const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) =>
      name.replaceAll('\\', '/'),
    );
    expect(files.filter((name) => name.endsWith('.tsv')).sort()).toEqual([
      'conditions/LAT/CAL_Ped/vanilla.tsv',
      'conditions/LAT/Trigger/vanilla.run.tsv',
      'tags/base/CAL_Ped/vanilla.tsv',
      'tags/base/Trigger/vanilla.run.tsv',
      'tags/fix/CAL_Ped/vanilla.tsv',
    ]);
    const text = (name: string) => readFileSync(join(path, name), 'utf8');
    const payload = (await store.row(4)).payload!.sha256;
    expect(text('tags/fix/CAL_Ped/vanilla.tsv')).toBe(
      `begin\tend\tserNo\tpayload\n2024-01-03T12:00:00Z\t2024-01-04T06:00:00Z\t4\t${payload}\n`,
    );
    const lines = text('conditions/LAT/CAL_Ped/vanilla.tsv').split('\n');
    expect(lines.find((line) => line.includes(payload))).toBe(
      '2024-01-04T00:00:00Z\t2024-01-05T00:00:00Z\t4\tproduction\tok\t2024-02-01T00:00:05.000000036Z\t' +
        '2024-02-01T00:00:05.000000036Z\t\tCSV\t1\t' +
        `payloads/${payload.slice(0, 2)}/${payload}.csv\t\tsample "store"\t\t\t` +
        'CAL_Ped\\tfrom\\n1704326400000000000 — ±ü\t$CALIBROOT/CAL_Ped/1704326400000000000.csv\t',
    );
    expect(text(`payloads/${payload.slice(0, 2)}/${payload}.csv`)).toMatch(/^CAL_Ped 17043264/);
    expect(text('README.txt')).toContain('Intervals are half open');
    const { metadata, payloads } = await openSnapshotFolderAt(path);
    const reader = new Conditions(metadata, payloads);
    const question = { instrument: 'LAT', calibType: 'CAL_Ped', position: day(3) + 5n };
    expect(await reader.find(question)).toEqual(await store.find(question));
    await expect(reader.find({ ...question, position: day(9) })).rejects.toThrow(
      /outside of the range/,
    );
  });

  test('[SNP7] written again, it has the same bytes; what is no snapshot is not replaced', async () => {
    const store = await sampleStore();
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    await saveSnapshotFolder(one, store);
    await saveSnapshotFolder(two, store, { tags: ['fix'] });
    await saveSnapshotFolder(two, store);
    const sums = (path: string) => readFileSync(join(path, 'SHA256SUMS'), 'utf8');
    expect(sums(two)).toBe(sums(one));
    expect(readdirSync(folder).filter((name) => /partial|old/.test(name))).toEqual([]);
    const other = join(folder, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'thesis.tex'), 'years of work');
    await expect(saveSnapshotFolder(other, store)).rejects.toMatchObject({ kind: 'conflict' });
    expect(readdirSync(other)).toEqual(['thesis.tex']);
  });

  test('[SNP7] changed or cut off, or with a file missing, it is refused with the name of the file', async () => {
    const path = join(folder, 'changed');
    const store = await sampleStore();
    await saveSnapshotFolder(path, store);
    const payload = (await store.row(4)).payload!.sha256;
    const open = async () => {
      const { metadata, payloads } = await openSnapshotFolderAt(path);
      return new Conditions(metadata, payloads);
    };
    const change = async (
      name: string,
      change: (text: string) => string,
      check: () => Promise<void>,
    ) => {
      const text = readFileSync(join(path, name), 'utf8');
      writeFileSync(join(path, name), change(text));
      await check();
      writeFileSync(join(path, name), text);
    };
    for (const name of [
      'snapshot.json',
      'log.jsonl',
      'conditions/LAT/CAL_Ped/vanilla.tsv',
      'tags/fix/CAL_Ped/vanilla.tsv',
    ]) {
      const check = () =>
        expect(open()).rejects.toThrow(`changed/${name}: the file is not what was written`);
      await change(name, (text) => text.replace('2024', '2025'), check);
      await change(name, (text) => text.slice(0, -1), check);
    }
    const file = `payloads/${payload.slice(0, 2)}/${payload}.csv`;
    await change(
      file,
      (text) => `${text} `,
      async () => {
        await expect((await open()).payload(payload)).rejects.toThrow(
          `${file}: a payload is not what was stored`,
        );
      },
    );
    await change(
      'SHA256SUMS',
      (text) => `${text}${'0'.repeat(64)}  ../../etc/passwd\n`,
      () => expect(open()).rejects.toThrow(/SHA256SUMS:\d+: no line of hashes/),
    );
    rmSync(join(path, 'tags/fix/CAL_Ped/vanilla.tsv'));
    await expect(open()).rejects.toThrow(/vanilla\.tsv: a file of the snapshot cannot be read/);
    await expect(openSnapshotFolderAt(join(folder, 'none'))).rejects.toMatchObject({
      kind: 'absent',
    });
  });

  test('[SNP7] tags are as they are at its moment: lines of before are refused, not invented', async () => {
    const path = join(folder, 'before');
    const store = await sampleStore();
    const all = await store.metadata.events(0, 1000);
    const grown = all.find(({ change }) => change.kind === 'tagEdited')!;
    await saveSnapshotFolder(path, store, { tags: ['grows'] });
    const { metadata, payloads } = await openSnapshotFolderAt(path);
    const reader = new Conditions(metadata, payloads);
    await expect(reader.lines('grows', undefined, grown.at - 1n)).rejects.toThrow(
      /before: no payload .*a folder has the lines of its tags as they are at its moment/,
    );
    expect(await reader.lines('grows')).toEqual(await store.lines('grows'));
  });
});

test('[SNP8] a table is read back as it was written, whatever its cells have', () => {
  const cell = fc.string({
    unit: fc.constantFrom('\t', '\n', '\\', '\r', 't', 'n', '"', 'é', ' ', ''),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell)), (rows) => {
      expect(parseTable(formatTable(['a\t', 'b'], rows), ['a\t', 'b'], 'table')).toEqual(rows);
    }),
  );
  expect(() => parseTable('a\tb\n1\n', ['a', 'b'], 'x.tsv')).toThrow(
    /x\.tsv:2: no line of this table: given "1"/,
  );
  expect(() => parseTable('a\tb\n1\t2', ['a', 'b'], 'x.tsv')).toThrow(/x\.tsv:2/);
  expect(() => parseTable('', ['a', 'b'], 'x.tsv')).toThrow(/x\.tsv:1/);
});

test('[SNP8] every name is a file of its own, inside the folder', () => {
  const names = new FolderNames();
  const paths = ['A b', 'a b', '..', '.', '', 'a/b', 'ä', 'con?', 'A b'].map((name) =>
    names.path(['x', name], 'tsv'),
  );
  expect(paths).toEqual([
    'x/A%20b.tsv',
    'x/a%20b~2.tsv',
    'x/%2E%2E.tsv',
    'x/%2E.tsv',
    'x/%.tsv',
    'x/a%2Fb.tsv',
    'x/%C3%A4.tsv',
    'x/con%3F.tsv',
    'x/A%20b~3.tsv',
  ]);
  expect(['XML.gz', 'CSV', '../x', ''].map(extensionOf)).toEqual(['xml.gz', 'csv', 'x', 'data']);
});
