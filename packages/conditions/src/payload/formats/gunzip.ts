import { ConditionsError } from '../../errors.ts';
import { checkLimit, type PayloadLimits } from '../limits.ts';

/**
 * Decompresses gzip, by the Compression Streams of Node and browsers; stops at the limit, before the memory is full.
 *
 * @throws ConditionsError `invalid` where it is not gzip, cut short, damaged, or larger than `limits.bytes`
 */
export async function gunzip(
  bytes: Uint8Array,
  where: string,
  limits: PayloadLimits,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    const packed = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
    const stream = packed.pipeThrough(new DecompressionStream('gzip'));
    const reader = stream.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      size += read.value.length;
      checkLimit(limits, 'bytes', size, 'the payload grows beyond the limit', where);
      chunks.push(read.value);
    }
  } catch (cause) {
    if (cause instanceof ConditionsError) throw cause;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const isShort = bytes.length > 0 && /BUF_ERROR|Unexpected end/i.test(`${code} ${cause}`);
    throw new ConditionsError('invalid', {
      what: isShort ? 'gzip data cut short' : 'not gzip data, or damaged',
      where,
      cause,
    });
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
