import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { privateMemory } from '../bench/work/private-memory.ts';
import { type StreamCase, streamUse } from '../bench/work/stream-model.ts';
import { lanesUsed, livesOf, warpSize, warpUse } from '../bench/work/warp-model.ts';
import { countOperations } from '../bench/work/wgsl-operations.ts';

/** Photons, all but one in 32 with one step. */
const uneven = Uint32Array.from({ length: 3200 }, (_, i) => (i % warpSize === 0 ? 9 : 1));

describe('lanes of a warp', () => {
  test('wait for the longest life of 32, where none takes another photon before', () => {
    expect(lanesUsed(uneven, 'all')).toBeCloseTo((9 + 31) / (9 * warpSize), 2);
  });

  test('are all in use where each takes the next photon at once', () => {
    expect(lanesUsed(uneven, 1)).toBeGreaterThan(0.99);
  });

  test('go through what any of them needs, as often as the one that needs it most', () => {
    const counts = (a: number, b: number): Uint16Array => Uint16Array.of(a, b);
    const cuts = Array.from({ length: 640 }, (_, i) => [
      { kind: 'make' as const, sceneBytesRead: 0, counts: counts(0, 0) },
      // One of two goes another way; one in 32 goes it five times.
      {
        kind: 'step' as const,
        sceneBytesRead: 0,
        counts: i % 2 === 0 ? counts(i % 32 === 0 ? 5 : 1, 0) : counts(0, 1),
      },
      { kind: 'end' as const, sceneBytesRead: 0, counts: counts(0, 0) },
    ]).flat();
    const lives = livesOf(cuts);
    expect(lives.length).toBe(640);
    const use = warpUse(lives, Float64Array.of(10, 3), 0, 1);
    expect(use.lanes).toBe(1);
    // A turn of the warp is 5 · 10 + 3 for 32 lanes, of which 15 · 10 + 50 + 16 · 3 are needed.
    expect(use.operationsPerStep).toBeCloseTo(53, 9);
    expect(use.operations).toBeCloseTo((15 * 10 + 50 + 16 * 3) / (53 * warpSize), 9);
  });
});

describe('a stream of photons', () => {
  const size = { open: 1, fresh: 1, lateRows: 0, asideBytes: 0 };
  const alike: StreamCase = {
    ...{ stepsOf: Uint32Array.of(3), hits: 0, photons: 800, batchSize: 100, threads: 50 },
    ...{ size, turns: 1000, lookAhead: 100 },
  };
  /** One photon in a hundred with a hundred times as many steps. */
  const stepsOf = Uint32Array.from({ length: 100 }, (_, i) => (i === 0 ? 200 : 2));
  const uneven = { ...alike, stepsOf, hits: 0.1, photons: 200_000, batchSize: 1000 };

  test('has all threads at work where all photons are alike', () => {
    const use = streamUse(alike);
    expect(use).toMatchObject({ lanes: 1, open: 1, batchesBegun: 1, rowsAside: 0 });
    // 16 photons for each thread, of which the last is taken when the fifteenth is through.
    expect([use.turns, use.lastTurns]).toEqual([45, 3]);
  });

  test('waits for the last photon of each batch where only one is open', () => {
    const { lanes, open, launches } = streamUse({ ...uneven, lookAhead: 1 });
    expect(open).toBe(1);
    expect(launches).toBeGreaterThanOrEqual(200);
    // A batch is 80 turns of work, and has a photon of 200 turns.
    expect(lanes).toBeGreaterThan(0.2);
    expect(lanes).toBeLessThan(0.45);
  });

  test('does not where many are open and hits are put aside, as far as there is room', () => {
    const wide = { open: 40, fresh: 2, lateRows: 100, asideBytes: 2 ** 20 };
    const use = streamUse({ ...uneven, size: wide });
    expect(use.lanes).toBeGreaterThan(0.97);
    expect(use.open).toBeLessThan(40);
    expect(use.rowsAside * 64).toBeLessThanOrEqual(wide.asideBytes);
    const narrow = streamUse({ ...uneven, size: { ...wide, asideBytes: 0 } });
    expect(narrow.rowsAside).toBe(0);
    expect(narrow.lanes).toBeLessThan(use.lanes - 0.02);
  });
});

describe('operations of a WGSL text', () => {
  const inFolder = <T>(text: string, use: (folder: string) => T): T => {
    const folder = mkdtempSync(join(tmpdir(), 'lantern-wgsl-'));
    try {
      writeFileSync(join(folder, 'a.wgsl'), text);
      return use(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test('are those of a function, each loop apart, with those of functions that nobody counts', () => {
    const text = `
      fn helper(x: f32) -> f32 { return x * x + 1.0; }
      fn counted(x: f32) -> f32 { return -x; }
      fn f(a: vec2<f32>, n: u32) -> f32 {
        var sum = helper(a.x) / a.y;
        for (var i = 0u; i < n; i++) { sum += counted(sum) * sqrt(a.x); }
        return select(sum, 0.0, n >> 3u == 0u);
      }`;
    const found = inFolder(text, (folder) => countOperations(folder, (name) => name !== 'helper'));
    expect(found.get('f')).toEqual([
      // x * x + 1, select; >> and ==; /
      { float: 3, integer: 2, special: 1 },
      // += and *; i < n counts as of floats, whose types are not looked up; i++; sqrt
      { float: 3, integer: 1, special: 1 },
    ]);
  });

  test('private variables are numbers or arrays', () => {
    const text = `
      const ROOM: u32 = 64u;
      var<private> x: vec2f = vec2f(0.0, 0.0);
      var<private> n: i32;
      var<private> stack: array<u32, ROOM>;
      var<private> lists: array<vec2<f32>, 3>;`;
    const found = inFolder(text, (folder) => privateMemory([join(folder, 'a.wgsl')]));
    expect(found).toEqual({ numbers: 12, arrays: 4 * 64 + 24 });
  });
});
