import { randomUUID } from 'node:crypto';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { AuditLog } from '../audit/audit-log.ts';
import { ServerError } from '../errors.ts';
import type { TokenFile } from '../identity/token-file.ts';
import { misfit } from './body.ts';
import { audited, identifyAndLimit, type RequestEnv, unchanging } from './guards.ts';
import { problemAnswer, problemOf } from './problem.ts';
import type { ServerSettings } from './settings.ts';

/** What stands around every route. */
export interface FrameParts {
  readonly settings: ServerSettings;
  /** Undefined: there are none; whoever shows one is refused. */
  readonly tokens?: TokenFile | undefined;
  readonly audit: AuditLog;
  /** Told of every fault of the server's own, with the number that the client was given. */
  report(error: unknown, incident: string): void;
}

/** @returns an application without routes: who asks, how often, what is kept of it, and how errors are told */
export function frame({ settings, tokens, audit, report }: FrameParts): OpenAPIHono<RequestEnv> {
  const app = new OpenAPIHono<RequestEnv>({
    defaultHook: (result) => {
      if (!result.success) throw misfit(result.error, 'the request');
    },
  });
  app.onError((error) => {
    let number: string | undefined;
    const problem = problemOf(error, () => {
      number = randomUUID();
      return number;
    });
    if (number !== undefined) report(error, number);
    return problemAnswer(problem, error instanceof ServerError ? error.retryAfter : undefined);
  });
  app.notFound((c) => {
    throw new ServerError('noRoute', {
      what: 'no such path',
      given: `${c.req.method} ${c.req.path}`,
      hint: '/api/openapi.json lists them',
    });
  });
  app.use(identifyAndLimit(settings, tokens));
  app.use(audited(audit, (error) => report(error, 'audit')));
  if (settings.mirrorOf !== undefined) app.use(unchanging(settings.mirrorOf));
  return app;
}
