import { ConditionsError, type ConditionsErrorKind } from '@lantern/conditions';
import type { LanternError } from '@lantern/units';
import { type RefusalKind, ServerError } from '../errors.ts';

/** An error as `application/problem+json` (RFC 9457), with the parts of Lantern's errors beside the standard ones. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** The whole message, in one line. */
  readonly detail: string;
  /** Of the ConditionsError or the refusal: a client makes the same error of it again. */
  readonly kind: ConditionsErrorKind | RefusalKind | 'internal';
  readonly what: string;
  readonly where?: string | undefined;
  readonly given?: string | undefined;
  readonly expected?: string | undefined;
  readonly hint?: string | undefined;
  /** Of an internal error: what to look for in the server's own log. */
  readonly incident?: string | undefined;
}

const statuses: Readonly<Record<ConditionsErrorKind | RefusalKind, readonly [number, string]>> = {
  invalid: [400, 'The request makes no sense'],
  absent: [404, 'There is none'],
  conflict: [409, 'Against a rule or a state'],
  forbidden: [403, 'Not allowed'],
  corrupt: [500, 'What is stored is damaged'],
  unavailable: [503, 'Not available at present'],
  unauthenticated: [401, 'Nobody is known by that'],
  tooLarge: [413, 'Too large'],
  tooMany: [429, 'Too many requests'],
  noRoute: [404, 'No such path'],
  malformed: [400, 'The request does not fit'],
};

/** @returns what a client is told of an error: for one that is not Lantern's own nothing but an incident number */
export function problemOf(error: unknown, incident: () => string): Problem {
  if (error instanceof ConditionsError || error instanceof ServerError) {
    const [status, title] = statuses[error.kind];
    return { ...typeAndTitle(error.kind, title), status, ...partsOf(error), kind: error.kind };
  }
  const number = incident();
  return {
    ...typeAndTitle('internal', 'A fault of the server'),
    status: 500,
    detail: `a fault of the server (incident ${number})`,
    kind: 'internal',
    what: 'a fault of the server',
    incident: number,
  };
}

/** @returns the answer that carries a problem */
export function problemAnswer(problem: Problem, retryAfter?: number): Response {
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  };
  if (problem.status === 401) headers['www-authenticate'] = 'Bearer realm="lantern"';
  if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter);
  else if (problem.status === 503) headers['retry-after'] = '5';
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}

function typeAndTitle(kind: string, title: string): Pick<Problem, 'type' | 'title'> {
  return { type: `urn:lantern:problem:${kind}`, title };
}

function partsOf(error: LanternError): Omit<Problem, 'type' | 'title' | 'status' | 'kind'> {
  const { what, where, given, expected, hint } = error.parts;
  return { detail: error.message, what, where, given, expected, hint };
}
