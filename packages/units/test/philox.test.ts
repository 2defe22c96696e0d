import { philox4x32, RandomStream, splitUint64 } from '@lantern/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';

type Four = readonly [number, number, number, number];

function philox(counter: Four, key: readonly [number, number]): string {
  const out = new Uint32Array(4);
  philox4x32(counter, key, out);
  return [...out].map((word) => word.toString(16).padStart(8, '0')).join(' ');
}

/** Straight from the paper, in exact integers. */
function philoxInBigInts(counter: Four, key: readonly [number, number]): string {
  const mask = 0xffff_ffffn;
  let [c0, c1, c2, c3] = counter.map(BigInt) as [bigint, bigint, bigint, bigint];
  let [k0, k1] = key.map(BigInt) as [bigint, bigint];
  for (let round = 0; round < 10; round++) {
    const p0 = 0xd251_1f53n * c0;
    const p1 = 0xcd9e_8d57n * c2;
    [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, p1 & mask, (p0 >> 32n) ^ c3 ^ k1, p0 & mask];
    k0 = (k0 + 0x9e37_79b9n) & mask;
    k1 = (k1 + 0xbb67_ae85n) & mask;
  }
  return [c0, c1, c2, c3].map((word) => word.toString(16).padStart(8, '0')).join(' ');
}

test.each([
  // kat_vectors of Random123 1.14
  { counter: [0, 0, 0, 0], key: [0, 0], words: '6627e8d5 e169c58d bc57ac4c 9b00dbd8' },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    words: '408f276d 41c83b0e a20bc7c6 6d5451fd',
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    words: 'd16cfe09 94fdcceb 5001e420 24126ea1',
  },
] as const)('[RN1] known answer $words', ({ counter, key, words }) => {
  expect(philox(counter, key)).toBe(words);
  expect(philoxInBigInts(counter, key)).toBe(words);
});

test('[RN1] equal to an independent implementation', () => {
  const word = fc.integer({ min: 0, max: 0xffff_ffff });
  fc.assert(
    fc.property(fc.tuple(word, word, word, word), fc.tuple(word, word), (counter, key) => {
      expect(philox(counter, key)).toBe(philoxInBigInts(counter, key));
    }),
    { numRuns: 1000 },
  );
});

test('[RN2] a stream depends on seed, item and purpose alone', () => {
  const first8 = (stream: RandomStream) => Array.from({ length: 8 }, () => stream.uint32());
  const words = first8(new RandomStream(1, 2, 3));
  expect(first8(new RandomStream(1n, 2n, 3))).toEqual(words);
  const hex = (block: number) => philox([block, 2, 0, 3], [1, 0]).split(' ');
  expect(words.map((w) => w.toString(16).padStart(8, '0'))).toEqual([...hex(0), ...hex(1)]);
  for (const other of [
    new RandomStream(2, 2, 3),
    new RandomStream(1, 3, 3),
    new RandomStream(1, 2, 4),
  ]) {
    expect(first8(other)).not.toEqual(words);
  }
  const wide = new RandomStream(2n ** 63n + 5n, 2n ** 40n);
  expect(wide.uint32().toString(16)).toBe(
    Number.parseInt(philox([0, 0, 256, 0], [5, 0x8000_0000]).split(' ')[0] ?? '', 16).toString(16),
  );
  expect(wide.drawn).toBe(1);
});

test('[RN4] seeds and items are unsigned 64-bit integers', () => {
  expect(splitUint64(2n ** 64n - 1n, 'seed')).toEqual([0xffff_ffff, 0xffff_ffff]);
  for (const bad of [-1, 1.5, Number.NaN, 2 ** 53, -1n, 2n ** 64n]) {
    expect(() => new RandomStream(bad, 0)).toThrow(/^seed: given/);
    expect(() => new RandomStream(0, bad)).toThrow(/^item: given/);
  }
  expect(() => new RandomStream(0, 0, 2 ** 32)).toThrow(/^purpose: given/);
});
