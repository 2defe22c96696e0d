import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchRange } from '../src/batches/batch-plan.ts';
import { runSchedule } from '../src/batches/schedule.ts';
import { BufferRoom } from '../src/gpu/buffer-room.ts';
import { mostFresh, mostOpen, slotWords } from '../src/gpu/launch-layout.ts';
import { MemoryPool } from '../src/gpu/memory-pool.ts';
import { NamedBuffers, streamBuffers } from '../src/gpu/named-buffers.ts';
import type { OpenedGpu } from '../src/gpu/open-gpu.ts';
import { readBuffer } from '../src/gpu/read-buffer.ts';
import { StreamRooms } from '../src/gpu/stream-rooms.ts';
import { streamSize } from '../src/gpu/stream-size.ts';
import { photonBytes } from '../src/photon-layout.ts';
import { openSoftwareGpu, skipSoftwareGpu } from './software-gpu.ts';

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

describe.skipIf(skipSoftwareGpu)('what open batches are made of', () => {
  /** The same device, as if its buffers could not be larger. */
  function withBuffers(gpu: OpenedGpu, bytes: number): OpenedGpu {
    const { maxUniformBufferBindingSize } = gpu.device.limits;
    const limits = { maxBufferSize: bytes, maxStorageBufferBindingSize: bytes };
    const device = new Proxy(gpu.device, {
      get: (target, name: keyof GPUDevice) => {
        if (name === 'limits') return { ...limits, maxUniformBufferBindingSize };
        const value: unknown = target[name];
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    return { ...gpu, device };
  }

  test('[LNCH7] stays where it is while its buffer grows, as far as the device allows', async () => {
    const gpu = withBuffers(await openSoftwareGpu(), 2 ** 20);
    const memory = new NamedBuffers(gpu, streamBuffers);
    const size = { open: 8, fresh: 2, lateRows: 100, asideBytes: 0 };
    const rooms = new StreamRooms(gpu, memory, size, 10);
    const sizes = [20_000, 30_000, 90_000];
    const places: number[] = [];
    for (const [i, words] of sizes.entries()) {
      const at = await rooms.takeSource(words, false);
      if (at === undefined) throw new Error(`no room for ${words} words`);
      places.push(at);
      const row = Uint32Array.from({ length: words }, (_, k) => 1e6 * i + k);
      gpu.device.queue.writeBuffer(memory.get('source'), 4 * at, row);
    }
    for (const [i, words] of sizes.entries()) {
      const row = new Uint32Array(words);
      await readBuffer(gpu, memory, memory.get('source'), 4 * (places[i] ?? 0), row);
      expect([row[0], row.at(-1)]).toEqual([1e6 * i, 1e6 * i + words - 1]);
    }
    expect(await rooms.takeSource(2 ** 18 - 100_000, false)).toBeUndefined();
    await expect(rooms.takeSource(2 ** 18 + 1, true)).rejects.toThrow(/too large for a buffer/);
    memory.destroy();
    gpu.close();
  });

  test("[LNCH7] room for hits is a whole batch's, or that of the photons on their way", async () => {
    const gpu = await openSoftwareGpu();
    const memory = new NamedBuffers(gpu, streamBuffers);
    const size = { open: 3, fresh: 2, lateRows: 15, asideBytes: 0 };
    const rooms = new StreamRooms(gpu, memory, size, 10);
    expect(rooms.hitBytes).toBe(35 * photonBytes);
    const [a, b] = [rooms.takePlace(), rooms.takePlace()];
    expect([a?.region, b?.region]).toEqual([
      { at: 0, rows: 10, isFresh: true },
      { at: 10, rows: 10, isFresh: true },
    ]);
    expect(rooms.takePlace()).toBeUndefined();
    const late = rooms.takeLate(9);
    expect(late).toEqual({ at: 20, rows: 9, isFresh: false });
    expect(rooms.takeLate(9)).toBeUndefined();
    if (a && late) {
      rooms.giveRegion(a.region);
      expect(rooms.takePlace()).toEqual({ place: 2, region: a.region });
      rooms.giveRegion(late);
    }
    expect(rooms.takeLate(15)?.at).toBe(20);
    // Three batches are open: one more has no place, though there is room for its hits.
    if (b) rooms.giveRegion(b.region);
    expect(rooms.takePlace()).toBeUndefined();
    gpu.close();
  });
});
