import {
  always,
  apiRoot,
  forever,
  foundSchema,
  foundToJson,
  parseEdge,
  resolvedSchema,
  tagLineSchema,
  tagLineToJson,
  tagSchema,
  tagToJson,
} from '@lantern/conditions';
import { z } from 'zod';
import { addRoute } from '../http/api-route.ts';
import { answerFromTags } from './answer-from-tags.ts';
import { type Api, answerOnce } from './api.ts';
import { momentOf, positionFields, positionOf, wordsOf } from './questions.ts';

const tagParameter: z.ZodType<{ tag: string }> = z.object({ tag: z.string() });
const tags = z.string().meta({ description: 'Names, apart by commas: the first that has it wins' });

/** Questions about tags and to them. */
export function addTagQuestions(api: Api): void {
  const { app, conditions } = api;
  const group = 'Tags';

  addRoute(
    app,
    apiRoot,
    {
      method: 'get',
      path: '/tags/find',
      group,
      summary: 'The calibration that tags have of a condition at a position.',
      query: z.strictObject({
        tags,
        calibType: z.string(),
        flavor: z.string().optional(),
        ...positionFields,
      }),
      answer: foundSchema,
    },
    async ({ query: { tags: names, calibType, flavor, ...position } }, c) => {
      const question = { tags: wordsOf(names) ?? [], calibType, flavor, ...positionOf(position) };
      return answerFromTags(api, c, question, async () => {
        const found = await conditions.findInTags(question);
        return { text: JSON.stringify(foundToJson(found)), validity: found.validity };
      });
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'get',
      path: '/resolve',
      group,
      summary: 'All that tags have at a position.',
      query: z.strictObject({ tags, ...positionFields }),
      answer: resolvedSchema,
    },
    async ({ query: { tags: names, ...position } }, c) => {
      const question = { tags: wordsOf(names) ?? [], ...positionOf(position) };
      return answerFromTags(api, c, question, async () => {
        const { writer } = await api.state.stack(question);
        return writer.write(question.position);
      });
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'get',
      path: '/tags',
      group,
      summary: 'All tags.',
      query: z.strictObject({ asOf: positionFields.asOf }),
      answer: z.array(tagSchema),
    },
    async ({ query }, c) => {
      const asOf = momentOf(query.asOf);
      return answerOnce(api, c, asOf, async () => ({
        json: (await conditions.tags(asOf)).map(tagToJson),
      }));
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'get',
      path: '/tags/{tag}',
      group,
      summary: 'One tag.',
      params: tagParameter,
      query: z.strictObject({ asOf: positionFields.asOf }),
      answer: tagSchema,
    },
    async ({ params, query }, c) => {
      const asOf = momentOf(query.asOf);
      return answerOnce(api, c, asOf, async () => ({
        json: tagToJson(await conditions.tag(params.tag, asOf)),
        maxAge: tagsHoldFor,
      }));
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'get',
      path: '/tags/{tag}/lines',
      group,
      summary: 'The lines of a tag, with the entries that touch a range, whole.',
      params: tagParameter,
      query: z.strictObject({
        begin: z.string().optional(),
        end: z.string().optional(),
        asOf: positionFields.asOf,
      }),
      answer: z.array(tagLineSchema),
    },
    async ({ params, query: { begin, end, asOf } }, c) => {
      const moment = momentOf(asOf);
      const range =
        begin === undefined && end === undefined
          ? undefined
          : {
              begin: parseEdge(begin ?? 'open', always, 'begin'),
              end: parseEdge(end ?? 'open', forever, 'end'),
            };
      return answerOnce(api, c, moment, async () => ({
        json: (await conditions.lines(params.tag, range, moment)).map(tagLineToJson),
      }));
    },
  );
}

/** Seconds that a proxy may answer for what a tag is: after this all know that it has become INVALID. */
const tagsHoldFor = 60;
