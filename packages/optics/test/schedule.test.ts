import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchCount, batchRange, defaultBatchSize } from '../src/batches/batch-plan.ts';
import { runSchedule } from '../src/batches/schedule.ts';

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('batch plan', () => {
  it('[ENG1] cuts photons into batches that follow each other without gap', () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.nat(500),
        fc.integer({ min: 1, max: 64 }),
        (first, count, batchSize) => {
          const plan = { first, count, batchSize };
          let next = first;
          for (let i = 0; i < batchCount(plan); i++) {
            const range = batchRange(plan, i);
            expect(range.first).toBe(next);
            expect(range.count).toBeGreaterThan(0);
            expect(range.count).toBeLessThanOrEqual(batchSize);
            next += range.count;
          }
          expect(next).toBe(first + count);
        },
      ),
    );
  });

  it('makes batches smaller when steps are recorded', () => {
    expect(defaultBatchSize(1e9, 2, 0)).toBe(16_384);
    expect(defaultBatchSize(1e9, 2, 100_000) * 100_000 * 72).toBeLessThan(2 ** 27);
    expect(defaultBatchSize(10, 2, 0)).toBe(256);
  });
});

describe('schedule', () => {
  it('[ENG1] delivers in order, one at a time, with a bounded look-ahead', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 6 }),
        async (delays, laneCount, lookAhead) => {
          const delivered: number[] = [];
          let [begun, delivering] = [0, 0];
          const lane = async ({ index }: { index: number }): Promise<number> => {
            begun++;
            expect(begun - delivered.length).toBeLessThanOrEqual(lookAhead);
            await pause(delays[index] ?? 0);
            return index;
          };
          await runSchedule(
            { first: 0, count: delays.length, batchSize: 1 },
            {
              lanes: Array.from({ length: laneCount }, () => lane),
              lookAhead,
              deliver: async (index) => {
                expect(++delivering).toBe(1);
                await pause((delays[index] ?? 0) / 2);
                delivered.push(index);
                delivering--;
              },
            },
          );
          expect(delivered).toEqual(delays.map((_, i) => i));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('[ENG5] ends with the first error of a lane, after the delivery in progress', async () => {
    let delivering = false;
    const run = runSchedule(
      { first: 0, count: 10, batchSize: 1 },
      {
        lanes: [
          async ({ index }) => {
            if (index === 3) throw new Error('lane broke');
            return index;
          },
        ],
        lookAhead: 4,
        deliver: async () => {
          delivering = true;
          await pause(5);
          delivering = false;
        },
      },
    );
    await expect(run).rejects.toThrow('lane broke');
    expect(delivering).toBe(false);
  });

  it('[ENG5] ends with the error of a delivery, even when lanes wait for room', async () => {
    const run = runSchedule(
      { first: 0, count: 100, batchSize: 1 },
      {
        lanes: [async ({ index }) => index, async ({ index }) => index],
        lookAhead: 2,
        deliver: (index) => {
          if (index === 5) throw new Error('disk full');
        },
      },
    );
    await expect(run).rejects.toThrow('disk full');
  });

  it('[ENG4] ends with the reason of its signal', async () => {
    const controller = new AbortController();
    const delivered: number[] = [];
    const run = runSchedule(
      { first: 0, count: 1000, batchSize: 1 },
      {
        lanes: [
          async ({ index }) => {
            await pause(1);
            return index;
          },
        ],
        lookAhead: 4,
        signal: controller.signal,
        deliver: (index) => {
          delivered.push(index);
          if (index === 5) controller.abort(new Error('enough'));
        },
      },
    );
    await expect(run).rejects.toThrow('enough');
    const count = delivered.length;
    await pause(10);
    expect(delivered.length).toBe(count);
    expect(count).toBeLessThan(10);
  });
});
