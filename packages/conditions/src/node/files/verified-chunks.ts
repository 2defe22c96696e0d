import { createHash } from 'node:crypto';
import { ConditionsError } from '../../errors.ts';

/**
 * Chunks of a payload, hashed as they pass. The last one passes only when the whole is what was stored.
 *
 * @param where the file or object, for errors
 * @throws ConditionsError `corrupt`
 */
export async function* verifiedChunks(
  chunks: AsyncIterable<Uint8Array>,
  sha256: string,
  where: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash('sha256');
  let held: Uint8Array | undefined;
  for await (const chunk of chunks) {
    hash.update(chunk);
    if (held) yield held;
    held = chunk;
  }
  const found = hash.digest('hex');
  if (found !== sha256) {
    throw new ConditionsError('corrupt', {
      what: 'a payload is not what was stored',
      where,
      given: `SHA-256 ${found}`,
      expected: sha256,
    });
  }
  if (held) yield held;
}

/**
 * All chunks in one piece of memory.
 *
 * @param size bytes that are expected: memory is taken once
 */
export async function wholeOf(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
): Promise<Uint8Array<ArrayBuffer>> {
  let whole = new Uint8Array(size);
  let at = 0;
  for await (const chunk of chunks) {
    if (at + chunk.length > whole.length) {
      const larger = new Uint8Array(2 * (at + chunk.length));
      larger.set(whole.subarray(0, at));
      whole = larger;
    }
    whole.set(chunk, at);
    at += chunk.length;
  }
  return at === whole.length ? whole : whole.slice(0, at);
}
