import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import { jsonBody, misfit } from './body.ts';
import type { RequestEnv } from './guards.ts';

/** A path of the API, described once: for the check of what comes in, and for the OpenAPI document. */
export interface ApiRoute<Params, Query, Body> {
  readonly method: 'get' | 'post' | 'put';
  /** As OpenAPI writes it: `/rows/{serNo}`, below the API's root. */
  readonly path: string;
  readonly group: string;
  readonly summary: string;
  readonly params?: z.ZodType<Params> | undefined;
  /** Of strings; those named in `repeated` of lists of strings. */
  readonly query?: z.ZodType<Query> | undefined;
  readonly repeated?: readonly string[] | undefined;
  /** Of JSON; undefined: there is none, or the handler reads it. */
  readonly body?: z.ZodType<Body> | undefined;
  /** Bytes of it. */
  readonly bodyLimit?: number | undefined;
  /** Media type of a body that the handler reads. */
  readonly bodyType?: string | undefined;
  /** Of JSON; undefined: the bytes of a payload. */
  readonly answer?: z.ZodType | undefined;
  readonly status?: 200 | 201 | undefined;
}

/** What a handler is given: checked. */
export interface Given<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
}

const nothing: z.ZodType<Record<string, never>> = z.strictObject({});

/** Adds a path to an application and to its OpenAPI document. */
export function addRoute<
  Params = Record<string, never>,
  Query = Record<string, never>,
  Body = undefined,
>(
  app: OpenAPIHono<RequestEnv>,
  root: string,
  route: ApiRoute<Params, Query, Body>,
  handler: (given: Given<Params, Query, Body>, c: Context<RequestEnv>) => Promise<Response>,
): void {
  const { method, path, params = nothing, query = nothing, body, bodyLimit = 2 ** 20 } = route;
  const repeated = new Set(route.repeated);
  describe(app, root, route);
  app.on(method.toUpperCase(), (root + path).replaceAll(/\{(\w+)\}/g, ':$1'), async (c) =>
    handler(
      {
        params: parsed(c.req.param(), params, 'the path') as Params,
        query: parsed(queryOf(c, repeated), query, 'the query') as Query,
        body: (body ? await jsonBody(c, body, bodyLimit) : undefined) as Body,
      },
      c,
    ),
  );
}

function queryOf(c: Context, repeated: ReadonlySet<string>): Record<string, string | string[]> {
  if (repeated.size === 0) return c.req.query();
  const query: Record<string, string | string[]> = {};
  for (const [name, values] of Object.entries(c.req.queries()))
    query[name] = repeated.has(name) ? values : (values[0] ?? '');
  return query;
}

function parsed(value: unknown, schema: z.ZodType, what: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw misfit(result.error, what);
}

function describe<Params, Query, Body>(
  app: OpenAPIHono<RequestEnv>,
  root: string,
  {
    method,
    path,
    group,
    summary,
    params,
    query,
    body,
    answer,
    ...rest
  }: ApiRoute<Params, Query, Body>,
): void {
  const media = (type: string, schema: z.ZodType) => ({ content: { [type]: { schema } } });
  const bytes: z.ZodType = z.string().meta({ format: 'binary' });
  const { bodyType, status = 200 } = rest;
  const sent = body
    ? media('application/json', body)
    : bodyType
      ? media(bodyType, bytes)
      : undefined;
  app.openAPIRegistry.registerPath(
    createRoute({
      method,
      path: root + path,
      tags: [group],
      summary,
      request: {
        ...(params && { params: params as unknown as z.ZodObject }),
        ...(query && { query: query as unknown as z.ZodObject }),
        ...(sent && { body: { ...sent, required: true } }),
      },
      responses: {
        [status]: {
          description: 'The answer.',
          ...(answer
            ? media('application/json', answer)
            : media('application/octet-stream', bytes)),
        },
        default: {
          description: 'Why not (RFC 9457).',
          ...media('application/problem+json', problemSchema),
        },
      },
      security: [{}, { bearer: [] }],
    }),
  );
}

const problemSchema: z.ZodType = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    kind: z.string(),
    what: z.string(),
    where: z.string().optional(),
    given: z.string().optional(),
    expected: z.string().optional(),
    hint: z.string().optional(),
    incident: z.string().optional(),
  })
  .meta({ id: 'Problem' });
