import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchRange } from '../src/batches/batch-plan.ts';
import { runSchedule } from '../src/batches/schedule.ts';
import { BufferRoom } from '../src/gpu/buffer-room.ts';
import { mostFresh, mostOpen, slotWords } from '../src/gpu/launch-layout.ts';
import { MemoryPool } from '../src/gpu/memory-pool.ts';
import { streamSize } from '../src/gpu/stream-size.ts';
import { photonBytes } from '../src/photon-layout.ts';

describe('room in a buffer', () => {
  test("is nobody else's while it is taken, and free again when it is given back", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 40 }))), (steps) => {
        const room = new BufferRoom(100, 200);
        const taken: { at: number; size: number }[] = [];
        const used = new Set<number>();
        for (const [takes, size] of steps) {
          const old = takes ? undefined : taken.shift();
          if (old) {
            room.give(old.at, old.size);
            for (let i = 0; i < old.size; i++) used.delete(old.at + i);
            continue;
          }
          const at = room.take(size);
          if (at === undefined) continue;
          taken.push({ at, size });
          for (let i = 0; i < size; i++) {
            expect(used.has(at + i)).toBe(false);
            used.add(at + i);
            expect(at + i).toBeGreaterThanOrEqual(100);
            expect(at + i).toBeLessThan(300);
          }
        }
        for (const { at, size } of taken) room.give(at, size);
        expect(room.take(200)).toBe(100);
      }),
    );
  });

  test('grows at its end', () => {
    const room = new BufferRoom(0, 10);
    expect(room.take(8)).toBe(0);
    expect(room.take(8)).toBeUndefined();
    room.give(10, 10);
    expect(room.take(12)).toBe(8);
  });
});

test('what was given back is used again, so many at most; all of it counts', () => {
  let made = 0;
  const destroyed: number[] = [];
  const pool = new MemoryPool(() => {
    const id = made++;
    return { bytes: 10, id, destroy: () => destroyed.push(id) };
  }, 1);
  const [a, b] = [pool.take(), pool.take()];
  expect(pool.bytes).toBe(20);
  pool.give(a);
  pool.give(b);
  expect(destroyed).toEqual([1]);
  expect(pool.bytes).toBe(10);
  expect(pool.take()).toBe(a);
});

describe('the size of a stream', () => {
  const bounds = {
    ...{ batchSize: 2 ** 20, batches: 1000, threads: 65_536 },
    ...{ keptBytes: 0, bufferBytes: 2 ** 31 },
  };

  test('[LNCH7] fits into the buffers of the device, whatever the batches', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 24 }),
        fc.integer({ min: 1, max: 5000 }),
        fc.nat(2 ** 30),
        fc.integer({ min: 27, max: 32 }),
        (batchSize, batches, keptBytes, bits) => {
          const bufferBytes = 2 ** bits;
          fc.pre(batchSize * photonBytes <= bufferBytes && keptBytes <= bufferBytes);
          const size = streamSize({ ...bounds, batchSize, batches, keptBytes, bufferBytes });
          expect(size.open).toBeGreaterThan(0);
          expect(size.open).toBeLessThanOrEqual(Math.min(batches, mostOpen));
          expect(size.fresh).toBeGreaterThan(0);
          expect(size.fresh).toBeLessThanOrEqual(Math.min(size.open, mostFresh));
          const rows = size.fresh * batchSize + size.lateRows;
          expect(rows * photonBytes).toBeLessThanOrEqual(bufferBytes);
          expect(size.open * keptBytes).toBeLessThanOrEqual(bufferBytes);
        },
      ),
    );
  });

  test('[LNCH7] has below 80 bytes for each photon, those of threads and of hits', () => {
    const { fresh, lateRows } = streamSize(bounds);
    const hits = (fresh * bounds.batchSize + lateRows) * photonBytes;
    const threads = 2 * 4 * slotWords * bounds.threads;
    expect((hits + threads) / (fresh * bounds.batchSize)).toBeLessThan(72);
  });
});

describe('a schedule', () => {
  const plan = { first: 0, count: 12, batchSize: 1 };
  const all = Array.from({ length: 12 }, (_, i) => i);

  test('begins no batch that is not let in', async () => {
    const delivered: number[] = [];
    let [leave, most, begun] = [1, 0, 0];
    let changed: (() => void)[] = [];
    const lane = async ({ index }: { index: number }): Promise<number> => {
      most = Math.max(most, ++begun);
      await new Promise((resolve) => setTimeout(resolve, 1));
      begun--;
      leave++;
      for (const resolve of changed.splice(0)) resolve();
      changed = [];
      return index;
    };
    await runSchedule(plan, {
      ...{ lanes: [lane, lane, lane], lookAhead: 12 },
      deliver: (index) => {
        delivered.push(index);
      },
      gate: {
        letIn: () => leave > 0 && leave-- > 0,
        changed: () => new Promise((resolve) => changed.push(resolve)),
      },
    });
    expect(delivered).toEqual(all);
    expect(most).toBe(1);
  });

  test('[ENG9] begins none while what waits for an older one is too heavy', async () => {
    const delivered: number[] = [];
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun = 0;
    const lane = async ({ index }: { index: number }): Promise<number> => {
      begun++;
      if (index === 0) await held;
      return index;
    };
    const run = runSchedule(plan, {
      ...{ lanes: [lane, lane, lane], lookAhead: 12, weight: () => 10, heaviest: 25 },
      deliver: (index) => {
        delivered.push(index);
      },
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    // The first, three that are too heavy together, and what a lane had begun meanwhile.
    expect(begun).toBeLessThanOrEqual(5);
    expect(delivered).toEqual([]);
    release();
    await run;
    expect(delivered).toEqual(all);
    expect(batchRange(plan, 11).first).toBe(11);
  });
});
