import {
  always,
  apiRoot,
  entryDraftFromJson,
  entryDraftSchema,
  parseEdge,
  tagDraftFromJson,
  tagDraftSchema,
  tagRemovalFromJson,
  tagRemovalSchema,
  tagSchema,
  tagStateSchema,
  tagToJson,
  toWire,
  type UpdateQuestion,
} from '@lantern/conditions';
import type { Context } from 'hono';
import { z } from 'zod';
import { addRoute } from '../http/api-route.ts';
import type { RequestEnv } from '../http/guards.ts';
import { allows, demand } from '../identity/identity.ts';
import { type Api, authorOf, changed } from './api.ts';

const tagParameter: z.ZodType<{ tag: string }> = z.object({ tag: z.string() });
const reason = z.string().max(10_000).optional();
const updateFields = {
  staging: z.string(),
  from: z.string(),
  mode: z.enum(['strict', 'allow-closed', 'open-ends', 'simple', 'replace']).optional(),
};

/** Changes of tags. Entries of a type may be edited by its writers; the rest is for publishers. */
export function addTagChanges(api: Api): void {
  const { app, conditions, settings } = api;
  const { bodyLimit } = settings;
  const group = 'Tags';
  const mayPublish = (c: Context<RequestEnv>) => demand(c.get('identity'), { to: 'publish' });
  const mayEdit = (c: Context<RequestEnv>, calibTypes: Iterable<string>) => {
    if (allows(c.get('identity').roles, { to: 'publish' })) return;
    for (const calibType of new Set(calibTypes))
      demand(c.get('identity'), { to: 'write', calibType });
  };

  addRoute(
    app,
    apiRoot,
    {
      method: 'post',
      path: '/tags',
      group,
      summary: 'Makes a tag: empty, by rule, a clone, or several as one.',
      body: tagDraftSchema,
      answer: tagSchema,
      status: 201,
    },
    async ({ body }, c) => {
      mayPublish(c);
      const tag = await conditions.createTag(tagDraftFromJson(body), authorOf(c));
      return changed(tagToJson(tag), 201);
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'post',
      path: '/tags/{tag}/entries',
      group,
      summary: 'Puts calibrations into an OPEN tag, or at the ends of the lines of a RUNNING one.',
      params: tagParameter,
      body: z.strictObject({
        entries: z.array(entryDraftSchema).min(1),
        mode: z.enum(['refuse', 'replace', 'append']).optional(),
        reason,
      }),
      bodyLimit,
      answer: tagSchema,
    },
    async ({ params, body }, c) => {
      demand(c.get('identity'), { to: 'read' });
      const types = new Set<string>();
      if (!allows(c.get('identity').roles, { to: 'publish' }))
        for (const { serNo } of body.entries) types.add((await conditions.row(serNo)).calibType);
      mayEdit(c, types);
      const entries = body.entries.map(entryDraftFromJson);
      const author = authorOf(c, body.reason);
      return changed(tagToJson(await conditions.putInTag(params.tag, entries, author, body.mode)));
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'post',
      path: '/tags/{tag}/removals',
      group,
      summary: 'Takes entries out of an OPEN tag.',
      params: tagParameter,
      body: z.strictObject({ removals: z.array(tagRemovalSchema).min(1), reason }),
      bodyLimit,
      answer: tagSchema,
    },
    async ({ params, body }, c) => {
      mayEdit(
        c,
        body.removals.map(({ calibType }) => calibType),
      );
      const removals = body.removals.map(tagRemovalFromJson);
      const tag = await conditions.removeFromTag(params.tag, removals, authorOf(c, body.reason));
      return changed(tagToJson(tag));
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'post',
      path: '/tags/{tag}/move',
      group,
      summary: 'Moves a tag through states, each step legal.',
      params: tagParameter,
      body: z.strictObject({ states: z.array(tagStateSchema).min(1).max(10), reason }),
      answer: tagSchema,
    },
    async ({ params, body }, c) => {
      mayPublish(c);
      const author = authorOf(c, body.reason);
      return changed(tagToJson(await conditions.moveTag(params.tag, body.states, author)));
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'get',
      path: '/tags/{tag}/update',
      group,
      summary: 'What an update of a RUNNING tag by a VALIDATED one would do.',
      params: tagParameter,
      query: z.strictObject(updateFields),
      answer: z.looseObject({}),
    },
    async ({ params, query }, c) => {
      demand(c.get('identity'), { to: 'read' });
      return changed(toWire(await conditions.planTagUpdate(updateOf(params.tag, query))));
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'post',
      path: '/tags/{tag}/update',
      group,
      summary: 'Updates a RUNNING tag by a VALIDATED one.',
      params: tagParameter,
      body: z.strictObject({ ...updateFields, reason }),
      answer: z.looseObject({}),
    },
    async ({ params, body }, c) => {
      mayPublish(c);
      const author = authorOf(c, body.reason);
      return changed(toWire(await conditions.updateTag(updateOf(params.tag, body), author)));
    },
  );
}

function updateOf(
  running: string,
  {
    staging,
    from,
    mode,
  }: { staging: string; from: string; mode?: UpdateQuestion['mode'] | undefined },
): UpdateQuestion {
  return { running, staging, from: parseEdge(from, always, 'from'), mode };
}
