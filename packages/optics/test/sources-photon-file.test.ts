import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNpy } from '@lantern/formats/node';
import { dot, length } from '@lantern/units';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPhotonFile, type PhotonFileOptions } from '../src/sources/photon-file.node.ts';
import { photonsOf } from './sources-kernel.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantern-photons-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const good = [1, 2, 3, 4, 0, 0, 1, 0, 1, 0, 0, 420, 0, 0, 0, 0];
const changed = (index: number, ...values: number[]): number[] => {
  const row = [...good];
  row.splice(index, values.length, ...values);
  return row;
};

let files = 0;
async function write(
  rows: readonly (readonly number[])[],
  shape = [rows.length, 4, 4],
): Promise<string> {
  const path = join(folder, `photons-${files++}.npy`);
  await writeNpy(path, { dtype: '<f4', shape, data: Float32Array.from(rows.flat()) });
  return path;
}

async function read(
  rows: readonly (readonly number[])[],
  options: Partial<PhotonFileOptions> = {},
): Promise<{ photons: ReturnType<typeof photonsOf>; warnings: readonly string[] }> {
  const source = await openPhotonFile(await write(rows), { seed: 1n, ...options });
  try {
    const batch = await source.batch(0, rows.length);
    if (batch.kind !== 'photons') throw new Error('expected photons');
    return {
      photons: photonsOf(batch.photons as Float32Array<ArrayBuffer>),
      warnings: source.warnings?.() ?? [],
    };
  } finally {
    await source.close?.();
  }
}

test('[SRC1] photons come from an (N, 4, 4) file in batches', async () => {
  const rows = Array.from({ length: 100 }, (_, i) => changed(0, i));
  const path = await write(rows);
  const source = await openPhotonFile(path, { seed: 1n });
  expect(source.count).toBe(100);
  expect(source.description).toBe(`file ${path}`);
  const batch = await source.batch(90, 10);
  if (batch.kind !== 'photons') throw new Error('expected photons');
  expect(photonsOf(batch.photons as Float32Array<ArrayBuffer>).map(({ at }) => at[0])).toEqual([
    90, 91, 92, 93, 94, 95, 96, 97, 98, 99,
  ]);
  await source.close?.();
});

test('[SRC1] another shape, no photons, no file: errors that name the file', async () => {
  await expect(openPhotonFile(await write([good], [1, 16]), { seed: 1n })).rejects.toThrow(
    /photons-\d+\.npy: shape/,
  );
  await expect(openPhotonFile(await write([]), { seed: 1n })).rejects.toThrow(/without photons/);
  await expect(openPhotonFile(join(folder, 'none.npy'), { seed: 1n })).rejects.toThrow(/none\.npy/);
});

test.each([
  [
    'a NaN direction',
    changed(5, Number.NaN),
    /photons-\d+\.npy: photon 1: dirY is not a finite number: given NaN/,
  ],
  ['an infinite time', changed(3, Number.POSITIVE_INFINITY), /photon 1: time .* Infinity/],
  ['a NaN polarisation', changed(8, Number.NaN), /photon 1: polX/],
  ['no direction', changed(4, 0, 0, 0), /photon 1: direction: given \(0, 0, 0\)/],
  ['a direction too long', changed(6, 1.01), /photon 1: direction: .*length 1\.01.*length 1/],
  ['no wavelength', changed(11, 0), /photon 1: wavelength: given 0 nm/],
  ['a negative wavelength', changed(11, -400), /photon 1: wavelength/],
])('[SRC2] %s is an error that names photon and value', async (_, row, message) => {
  await expect(read([good, row])).rejects.toThrow(message);
});

test('[SRC2] a wavelength outside all tables is an error that names the range', async () => {
  const wavelengths = { low: 200, high: 800 };
  await expect(read([good, changed(11, 150)], { wavelengths })).rejects.toThrow(
    /photon 1: wavelength outside all tables.*given 150 nm, expected 200 to 800 nm/,
  );
  await expect(read([changed(11, 800.001)], { wavelengths })).resolves.toBeDefined();
});

test('[SRC3] directions are made unit, polarisations turned to right angles and counted', async () => {
  const { photons, warnings } = await read([changed(6, 1.0005), changed(8, 1, 0, 0.5), good]);
  for (const { to, polarisation } of photons) {
    expect(length(to)).toBeCloseTo(1, 6);
    expect(length(polarisation)).toBeCloseTo(1, 6);
    expect(dot(to, polarisation)).toBeCloseTo(0, 6);
  }
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/: 1 photon with a polarisation not at right angles/);
});

test('[SRC3] a photon without a polarisation, or with one along its way, gets a random one: the same each time', async () => {
  const rows = [changed(8, 0, 0, 0), changed(8, 0, 0, 3), good];
  const first = await read(rows);
  expect(
    first.photons.slice(0, 2).every(({ polarisation }) => Math.abs(polarisation[2]) < 1e-6),
  ).toBe(true);
  expect(first.photons[0]?.polarisation).not.toEqual(first.photons[1]?.polarisation);
  expect(first.warnings[0]).toMatch(/: 2 photons without a polarisation/);
  expect((await read(rows)).photons).toEqual(first.photons);
  expect((await read(rows, { seed: 2n })).photons).not.toEqual(first.photons);
});

test("[SRC3] what an earlier life left in a row is cleared, but for the photon's origin", async () => {
  const bits = (word: number): number => new Float32Array(Uint32Array.of(word).buffer)[0] ?? 0;
  const used = [...good.slice(0, 12), bits(0x40), bits(7), bits(9), bits(0x41)];
  const { photons } = await read([used]);
  expect(photons[0]).toMatchObject({ flag: 0, index: 0, mask: 1 });
});
