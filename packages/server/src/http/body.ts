import type { Context } from 'hono';
import type { z } from 'zod';
import { ServerError } from '../errors.ts';

/**
 * The body of a request in chunks.
 *
 * @param limit bytes
 * @throws ServerError `tooLarge` as soon as there are more, by their count and before by what the header says
 */
export async function* bodyChunks(request: Request, limit: number): AsyncGenerator<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  let bytes = 0;
  if (request.body === null) return;
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    if (bytes > limit) throw tooLarge(limit);
    yield chunk;
  }
}

/**
 * The body of a request as JSON of a schema.
 *
 * @throws ServerError `tooLarge`, or `malformed` where it is no JSON or does not fit
 */
export async function jsonBody<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
  limit: number,
): Promise<z.output<Schema>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bodyChunks(c.req.raw, limit)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ServerError('malformed', {
      what: 'the body is no JSON',
      given: text.length > 0 ? `${text.length} characters` : 'nothing',
      cause,
    });
  }
  return checked(value, schema, 'the body');
}

/** @throws ServerError `malformed` that names the field */
function checked<Schema extends z.ZodType>(
  value: unknown,
  schema: Schema,
  what: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw misfit(result.error, what);
}

/** @returns ServerError `malformed` that names the field which does not fit its schema */
export function misfit(error: z.core.$ZodError, what: string): ServerError {
  const [issue] = error.issues;
  return new ServerError('malformed', {
    what: `${what} does not fit: ${issue?.message ?? 'no reason'}`,
    where: issue?.path.join('.') || undefined,
  });
}

function tooLarge(limit: number): ServerError {
  return new ServerError('tooLarge', {
    what: 'the request is too large',
    expected: `at most ${limit.toLocaleString('en-US')} bytes`,
  });
}
