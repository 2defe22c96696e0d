import { readFileSync } from 'node:fs';
import { type Detector, packScene, readGdml, type Scene } from '@lantern/geometry';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCpuEngine, loadKernel } from '../src/cpu/cpu-engine.node.ts';
import type { Engine, PhotonBatch } from '../src/engine.ts';
import { photonOffsets, photonWords } from '../src/photon-layout.ts';
import { lightSource } from '../src/sources/light/light-source.ts';
import { addTallies } from '../src/tally.ts';
import { photonsOf } from '../src/validation/photon-rows.ts';
import { shakenScene } from '../src/validation/shaken-scene.ts';
import { box, smallDetector } from '../src/validation/small-detector.ts';
import { propagateTwins, type TwinRequest } from '../src/validation/twin-batches.ts';
import { compareTwins, type TwinComparison } from '../src/validation/twin-comparison.ts';
import { tellParting } from '../src/validation/twin-parting.ts';

const cpu = createCpuEngine();
let kernel: WebAssembly.Module;
const detectors = new Map<string, { readonly detector: Detector; readonly scene: Scene }>();

beforeAll(async () => {
  kernel = await loadKernel();
  for (const name of ['tank', 'two-shifters']) {
    const file = new URL(`data/${name}.gdml`, import.meta.url);
    const detector = readGdml(readFileSync(file, 'utf8'), { file: `${name}.gdml` });
    detectors.set(name, { detector, scene: packScene(detector) });
  }
});

function requestFor(name: string, words: string): TwinRequest & { readonly recordSteps: number } {
  const detector = detectors.get(name)?.detector as Detector;
  const source = lightSource(words, detector);
  return { seed: 5n, source, threads: 2, batchSize: 500, recordSteps: 200 };
}

const compare = async (
  other: Engine,
  name: string,
  words: string,
  request = {},
): Promise<TwinComparison> =>
  await compareTwins(
    [cpu, other],
    detectors.get(name)?.scene as Scene,
    { ...requestFor(name, words), ...request },
    { kernel, otherSeed: 6n },
  );

/** An engine that does as another, with its request or its batches changed. */
function changed(
  name: string,
  change: {
    readonly request?: (request: TwinRequest) => TwinRequest;
    readonly batch?: (batch: PhotonBatch) => PhotonBatch;
  },
): Engine {
  return {
    name,
    propagate: async (scene, request, sink) => {
      const { request: asked = (same) => same, batch: made = (same) => same } = change;
      return await cpu.propagate(scene, asked(request as TwinRequest), (batch) =>
        sink(made(batch)),
      );
    },
  };
}

/** An engine for which all numbers of physics are a little off. */
function shaken(size: number, variant = 5): Engine {
  return {
    name: 'shaken',
    propagate: async (scene, request, sink) => {
      const buffer = shakenScene(scene.buffer, size, variant);
      return await cpu.propagate({ ...scene, buffer }, request, sink);
    },
  };
}

/** Photons that are given with one number each a little off. */
function moved(size: number): Engine {
  return changed('moved', {
    request: (request) => ({
      ...request,
      source: {
        ...request.source,
        batch: async (first, count) => {
          const batch = await request.source.batch(first, count);
          if (batch.kind === 'gensteps') throw new Error('photons are moved, not steps');
          const photons = batch.photons.slice();
          for (let row = 0; row < photons.length; row += photonWords)
            for (const word of [0, 1, 2]) photons[row + word] = (photons[row + word] ?? 0) + size;
          return { ...batch, photons };
        },
      },
    }),
  });
}

/** Balls of glass between mirrors: where a photon goes hangs on where it has been. */
const marbles = smallDetector({
  materials: {
    Air: { RINDEX: 1, ABSLENGTH: 1e5 },
    Glass: { RINDEX: 1.5, ABSLENGTH: 3e3, RAYLEIGH: 3e3 },
  },
  surfaces: { Mirror: { tables: { REFLECTIVITY: 0.8 } } },
  solids: [box('hall', 1000), box('case', 400), { type: 'orb', name: 'marble', r: 45 }],
  world: {
    ...{ name: 'Hall', solid: 'hall', material: 'Air' },
    inside: [
      {
        ...{ name: 'Case', solid: 'case', material: 'Air', skin: 'Mirror' },
        inside: [-1, 1].flatMap((x) =>
          [-1, 1].flatMap((y) =>
            [-1, 1].map((z) => ({
              ...{ name: `Marble ${x} ${y} ${z}`, solid: 'marble', material: 'Glass' },
              at: [90 * x, 95 * y, 100 * z] as const,
            })),
          ),
        ),
      },
    ],
  },
});

const light = 'point at 1 2 3 mm 420 nm 4000 photons';

describe('two engines, photon by photon', () => {
  it('[TWIN1] an engine is itself: no history differs, no end is elsewhere, no number is drawn more', async () => {
    const same = await compare(cpu, 'tank', light);
    expect(same).toMatchObject({ photons: 4000, differing: 0, partings: [] });
    expect(same.distances.largest + same.times.largest + same.wavelengths.largest).toBe(0);
    expect(same.counters).toMatchObject({ photons: 4000, differing: [] });
    expect(same.counters.draws).toBeGreaterThan(8000n);
    for (const { name, probability } of same.shapes)
      expect([name, probability > 1e-4]).toEqual([name, true]);
    expect(same.shapes.some(({ degreesOfFreedom }) => degreesOfFreedom > 5)).toBe(true);
  });

  it('[TWIN2] starts off by some 1e-5 mm, tables by some 1e-6: few part, and rounding says why', async () => {
    const scene = packScene(marbles);
    const request = {
      ...{ seed: 5n, threads: 2, batchSize: 500, recordSteps: 300 },
      source: photonsOf(6000, (i) => ({
        position: [0, 1, 2],
        direction: [Math.sin(i), 1, Math.cos(i)],
      })),
    };
    for (const [other, kinds] of [
      [moved(2e-5), ['face']],
      [shaken(1e-5, 7), ['outcome']],
    ] as const) {
      const apart = await compareTwins([cpu, other], scene, request, { kernel });
      expect(apart.differing).toBeGreaterThan(0);
      expect(apart.differing / apart.photons).toBeLessThan(0.02);
      expect(apart.partings.map(({ rounding }) => rounding)).not.toContain(undefined);
      for (const kind of kinds)
        expect(apart.partings.map((parting) => parting.kind)).toContain(kind);
      expect(apart.distances.largest).toBeGreaterThan(0);
      expect(apart.distances.median).toBeLessThan(0.01);
      expect(apart.counters.differing).toEqual([]);
    }
  });

  it('[TWIN2] children are compared with their parents, one by one', async () => {
    const words = 'point at 0 0 0 mm 177 nm 9000 photons';
    const request = { recordSteps: 40, first: 8500 };
    const same = await compare(cpu, 'two-shifters', words, request);
    expect(same).toMatchObject({ differing: 0, counters: { differing: [] } });
    const apart = await compare(shaken(3e-6), 'two-shifters', words, request);
    const told = apart.partings.map(({ photon, child, kind }) => [photon, child, kind]);
    expect(told).toEqual([[8719, 45, 'process']]);
    expect(apart.partings.map(({ rounding }) => rounding)).toEqual([{ size: 1e-5, isSame: true }]);
    const fewer = changed('fewer', {
      batch: (batch) => {
        const parents = batch.children?.parents.slice();
        // The last child belongs to the photon before: one more there, one fewer here.
        if (parents) parents[parents.length - 1] = 8900n;
        return { ...batch, children: batch.children && parents && { ...batch.children, parents } };
      },
    });
    const { partings } = await compare(fewer, 'two-shifters', words, request);
    expect(partings.filter(({ kind }) => kind === 'children').map(({ photon }) => photon)).toEqual([
      8900, 8999,
    ]);
    expect(partings.map(({ rounding }) => rounding)).toEqual([undefined, undefined]);
  });

  it('[TWIN2] other random numbers part at once, for no reason of rounding', async () => {
    const other = changed('other', { request: (request) => ({ ...request, seed: 99n }) });
    const apart = await compare(other, 'tank', light);
    expect(apart.differing / apart.photons).toBeGreaterThan(0.5);
    expect(apart.partings).toHaveLength(25);
    const explained = apart.partings.filter(({ rounding }) => rounding !== undefined);
    expect(explained.length).toBeLessThan(4);
    const kinds = new Set(apart.partings.map(({ kind }) => kind));
    for (const kind of ['face', 'reach']) expect(kinds).toContain(kind);
  });

  it('[TWIN2] a step that says something else is found, told in words, and not put down to rounding', async () => {
    const scene = detectors.get('tank')?.scene as Scene;
    const wrong = changed('wrong', {
      batch: (batch) => {
        const traces = batch.traces?.slice();
        // The second step of photon 7 of each batch: another status of the boundary.
        if (traces)
          traces[2 * (7 * 200 + 2) + 1] = (traces[2 * (7 * 200 + 2) + 1] ?? 0) ^ (1 << 25);
        return { ...batch, traces };
      },
    });
    const apart = await compare(wrong, 'tank', light);
    expect(apart.differing).toBe(8);
    expect(apart.partings.map(({ photon, step }) => [photon, step])).toEqual(
      Array.from({ length: 8 }, (_, i) => [500 * i + 7, 2]),
    );
    expect(apart.partings.every(({ rounding }) => rounding === undefined)).toBe(true);
    expect(apart.counters.photons).toBe(0);
    const [parting] = apart.partings;
    const told = parting ? tellParting(parting, scene, ['cpu', 'wrong']) : [];
    const step = 'back into Water of World/tank at (-1000, -840.841, -668.54) mm, 8.532 ns';
    expect(told).toEqual([
      'photon 7, step 2: what the face does with it, 0.0 mm apart',
      expect.stringContaining(`cpu: step 2: after 464.232 mm totally reflected ${step}`),
      expect.stringContaining(
        `wrong: step 2: after 464.232 mm reflected by a facet of the surface (lobe) ${step}`,
      ),
    ]);
  });

  it('[TWIN3] a number drawn too many is found though all photons are the same', async () => {
    const draws = changed('draws', {
      batch: (batch) => ({
        ...batch,
        tally: addTallies(batch.tally, { ...batch.tally, draws: 1n }),
      }),
    });
    const { differing, counters } = await compare(draws, 'tank', light);
    expect(differing).toBe(0);
    expect(counters.differing).toContain('draws');
  });

  it('[TWIN4] ends that are distributed otherwise are found', async () => {
    const late = changed('late', {
      batch: (batch) => {
        const photons = batch.photons?.map((word, i) =>
          i % photonWords === photonOffsets.time / 4 ? 1.1 * word : word,
        );
        return { ...batch, photons };
      },
    });
    const { shapes, differing, times } = await compare(late, 'tank', light);
    expect(differing).toBe(0);
    expect(times.median).toBeGreaterThan(0.1);
    const probability = (name: string) => shapes.find((shape) => shape.name === name)?.probability;
    expect(probability('times of ends')).toBeLessThan(1e-4);
    expect(probability('how photons end')).toBeGreaterThan(1e-4);
  });

  it('engines that do not give the same batches are an error, and so is what an engine throws', async () => {
    const request = requestFor('tank', light);
    const scene = detectors.get('tank')?.scene as Scene;
    const propagate = async (other: Engine) =>
      await propagateTwins([cpu, other], scene, request, () => undefined);
    const cut = (batchSize: number) =>
      changed('cut', { request: (asked) => ({ ...asked, batchSize }) });
    await expect(propagate(cut(499))).rejects.toThrow(
      'gave other batches: given 500 photons from 0',
    );
    const short = changed('short', { request: (asked) => ({ ...asked, count: 1000 }) });
    await expect(propagate(short)).rejects.toThrow('by one of them alone');
    const broken: Engine = {
      name: 'broken',
      propagate: () => Promise.reject(new Error('the device is lost')),
    };
    await expect(propagate(broken)).rejects.toThrow('the device is lost');
    const pairs: number[] = [];
    const both = propagateTwins([cpu, cpu], scene, request, ([{ first }]) => {
      pairs.push(first);
      if (first === 1500) throw new Error('no room');
    });
    await expect(both).rejects.toThrow('no room');
    expect(pairs).toEqual([0, 500, 1000, 1500]);
  });
});
