import { RandomStream } from '@lantern/units';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSoftwareGpu, skipSoftwareGpu } from './software-gpu.ts';
import { compileFunction, type WgslCall, type WgslFunction, wgslModule } from './wgsl-functions.ts';

/** Words of a number below 2^64. */
const low = (value: number): number => value % 2 ** 32;
const high = (value: number): number => Math.floor(value / 2 ** 32);

/** Draws the number behind `skipped` of a stream, all one after the other or resumed behind `before`. */
const streamText = `
fn nth(seed: vec2<u32>, item: vec2<u32>, stream: u32, before: u32, skipped: u32) -> vec2<u32> {
  seedStream(seed.x, seed.y);
  beginStream(item.x, item.y, stream);
  resumeStream(before);
  for (var k = before; k < skipped; k++) { drawWord(); }
  let word = drawWord();
  return vec2<u32>(word, draws);
}
// A draw of which the word is known.
fn drawOf(word: u32) -> f32 {
  words = vec4<u32>(0u, word, 0u, 0u);
  draws = 1u;
  return draw();
}
`;
const nth: WgslCall = {
  call: 'nth',
  takes: ['vec2<u32>', 'vec2<u32>', 'u32', 'u32', 'u32'],
  gives: 'vec2<u32>',
};

describe.skipIf(skipSoftwareGpu)('random numbers of the GPU', () => {
  let compiled: (call: WgslCall) => Promise<WgslFunction>;

  beforeAll(async () => {
    const gpu = await openSoftwareGpu();
    compiled = (call) => compileFunction(gpu, [wgslModule('philox'), streamText], call);
  });

  test('[RNG4] the known answer of Philox4x32-10 for counter and key 0', async () => {
    const rows = [0, 1, 2, 3].flatMap((k) => [0, 0, 0, 0, 0, 0, k]);
    const words = await (await compiled(nth)).evaluate(Uint32Array.from(rows));
    // Source: Random123 1.14, kat_vectors.
    expect([...words].filter((_, i) => i % 2 === 0)).toEqual([
      0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8,
    ]);
  });

  test('[RNG4] any seed, item and stream: the words of @lantern/units, also resumed', async () => {
    const whole = fc.oneof(
      fc.constantFrom(0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1),
      fc.nat(),
      fc.maxSafeNat(),
    );
    const word = fc.oneof(fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1), fc.nat());
    const asked = fc.sample(fc.tuple(whole, whole, word, fc.nat(40), fc.nat(23)), 2000);
    const rows = asked.flatMap(([seed, item, stream, before, more]) => [
      ...[low(seed), high(seed), low(item), high(item), stream, before, before + more],
    ]);
    const results = await (await compiled(nth)).evaluate(Uint32Array.from(rows));
    asked.forEach(([seed, item, purpose, before, more], i) => {
      const stream = new RandomStream(seed, item, purpose);
      for (let k = 0; k < before + more; k++) stream.uint32();
      expect([results[2 * i], results[2 * i + 1]]).toEqual([stream.uint32(), before + more + 1]);
    });
  });

  test('[RNG4] a draw is the f32 next to the draw of the CPU, and below 1', async () => {
    const ends = Array.from({ length: 600 }, (_, k) => [k, 2 ** 32 - 1 - k, 2 ** 24 - 300 + k]);
    const words = Uint32Array.from([...ends.flat(), ...fc.sample(fc.nat(2 ** 32 - 1), 4000)]);
    const drawOf = await compiled({ call: 'drawOf', takes: ['u32'], gives: 'f32' });
    const draws = new Float32Array((await drawOf.evaluate(words)).buffer);
    words.forEach((word, i) => {
      const exact = (word + 0.5) / 2 ** 32;
      expect([word, draws[i]]).toEqual([word, Math.min(Math.fround(exact), 1 - 2 ** -24)]);
    });
    expect(Math.min(...draws)).toBe(2 ** -33);
  });
});
