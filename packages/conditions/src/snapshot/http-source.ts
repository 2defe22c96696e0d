import { ConditionsError } from '../errors.ts';
import { type ByteSource, checkedLength } from './byte-source.ts';

/** Settings of {@link httpSource}. */
export interface HttpSourceOptions {
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Bytes that are asked for at least, and how many such pages are kept; default 1 MiB and 32. */
  readonly pageBytes?: number | undefined;
  readonly pages?: number | undefined;
  /** Milliseconds until a request is given up; default 30,000. */
  readonly timeout?: number | undefined;
}

/**
 * A file on any HTTP server that answers ranges (RFC 9110, section 14), read page by page. The file must stay as it is: its
 * ETag or time of change goes with each request (If-Range), and another one is an error.
 *
 * @throws ConditionsError `unavailable` for a server that does not answer, or answers no ranges; `absent` for 404
 */
export async function httpSource(
  url: string,
  { headers = {}, pageBytes = 2 ** 20, pages = 32, timeout = 30_000 }: HttpSourceOptions = {},
): Promise<ByteSource> {
  const first = await ask(url, 0, pageBytes, headers, timeout);
  const { size, version } = first;
  const kept = new Map<number, Promise<Uint8Array<ArrayBuffer>>>([
    [0, Promise.resolve(first.bytes)],
  ]);
  const page = (number: number): Promise<Uint8Array<ArrayBuffer>> => {
    const known = kept.get(number);
    kept.delete(number);
    const bytes =
      known ??
      ask(url, number * pageBytes, pageBytes, { ...headers, ...version }, timeout).then(
        (answer) => {
          if (answer.size === size) return answer.bytes;
          throw new ConditionsError('unavailable', {
            what: 'the file changed while it was read',
            where: url,
            given: `${answer.size} bytes`,
            expected: `${size}`,
          });
        },
      );
    kept.set(number, bytes);
    bytes.catch(() => kept.delete(number));
    const oldest = kept.keys().next().value;
    if (kept.size > pages && oldest !== undefined) kept.delete(oldest);
    return bytes;
  };
  return {
    name: url,
    size,
    async read(offset, length) {
      if (length === 0) return new Uint8Array(0);
      if (offset + length > size) return checkedLength(new Uint8Array(0), length, url);
      const [from, to] = [
        Math.floor(offset / pageBytes),
        Math.floor((offset + length - 1) / pageBytes),
      ];
      const bytes = new Uint8Array(length);
      for (let number = from; number <= to; number++) {
        const [start, own] = [number * pageBytes, await page(number)];
        const part = own.subarray(Math.max(0, offset - start), offset + length - start);
        bytes.set(part, Math.max(0, start - offset));
      }
      return bytes;
    },
    close: () => Promise.resolve(kept.clear()),
  };
}

interface RangeAnswer {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly size: number;
  readonly version: Readonly<Record<string, string>>;
}

async function ask(
  url: string,
  offset: number,
  length: number,
  headers: Readonly<Record<string, string>>,
  timeout: number,
): Promise<RangeAnswer> {
  const range = `bytes=${offset}-${offset + length - 1}`;
  let response: Response;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const signal = AbortSignal.timeout(timeout);
    response = await fetch(url, { headers: { ...headers, range }, signal });
    if (response.status !== 206) throw refused(url, response);
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    if (cause instanceof ConditionsError) throw cause;
    throw new ConditionsError('unavailable', {
      what: 'the server does not answer',
      where: url,
      cause,
    });
  }
  const given = response.headers.get('content-range') ?? '';
  const [, start, end, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(given) ?? [];
  const expected = Math.min(length, Number(size) - offset);
  if (
    Number(start) !== offset ||
    Number(end) !== offset + expected - 1 ||
    bytes.length !== expected
  ) {
    throw new ConditionsError('unavailable', {
      what: 'the server answers another range than was asked for',
      where: url,
      given: `Content-Range: ${given}, ${bytes.length} bytes`,
      expected: range,
    });
  }
  const tag = response.headers.get('etag');
  const changed = response.headers.get('last-modified');
  const version = tag && !tag.startsWith('W/') ? tag : changed;
  return { bytes, size: Number(size), version: version ? { 'if-range': version } : {} };
}

function refused(url: string, response: Response): ConditionsError {
  const { status, statusText } = response;
  void response.body?.cancel();
  const isWhole = status === 200;
  return new ConditionsError(status === 404 ? 'absent' : 'unavailable', {
    what: isWhole ? 'the server answers no ranges, or the file changed' : 'the file cannot be read',
    where: url,
    given: `${status} ${statusText}`.trim(),
    expected: '206, a part of the file',
    hint: isWhole ? 'download the file and open it from the disk' : undefined,
  });
}
