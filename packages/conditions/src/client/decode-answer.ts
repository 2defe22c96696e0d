import type { z } from 'zod';
import { ConditionsError } from '../errors.ts';
import type { TransportAnswer } from './http-transport.ts';

/**
 * An answer of a server as what it ought to be.
 *
 * @param make turns checked JSON into the value
 * @throws ConditionsError `corrupt` for what is no JSON, is cut short, is of another form, or holds times that are none
 */
export function decodeAnswer<Json, Value>(
  { bytes, server }: Pick<TransportAnswer, 'bytes' | 'server'>,
  schema: z.ZodType<Json>,
  make: (json: Json) => Value,
): Value {
  const wrong = (what: string, given: string, cause?: unknown) =>
    new ConditionsError('corrupt', {
      what,
      where: server,
      given,
      hint: 'is it a server of Lantern, and nothing between that answers in its place?',
      cause,
    });
  let text = '';
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (cause) {
    throw wrong('the answer is no JSON', `${bytes.length} bytes, ${excerpt(text)}`, cause);
  }
  const result = schema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    const place = issue?.path.join('.') || 'the whole';
    throw wrong('the answer has another form', `${excerpt(text)} (${place}: ${issue?.message})`);
  }
  try {
    return make(result.data);
  } catch (cause) {
    if (cause instanceof ConditionsError)
      throw wrong('the answer has another form', cause.message, cause);
    throw cause;
  }
}

function excerpt(text: string): string {
  return text.length === 0 ? 'not UTF-8 or empty' : `'${text.slice(0, 60)}'`;
}
