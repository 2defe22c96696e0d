import type { OpenAPIHono } from '@hono/zod-openapi';
import { apiRoot, type Conditions } from '@lantern/conditions';
import type { LogState } from './caching/log-state.ts';
import type { HsfBook } from './hsf/hsf-book.ts';
import { hsfRoutes } from './hsf/hsf-routes.ts';
import { HsfService } from './hsf/hsf-service.ts';
import { type FrameParts, frame } from './http/frame.ts';
import type { RequestEnv } from './http/guards.ts';
import { addAnalyses } from './routes/analyse.ts';
import { answerHot } from './routes/answer-from-tags.ts';
import type { Api } from './routes/api.ts';
import { addCells } from './routes/cells.ts';
import { addLog } from './routes/log.ts';
import { addPayloads } from './routes/payloads.ts';
import { addRowQuestions } from './routes/read-rows.ts';
import { addTagQuestions } from './routes/read-tags.ts';
import { addRowChanges } from './routes/write-rows.ts';
import { addTagChanges } from './routes/write-tags.ts';

/** What a server serves, and how. */
export interface ApplicationParts extends FrameParts {
  readonly conditions: Conditions;
  /** Of these conditions; whoever made it closes it. */
  readonly state: LogState;
  /** The journal of the façade of the HSF reference service; undefined: there is none. */
  readonly hsf?: HsfBook | undefined;
  /** Of Lantern, for the OpenAPI document. */
  readonly version: string;
}

/** @returns the whole HTTP API, as a function from Request to Response: `application(parts).fetch` */
export function application(parts: ApplicationParts): OpenAPIHono<RequestEnv> {
  const app = frame(parts);
  const { conditions, settings, state } = parts;
  const api: Api = { app, conditions, settings, state };
  app.use(async (c, next) => {
    await next();
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') state.forget();
  });
  app.use(`${apiRoot}/*`, answerHot(api));
  addRowQuestions(api);
  addRowChanges(api);
  addTagQuestions(api);
  addTagChanges(api);
  addAnalyses(api);
  addCells(api);
  addPayloads(api);
  addLog(api);
  if (parts.hsf && settings.hsfInstrument !== undefined) {
    const service = new HsfService(conditions, parts.hsf, settings.hsfInstrument);
    app.route('/hsf', hsfRoutes(service, settings));
  }
  app.get('/api/health', async (c) => {
    const { seq } = await conditions.metadata.head();
    return c.json({ status: 'ok', version: parts.version, events: seq }, 200, {
      'cache-control': 'no-store',
    });
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description:
      "A token of 'lantern token create', or of an OpenID provider that the server takes.",
  });
  let document: string | undefined;
  app.get('/api/openapi.json', (c) => {
    document ??= JSON.stringify(
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: 'Lantern', version: parts.version },
        servers: [{ url: '/', description: `This server; conditions are below ${apiRoot}.` }],
      }),
    );
    return c.body(document, 200, { 'content-type': 'application/json' });
  });
  return app;
}
