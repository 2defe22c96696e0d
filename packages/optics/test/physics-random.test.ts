import { compareToExpected, RandomStream } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { PhysicsKernel } from './physics-kernel.ts';

describe('random numbers of the kernel', () => {
  test('[RNG1] the known answer of Philox4x32-10 for counter and key 0', () => {
    const kernel = new PhysicsKernel();
    kernel.stream(0, 0);
    // Source: Random123 1.14, kat_vectors.
    expect([...kernel.words(4)]).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
  });

  test.each([
    [42, 7, 0],
    [2 ** 40 + 12_345, 2 ** 33 + 99, 1],
    [2 ** 53 - 1, 2 ** 53 - 1, 2 ** 32 - 1],
  ])('[RNG1] seed %i, item %i, stream %i: the words of @lantern/units', (seed, item, purpose) => {
    const kernel = new PhysicsKernel();
    kernel.stream(seed, item, purpose);
    const stream = new RandomStream(seed, item, purpose);
    expect([...kernel.words(103)]).toEqual(Array.from({ length: 103 }, () => stream.uint32()));
    expect([...kernel.draws(9)]).toEqual(Array.from({ length: 9 }, () => stream.uniform()));
  });

  test('[RNG2] uniform in (0, 1), neighbours independent', () => {
    const kernel = new PhysicsKernel();
    kernel.stream(3, 5);
    const count = 100_000;
    const draws = kernel.draws(count);
    const side = 20;
    const bins = new Array<number>(side * side).fill(0);
    for (let i = 0; i + 1 < count; i += 2) {
      const [a, b] = [draws[i] ?? 0, draws[i + 1] ?? 0];
      expect(a > 0 && a < 1).toBe(true);
      const bin = Math.floor(a * side) * side + Math.floor(b * side);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const even = new Array<number>(side * side).fill(count / 2 / (side * side));
    expect(compareToExpected(bins, even).probability).toBeGreaterThan(1e-4);
  });

  test('[RNG3] sine and cosine of a part of a turn, to rounding', () => {
    const kernel = new PhysicsKernel();
    for (let i = 0; i <= 4096; i++) {
      const part = i / 4096;
      kernel.exports.turnBy(part);
      expect(kernel.global('turnSin')).toBeCloseTo(Math.sin(2 * Math.PI * part), 14);
      expect(kernel.global('turnCos')).toBeCloseTo(Math.cos(2 * Math.PI * part), 14);
    }
  });
});
