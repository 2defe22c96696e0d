import {
  apiRoot,
  calibrationSchema,
  calibrationToJson,
  draftFromJson,
  draftSchema,
  partialDraftFromJson,
  partialDraftSchema,
  positionFromJson,
  procLevels,
  type Registered,
  vocabulariesSchema,
} from '@lantern/conditions';
import type { Context } from 'hono';
import { z } from 'zod';
import { addRoute } from '../http/api-route.ts';
import type { RequestEnv } from '../http/guards.ts';
import { demand } from '../identity/identity.ts';
import { type Api, answerOnce, authorOf, changed } from './api.ts';

const registeredSchema: z.ZodType = z.object({
  calibration: calibrationSchema,
  closed: z.array(calibrationSchema),
});
const serNo: z.ZodType<{ serNo: number }> = z.object({
  serNo: z.coerce.number().int().positive(),
});
const reason = z.string().max(10_000).optional();

/** Changes of rows: registering, closing, superseding, levels, deprecating; the vocabularies. */
export function addRowChanges(api: Api): void {
  const { app, conditions, settings } = api;
  const { bodyLimit } = settings;
  const group = 'Calibrations';
  const mayWrite = (c: Context<RequestEnv>, ...calibTypes: readonly string[]) => {
    for (const calibType of new Set(calibTypes))
      demand(c.get('identity'), { to: 'write', calibType });
  };
  const mayChange = async (c: Context<RequestEnv>, row: number) => {
    // Who may write nothing at all need not learn which rows there are.
    demand(c.get('identity'), { to: 'read' });
    const calibration = await conditions.row(row);
    mayWrite(c, calibration.calibType);
    return calibration;
  };

  addRoute(
    app,
    apiRoot,
    {
      method: 'post',
      path: '/rows',
      group,
      summary:
        'Registers calibrations in order, each by the rules and seeing those before: all or none.',
      body: z.strictObject({ rows: z.array(draftSchema).min(1).max(10_000) }),
      bodyLimit,
      answer: z.array(registeredSchema),
      status: 201,
    },
    async ({ body }, c) => {
      const drafts = body.rows.map(draftFromJson);
      mayWrite(c, ...drafts.map(({ calibType }) => calibType));
      const registered = await conditions.registerMany(
        drafts.map((draft) => ({ draft })),
        authorOf(c),
      );
      return changed(registered.map(registeredToJson), 201);
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'post',
      path: '/rows/{serNo}/close',
      group,
      summary: 'Makes the end of its validity nearer.',
      params: serNo,
      body: z.strictObject({ vend: z.string(), reason }),
      answer: calibrationSchema,
    },
    async ({ params, body }, c) => {
      const { axis } = await mayChange(c, params.serNo);
      const vend = positionFromJson(body.vend, axis, 'end', 'vend');
      const row = await conditions.close(params.serNo, vend, authorOf(c, body.reason));
      return changed(calibrationToJson(row));
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'post',
      path: '/rows/{serNo}/supersede',
      group,
      summary: 'Puts a new row in its place, with its fields but those given.',
      params: serNo,
      body: z.strictObject({ draft: partialDraftSchema, reason }),
      bodyLimit,
      answer: registeredSchema,
      status: 201,
    },
    async ({ params, body }, c) => {
      const old = await mayChange(c, params.serNo);
      const draft = partialDraftFromJson(body.draft, body.draft.axis ?? old.axis);
      mayWrite(c, draft.calibType ?? old.calibType);
      const author = authorOf(c, body.reason);
      return changed(
        registeredToJson(await conditions.supersede(params.serNo, { draft }, author)),
        201,
      );
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'post',
      path: '/rows/{serNo}/promote',
      group,
      summary: 'Changes its level, to production by the rules of its type.',
      params: serNo,
      body: z.strictObject({ level: z.enum(procLevels as [(typeof procLevels)[number]]), reason }),
      answer: calibrationSchema,
    },
    async ({ params, body }, c) => {
      await mayChange(c, params.serNo);
      const row = await conditions.promote(params.serNo, body.level, authorOf(c, body.reason));
      return changed(calibrationToJson(row));
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'post',
      path: '/rows/{serNo}/deprecate',
      group,
      summary: 'Says that it must not be used: it is never found again.',
      params: serNo,
      body: z.strictObject({ reason: z.string().min(1).max(10_000) }),
      answer: calibrationSchema,
    },
    async ({ params, body }, c) => {
      await mayChange(c, params.serNo);
      return changed(
        calibrationToJson(await conditions.deprecate(params.serNo, authorOf(c, body.reason))),
      );
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'get',
      path: '/vocabularies',
      group: 'Vocabularies',
      summary: 'The declared words, and the rules of types.',
      answer: vocabulariesSchema,
    },
    async (_, c) =>
      answerOnce(api, c, undefined, async () => ({
        json: await conditions.metadata.vocabularies(),
      })),
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'put',
      path: '/vocabularies',
      group: 'Vocabularies',
      summary: 'Declares words and rules, from now on.',
      body: vocabulariesSchema,
      bodyLimit,
      answer: z.object({ isNew: z.boolean() }),
    },
    async ({ body }, c) => {
      demand(c.get('identity'), { to: 'administer' });
      return changed({ isNew: await conditions.declare(body, authorOf(c)) });
    },
  );
}

function registeredToJson({ calibration, closed }: Registered): unknown {
  return { calibration: calibrationToJson(calibration), closed: closed.map(calibrationToJson) };
}
