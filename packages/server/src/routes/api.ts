import type { OpenAPIHono } from '@hono/zod-openapi';
import {
  type Author,
  type Axis,
  type Conditions,
  formatPosition,
  type Interval,
} from '@lantern/conditions';
import type { Context } from 'hono';
import {
  etagOfHead,
  hasAlready,
  jsonAnswer,
  type Lasting,
  notModified,
} from '../caching/cache-answer.ts';
import type { LogState } from '../caching/log-state.ts';
import type { RequestEnv } from '../http/guards.ts';
import type { ServerSettings } from '../http/settings.ts';
import { demand } from '../identity/identity.ts';

/** What the routes of conditions share. */
export interface Api {
  readonly app: OpenAPIHono<RequestEnv>;
  readonly conditions: Conditions;
  readonly settings: ServerSettings;
  readonly state: LogState;
}

/** Who changes something, for the log. */
export function authorOf(c: Context<RequestEnv>, reason?: string): Author {
  return { by: c.get('identity').who, reason };
}

/**
 * Answers a question that may be asked again: with 304 where the client has the answer already.
 *
 * @param moment that the question names, undefined for now: what is asked of the past never changes
 * @param make the answer as JSON, and more that caches should know
 */
export async function answerOnce(
  { settings, state }: Api,
  c: Context<RequestEnv>,
  moment: bigint | undefined,
  make: () => Promise<{ readonly json: unknown } & Partial<Lasting>>,
): Promise<Response> {
  demand(c.get('identity'), { to: 'read' });
  const head = await state.head();
  const isPast = moment !== undefined && moment <= head.at;
  const lasting = { forever: isPast, etag: isPast ? '"past"' : etagOfHead(head) };
  if (hasAlready(c, lasting.etag)) return notModified(settings.anonymousRead, lasting);
  const { json, ...more } = await make();
  const whole = { ...lasting, ...more };
  if (whole.etag !== lasting.etag && hasAlready(c, whole.etag))
    return notModified(settings.anonymousRead, whole);
  return jsonAnswer(settings.anonymousRead, whole, JSON.stringify(json));
}

/** What was changed, as JSON: kept by no cache. */
export function changed(json: unknown, status: 200 | 201 = 200): Response {
  return Response.json(json, { status, headers: { 'cache-control': 'no-store' } });
}

/** `2003-01-10T14:00:00Z/open`: what the header Lantern-Validity says. */
export function validityText({ begin, end }: Interval, axis: Axis): string {
  return `${formatPosition(begin, axis)}/${formatPosition(end, axis)}`;
}
