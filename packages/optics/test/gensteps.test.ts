import { readFileSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNpy } from '@lantern/formats/node';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { genstepWords } from '../src/genstep-layout.ts';
import {
  type GenstepFileOptions,
  openGenstepFile,
} from '../src/sources/gensteps/genstep-file.node.ts';
import type { PhotonSource } from '../src/sources/photon-source.ts';
import { genstepDetector, genstepScene } from './genstep-detector.ts';
import {
  cerenkovStep,
  changed,
  type StepWords,
  scintillationStep,
  stepRows,
  torchStep,
} from './genstep-rows.ts';
import { photonsOf, SourcesKernel } from './sources-kernel.ts';

const module = new WebAssembly.Module(
  readFileSync(new URL('../dist/kernel.wasm', import.meta.url)),
);
const { materials: names } = genstepScene;
// The testing kernel takes the materials in the order of a detector's map: here that of the scene.
const kernel = new SourcesKernel({
  ...genstepDetector,
  materials: new Map(
    names.flatMap((name) => {
      const material = genstepDetector.materials.get(name);
      return material ? [[name, material] as const] : [];
    }),
  ),
});

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantern-gensteps-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const opened: PhotonSource[] = [];
afterEach(async () => {
  for (const source of opened.splice(0)) await source.close?.();
});

let files = 0;
async function write(steps: readonly StepWords[]): Promise<string> {
  const path = join(folder, `gensteps-${files++}.npy`);
  await writeNpy(path, { dtype: '<f4', shape: [steps.length, 6, 4], data: stepRows(steps) });
  return path;
}

const options: GenstepFileOptions = { detector: genstepDetector, scene: genstepScene, module };

async function open(
  steps: readonly StepWords[],
  parts: Partial<GenstepFileOptions> = {},
): Promise<PhotonSource> {
  return openPath(await write(steps), parts);
}

async function openPath(
  path: string,
  parts: Partial<GenstepFileOptions> = {},
): Promise<PhotonSource> {
  const source = await openGenstepFile(path, { ...options, ...parts });
  opened.push(source);
  return source;
}

async function rowsOf(
  source: PhotonSource,
  first = 0,
  count = source.count,
): Promise<Float32Array<ArrayBuffer>> {
  return kernel.rows(await source.batch(first, count), first, count);
}

const fails = (
  steps: readonly StepWords[],
  message: RegExp,
  parts: Partial<GenstepFileOptions> = {},
): Promise<void> => expect(open(steps, parts)).rejects.toThrow(message);

const floats = (at: number, ...values: number[]): Partial<StepWords> => ({
  floats: Object.fromEntries(values.map((value, i) => [at + 4 * i, value])),
});
const integer = (at: number, value: number): Partial<StepWords> => ({ integers: { [at]: value } });

test('[GS1] photons of Cerenkov, scintillation and torch steps, in the order of the steps', async () => {
  const source = await open([cerenkovStep, scintillationStep, torchStep(3, 5)]);
  expect(source.count).toBe(105);
  expect(source.description).toMatch(/^gensteps .*\.npy$/);
  const photons = photonsOf(await rowsOf(source));
  expect(photons.map(({ mask }) => mask)).toEqual([
    ...Array<number>(40).fill(1),
    ...Array<number>(60).fill(2),
    ...Array<number>(5).fill(4),
  ]);
  for (const { at, wavelength, time, to } of photons.slice(0, 40)) {
    expect(at[0]).toBeGreaterThan(-150);
    expect(at[0]).toBeLessThan(-140);
    expect([at[1], at[2]]).toEqual([5, -7]);
    expect(time - 1.5).toBeCloseTo((at[0] + 150) / 270, 2);
    expect(wavelength).toBeGreaterThan(206.9);
    expect(wavelength).toBeLessThan(774.1);
    expect(to[0]).toBeGreaterThan(1 / (0.9 * 1.4) - 1e-6);
  }
  for (const { at, wavelength, time } of photons.slice(40, 100)) {
    expect(at[1]).toBeGreaterThan(5);
    expect(at[1]).toBeLessThan(15);
    expect(wavelength).toBeGreaterThan(354);
    expect(wavelength).toBeLessThan(496);
    expect(time).toBeGreaterThan(2.5);
  }
});

test('[GS1] photon i is the same whatever the batches, over many steps with few photons, with many, and with none', async () => {
  const steps = Array.from({ length: 3000 }, (_, i) =>
    changed(i % 3 === 0 ? cerenkovStep : scintillationStep, {
      integers: { 12: [0, 1, 2, 0, 5][i % 5] ?? 0 },
      floats: { 24: (i % 300) - 150 },
    }),
  );
  const source = await open([...steps, changed(scintillationStep, integer(12, 20_000))]);
  const count = 3000 * (8 / 5) + 20_000;
  expect(source.count).toBe(count);
  const whole = await rowsOf(source);
  for (const [first, n] of [
    [0, 1],
    [777, 1000],
    [4795, 10],
    [count - 3, 3],
  ] as const)
    expect(await rowsOf(source, first, n)).toEqual(whole.slice(16 * first, 16 * (first + n)));
});

test('[GS1] counts up to 2^32 - 1 in a step and 2^40 in all; one more is an error', async () => {
  const most = changed(torchStep(3), integer(12, 2 ** 32 - 1));
  const rest = changed(torchStep(3), integer(12, 256));
  const source = await open([...Array<StepWords>(256).fill(most), rest]);
  expect(source.count).toBe(2 ** 40);
  const [photon] = photonsOf(await rowsOf(source, 2 ** 40 - 1, 1));
  expect(photon?.at).toEqual([1, 2, -90]);
  await source.close?.();
  await fails([...Array<StepWords>(256).fill(most), most], /too many photons: given .*2\^40/);
});

describe('[GS1] files that are none', () => {
  test('missing, empty, without photons, cut short, of another type, shape or order', async () => {
    await expect(openGenstepFile(join(folder, 'none.npy'), options)).rejects.toThrow(/none\.npy/);
    await fails([], /a file without photons/);
    await fails([changed(cerenkovStep, integer(12, 0))], /a file without photons/);
    const path = await write([cerenkovStep, cerenkovStep]);
    const bytes = readFileSync(path);
    await writeFile(path, bytes.subarray(0, bytes.length - 1));
    await expect(openPath(path)).rejects.toThrow(/gensteps-\d+\.npy/);
    await writeFile(path, '');
    await expect(openPath(path)).rejects.toThrow(/gensteps-\d+\.npy/);
    const other = join(folder, 'other.npy');
    await writeNpy(other, { dtype: '<f8', shape: [1, 6, 4], data: new Float64Array(24) });
    await expect(openPath(other)).rejects.toThrow(/other\.npy.*<f4/s);
    await writeNpy(other, { dtype: '<f4', shape: [1, 4, 4], data: new Float32Array(16) });
    await expect(openPath(other)).rejects.toThrow(/other\.npy.*6, 4/s);
    const text = bytes
      .toString('latin1')
      .replace("'fortran_order': False", "'fortran_order': True ");
    await writeFile(other, Buffer.from(text, 'latin1'));
    await expect(openPath(other)).rejects.toThrow(/Fortran order/);
  });

  test('changed while it is read', async () => {
    const path = await write([cerenkovStep, scintillationStep]);
    const source = await openPath(path);
    const bytes = readFileSync(path);
    bytes.writeUInt32LE(41, bytes.length - 2 * 96 + 12);
    await writeFile(path, bytes);
    await expect(Promise.resolve(source.batch(0, 100))).rejects.toThrow(/has changed while/);
  });

  test('reading stops when it is told to', async () => {
    await fails([cerenkovStep], /abort/i, { signal: AbortSignal.abort() });
  });
});

test('[GS2] the kinds of older files of Opticks; FRAME is skipped with a warning', async () => {
  const present = await open([cerenkovStep, scintillationStep]);
  const known = await rowsOf(present);
  const plain = changed(scintillationStep, floats(68, 0));
  const plainRows = await rowsOf(await open([cerenkovStep, plain]));
  for (const kind of [1, 3, 18]) {
    const old = await open([changed(cerenkovStep, integer(0, kind)), scintillationStep]);
    expect(await rowsOf(old)).toEqual(known);
  }
  for (const kind of [2, 4, 5]) {
    const old = await open([cerenkovStep, changed(plain, integer(0, kind))]);
    expect(await rowsOf(old)).toEqual(plainRows);
  }
  await fails([changed(scintillationStep, integer(0, 4))], /slower component.*r3971/);
  const frame = changed(torchStep(0, 12_345), integer(0, 17));
  const framed = await open([frame, cerenkovStep, scintillationStep]);
  expect(framed.count).toBe(100);
  expect(await rowsOf(framed)).toEqual(known);
  expect(framed.warnings?.()).toEqual([expect.stringMatching(/1 step of kind 17 \(FRAME\)/)]);
});

test.each([
  [0, 'INVALID', ''],
  [7, 'FABRICATED', ''],
  [14, 'CARRIER', '--photons'],
  [19, 'INPUT_PHOTON', '--photons'],
  [20, 'INPUT_PHOTON_SIMTRACE', '--photons'],
  [77, '77', ''],
])('[GS2] kind %i (%s) holds no light: an error', async (kind, name, hint) => {
  const steps = [cerenkovStep, changed(scintillationStep, integer(0, kind))];
  await fails(steps, new RegExp(`step 1.*${name}.*${hint}`, 's'));
});

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
test.each<[string, StepWords, Partial<StepWords>, RegExp]>([
  ['a position that is no number', cerenkovStep, floats(20, nan), /position/],
  ['a time that is infinite', scintillationStep, floats(28, infinity), /time/],
  ['no displacement', cerenkovStep, floats(32, 0, 0, 0), /displacement/],
  ['a displacement that is no number', scintillationStep, floats(32, nan), /displacement/],
  ['a negative length', cerenkovStep, floats(44, -1), /step length/],
  ['a charge that is no number', scintillationStep, floats(52, nan), /charge/],
  ['no velocity', cerenkovStep, floats(60, 0), /velocity before/],
  ['more than c', cerenkovStep, floats(92, 301), /velocity after/],
  ['no mean velocity', scintillationStep, floats(60, 0), /mean velocity/],
  ['beta above 1', cerenkovStep, floats(64, 0.9), /1\/beta/],
  ['wavelengths the wrong way round', cerenkovStep, floats(68, 700, 300), /wavelengths/],
  ['energies for wavelengths', cerenkovStep, floats(68, 1.6e-6, 6e-6), /wavelength/],
  ['a wavelength outside all tables', cerenkovStep, floats(68, 80), /outside all tables.*80 nm/],
  ['maxSin2 above 1', cerenkovStep, floats(80, 1.5), /maxSin2/],
  ['negative means', cerenkovStep, floats(84, -1, 2), /mean number/],
  ['no means', cerenkovStep, floats(84, 0, 0), /mean numbers/],
  ['a negative decay time', scintillationStep, floats(80, -1), /decay time/],
  ['a negative rise time', scintillationStep, floats(68, -1), /rise time/],
  ['component 4', scintillationStep, integer(64, 4), /component.*4/],
  ['a shape of no torch', torchStep(8), {}, /shape of a torch.*8/],
  ['a direction that is none', torchStep(1), floats(32, 1, 1, 1), /direction/],
  ['a torch of 20 nm', torchStep(7), floats(60, 20), /outside all tables/],
  ['a zenith beyond the pole', torchStep(7), floats(64, -0.5), /zenith/],
  ['a corner of the square', torchStep(6), floats(64, 0, 0.01, 0, 0.01), /zenith and azimuth/],
  ['a light of unknown mode', torchStep(100), integer(88, 9), /mode of a light/],
  ['a light with a table', torchStep(100), integer(88, 48), /no table of it/],
])('[GS3] %s is an error that names file, step and value', async (_, step, change, message) => {
  await fails([cerenkovStep, changed(step, change)], message);
  await fails([cerenkovStep, changed(step, change)], /gensteps-\d+\.npy: step 1/);
});

test('[GS4] a step that is not in its material is an error: matline 0 of Opticks, say', async () => {
  const wrong = changed(scintillationStep, { integers: { 8: 1, 64: 1 } });
  await fails(
    [cerenkovStep, changed(cerenkovStep, { ...integer(8, 0), ...floats(64, 1) })],
    /contradicts the refractive index of 'Gas'|not in its material/,
  );
  await fails([cerenkovStep, wrong], /'Water' \(matline 1\).*in 'Scintillator'/);
  const gas = changed(cerenkovStep, floats(20, 500));
  await fails(
    [cerenkovStep, gas],
    /step 1: .*'Water' \(matline 1\).*\(-150, 500, -7\) mm, in 'Gas'.*--matline/s,
  );
  await fails([changed(cerenkovStep, floats(20, 5000))], /outside the world/);
});

test('[GS4] in long files too, where not every step is looked up: of each kind, wherever it comes', async () => {
  const small = changed(cerenkovStep, integer(12, 1));
  const other = changed(scintillationStep, integer(12, 1));
  const steps = Array.from({ length: 350_000 }, (_, i) => (i % 2 === 0 ? small : other));
  await open(steps);
  // Scintillation steps alone are elsewhere than they say, in every other row.
  const elsewhere = changed(other, floats(16, 500));
  await fails(
    steps.map((step) => (step === other ? elsewhere : step)),
    /step 1: .*not in its material/,
  );
  // And from the middle on.
  await fails(
    steps.map((step, i) => (i > 150_000 && step === other ? elsewhere : step)),
    /step 150\d\d\d: .*not in its material/,
  );
});

test('[GS4] a number that is no material is an error with the numbers that are', async () => {
  await fails(
    [changed(cerenkovStep, integer(8, 1_000_003))],
    /matline 1000003.*Gas=0, Water=1, Scintillator=2.*--matline auto/s,
  );
});

test('[GS4] numbers of another program: by --matline, by the file beside, or by the place', async () => {
  const known = await rowsOf(await open([cerenkovStep, scintillationStep]));
  const steps = [changed(cerenkovStep, integer(8, 30)), changed(scintillationStep, integer(8, 0))];
  await fails(steps, /matline 30/);
  for (const materialLines of [
    'Water=30,Scintillator=0',
    'Water=30, Scintillator=0,Water=9',
    'auto',
  ])
    expect(await rowsOf(await open(steps, { materialLines }))).toEqual(known);
  const path = await write(steps);
  const beside = path.replace('.npy', '.materials.json');
  await writeFile(beside, '{"Water": [7, 30], "Scintillator": 0, "Elsewhere": 4}');
  expect(await rowsOf(await openPath(path))).toEqual(known);
  await writeFile(beside, '{"Water": 30, "Scintillator": 30}');
  await expect(openPath(path)).rejects.toThrow(/one number for two materials/);
  await writeFile(beside, '[3]');
  await expect(openPath(path)).rejects.toThrow(/materials\.json.*"Water": 3/s);
  await writeFile(beside, '{"Water": "x"}');
  await expect(openPath(path)).rejects.toThrow(/given 'x'/);
  await rename(beside, `${beside}.old`);
});

test.each([
  ['Watre=3', /'Watre'.*did you mean 'Water'/s],
  ['Water', /'Water'.*integer/s],
  ['Water=-1', /'-1'/],
  ['Water=3,Gas=3', /one number for two materials/],
  ['Scintillator=30', /matline 30|contradicts|not in its material|RINDEX/],
])('[GS4] --matline %s is an error', async (materialLines, message) => {
  await fails([changed(cerenkovStep, integer(8, 30))], message, { materialLines });
});

test('[GS4] swapped names are seen, and a place without such light', async () => {
  const steps = [changed(cerenkovStep, integer(8, 3)), changed(cerenkovStep, integer(8, 3))];
  await fails(steps, /contradicts|not in its material/, { materialLines: 'Scintillator=3' });
  await fails([changed(scintillationStep, floats(16, -150))], /no material there/, {
    materialLines: 'auto',
  });
});

test('[GS4] steps that end at faces are in their material, on whichever side rounding puts them', async () => {
  for (const x of [-10, 0]) {
    const step = changed(cerenkovStep, floats(16, x));
    if (x < 0) await open([step]);
    // The same piece of track, said to be beyond the face.
    else await fails([step], /not in its material/);
  }
  const short = changed(scintillationStep, { floats: { 16: 1e-7, 32: 0, 36: 0, 40: 0, 44: 0 } });
  await open([short]);
  await open([changed(short, floats(16, -1e-7))]);
  await fails([changed(short, floats(16, -0.1))], /not in its material/);
});

test('[GS5] components count from 1, or from 0 where a file has a 0', async () => {
  const second = changed(scintillationStep, { integers: { 64: 2 }, floats: { 68: 0, 80: 50 } });
  const known = await rowsOf(await open([scintillationStep, second]));
  const fromZero = [changed(scintillationStep, integer(64, 0)), changed(second, integer(64, 1))];
  expect(await rowsOf(await open(fromZero))).toEqual(known);
  await fails([changed(scintillationStep, integer(64, 3))], /component 3 .*one of 1, 2/s);
  await fails([changed(second, integer(64, 1))], /50 ns, which is component 2/);
  await fails([changed(scintillationStep, integer(64, 2))], /5 ns, which is component 1/);
});

test('[GS6] Cerenkov light of the wrong index is an error: too wide a cone, or no light at all', async () => {
  const slow = changed(cerenkovStep, floats(64, 1.5));
  await fails([slow], /contradicts the refractive index of 'Water'.*1\/beta 1\.5/);
  await fails([changed(cerenkovStep, floats(80, 0.3))], /maxSin2/);
  // Part of the spectrum alone, with what is the greatest there.
  const part = changed(cerenkovStep, { floats: { 68: 620, 80: 1 - (1 / (0.9 * 1.334)) ** 2 } });
  await open([part]);
  // Just above the threshold rounding decides the sine.
  await open([changed(cerenkovStep, { floats: { 64: 1.3997735, 80: 1e-6 } })]);
});

test('[GS7] every step is read back as it was converted', async () => {
  const source = await open([changed(cerenkovStep, integer(0, 3)), scintillationStep]);
  const rows: number[] = [];
  for await (const part of source.gensteps?.() ?? []) rows.push(...part);
  expect(rows).toEqual([...stepRows([cerenkovStep, scintillationStep])]);
  expect(rows).toHaveLength(2 * genstepWords);
});
