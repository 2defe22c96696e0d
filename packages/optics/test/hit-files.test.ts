import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNpy } from '@lantern/formats/node';
import { type Detector, packScene, readGdml, type Scene } from '@lantern/geometry';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCpuEngine, loadKernel } from '../src/cpu/cpu-engine.node.ts';
import { type HitForms, hitKinds } from '../src/hits/hit-forms.ts';
import { wholeHit } from '../src/hits/hit-layout.ts';
import { HitMerger } from '../src/hits/hit-merger.ts';
import { simulate } from '../src/simulation/simulate.node.ts';
import type { SimulationRequest } from '../src/simulation/simulation-request.ts';
import type { Summary } from '../src/simulation/summary.ts';
import { type GunSource, gunSource } from '../src/sources/gun/gun-source.ts';
import { lightSource } from '../src/sources/light/light-source.ts';

let detector: Detector;
let scene: Scene;
let gun: GunSource;
let folder: string;

beforeAll(async () => {
  const file = new URL('data/tank.gdml', import.meta.url);
  detector = readGdml(readFileSync(file, 'utf8'), { file: 'tank.gdml' });
  scene = packScene(detector);
  const module = await loadKernel();
  gun = await gunSource('12 cosmic muons', { detector, scene, module, seed: 1n });
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-hits-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const all: HitForms = { kinds: hitKinds, window: 0.5 };
const run = (parts: Partial<SimulationRequest> = {}): Promise<Summary> =>
  simulate(
    createCpuEngine(),
    scene,
    { seed: 7n, source: gun, threads: 2, geometry: 'tank.gdml', hitForms: all, ...parts },
    folder,
  );
const words = async (name: string): Promise<Uint32Array> => {
  const { data } = await readNpy(join(folder, name), {});
  return new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);
};

/** Hits merged in one go, event by event or all. */
function mergedAtOnce(hits: Uint32Array, window: number, perEvent: boolean): number[] {
  const merged: number[] = [];
  const merger = new HitMerger(wholeHit, window);
  const events = perEvent ? gun.events : [{ firstPhoton: 0, photons: gun.count }];
  for (const { firstPhoton, photons } of events) {
    for (let row = 0; row < hits.length; row += 16) {
      const index = hits[row + 14] ?? 0;
      if (index >= firstPhoton && index < firstPhoton + photons)
        merger.add(hits.subarray(row, row + 16));
    }
    for (const part of merger.drain(hits.length)) merged.push(...part);
  }
  return merged;
}

describe('files of hits', () => {
  it('[HIT6] writes the kinds that are asked for, and says how to read them', async () => {
    const summary = await run({ hitForms: { kinds: ['hits-lite'] } });
    expect(readdirSync(folder).sort()).toEqual(['hits-lite.npy', 'sensors.json', 'summary.json']);
    expect(summary.hitFiles).toEqual({
      'hits-lite.npy': {
        rows: summary.outcomes.detected,
        layout: 'opticks',
        identityBits: 16,
        leastCosTheta: 0,
      },
    });
    const { hitFiles, outcomes } = await run({ overwrite: true });
    expect(readdirSync(folder).sort()).toEqual([
      'hits-lite-merged.npy',
      'hits-lite.npy',
      'hits-merged.npy',
      'hits.npy',
      'sensors.json',
      'summary.json',
    ]);
    expect(hitFiles['hits.npy']).toEqual({ rows: outcomes.detected });
    const { shape } = await readNpy(join(folder, 'hits-merged.npy'), { dtype: '<f4' });
    expect(hitFiles['hits-merged.npy']).toEqual({ rows: shape[0], window: 0.5, perEvent: true });
    expect((await readNpy(join(folder, 'hits-lite.npy'), { dtype: '<u4' })).shape).toEqual([
      outcomes.detected,
      4,
    ]);
  });

  it('[HIT3] merges within events, and across them when told', async () => {
    const { hitFiles, outcomes } = await run();
    const hits = await words('hits.npy');
    expect(gun.events.filter(({ photons }) => photons > 0).length).toBeGreaterThan(3);
    expect(outcomes.detected).toBeGreaterThan(hitFiles['hits-merged.npy']?.rows ?? 0);
    expect([...(await words('hits-merged.npy'))]).toEqual(mergedAtOnce(hits, 0.5, true));
    const lite = await words('hits-lite-merged.npy');
    const merged = await words('hits-merged.npy');
    expect(lite.length).toBe(merged.length / 4);
    for (let i = 0; i < lite.length / 4; i++) {
      expect(lite[4 * i]).toBe(
        (merged[16 * i + 7] ?? 0) -
          ((merged[16 * i + 7] ?? 0) % 65_536) +
          (merged[16 * i + 13] ?? 0),
      );
      expect(lite[4 * i + 1]).toBe(merged[16 * i + 3]);
      expect(lite[4 * i + 3]).toBe(merged[16 * i + 15]);
    }
    const across = { ...all, acrossEvents: true };
    const other = await run({ overwrite: true, hitForms: across });
    expect(other.hitFiles['hits-merged.npy']).toMatchObject({ perEvent: false });
    expect([...(await words('hits-merged.npy'))]).toEqual(mergedAtOnce(hits, 0.5, false));
  });

  it.each([
    [1, 16_384],
    [1, 1],
    [2, 97],
    [2, 1000],
  ])(
    '[HIT7] writes the same bytes with %i threads and batches of %i',
    async (threads, batchSize) => {
      const small = { source: gun, count: batchSize === 1 ? 3000 : 30_000 };
      const names = hitKinds.map((kind) => `${kind}.npy`);
      await run({ ...small, threads: 1 });
      const before = names.map((name) => readFileSync(join(folder, name)));
      await run({ ...small, overwrite: true, threads, batchSize });
      names.forEach((name, i) => {
        expect(readFileSync(join(folder, name)).equals(before[i] ?? Buffer.of())).toBe(true);
      });
      expect(before[2]?.length).toBeGreaterThan(200);
    },
  );

  it.each([
    ['a gun', true],
    ['a light', false],
  ])('[HIT8] interrupted, leaves what is merged until then: %s', async (_, isGun) => {
    const controller = new AbortController();
    const light = lightSource('point at 0 0 0 mm 420 nm 20000 photons', detector);
    const source = isGun ? gun : light;
    const stopped = run({
      source,
      batchSize: 1000,
      signal: controller.signal,
      onProgress: ({ photons }) => {
        if (photons === 9000) controller.abort(new Error('stopped'));
      },
    });
    await expect(stopped).rejects.toThrow('stopped');
    const hits = await words('hits.partial.npy');
    const merged = await words('hits-merged.partial.npy');
    expect([...merged]).toEqual(mergedAtOnce(hits, 0.5, isGun));
    const summary = JSON.parse(
      readFileSync(join(folder, 'summary.partial.json'), 'utf8'),
    ) as Summary;
    expect(summary.hitFiles['hits-merged.npy']?.rows).toBe(merged.length / 16);
    expect(merged.length).toBeGreaterThan(0);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, undefined])(
    '[HIT9] refuses a window of %s',
    async (window) => {
      await expect(run({ hitForms: { kinds: ['hits-merged'], window } })).rejects.toThrow(
        /wrong window of merged hits: .* expected a positive number of ns/,
      );
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it('[HIT4] warns of lite hits on the back of their sensors', async () => {
    const source = lightSource('point at 0 0 -900 mm 420 nm 20000 photons', detector);
    const { warnings } = await run({ source });
    expect(warnings.join()).toMatch(/lite hits are on the back .*hits-lite=wide/);
    const wide = await run({ source, overwrite: true, hitForms: { ...all, lite: 'wide' } });
    expect(wide.warnings.join()).not.toContain('lite');
  });
});
