import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNpy } from '@lantern/formats/node';
import { type Detector, packScene, readGdml, type Scene } from '@lantern/geometry';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCpuEngine, loadKernel } from '../src/cpu/cpu-engine.node.ts';
import { photonFlags, photonOffsets } from '../src/photon-layout.ts';
import { drawnByLantern } from '../src/simulation/derived-files.ts';
import { simulate } from '../src/simulation/simulate.node.ts';
import type { SimulationRequest } from '../src/simulation/simulation-request.ts';
import type { Summary } from '../src/simulation/summary.ts';
import { gunSource } from '../src/sources/gun/gun-source.ts';
import { lightSource } from '../src/sources/light/light-source.ts';

const photonCount = 20_000;
let detector: Detector;
let scene: Scene;
let request: SimulationRequest;
let folder: string;

beforeAll(() => {
  const file = new URL('data/tank.gdml', import.meta.url);
  detector = readGdml(readFileSync(file, 'utf8'), { file: 'tank.gdml' });
  scene = packScene(detector);
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-simulate-'));
  const source = lightSource(`point at 0 0 0 mm 420 nm ${photonCount} photons`, detector);
  request = { seed: 7n, source, threads: 2, batchSize: 1000, geometry: 'tank.gdml' };
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (parts: Partial<SimulationRequest> = {}, out = folder): Promise<Summary> =>
  simulate(createCpuEngine(), scene, { ...request, ...parts }, out);

const readJson = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>;

describe('simulate', () => {
  it('[OUT1] writes the hits, the sensors and the summary, and what else is asked for', async () => {
    const summary = await run({ keepPhotons: true, recordSteps: 4 });
    expect(readdirSync(folder).sort()).toEqual([
      'hits.npy',
      'photons.npy',
      'record.npy',
      'sensors.json',
      'summary.json',
    ]);
    const shapeOf = async (name: string): Promise<readonly number[]> =>
      (await readNpy(join(folder, name), { dtype: '<f4' })).shape;
    expect(await shapeOf('hits.npy')).toEqual([summary.outcomes.detected, 4, 4]);
    expect(await shapeOf('photons.npy')).toEqual([photonCount, 4, 4]);
    expect(await shapeOf('record.npy')).toEqual([photonCount, 4, 4, 4]);
  });

  it('[OUT1] writes hits alone when not asked for more', async () => {
    await run();
    expect(readdirSync(folder).sort()).toEqual(['hits.npy', 'sensors.json', 'summary.json']);
  });

  it('[OUT2] says in the summary what was done and what became of the photons', async () => {
    const summary = await run({ loadSeconds: 1.5, warnings: ['a doubtful table'] });
    expect(readJson('summary.json')).toEqual(summary);
    expect(summary).toMatchObject({
      seed: 7,
      geometry: 'tank.gdml',
      source: `light point at 0 0 0 mm 420 nm ${photonCount} photons`,
      engine: 'cpu',
      threads: 2,
      photons: photonCount,
      warnings: ['a doubtful table'],
    });
    expect(summary.partial).toBeUndefined();
    expect(summary.geometryHash).toMatch(/^[\da-f]{64}$/);
    expect(summary.digest).toMatch(/^[\da-f]{16}$/);
    const { outcomes, seconds } = summary;
    const ends = Object.values(outcomes).reduce((sum, n) => sum + n, 0);
    expect(ends).toBe(photonCount);
    expect(Object.keys(outcomes)).toEqual([
      'absorbed',
      'detected',
      'surfaceAbsorbed',
      'leftWorld',
      'truncated',
    ]);
    expect(Object.keys(summary.histories)).toEqual([
      'scattered',
      'refracted',
      'reflected',
      'diffuse',
      'specular',
      'shifted',
    ]);
    expect(seconds.load).toBeGreaterThan(1.5);
    expect(summary.photonsPerSecond / (photonCount / seconds.propagate)).toBeCloseTo(1, 1);
  });

  it('[OUT10] lists the events of a gun, and which photons are theirs; of other sources none', async () => {
    const module = await loadKernel();
    const source = await gunSource('3 cosmic muons', { detector, scene, module, seed: 1n });
    const summary = await run({ source });
    expect(readJson('summary.json')).toEqual(summary);
    const { events = [] } = summary;
    expect(events).toHaveLength(3);
    expect(events.reduce((sum, { photons }) => sum + photons, 0)).toBe(source.count);
    for (const [i, event] of events.entries()) {
      const shot = source.events[i];
      expect(event).toMatchObject({
        event: i,
        particle: shot?.particle.name,
        firstPhoton: shot?.firstPhoton,
        photons: shot?.photons,
      });
      expect(event.energy).toBeCloseTo(shot?.kineticEnergy ?? 0, 2);
      expect(Math.hypot(...event.direction)).toBeCloseTo(1, 6);
      expect(event.position[2]).toBeCloseTo(shot?.at[2] ?? 0, 3);
      expect(event.time).toBe(0);
    }
    // A line for each.
    expect(readFileSync(join(folder, 'summary.json'), 'utf8')).toMatch(/^ {4}\{"event":2,.*\}$/m);
    expect(await run({ overwrite: true })).not.toHaveProperty('events');
  });

  it('[OUT2] keeps a seed that JSON numbers cannot hold', async () => {
    expect((await run({ seed: 2n ** 64n - 1n, count: 10 })).seed).toBe('18446744073709551615');
  });

  it('[OUT2] counts histories by the flags of the photons', async () => {
    const { histories, outcomes } = await run({ keepPhotons: true });
    const { data, shape } = await readNpy(join(folder, 'photons.npy'), { dtype: '<f4' });
    const words = new Uint32Array(data.buffer, data.byteOffset, data.length);
    const count = (flag: number, word: number): number => {
      let n = 0;
      for (let i = 0; i < (shape[0] ?? 0); i++) if ((words[16 * i + word] ?? 0) & flag) n++;
      return n;
    };
    const mask = photonOffsets.flagMask / 4;
    expect(histories).toEqual({
      scattered: count(photonFlags.BULK_SCATTER, mask),
      refracted: count(photonFlags.BOUNDARY_TRANSMIT, mask),
      reflected: count(photonFlags.BOUNDARY_REFLECT, mask),
      diffuse: count(photonFlags.SURFACE_DREFLECT, mask),
      specular: count(photonFlags.SURFACE_SREFLECT, mask),
      shifted: 0,
    });
    const flag = photonOffsets.flag / 4;
    expect(outcomes.detected).toBe(count(photonFlags.SURFACE_DETECT, flag));
    expect(outcomes.leftWorld).toBe(count(photonFlags.MISS, flag));
  });

  it('[OUT3] writes the same bytes for any number of threads and any batches', async () => {
    const names = ['hits.npy', 'photons.npy', 'record.npy', 'sensors.json'];
    const parts = { keepPhotons: true, recordSteps: 2 };
    const one = await run({ ...parts, threads: 1, batchSize: undefined });
    const bytes = names.map((name) => readFileSync(join(folder, name)));
    const other = await run({ ...parts, threads: 2, batchSize: 313, overwrite: true });
    expect(other.digest).toBe(one.digest);
    names.forEach((name, i) => {
      expect(readFileSync(join(folder, name)).equals(bytes[i] ?? Buffer.of())).toBe(true);
    });
  });

  it('[OUT4] tells of each sensor where it is', async () => {
    await run({ count: 0 });
    const sensors = JSON.parse(readFileSync(join(folder, 'sensors.json'), 'utf8')) as unknown[];
    expect(sensors).toHaveLength(3);
    expect(sensors[1]).toEqual({
      identity: 2,
      path: 'World/tank/bulb/cathode',
      copyNumbers: [0, 0, 2, 0],
      position: [0, 700, 0],
      direction: [0, 0, 1],
    });
  });

  it('[OUT5] leaves readable files with partial names when aborted', async () => {
    const controller = new AbortController();
    const parts = {
      keepPhotons: true,
      signal: controller.signal,
      onProgress: ({ photons }: { photons: number }) => {
        if (photons === 5000) controller.abort(new Error('stopped by Ctrl-C'));
      },
    };
    await expect(run(parts)).rejects.toThrow('stopped by Ctrl-C');
    expect(readdirSync(folder).sort()).toEqual([
      'hits.partial.npy',
      'photons.partial.npy',
      'sensors.json',
      'summary.partial.json',
    ]);
    const summary = readJson('summary.partial.json');
    expect(summary).toMatchObject({
      partial: true,
      stoppedBy: 'stopped by Ctrl-C',
      photons: 5000,
      photonsRequested: photonCount,
    });
    const photons = await readNpy(join(folder, 'photons.partial.npy'), { dtype: '<f4' });
    expect(photons.shape).toEqual([5000, 4, 4]);
    const hits = await readNpy(join(folder, 'hits.partial.npy'), { dtype: '<f4' });
    expect(hits.shape[0]).toBe((summary as unknown as Summary).outcomes.detected);
    await expect(run()).rejects.toThrow(
      /partial results of a simulation that was stopped: given hits\.partial\.npy, photons\.partial\.npy, sensors\.json, summary\.partial\.json \(.*--overwrite/,
    );
    await run({ overwrite: true });
    expect(readdirSync(folder).sort()).toEqual(['hits.npy', 'sensors.json', 'summary.json']);
  });

  it('[OUT11] leaves nothing when nothing was propagated', async () => {
    const source = {
      description: 'bad photons',
      count: 10,
      batch: () => Promise.reject(new Error('photon 0 is none')),
    };
    await expect(run({ source })).rejects.toThrow('photon 0 is none');
    await expect(run({ source }, join(folder, 'a', 'b'))).rejects.toThrow('photon 0 is none');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('[OUT6] refuses to write over the results of an earlier simulation, unless told to', async () => {
    const { digest } = await run({ count: 100 });
    await expect(run({ seed: 8n, count: 100 })).rejects.toThrow(
      `${folder}: the folder holds the results of an earlier simulation: given hits.npy, sensors.json, summary.json (choose another folder with --out`,
    );
    expect(readJson('summary.json').digest).toBe(digest);
    await run({ seed: 8n, count: 100, overwrite: true });
    expect(readJson('summary.json').digest).not.toBe(digest);
  });

  it('[OUT13] overwriting takes the pictures of the old results along, none of the user', async () => {
    await run({ count: 100 });
    const drawn = ['hits.svg', 'index.html', 'muon-03.svg'];
    const others = ['copy-of-hits.svg', 'muon-04.svg', 'muons.svg'];
    for (const name of drawn) writeFileSync(join(folder, name), `<svg>${drawnByLantern}</svg>`);
    for (const name of others) writeFileSync(join(folder, name), '<svg>mine</svg>');
    writeFileSync(join(folder, 'copy-of-hits.svg'), `<svg>${drawnByLantern}</svg>`);
    await expect(run({ count: 100 })).rejects.toThrow('--overwrite');
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(drawn));
    await run({ count: 100, overwrite: true });
    const results = ['hits.npy', 'sensors.json', 'summary.json'];
    expect(readdirSync(folder).sort()).toEqual([...results, ...others].sort());
  });

  it('[OUT7] says that a folder cannot be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(run({}, join(folder, 'file'))).rejects.toThrow(/file: cannot write: .*--out/);
    await expect(run({}, join(folder, 'file', 'below'))).rejects.toThrow(
      /below: cannot write: .*--out/,
    );
  });

  it('[OUT7] says that the disk is full, and leaves no whole-looking file', async ({ skip }) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      skip('needs the right to mount a small tmpfs');
    }
    try {
      await expect(run({ keepPhotons: true }, disk)).rejects.toThrow(
        /photons\.partial\.npy: cannot write: the disk is full.*\(free space, or choose another folder with --out\)/,
      );
      const names = readdirSync(disk);
      expect(names.filter((name) => !name.includes('.partial.'))).toEqual(['sensors.json']);
      await readNpy(join(disk, 'photons.partial.npy'), { dtype: '<f4' });
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});
