import { ConditionsError, type ConditionsErrorKind } from '../errors.ts';

/** How a client reaches servers. */
export interface TransportOptions {
  /** Base URLs of servers and proxies that hold the same, in the order in which they are tried. */
  readonly servers: readonly string[];
  /** Bearer token, where the servers want one. */
  readonly token?: string | undefined;
  /** Milliseconds that a server may take for a whole answer; default 30,000. */
  readonly timeout?: number | undefined;
  /** How often all servers are tried before it is an error; default 4. */
  readonly rounds?: number | undefined;
  /** Longest pause before the second round, in milliseconds; it doubles with each round. Default 500. */
  readonly pause?: number | undefined;
  /** Default: the platform's. */
  readonly fetch?: typeof fetch | undefined;
  /** 0 <= x < 1, for the jitter of pauses; default Math.random. */
  readonly random?: (() => number) | undefined;
}

/** What is asked of a server. */
export interface TransportRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | undefined;
  /** With its query, from the server's root: `/api/conditions/find?…`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | undefined;
  /** Whether what one server does not have may be on another: a mirror may be behind. Default false. */
  readonly elsewhere?: boolean | undefined;
}

/** What a server answered: 200, 201, 304 and the like. Others are errors. */
export interface TransportAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Which server it was. */
  readonly server: string;
}

/** Why one attempt failed, and whether another server or a later one may do better. */
interface Failure {
  readonly error: ConditionsError;
  readonly again: boolean;
  /** Seconds, as the server asks. */
  readonly retryAfter?: number | undefined;
}

/** Longest pause that a server may ask for, milliseconds. */
const longestPause = 60_000;

/**
 * Asks servers in turn until one answers. The one that answered last is asked first. What is refused for good (400, 404,
 * 409 …) is not asked again; servers that are not there, break off, take too long or are busy (429, 5xx) are passed over,
 * and all are tried again after a pause with jitter, so that thousands of jobs that failed at once do not come back at once.
 *
 * Changes are sent again only where it is certain that they were not made: nobody listened, or the server said so.
 */
export class HttpTransport {
  readonly #options: TransportOptions;
  readonly #servers: readonly string[];
  #first = 0;

  /** @throws ConditionsError `invalid` without a server, or with one that is no URL */
  constructor(options: TransportOptions) {
    this.#options = options;
    this.#servers = options.servers.map(checkedServer);
    if (this.#servers.length === 0)
      throw new ConditionsError('invalid', {
        what: 'no server',
        expected: 'the URL of at least one',
      });
  }

  /**
   * @param accept throws a ConditionsError where the answer is damaged: then the next server is asked
   * @throws ConditionsError as the server refused; `unavailable` when none answers, with what each said
   */
  async ask<T>(
    request: TransportRequest,
    accept: (answer: TransportAnswer) => T | Promise<T>,
  ): Promise<T> {
    const { rounds = 4, pause = 500, random = Math.random } = this.#options;
    const failures = new Map<string, Failure>();
    for (let round = 0; round < rounds; round++) {
      for (let i = 0; i < this.#servers.length; i++) {
        const index = (this.#first + i) % this.#servers.length;
        const server = this.#servers[index] ?? '';
        const result = await this.#attempt(server, request, accept, round > 0);
        if ('value' in result) {
          this.#first = index;
          return result.value;
        }
        const isElsewhere = request.elsewhere === true && result.error.kind === 'absent';
        if (!result.again && !isElsewhere) throw result.error;
        failures.set(server, result);
      }
      const said = [...failures.values()];
      const [first] = said;
      if (first && said.every(({ error }) => error.kind === 'absent')) throw first.error;
      if (round + 1 < rounds) await sleep(pauseAfter(round, pause, random, failures));
    }
    throw this.#gaveUp(request, failures);
  }

  async #attempt<T>(
    server: string,
    request: TransportRequest,
    accept: (answer: TransportAnswer) => T | Promise<T>,
    isRepeated: boolean,
  ): Promise<{ readonly value: T } | Failure> {
    const where = `${server}${request.path}`;
    const isChange = (request.method ?? 'GET') !== 'GET';
    // A stream is sent once.
    const isGone = request.body instanceof ReadableStream;
    let answer: TransportAnswer;
    try {
      answer = await this.#send(server, request, isRepeated);
    } catch (cause) {
      return {
        error: new ConditionsError('unavailable', {
          what: reasonOf(cause),
          where,
          hint:
            isChange && !neverArrived(cause)
              ? 'it may have been done: look before asking again'
              : undefined,
          cause,
        }),
        again: !isGone && (!isChange || neverArrived(cause)),
      };
    }
    if (answer.status >= 400) {
      const failure = refusal(answer, where, isChange);
      return { ...failure, again: failure.again && !isGone };
    }
    try {
      return { value: await accept(answer) };
    } catch (error) {
      if (!(error instanceof ConditionsError)) throw error;
      return { error, again: !isChange };
    }
  }

  async #send(server: string, request: TransportRequest, fresh: boolean): Promise<TransportAnswer> {
    const { timeout = 30_000, token, fetch: ask = fetch } = this.#options;
    const { method = 'GET', body } = request;
    const headers = new Headers(request.headers);
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    // What a proxy holds may be what was damaged.
    if (fresh) headers.set('cache-control', 'no-cache');
    const response = await ask(server + request.path, {
      method,
      headers,
      signal: AbortSignal.timeout(timeout),
      ...(body === undefined ? {} : { body }),
      // A body that is a stream is sent while the answer is not yet there.
      ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
    } as RequestInit);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, bytes, server };
  }

  #gaveUp(request: TransportRequest, failures: ReadonlyMap<string, Failure>): ConditionsError {
    const said = [...failures.values()].map(({ error }) => error);
    const [only] = said;
    // Damaged everywhere is damaged, not away.
    if (only && said.every(({ kind }) => kind === 'corrupt')) return only;
    if (only && said.length === 1) return only;
    return new ConditionsError('unavailable', {
      what: `none of ${said.length} servers answers ${request.path.split('?')[0]}`,
      given: said.map(({ message }) => message).join('; '),
      cause: only,
    });
  }
}

function checkedServer(server: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return server.replace(/\/+$/, '');
  throw new ConditionsError('invalid', {
    what: 'no URL of a server',
    given: `'${server}'`,
    expected: 'http://host:port or https://host',
  });
}

function refusal(answer: TransportAnswer, where: string, isChange: boolean): Failure {
  const { status } = answer;
  const retryAfter = Number(answer.headers.get('retry-after') ?? Number.NaN);
  const busy = status === 429 || status === 503;
  const again = busy || (!isChange && (status >= 500 || status === 408));
  return {
    error: errorOf(answer, where),
    again,
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined,
  };
}

const kinds: readonly ConditionsErrorKind[] = [
  'invalid',
  'absent',
  'conflict',
  'forbidden',
  'corrupt',
  'unavailable',
];

/** The error that the server had, where it tells it as Lantern's servers do; else one by its status. */
function errorOf({ status, bytes }: TransportAnswer, where: string): ConditionsError {
  const problem = jsonOf(bytes) as Record<string, unknown> | null | undefined;
  const text = (name: string): string | undefined => {
    const value = problem?.[name];
    return typeof value === 'string' ? value : undefined;
  };
  const kind = kinds.find((name) => name === text('kind'));
  const what = text('what');
  if (kind && what !== undefined) {
    const {
      where: place,
      given,
      expected,
      hint,
    } = {
      where: text('where'),
      given: text('given'),
      expected: text('expected'),
      hint: text('hint'),
    };
    return new ConditionsError(kind, { what, where: place, given, expected, hint });
  }
  return new ConditionsError(kindOfStatus(status), {
    what: what ?? text('detail') ?? `HTTP status ${status}`,
    where,
    expected: text('expected'),
    hint: text('hint'),
  });
}

function kindOfStatus(status: number): ConditionsErrorKind {
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'absent';
  if (status === 409 || status === 412) return 'conflict';
  return status === 429 || status >= 500 ? 'unavailable' : 'invalid';
}

/** @returns undefined for what is no JSON */
function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function pauseAfter(
  round: number,
  pause: number,
  random: () => number,
  failures: ReadonlyMap<string, Failure>,
): number {
  const asked = Math.min(...[...failures.values()].map(({ retryAfter }) => retryAfter ?? 0));
  return Math.min(longestPause, asked * 1000 + random() * pause * 2 ** round);
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The code of Node's network errors; browsers tell none. */
function codeOf(cause: unknown): string | undefined {
  for (let error = cause; error instanceof Error; error = error.cause) {
    const { code } = error as { code?: unknown };
    if (typeof code === 'string') return code;
  }
  return undefined;
}

function neverArrived(cause: unknown): boolean {
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(codeOf(cause) ?? '');
}

function reasonOf(cause: unknown): string {
  if (cause instanceof DOMException && cause.name === 'TimeoutError') return 'no answer in time';
  switch (codeOf(cause)) {
    case 'ECONNREFUSED':
      return 'nobody listens there';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'no host of that name';
    default:
      return 'the answer broke off, or none came';
  }
}
