import { describe, expect, test } from 'vitest';
import { genstepOffsets, genstepWords } from '../src/genstep-layout.ts';
import { childSlotWords, keptPlaces } from '../src/gpu/batch-places.ts';
import { batchSource } from '../src/gpu/batch-source.ts';
import { ChildRoom } from '../src/gpu/child-room.ts';
import { gpuBatchSize } from '../src/gpu/gpu-batch-size.ts';
import { orderedChildren } from '../src/gpu/gpu-children.ts';
import { LaunchPace } from '../src/gpu/launch-pace.ts';

describe('launches on a GPU', () => {
  /** Turns after many launches on a device that takes so long for a turn of all its threads. */
  function settled(pace: LaunchPace, secondsPerTurn: number, busy: number): number {
    for (let i = 0; i < 40; i++) {
      const turns = pace.turns(busy);
      pace.took({ turns, seconds: turns * secondsPerTurn, busy, left: busy });
    }
    return pace.turns(busy);
  }

  test('[LNCH2] take about 50 ms on a fast and on a slow device, and have a turn at least', () => {
    expect(settled(new LaunchPace(), 1e-5, 65_536)).toBeCloseTo(5000, -2);
    expect(settled(new LaunchPace(), 0.01, 65_536)).toBe(5);
    expect(settled(new LaunchPace(), 3, 65_536)).toBe(1);
  });

  test('[LNCH2] begin with few turns, and change by four times at most', () => {
    const pace = new LaunchPace();
    const first = pace.turns(1000);
    expect(first).toBeLessThanOrEqual(8);
    pace.took({ turns: first, seconds: 1e-6, busy: 1000, left: 1000 });
    expect(pace.turns(1000)).toBe(4 * first);
    pace.took({ turns: 4 * first, seconds: 60, busy: 1000, left: 1000 });
    expect(pace.turns(1000)).toBe(first);
  });

  test('[LNCH2] of few threads have turns of their own, learnt from those of more', () => {
    const pace = new LaunchPace();
    const many = settled(pace, 1e-3, 65_536);
    expect(pace.turns(100)).toBe(many);
    const few = settled(pace, 1e-5, 100);
    expect(few).toBeGreaterThan(50 * many);
    expect(pace.turns(65_536)).toBe(many);
    // Nearly all photons were at their ends: how long others take, nobody knows.
    pace.took({ turns: few, seconds: 1e-6, busy: 100, left: 3 });
    expect(pace.turns(100)).toBe(few);
  });

  test('[LNCH3] make room for children: four times as much each time, up to the limit', () => {
    const room = new ChildRoom(2, 2 ** 20);
    const most = Math.floor(2 ** 20 / (4 * childSlotWords(0)));
    expect(room.slots(1000, 0)).toBe(2000);
    expect(room.grow(1000, 0)).toBe(true);
    expect(room.slots(1000, 0)).toBe(8000);
    expect(room.slots(100, 0)).toBe(1024);
    expect(room.grow(1000, 0)).toBe(true);
    expect(room.slots(1000, 0)).toBe(most);
    expect(room.grow(1000, 0)).toBe(false);
    expect(new ChildRoom(0, 2 ** 20).slots(1000, 0)).toBe(0);
  });

  test('[LNCH4] a generation step is found by the photons of the steps before it', () => {
    const steps = new Float32Array(4 * genstepWords);
    const words = new Uint32Array(steps.buffer);
    [5, 0, 7, 1000].forEach((photons, i) => {
      words[i * genstepWords + genstepOffsets.photons / 4] = photons;
    });
    const source = batchSource({ kind: 'gensteps', steps, skip: 3 });
    expect(source).toMatchObject({ stepCount: 4, skip: 3, firstsAt: 4 * genstepWords });
    expect([...source.words.slice(source.firstsAt)]).toEqual([0, 5, 5, 12]);
    expect([...source.words.slice(0, source.firstsAt)]).toEqual([...words]);
  });

  test('[LNCH5] what is kept of photons and children lies one behind the other', () => {
    const wish = { count: 10, recordSteps: 3, keepPhotons: true, childSlots: 4 };
    const slot = 2 + 16 + 3 * (16 + 2);
    expect(keptPlaces(wish)).toEqual({
      photonsAt: 0,
      recordsAt: 160,
      tracesAt: 160 + 480,
      childrenAt: 160 + 480 + 60,
      words: 160 + 480 + 60 + 4 * slot,
    });
    const none = { count: 10, recordSteps: 0, keepPhotons: false, childSlots: 0 };
    expect(keptPlaces(none).words).toBe(0);
  });

  test('[LNCH5] children are put in the order of their photons and of their making', () => {
    const stride = childSlotWords(1);
    const made = [
      [7, 1],
      [2, 0],
      [7, 0],
      [2, 1],
    ] as const;
    const slots = new Uint32Array(made.length * stride);
    made.forEach(([photon, ordinal], i) => {
      slots.set([photon, ordinal], i * stride);
      slots.fill(100 * photon + ordinal, i * stride + 2, (i + 1) * stride);
    });
    const { ends, records, traces } = orderedChildren({ slots, count: 4, recordSteps: 1 });
    const expected = [200, 201, 700, 701];
    const firsts = (rows: { buffer: ArrayBuffer } | undefined, words: number): number[] =>
      [...new Uint32Array(rows?.buffer ?? new ArrayBuffer(0))].filter((_, i) => i % words === 0);
    expect(firsts(ends, 16)).toEqual(expected);
    expect(firsts(records, 16)).toEqual(expected);
    expect(firsts(traces, 2)).toEqual(expected);
  });

  test('[LNCH6] batches fit into the buffers of the device', () => {
    const bounds = {
      ...{ count: 1e9, recordSteps: 0, keepPhotons: false, childBytes: 0 },
      ...{ bufferBytes: 2 ** 27, isSoftware: false },
    };
    expect(gpuBatchSize({ ...bounds, bufferBytes: 2 ** 31 })).toBe(2 ** 20);
    expect(gpuBatchSize(bounds)).toBe(2 ** 20);
    expect(gpuBatchSize({ ...bounds, bufferBytes: 2 ** 22 })).toBe(2 ** 15);
    expect(gpuBatchSize({ ...bounds, count: 10 })).toBeGreaterThanOrEqual(10);
    const records = gpuBatchSize({ ...bounds, recordSteps: 1000, keepPhotons: true });
    expect(
      keptPlaces({ count: records, recordSteps: 1000, keepPhotons: true, childSlots: 0 }).words,
    ).toBeLessThanOrEqual(2 ** 25);
    expect(gpuBatchSize({ ...bounds, recordSteps: 1e8 })).toBe(1);
    expect(gpuBatchSize({ ...bounds, isSoftware: true })).toBeLessThan(2 ** 14);
  });
});
