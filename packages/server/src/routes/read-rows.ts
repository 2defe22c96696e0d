import {
  apiRoot,
  type Calibration,
  calibrationSchema,
  calibrationToJson,
  foundSchema,
  foundToJson,
} from '@lantern/conditions';
import { z } from 'zod';
import { addRoute } from '../http/api-route.ts';
import { type Api, answerOnce, validityText } from './api.ts';
import {
  fieldTestOf,
  levelsOf,
  momentOf,
  positionFields,
  positionOf,
  wordsOf,
} from './questions.ts';

const serNo: z.ZodType<{ serNo: number }> = z.object({
  serNo: z.coerce.number().int(),
});

/** Questions about rows: find, one, many, what series there are. */
export function addRowQuestions(api: Api): void {
  const { app, conditions } = api;
  const group = 'Calibrations';

  addRoute(
    app,
    apiRoot,
    {
      method: 'get',
      path: '/find',
      group,
      summary:
        'The calibration that holds at a position, with the positions at which it is the answer.',
      query: z.strictObject({
        instrument: z.string(),
        calibType: z.string(),
        flavor: z.string().optional(),
        levels: z.string().optional(),
        completions: z.string().optional(),
        ...positionFields,
      }),
      answer: foundSchema,
    },
    async ({ query: { instrument, calibType, flavor, levels, completions, ...position } }, c) => {
      const question = {
        instrument,
        calibType,
        flavor,
        levels: levelsOf(levels),
        completions: wordsOf(completions),
        ...positionOf(position),
      };
      return answerOnce(api, c, question.asOf, async () => {
        const found = await conditions.find(question);
        return { json: foundToJson(found), validity: validityText(found.validity, question.axis) };
      });
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'get',
      path: '/rows/{serNo}',
      group,
      summary: 'One row.',
      params: serNo,
      query: z.strictObject({ asOf: positionFields.asOf }),
      answer: calibrationSchema,
    },
    async ({ params, query }, c) => {
      const asOf = momentOf(query.asOf);
      return answerOnce(api, c, asOf, async () => ({
        json: calibrationToJson(await conditions.row(params.serNo, asOf)),
      }));
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'get',
      path: '/rows',
      group,
      summary: 'Rows for which all tests hold.',
      query: z.strictObject({
        where: z.array(z.string()).optional(),
        sort: z.string().optional(),
        descending: z.enum(['true', 'false']).optional(),
        limit: z.coerce.number().int().optional(),
        offset: z.coerce.number().int().optional(),
        asOf: positionFields.asOf,
      }),
      repeated: ['where'],
      answer: z.array(calibrationSchema),
    },
    async ({ query: { where = [], sort, descending, limit, offset, asOf } }, c) => {
      const moment = momentOf(asOf);
      const query = {
        tests: where.map(fieldTestOf),
        sort: sort as keyof Calibration | undefined,
        descending: descending === 'true',
        limit,
        offset,
        asOf: moment,
      };
      return answerOnce(api, c, moment, async () => ({
        json: (await conditions.rows(query)).map(calibrationToJson),
      }));
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'get',
      path: '/series',
      group,
      summary: 'What there are rows of.',
      query: z.strictObject({ asOf: positionFields.asOf }),
      answer: z.array(
        z.object({
          instrument: z.string(),
          calibType: z.string(),
          flavor: z.string(),
          axis: z.string(),
          rows: z.number(),
        }),
      ),
    },
    async ({ query }, c) => {
      const asOf = momentOf(query.asOf);
      return answerOnce(api, c, asOf, async () => ({ json: await conditions.seriesList(asOf) }));
    },
  );
}
