import { packScene } from '@lantern/geometry';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCpuEngine } from '../src/cpu/cpu-engine.node.ts';
import type { Engine, PhotonBatch, PropagationRequest } from '../src/engine.ts';
import type { EngineWork } from '../src/engine-work.ts';
import { nodeGpuPlatform } from '../src/gpu/gpu-device.node.ts';
import { createGpuEngineOn, type GpuTuning } from '../src/gpu/gpu-engine.ts';
import { type OpenedGpu, openGpu } from '../src/gpu/open-gpu.ts';
import { hitKinds } from '../src/hits/hit-forms.ts';
import { photonOffsets, photonWords } from '../src/photon-layout.ts';
import type { PhotonSource } from '../src/sources/photon-source.ts';
import { addTallies, emptyTally, type Tally } from '../src/tally.ts';
import { photonsOf } from '../src/validation/photon-rows.ts';
import { plainForms } from './plain-forms.ts';
import { shiftingDetector, ultraviolet } from './shifting-detector.ts';
import { skipSoftwareGpu, testedGpu } from './software-gpu.ts';

/** Few, as a program does the GPU's work; one kernel for all tests, as it is compiled in half a minute. */
const photonCount = 240;
const scene = packScene(shiftingDetector({ first: 3, second: 1.5 }));
const source = ultraviolet(photonCount);

interface Outcome {
  readonly tally: Tally;
  readonly batches: readonly PhotonBatch[];
}

async function run(engine: Engine, parts: Partial<PropagationRequest> = {}): Promise<Outcome> {
  const batches: PhotonBatch[] = [];
  const request = { seed: 5n, source, threads: 1, keepPhotons: true, ...parts };
  const tally = await engine.propagate(scene, request, (batch) => {
    batches.push(batch);
  });
  return { tally, batches };
}

type Rows = Float32Array | Int32Array | BigUint64Array | undefined;

/** The bytes of all rows of a kind, those of children too. */
function bytesOf({ batches }: Outcome, kind: 'photons' | 'hits' | 'records' | 'traces'): Buffer {
  const parts: Rows[] = [
    ...batches.map((batch) => batch[kind]),
    ...batches.map(({ children }) => children?.[kind]),
    ...batches.map(({ children }) => children?.parents),
  ];
  return Buffer.concat(
    parts.flatMap((rows) =>
      rows ? [Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength)] : [],
    ),
  );
}

function wordsOf(batches: readonly PhotonBatch[], word: number): number[] {
  return batches.flatMap(({ photons = new Float32Array(0) }) => {
    const words = new Uint32Array(photons.buffer, photons.byteOffset, photons.length);
    return [...words].filter((_, i) => i % photonWords === word);
  });
}

/** But for the rows that are asked for. */
function childrenOf({ children }: PhotonBatch): unknown {
  if (!children) return undefined;
  const { first, count, parents } = children;
  return { ...{ first, count, parents }, ...plainForms(children) };
}

describe.skipIf(skipSoftwareGpu)('GPU engine', () => {
  let gpu: OpenedGpu;
  let engine: Engine;
  /** Read anew for each propagation. */
  const tuning: { -readonly [K in keyof GpuTuning]: GpuTuning[K] } = {};
  let reference: Outcome;

  beforeAll(async () => {
    gpu = await openGpu(nodeGpuPlatform(), testedGpu);
    engine = await createGpuEngineOn(gpu, tuning);
    reference = await run(engine, { recordSteps: 4 });
  }, 900_000);
  afterAll(() => engine?.close?.());

  test('[ENG2] [ENG21] [LNCH1] gives the same for any number of threads, launches, batches, and refills', async () => {
    const kinds = ['photons', 'hits', 'records', 'traces'] as const;
    const expected = kinds.map((kind) => bytesOf(reference, kind));
    for (const bytes of expected) expect(bytes.length).toBeGreaterThan(0);
    for (const [tuned, batchSize] of [
      [{ threads: 64, turns: 5 }, photonCount],
      [{ threads: 256, turns: 1, refill: 3 }, photonCount],
      [{ threads: 128, turns: 1000 }, 37],
    ] as const) {
      Object.assign(tuning, { turns: undefined, threads: undefined, refill: undefined }, tuned);
      const other = await run(engine, { recordSteps: 4, batchSize });
      expect(other.tally).toEqual(reference.tally);
      if (batchSize === photonCount)
        kinds.forEach((kind, i) => {
          expect(bytesOf(other, kind).equals(expected[i] ?? Buffer.alloc(0)), kind).toBe(true);
        });
      const tallies = other.batches.map(({ tally }) => tally).reduce(addTallies, emptyTally());
      expect(tallies).toEqual(reference.tally);
      const photons = Buffer.concat(
        other.batches.map(({ photons }) => Buffer.from(photons?.buffer ?? new ArrayBuffer(0))),
      );
      const whole = Buffer.concat(
        reference.batches.map(({ photons }) => Buffer.from(photons?.buffer ?? new ArrayBuffer(0))),
      );
      expect(photons.equals(whole)).toBe(true);
    }
    Object.assign(tuning, { turns: undefined, threads: undefined, refill: undefined });
  });

  test('[LNCH1] [LNCH7] gives the same of many small batches, few or many of them open at a time', async () => {
    const whole = await run(engine, { keepPhotons: false });
    const hits = bytesOf(whole, 'hits');
    // Launches of one turn leave photons of many batches on their way, whose hits are put aside.
    for (const [tuned, batchSize] of [
      [{ threads: 64, turns: 1, open: 20 }, 8],
      [{ threads: 128, turns: 3, open: 3 }, 20],
    ] as const) {
      Object.assign(tuning, tuned);
      const work: EngineWork[] = [];
      const other = await run(engine, {
        ...{ keepPhotons: false, batchSize },
        onWork: (done) => work.push(done),
      });
      expect(other.tally).toEqual(whole.tally);
      const own = other.batches.map(({ hits: rows }) => Buffer.from(rows.buffer));
      expect(Buffer.concat(own).equals(hits.subarray(0, Buffer.concat(own).length))).toBe(true);
      expect(Buffer.concat(own).length).toBe(
        64 * whole.batches.reduce((n, b) => n + b.hits.length / 16, 0),
      );
      expect(work[0]?.batchPhotons).toBeLessThanOrEqual(batchSize * tuned.open);
      expect(work[0]?.batchPhotons).toBeGreaterThan(2 * batchSize);
    }
    Object.assign(tuning, { turns: undefined, threads: undefined, open: undefined });
  });

  test('[ENG2] gives photons the lives that the CPU engine gives them', async () => {
    const cpu = await run(createCpuEngine(), { recordSteps: 4 });
    const [flags, masks] = [photonOffsets.flag / 4, photonOffsets.flagMask / 4];
    for (const word of [flags, masks]) {
      const [own, others] = [wordsOf(reference.batches, word), wordsOf(cpu.batches, word)];
      expect(own).toHaveLength(photonCount);
      expect(own.filter((value, i) => value !== others[i]).length).toBeLessThanOrEqual(1);
    }
    const { children, steps, draws } = reference.tally;
    expect(Number(children)).toBeGreaterThan(photonCount);
    const share = (a: bigint, b: bigint): number => Math.abs(Number(a) / Number(b) - 1);
    expect(share(children, cpu.tally.children)).toBeLessThan(0.02);
    expect(share(steps, cpu.tally.steps)).toBeLessThan(0.02);
    expect(share(draws, cpu.tally.draws)).toBeLessThan(0.02);
  });

  test('[ENG21] [LNCH3] makes room for children until there is enough', async () => {
    const many = ultraviolet(600);
    const work: EngineWork[] = [];
    const { tally, batches } = await run(engine, {
      source: many,
      batchSize: 600,
      onWork: (done) => work.push(done),
    });
    // More than three for each photon, for which there was room: the batch was begun again.
    expect(tally.children).toBeGreaterThan(1800n);
    expect(tally.photons).toBe(600n + tally.children);
    const [{ children } = { children: undefined }] = batches;
    expect(BigInt(children?.count ?? 0)).toBe(tally.children);
    const [done] = work;
    expect(done?.launches).toBeGreaterThan(1);
    expect(done).toMatchObject({ device: gpu.name, sentBytes: 600 * 64, batchPhotons: 600 });
    const { busySeconds = 1 } = done ?? {};
    expect(busySeconds).toBeGreaterThan(0);
    const alone = await run(engine, { source: many, first: 0, count: photonCount });
    const { photons, children: made, steps } = reference.tally;
    expect(alone.tally).toMatchObject({ photons, children: made, steps });
  });

  test('[ENG7] stops photons at the limits of bounces and of time', async () => {
    for (const limit of [{ maxBounces: 2 }, { maxTime: 0.5 }]) {
      const [own, cpu] = [await run(engine, limit), await run(createCpuEngine(), limit)];
      expect(own.tally.truncated).toBeGreaterThan(0n);
      const difference = own.tally.truncated - cpu.tally.truncated;
      expect(Math.abs(Number(difference))).toBeLessThanOrEqual(2);
    }
  });

  test('[ENG5] names the first photon that starts outside the world, and where', async () => {
    const position = (i: number) =>
      (i < 30 ? [0, 0, 0] : [0, 0, 1000 + i]) as [number, number, number];
    const outside = photonsOf(64, (i) => ({ wavelength: 400, position: position(i) }));
    await expect(run(engine, { source: outside })).rejects.toThrow(
      'photon 30 starts there: given position (0, 0, 1030) mm',
    );
  });

  test('[ENG4] ends when aborted between launches, and works again', async () => {
    const controller = new AbortController();
    tuning.turns = 1;
    const delivered: number[] = [];
    const request = { seed: 5n, source, threads: 1, batchSize: 60, signal: controller.signal };
    const aborted = engine.propagate(scene, request, ({ first }) => {
      delivered.push(first);
      controller.abort(new Error('that will do'));
    });
    await expect(aborted).rejects.toThrow('that will do');
    expect(delivered).toEqual([0]);
    tuning.turns = undefined;
    expect((await run(engine)).tally).toEqual(reference.tally);
  });

  test('[ENG9] holds few batches at a time, however slow the sink', async () => {
    let [asked, taken, most] = [0, 0, 0];
    const counted: PhotonSource = {
      ...source,
      batch: (first, count) => {
        most = Math.max(most, ++asked - taken);
        return source.batch(first, count);
      },
    };
    const request = { seed: 5n, source: counted, threads: 1, batchSize: 20 };
    tuning.open = 3;
    await engine.propagate(scene, request, async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      taken++;
    });
    tuning.open = undefined;
    expect(taken).toBe(12);
    expect(most).toBeLessThanOrEqual(3 + 2);
  });

  test('[HIT14] children of which the hits alone are read have the same as those of which all is read', async () => {
    const hitForms = { kinds: hitKinds, window: 3 };
    const parts = { source: ultraviolet(600), batchSize: 400, hitForms };
    const [read, kept] = [
      await run(engine, { ...parts, keepPhotons: false }),
      await run(engine, { ...parts, keepPhotons: true }),
    ];
    expect(read.batches.map(({ count }) => count)).toEqual([400, 200]);
    for (const [i, batch] of read.batches.entries()) {
      const { children, ...other } = kept.batches[i] ?? batch;
      expect(children?.photons?.length).toBeGreaterThan(16 * batch.count);
      expect(batch.children?.photons).toBeUndefined();
      expect(batch.children?.hits.length).toBeGreaterThan(batch.hits.length);
      expect(plainForms(batch)).toEqual(plainForms(other));
      expect(childrenOf(batch)).toEqual(childrenOf({ ...batch, children }));
    }
  });

  // The last one: the device is gone then.
  test('[ENG5] says that the GPU was lost; batches until then stand', async () => {
    const delivered: number[] = [];
    tuning.open = 1;
    const request = { seed: 5n, source, threads: 1, batchSize: 40 };
    const lost = engine.propagate(scene, request, ({ first }) => {
      delivered.push(first);
      if (delivered.length === 2) gpu.device.destroy();
    });
    await expect(lost).rejects.toThrow(/^the GPU was lost while it worked: .*smaller batches/);
    expect(delivered.slice(0, 2)).toEqual([0, 40]);
    expect(delivered.length).toBeLessThan(6);
    await expect(run(engine)).rejects.toThrow('the GPU was lost while it worked');
  });
});
