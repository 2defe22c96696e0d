import {
  apiRoot,
  coverageQuestionFromJson,
  coverageQuestionSchema,
  diffQuestionFromJson,
  diffQuestionSchema,
  explainQuestionFromJson,
  explainQuestionSchema,
  toWire,
} from '@lantern/conditions';
import type { Context } from 'hono';
import { z } from 'zod';
import { addRoute } from '../http/api-route.ts';
import type { RequestEnv } from '../http/guards.ts';
import { demand } from '../identity/identity.ts';
import { type Api, changed } from './api.ts';

/** Questions that look at many answers: differences, coverage, explanations. They change nothing, and no cache keeps them. */
export function addAnalyses({ app, conditions }: Api): void {
  const mayRead = (c: Context<RequestEnv>) => demand(c.get('identity'), { to: 'read' });
  const group = 'Analysis';
  const answer = z.looseObject({});

  addRoute(
    app,
    apiRoot,
    {
      method: 'post',
      path: '/diff',
      group,
      summary: 'How tags, moments of them, or rows differ, down to the constants.',
      body: diffQuestionSchema,
      answer,
    },
    async ({ body }, c) => {
      mayRead(c);
      return changed(toWire(await conditions.diff(diffQuestionFromJson(body))));
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'post',
      path: '/coverage',
      group,
      summary: 'Gaps and overlaps in a range, for each condition.',
      body: coverageQuestionSchema,
      answer,
    },
    async ({ body }, c) => {
      mayRead(c);
      return changed(toWire(await conditions.coverage(coverageQuestionFromJson(body))));
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'post',
      path: '/coverage/required',
      group,
      summary: 'Coverage, or an error where there is a gap: for jobs, before their first event.',
      body: coverageQuestionSchema,
      answer,
    },
    async ({ body }, c) => {
      mayRead(c);
      const question = coverageQuestionFromJson(body);
      const { needed = [] } = question;
      return changed(toWire(await conditions.requireCoverage({ ...question, needed })));
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'post',
      path: '/explanation',
      group,
      summary: 'Why an answer is what it is: tag, level, rule, alternatives.',
      body: explainQuestionSchema,
      answer,
    },
    async ({ body }, c) => {
      mayRead(c);
      return changed(toWire(await conditions.explain(explainQuestionFromJson(body))));
    },
  );
}
