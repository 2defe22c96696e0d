import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { childRows } from '../src/batches/child-rows.ts';
import type { HitShaper } from '../src/gpu/hits/hit-shaper.ts';
import { type HitKind, hitKinds } from '../src/hits/hit-forms.ts';
import { liteHits } from '../src/hits/lite-hit.ts';
import { type EventCuts, type HitShape, oneEvent, shapeHits } from '../src/hits/shape-hits.ts';
import { GpuHits, hitRows, type TestHit, turnedFrames } from './gpu-hits.ts';
import { plainForms } from './plain-forms.ts';
import { skipSoftwareGpu } from './software-gpu.ts';

const sensors = 20;

const shapeOf = (kinds: readonly HitKind[], window = 1): HitShape => ({
  kinds,
  window,
  lite: liteHits.opticks,
  frames: turnedFrames(sensors),
});

/** Hits of photons from `first` on, each of which has one at most. */
const hitsFrom = (first: number, photons: number): fc.Arbitrary<TestHit[]> =>
  fc.uniqueArray(
    fc.record({
      photon: fc.integer({ min: first, max: first + photons - 1 }),
      identity: fc.oneof(fc.constant(3), fc.integer({ min: 1, max: sensors })),
      time: fc.oneof(
        fc.integer({ min: -40, max: 40 }).map((n) => n / 8),
        fc.float(),
        fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e30),
      ),
      count: fc.oneof(fc.constant(1), fc.integer({ min: 0, max: 65_535 })),
      mask: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      position: fc.tuple(
        fc.integer({ min: -2, max: 2 }),
        fc.float({ min: -1000, max: 1000, noNaN: true }),
        fc.constantFrom(0, 1, 2),
      ),
    }),
    { selector: ({ photon }) => photon, maxLength: 200 },
  );

/** As the CPU has them. */
function expected(hits: readonly TestHit[], shape: HitShape, cuts: EventCuts): unknown {
  const sorted = [...hits].sort((a, b) => a.photon - b.photon);
  return plainForms(shapeHits(hitRows(sorted), shape, cuts));
}

describe.skipIf(skipSoftwareGpu)('hits shaped on the GPU', () => {
  let gpu: GpuHits;
  let all: HitShaper;
  const shape = shapeOf(hitKinds);
  beforeAll(async () => {
    gpu = await GpuHits.open();
    all = await gpu.shaper(shape);
  });
  afterAll(() => gpu.gpu.close());

  test('[HIT10] are those of the CPU, in any order, of any events', async () => {
    // Numbers go beyond 32 bits.
    const first = 2 ** 32 - 500;
    const starts = fc.array(fc.integer({ min: first - 10, max: first + 1100 }), { maxLength: 6 });
    const property = fc.asyncProperty(hitsFrom(first, 1000), starts, async (hits, begins) => {
      const cuts = { first: 4, starts: Float64Array.from(begins.sort((a, b) => a - b)) };
      const shaped = await gpu.shaped(all, hitRows(hits), [first, 1000], cuts);
      expect(plainForms(shaped)).toEqual(expected(hits, shape, cuts));
    });
    await fc.assert(property, { numRuns: 25 });
  });

  test.each([0.3, 1e-9, 1e9])('[HIT10] in windows of %f ns', async (window) => {
    const one = shapeOf(['hits-merged'], window);
    const shaper = await gpu.shaper(one);
    const property = fc.asyncProperty(hitsFrom(0, 300), async (hits) => {
      const shaped = await gpu.shaped(shaper, hitRows(hits), [0, 300]);
      expect(plainForms(shaped)).toEqual(expected(hits, one, oneEvent));
    });
    await fc.assert(property, { numRuns: 10 });
    (await shaper.close())?.destroy();
  });

  test('[HIT10] 100,000 of them: here and there, then in one sensor and window', async () => {
    const count = 100_000;
    const spread = Array.from({ length: count }, (_, i) => ({
      photon: (i * 7919) % 400_009,
      identity: 1 + ((i * 31) % sensors),
      time: ((i * 104_729) % 20_011) / 100,
      count: 1,
      mask: 2 ** (i % 32),
      position: [i % 101, i % 103, i % 107] as const,
    }));
    const heaped = spread.map((hit) => ({ ...hit, identity: 2, time: 0.25, count: 50_000 }));
    for (const hits of [spread, heaped]) {
      const shaped = await gpu.shaped(all, hitRows(hits), [0, 400_009]);
      expect(plainForms(shaped)).toEqual(expected(hits, shape, oneEvent));
    }
  });

  test('[HIT11] of sensors beyond 65,535, read in parts', async () => {
    const many = 70_000;
    const wide = { ...shapeOf(hitKinds), lite: liteHits.wide, frames: turnedFrames(many) };
    const shaper = await gpu.shaper(wide, 4096);
    const hits = Array.from({ length: 3000 }, (_, i) => ({
      photon: 3 * (3000 - i),
      identity: many - (i % 700),
      time: (i % 13) / 4,
      count: 1 + (i % 3),
      mask: 1,
      position: [i / 7, -i / 5, i % 100] as const,
    }));
    const shaped = await gpu.shaped(shaper, hitRows(hits), [3, 9001]);
    expect(plainForms(shaped)).toEqual(expected(hits, wide, oneEvent));
    (await shaper.close())?.destroy();
  });

  test('[HIT11] are what is read, and hardly anything else', async () => {
    const hits = Array.from({ length: 5000 }, (_, photon) => ({
      photon,
      identity: 1 + (photon % 4),
      time: (photon % 8) / 4,
      count: 1,
      mask: 1,
      position: [1, 2, 3] as const,
    }));
    const bytes: number[] = [];
    for (const kind of hitKinds) {
      const shaper = await gpu.shaper(shapeOf([kind]));
      await gpu.shaped(shaper, hitRows(hits), [0, 5000]);
      bytes.push(shaper.bytesRead);
      (await shaper.close())?.destroy();
    }
    // 5000 hits, or 8 merged ones; 16 bytes beside them, and 4 for each event of merged ones.
    expect(bytes).toEqual([5000 * 64 + 16, 5000 * 16 + 16, 8 * 64 + 20, 8 * 16 + 20]);
  });

  test('[HIT11] are made by the host where the device has no room for a bit of each photon', async () => {
    const photons = 2 ** 33;
    const hits = [5, 3, 2 ** 33 - 1, 2 ** 32].map((photon) => ({
      photon,
      identity: 1,
      time: photon % 3,
      count: 1,
      mask: 1,
      position: [1, 2, 3] as const,
    }));
    const shaped = await gpu.shaped(all, hitRows(hits), [0, photons]);
    expect(plainForms(shaped)).toEqual(expected(hits, shape, oneEvent));
  });

  test('[HIT11] that cannot be are an error', async () => {
    const hit = {
      photon: 7,
      identity: 1,
      time: 1,
      count: 1,
      mask: 1,
      position: [0, 0, 0],
    } as const;
    const words = /2 of them among photons 0 to 6/;
    await expect(gpu.shaped(all, hitRows([hit, hit]), [0, 7])).rejects.toThrow(words);
    const twice = gpu.shaped(all, hitRows([hit, hit]), [0, 8]);
    await expect(twice).rejects.toThrow(/1 of them among photons 0 to 7/);
  });
});

describe.skipIf(skipSoftwareGpu)('hits of children on the GPU', () => {
  test('[HIT14] are those of the CPU, as are the photons that children descend from', async () => {
    const gpu = await GpuHits.open();
    const shape = shapeOf(hitKinds);
    const shaper = await gpu.shaper(shape);
    const first = 2 ** 32 - 40;
    const [before, slotWords] = [7, 18];
    const hits = hitsFrom(first, 100);
    const property = fc.asyncProperty(hits, fc.nat(), async (some, salt) => {
      fc.pre(some.length > 0);
      // Up to three descendants of each photon, of which some are detected; in any order.
      const children = some.flatMap((hit, i) =>
        Array.from({ length: 1 + ((i + salt) % 3) }, (_, ordinal) => ({ hit, ordinal })),
      );
      const flag = (i: number): number => (((i * 7919 + salt) % 3) + 1) * 0x40;
      const order = children
        .map((_, i) => i)
        .sort((a, b) => ((a * 31 + salt) % 17) - ((b * 31 + salt) % 17));
      const rows = hitRows(children.map(({ hit }) => hit));
      children.forEach((_, i) => {
        rows[16 * i + 12] = flag(i);
      });
      const words = new Uint32Array(before + slotWords * children.length);
      order.forEach((i, slot) => {
        const { hit, ordinal } = children[i] as (typeof children)[number];
        const at = before + slotWords * slot;
        words.set([hit.photon - first, ordinal, ...rows.subarray(16 * i, 16 * i + 16)], at);
      });
      const sorted = children
        .map(({ hit, ordinal }, i) => ({ photon: hit.photon, ordinal, i }))
        .sort((a, b) => a.photon - b.photon || a.ordinal - b.ordinal);
      const ends = new Uint32Array(16 * sorted.length);
      sorted.forEach(({ i }, place) => {
        ends.set(rows.subarray(16 * i, 16 * i + 16), 16 * place);
      });
      const cuts = { first: 2, starts: Float64Array.of(first + 30, first + 60) };
      const expected = childRows({
        ...{ ends: new Float32Array(ends.buffer), recordSteps: 0, keepPhotons: false },
        ...{ hitShape: shape, cuts },
      });
      const buffer = gpu.upload(words);
      const slots = { buffer, count: children.length, at: before, slotWords, first, photons: 100 };
      const found = await shaper.children(slots, cuts);
      buffer.destroy();
      expect(found?.parents).toEqual(expected.parents);
      expect(found?.count).toBe(expected.count);
      expect(found && plainForms(found)).toEqual(plainForms(expected));
    });
    await fc.assert(property, { numRuns: 15 });
    gpu.gpu.close();
  });
});
