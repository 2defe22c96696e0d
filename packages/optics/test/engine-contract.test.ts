import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNpy } from '@lantern/formats/node';
import { type Detector, packScene, readGdml, type Scene } from '@lantern/geometry';
import { afterAll, beforeAll, describe, expect, it as test } from 'vitest';
import { batchSettings } from '../src/batches/batch-settings.ts';
import type { Engine, PhotonBatch, PropagationRequest } from '../src/engine.ts';
import type { EngineWork } from '../src/engine-work.ts';
import { eventCuts } from '../src/hits/event-cuts.ts';
import { hitKinds } from '../src/hits/hit-forms.ts';
import { shapeHits } from '../src/hits/shape-hits.ts';
import { photonFlags, photonOffsets, photonWords } from '../src/photon-layout.ts';
import { simulate } from '../src/simulation/simulate.node.ts';
import { lightSource } from '../src/sources/light/light-source.ts';
import type { PhotonSource } from '../src/sources/photon-source.ts';
import { addTallies, emptyTally, type Tally } from '../src/tally.ts';
import { engines, type OpenedEngine } from './engines.ts';
import { plainForms } from './plain-forms.ts';

const words = { flag: photonOffsets.flag / 4, index: photonOffsets.index / 4 };

let detector: Detector;
let scene: Scene;

beforeAll(() => {
  const file = new URL('data/tank.gdml', import.meta.url);
  detector = readGdml(readFileSync(file, 'utf8'), { file: 'tank.gdml' });
  scene = packScene(detector);
});

interface Outcome {
  readonly tally: Tally;
  readonly batches: readonly PhotonBatch[];
  readonly hits: Float32Array;
}

async function propagate(
  engine: Engine,
  parts: Partial<PropagationRequest> & Pick<PropagationRequest, 'source'>,
): Promise<Outcome> {
  const batches: PhotonBatch[] = [];
  const request = { seed: 42n, threads: 1, ...parts };
  const tally = await engine.propagate(scene, request, (batch) => {
    batches.push(batch);
  });
  return { tally, batches, hits: joined(batches.map(({ hits }) => hits)) };
}

function joined(parts: readonly (Float32Array | undefined)[]): Float32Array {
  const all = new Float32Array(parts.reduce((length, part) => length + (part?.length ?? 0), 0));
  let at = 0;
  for (const part of parts) {
    all.set(part ?? [], at);
    at += part?.length ?? 0;
  }
  return all;
}

/** Bytes, since NaNs and bit-cast integers do not compare as numbers. */
function bytes(rows: Float32Array): Buffer {
  return Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength);
}

function wordsOf(rows: Float32Array, word: number): number[] {
  const all = new Uint32Array(rows.buffer, rows.byteOffset, rows.length);
  return Array.from(
    { length: rows.length / photonWords },
    (_, i) => all[i * photonWords + word] ?? 0,
  );
}

describe.each(engines)('the contract of engines: $name', (tried) => {
  const { photons: photonCount, open, missing, cannot } = tried;
  /** One for all cases: they do not depend on each other, and a GPU takes its time to make its kernel ready. */
  let opened: OpenedEngine;
  let engine: Engine;
  let source: PhotonSource;
  beforeAll(async () => {
    source = lightSource(`point at 0 0 0 mm 420 nm ${photonCount} photons`, detector);
    if (missing !== undefined) return;
    opened = await open();
    engine = opened.engine;
    await run(engine, { count: 1 });
  }, 600_000);
  afterAll(() => engine?.close?.());

  const run = (one: Engine, parts: Partial<PropagationRequest> = {}): Promise<Outcome> =>
    propagate(one, { source, ...parts });

  const titles = new Set<string>();
  /** A case; skipped with its reason where the engine cannot do it, or is not there. */
  const it = (title: string, body: () => Promise<void>): void => {
    titles.add(title);
    const reason = missing ?? cannot[title];
    if (reason === undefined) test(title, body);
    else test.skip(`${title}: skipped, as ${reason}`, body);
  };

  it('[ENG2] gives the same photons for any number of threads and any size of batches', async () => {
    const reference = await run(engine, { keepPhotons: true });
    const photons = joined(reference.batches.map((batch) => batch.photons));
    expect(photons.length).toBe(photonCount * photonWords);
    for (const [threads, batchSize] of [
      [2, undefined],
      [3, 977],
      [1, photonCount],
    ] as const) {
      const other = await run(engine, { keepPhotons: true, threads, batchSize });
      expect(other.tally).toEqual(reference.tally);
      expect(bytes(other.hits).equals(bytes(reference.hits))).toBe(true);
      const ends = joined(other.batches.map((batch) => batch.photons));
      expect(bytes(ends).equals(bytes(photons))).toBe(true);
    }
  });

  it('[ENG31] tells once, at the end, what the propagation cost on its device, if it has one', async () => {
    const told: EngineWork[] = [];
    await run(engine, { count: 500, onWork: (work) => told.push(work) });
    expect(told.length).toBe(engine.adapter === undefined ? 0 : 1);
    for (const { device, launches, batchPhotons, sceneBytes, sentBytes, start } of told) {
      expect(device).toBe(engine.adapter);
      expect(launches).toBeGreaterThan(0);
      expect(batchPhotons).toBeGreaterThan(0);
      expect(batchPhotons).toBeLessThanOrEqual(500);
      expect(sentBytes).toBeGreaterThan(0);
      expect(sceneBytes).toBeGreaterThanOrEqual(scene.buffer.byteLength);
      for (const seconds of Object.values(start)) expect(seconds).toBeGreaterThanOrEqual(0);
    }
  });

  it('[ENG2] gives other photons for another seed', async () => {
    const [one, other] = [await run(engine), await run(engine, { seed: 2n ** 63n + 1n })];
    expect(other.tally.digest).not.toBe(one.tally.digest);
  });

  it('[ENG2] gives photons of a part of the source as in the whole', async () => {
    const whole = await run(engine, { keepPhotons: true });
    const first = 0.6 * photonCount + 45;
    const parts = { keepPhotons: true, first, count: 321, batchSize: 100 };
    const part = await run(engine, parts);
    const photons = joined(whole.batches.map((batch) => batch.photons));
    const slice = photons.slice(first * photonWords, (first + 321) * photonWords);
    expect(bytes(joined(part.batches.map((batch) => batch.photons))).equals(bytes(slice))).toBe(
      true,
    );
  });

  it('[ENG1] delivers batches in order and without gap', async () => {
    const { batches } = await run(engine, { threads: 2, batchSize: photonCount / 20 });
    expect(batches.map(({ first, count }) => [first, count])).toEqual(
      Array.from({ length: 20 }, (_, i) => [(i * photonCount) / 20, photonCount / 20]),
    );
  });

  it('[ENG3] ends every photon once: the outcomes sum to the photons, the batches to the whole', async () => {
    const { tally, batches } = await run(engine, { threads: 2 });
    const { absorbed, detected, surfaceAbsorbed, leftWorld, truncated } = tally;
    expect(tally.photons).toBe(BigInt(photonCount));
    expect(absorbed + detected + surfaceAbsorbed + leftWorld + truncated).toBe(tally.photons);
    for (const n of [absorbed, detected, surfaceAbsorbed, leftWorld]) expect(n).toBeGreaterThan(0n);
    expect(tally.lost).toBe(0n);
    expect(batches.map((batch) => batch.tally).reduce(addTallies, emptyTally())).toEqual(tally);
  });

  it('[ENG3] gives as hits the photons detected, in order of their numbers, each with its sensor', async () => {
    const { tally, hits, batches } = await run(engine, { keepPhotons: true });
    const flags = wordsOf(hits, words.flag).map((word) => word & 0xffff);
    expect(BigInt(flags.length)).toBe(tally.detected);
    expect(new Set(flags)).toEqual(new Set([photonFlags.SURFACE_DETECT]));
    const indices = wordsOf(hits, words.index);
    expect(indices).toEqual([...indices].sort((a, b) => a - b));
    const identities = new Set(
      wordsOf(hits, photonOffsets.identity / 4).map((word) => word & 0xff_ffff),
    );
    expect([...identities].sort()).toEqual([1, 2, 3]);
    const photons = joined(batches.map((batch) => batch.photons));
    const first = (indices[0] ?? 0) * photonWords;
    expect(bytes(photons.slice(first, first + photonWords))).toEqual(
      bytes(hits.slice(0, photonWords)),
    );
  });

  it('[ENG6] records the first steps, from the start to the end that the photon has', async () => {
    const recordSteps = 8;
    const { batches } = await run(engine, { keepPhotons: true, recordSteps, count: 500 });
    for (const { count, photons, records, traces } of batches) {
      expect(records?.length).toBe(count * recordSteps * photonWords);
      expect(traces?.length).toBe(count * recordSteps * 2);
      for (let i = 0; i < count; i++) {
        const rows = records?.slice(
          i * recordSteps * photonWords,
          (i + 1) * recordSteps * photonWords,
        );
        const end = photons?.slice(i * photonWords, (i + 1) * photonWords);
        expectLife(rows ?? new Float32Array(), end ?? new Float32Array(), recordSteps);
      }
    }
  });

  it('[ENG6] recording changes nothing', async () => {
    const [plain, recorded] = [await run(engine), await run(engine, { recordSteps: 3 })];
    expect(recorded.tally).toEqual(plain.tally);
  });

  it('[ENG7] stops photons at the limits of the user and counts them as truncated', async () => {
    const bounces = await run(engine, { maxBounces: 1 });
    expect(bounces.tally.truncated).toBeGreaterThan(0n);
    expect(bounces.tally.steps).toBe(BigInt(photonCount));
    const time = await run(engine, { maxTime: 3, keepPhotons: true });
    expect(time.tally.truncated).toBeGreaterThan(0n);
  });

  it('[ENG4] ends when aborted, with the reason, after whole batches in order', async () => {
    const controller = new AbortController();
    const delivered: number[] = [];
    const request = { seed: 1n, source, threads: 2, batchSize: 100, signal: controller.signal };
    const propagation = engine.propagate(scene, request, async ({ first }) => {
      delivered.push(first);
      if (delivered.length === 7) controller.abort(new Error('that will do'));
    });
    await expect(propagation).rejects.toThrow('that will do');
    expect(delivered).toEqual([0, 100, 200, 300, 400, 500, 600]);
  });

  it('[ENG4] does not begin when aborted before', async () => {
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(run(engine, { signal })).rejects.toThrow('too late');
  });

  it('[ENG5] ends with the error of the sink, and with that of the source', async () => {
    const request = { seed: 1n, source, threads: 2, batchSize: 100 };
    const full = engine.propagate(scene, request, ({ first }) => {
      if (first === 500) throw new Error('no room');
    });
    await expect(full).rejects.toThrow('no room');
    const broken: PhotonSource = {
      description: 'broken',
      count: 1000,
      batch: async (first, count) => {
        if (first >= 500) throw new Error('unreadable');
        return source.batch(first, count);
      },
    };
    await expect(run(engine, { source: broken, batchSize: 100 })).rejects.toThrow('unreadable');
  });

  it('[ENG5] names the first photon that starts outside the world, and where', async () => {
    const outside = lightSource('line from 0 0 0 m to 0 0 2 m 420 nm 1000 photons', detector);
    await expect(run(engine, { source: outside, threads: 2, batchSize: 100 })).rejects.toThrow(
      /^a source outside the world: photon \d+ starts there: given position \(0, 0, 1[5-9]\d\d.*\) mm/,
    );
  });

  it('[ENG8] refuses a request that makes no sense', async () => {
    for (const [parts, message] of [
      [{ threads: 0 }, 'wrong number of threads: given 0, expected an integer from 1 to 1024'],
      [{ seed: -1n }, 'wrong seed: given -1'],
      [{ batchSize: 0.5 }, 'wrong batch size: given 0.5'],
      [{ maxTime: Number.NaN }, 'wrong limit of time: given NaN'],
      [{ first: photonCount, count: 1 }, 'wrong number of photons: given 1'],
    ] as const) {
      await expect(run(engine, parts)).rejects.toThrow(message);
    }
  });

  test.skipIf(missing !== undefined)('cases that it cannot do are cases', () => {
    expect(Object.keys(cannot).filter((title) => !titles.has(title))).toEqual([]);
  });

  it('gives nothing for no photons', async () => {
    const { tally, batches } = await run(engine, { count: 0 });
    expect({ tally, batches }).toEqual({ tally: emptyTally(), batches: [] });
  });

  it('[HIT1] gives hits in all forms, made of those that it gives as they are', async () => {
    const hitForms = { kinds: hitKinds, window: 2 };
    const nobody = { particle: { name: 'e-' }, kineticEnergy: 1, time: 0, photons: 1 };
    const at = { at: [0, 0, 0], direction: [0, 0, 1] } as const;
    const twentieth = photonCount / 20;
    const begins = [0, 1.5 * twentieth, 1.5 * twentieth + 1, 7 * twentieth];
    const events = begins.map((firstPhoton, number) => ({
      ...{ number, firstPhoton, ...nobody, ...at },
    }));
    const parts = { batchSize: 3 * twentieth, count: 9 * twentieth };
    const request = { source: { ...source, events }, hitForms, ...parts };
    const { batches } = await run(engine, request);
    const { hitShape } = batchSettings(scene, { seed: 42n, threads: 1, ...request });
    expect(batches.map(({ merged }) => merged?.length)).toEqual([expect.any(Number), 1, 2]);
    for (const batch of batches) {
      const cuts = eventCuts(request.source, hitForms, batch.first, batch.count);
      const hits = new Uint32Array(batch.hits.buffer);
      expect(hits.length).toBeGreaterThan(0);
      expect(plainForms(batch)).toEqual(plainForms(shapeHits(hits, hitShape, cuts)));
    }
  });

  it('[ENG11] uses the arrays of batches again when it may, with the same in them', async () => {
    const parts = {
      keepPhotons: true,
      recordSteps: 3,
      batchSize: 333,
      threads: 2,
      count: photonCount / 2,
    };
    const kept = await run(engine, parts);
    const buffers = new Set(kept.batches.map(({ records }) => records?.buffer));
    expect(buffers.size).toBe(kept.batches.length);
    const seen: Buffer[] = [];
    await engine.propagate(
      scene,
      { seed: 42n, source, ...parts, reuseArrays: true },
      ({ photons = new Float32Array(0), records = new Float32Array(0) }) => {
        seen.push(Buffer.concat([bytes(photons), bytes(records)]));
      },
    );
    for (const [i, { photons, records }] of kept.batches.entries()) {
      const expected = Buffer.concat([bytes(joined([photons])), bytes(joined([records]))]);
      expect(seen[i]?.equals(expected)).toBe(true);
    }
  });

  // The last case: it takes the engine away.
  it('[ENG12] ends with an error when what it runs on is lost; what was done is readable', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lantern-lost-'));
    // More batches than any engine begins before the first ones are delivered.
    const batchSize = photonCount / 400;
    const request = { seed: 1n, source, threads: 1, batchSize, geometry: 'tank' };
    const onProgress = ({ photons }: { photons: number }): void => {
      if (photons === photonCount / 20) opened.lose?.();
    };
    try {
      const simulation = simulate(engine, scene, { ...request, onProgress }, folder);
      await expect(simulation).rejects.toThrow(/^the GPU was lost while it worked/);
      const partial = JSON.parse(readFileSync(join(folder, 'summary.partial.json'), 'utf8'));
      expect(partial).toMatchObject({
        partial: true,
        engine: engine.name,
        adapter: engine.adapter,
      });
      expect(partial.stoppedBy).toMatch(/^the GPU was lost/);
      expect(partial.photons).toBeGreaterThanOrEqual(photonCount / 20);
      expect(partial.photons).toBeLessThan(photonCount);
      const { shape } = await readNpy(join(folder, 'hits.partial.npy'));
      expect(shape[0]).toBe(partial.outcomes.detected);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    await expect(run(engine)).rejects.toThrow(/^the GPU was lost while it worked/);
  });
});

/** The rows of one photon: numbers that follow each other in time, zeros after the end. */
function expectLife(rows: Float32Array, end: Float32Array, recordSteps: number): void {
  const flags = wordsOf(rows, words.flag);
  const none = flags.indexOf(0);
  const steps = none < 0 ? recordSteps : none;
  expect(steps).toBeGreaterThan(1);
  expect(rows.slice(steps * photonWords).every((word) => word === 0)).toBe(true);
  const time = (i: number): number => rows[i * photonWords + photonOffsets.time / 4] ?? Number.NaN;
  for (let i = 1; i < steps; i++) expect(time(i)).toBeGreaterThanOrEqual(time(i - 1));
  if (steps < recordSteps) {
    const last = rows.slice((steps - 1) * photonWords, steps * photonWords);
    expect(bytes(last)).toEqual(bytes(end));
  }
}
