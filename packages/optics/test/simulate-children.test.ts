import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNpy } from '@lantern/formats/node';
import { packScene } from '@lantern/geometry';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCpuEngine } from '../src/cpu/cpu-engine.node.ts';
import { photonWords } from '../src/photon-layout.ts';
import { simulate } from '../src/simulation/simulate.node.ts';
import type { SimulationRequest } from '../src/simulation/simulation-request.ts';
import type { Summary } from '../src/simulation/summary.ts';
import { shiftingDetector, ultraviolet } from './shifting-detector.ts';

const photonCount = 2000;
const scene = packScene(shiftingDetector({ first: 3, second: 1.5 }));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-children-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const request: SimulationRequest = {
  ...{ seed: 3n, source: ultraviolet(photonCount), threads: 2, batchSize: 150 },
  ...{ geometry: 'ball', keepPhotons: true, recordSteps: 3 },
};
const run = (parts: Partial<SimulationRequest> = {}): Promise<Summary> =>
  simulate(createCpuEngine(), scene, { ...request, ...parts }, folder);

/** The words of an array of float32 rows, and how many rows. */
async function rowsOf(name: string): Promise<{ words: Uint32Array; rows: number }> {
  const { data, shape } = await readNpy(join(folder, name), { dtype: '<f4' });
  const words = new Uint32Array(data.buffer, data.byteOffset, data.length);
  return { words, rows: shape[0] ?? 0 };
}

async function parentsOf(name = 'parents.npy'): Promise<number[]> {
  return [...(await readNpy(join(folder, name), { dtype: '<u8' })).data].map(Number);
}

const indices = (words: Uint32Array, stride = photonWords): number[] =>
  Array.from({ length: words.length / stride }, (_, i) => words[i * stride + 14] ?? -1);

describe('a simulation with children', () => {
  it('[OUT12] puts their rows behind those of the photons, in every array', async () => {
    const summary = await run();
    const { children, outcomes, photons } = summary;
    expect(children).toBeGreaterThan(photonCount);
    expect(photons).toBe(photonCount + children);
    expect(Object.values(outcomes).reduce((sum, n) => sum + n, 0)).toBe(photons);
    expect(readdirSync(folder).sort()).toEqual([
      'hits.npy',
      'parents.npy',
      'photons.npy',
      'record.npy',
      'sensors.json',
      'summary.json',
    ]);
    const ends = await rowsOf('photons.npy');
    const all = Array.from({ length: photons }, (_, i) => i);
    expect(ends.rows).toBe(photons);
    expect(indices(ends.words)).toEqual(all);
    const record = await rowsOf('record.npy');
    expect(record.rows).toBe(photons);
    expect(indices(record.words, 3 * photonWords)).toEqual(all);
    const hits = await rowsOf('hits.npy');
    expect(hits.rows).toBe(outcomes.detected);
    const numbers = indices(hits.words);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(numbers.at(-1)).toBeGreaterThanOrEqual(photonCount);
    for (const [i, number] of numbers.entries()) {
      const at = (row: number): string => ends.words.subarray(row * 16, row * 16 + 16).join();
      expect(hits.words.subarray(i * 16, i * 16 + 16).join()).toBe(at(number));
    }
    const parents = await parentsOf();
    expect(parents).toHaveLength(children);
    expect(parents).toEqual(parents.toSorted((a, b) => a - b));
  });

  it('[OUT12] writes the same bytes for any number of threads and size of batches', async () => {
    const names = ['hits.npy', 'photons.npy', 'record.npy', 'parents.npy', 'hits-merged.npy'];
    const hitForms = { kinds: ['hits', 'hits-merged'], window: 5 } as const;
    const bytes = (): Buffer[] => names.map((name) => readFileSync(join(folder, name)));
    const { digest } = await run({ hitForms });
    const reference = bytes();
    const other = await run({ hitForms, threads: 1, batchSize: photonCount, overwrite: true });
    expect(other.digest).toBe(digest);
    bytes().forEach((file, i) => {
      expect(file.equals(reference[i] ?? Buffer.alloc(0))).toBe(true);
    });
  });

  it('[OUT12] without children there is no parents.npy', async () => {
    const single = packScene(shiftingDetector({ first: 0, second: 1 }));
    const summary = await simulate(createCpuEngine(), single, request, folder);
    expect(summary.children).toBe(0);
    expect(readdirSync(folder)).not.toContain('parents.npy');
  });

  it('[OUT12] interrupted, leaves them behind the photons that are through', async () => {
    const controller = new AbortController();
    const simulation = run({
      signal: controller.signal,
      onProgress: ({ photons, total }) => {
        expect(total).toBe(photonCount);
        if (photons >= 600) controller.abort(new Error('enough'));
      },
    });
    await expect(simulation).rejects.toThrow('enough');
    expect(readdirSync(folder).sort()).toEqual([
      'hits.partial.npy',
      'parents.partial.npy',
      'photons.partial.npy',
      'record.partial.npy',
      'sensors.json',
      'summary.partial.json',
    ]);
    const summary = JSON.parse(
      readFileSync(join(folder, 'summary.partial.json'), 'utf8'),
    ) as Summary;
    const { photons, children } = summary;
    expect(photons - children).toBe(600);
    expect(summary.photonsRequested).toBe(photonCount);
    const { words, rows } = await rowsOf('photons.partial.npy');
    expect(rows).toBe(photons);
    expect(indices(words)).toEqual([
      ...Array.from({ length: 600 }, (_, i) => i),
      ...Array.from({ length: children }, (_, i) => photonCount + i),
    ]);
    expect(await parentsOf('parents.partial.npy')).toHaveLength(children);
    await expect(run()).rejects.toThrow(/partial results of a simulation that was stopped/);
    expect((await run({ overwrite: true })).photons).toBeGreaterThan(photons);
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('[OUT12] what a killed simulation has left of them is a result that may not go unasked', async () => {
    writeFileSync(join(folder, 'photons.children.partial.npy'), '');
    await expect(run()).rejects.toThrow(/given photons\.children\.partial\.npy/);
    await run({ overwrite: true });
    expect(readdirSync(folder).filter((name) => name.includes('children'))).toEqual([]);
  });

  it('[ENG23] light without end leaves no result, and says what to correct', async () => {
    const detector = shiftingDetector({ first: 3, second: 1.5 });
    const ball = detector.materials.get('Ball');
    const table = ball?.properties.tables.get('WLSABSLENGTH');
    if (!ball || !table) throw new Error('no ball');
    const tables = new Map(ball.properties.tables);
    tables.set('WLSABSLENGTH', { ...table, values: table.values.map(() => 0.01) });
    const endless = { ...ball, properties: { ...ball.properties, tables } };
    const materials = new Map(detector.materials).set('Ball', endless);
    const packed = packScene({ ...detector, materials });
    const parts = { ...request, keepPhotons: false, recordSteps: 0 };
    await expect(simulate(createCpuEngine(), packed, parts, folder)).rejects.toThrow(
      /multiplies light without end/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});
