import { ConditionsError } from '../errors.ts';

/** Gzip, by the Compression Streams of Node and browsers. */
export async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Undoes {@link gzip}; stops as soon as there is more than was told, so that a few bytes cannot fill the memory.
 *
 * @throws ConditionsError `corrupt` for bytes that are no gzip, or other than `length` in the end
 */
export async function gunzip(
  bytes: Uint8Array<ArrayBuffer>,
  length: number,
  where: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(length);
  let at = 0;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    const reader = stream.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (at + value.length > length) {
        await reader.cancel();
        throw wrongLength(where, 'more', length);
      }
      whole.set(value, at);
      at += value.length;
    }
  } catch (cause) {
    if (cause instanceof ConditionsError) throw cause;
    throw new ConditionsError('corrupt', { what: 'no gzip', where, cause });
  }
  if (at !== length) throw wrongLength(where, `${at}`, length);
  return whole;
}

function wrongLength(where: string, given: string, expected: number): ConditionsError {
  return new ConditionsError('corrupt', {
    what: 'a compressed part has another length than the file says',
    where,
    given: `${given} bytes`,
    expected: `${expected}`,
  });
}
