import { apiRoot, cellBuckets, cellsOf, type TagStack } from '@lantern/conditions';
import { z } from 'zod';
import { ServerError } from '../errors.ts';
import { addRoute } from '../http/api-route.ts';
import { answerFromTags } from './answer-from-tags.ts';
import type { Api } from './api.ts';
import { wordsOf } from './questions.ts';

/** Where the answers of tags change: by this clients ask for one URL for all positions that have one answer. */
export function addCells(api: Api): void {
  addRoute(
    api.app,
    apiRoot,
    {
      method: 'get',
      path: '/cells',
      group: 'Tags',
      summary:
        'Where the answers of tags change. Without a bucket, how the axis is divided into buckets; with one, where its cells begin.',
      query: z.strictObject({
        tags: z.string(),
        axis: z.enum(['time', 'run']),
        calibType: z.string().optional(),
        flavor: z.string().optional(),
        bucket: z
          .string()
          .regex(/^-?\d{1,20}$/)
          .optional(),
      }),
      answer: z.union([
        z.object({ width: z.string(), first: z.string(), last: z.string() }),
        z.object({ begins: z.array(z.string()) }),
      ]),
    },
    async ({ query: { tags, axis, calibType, flavor = 'vanilla', bucket } }, c) => {
      const question = { tags: wordsOf(tags) ?? [], axis, asOf: undefined };
      return answerFromTags(api, c, question, async () => {
        const { stack } = await api.state.stack(question);
        const condition =
          calibType === undefined ? undefined : conditionOf(stack, calibType, flavor);
        const { width, first, last } = cellBuckets(stack, condition);
        if (bucket === undefined) {
          return { text: textOf({ width, first, last }) };
        }
        const begin = BigInt(bucket) * width;
        return {
          text: textOf({ begins: cellsOf(stack, { begin, end: begin + width }, condition) }),
        };
      });
    },
  );
}

function conditionOf(stack: TagStack, calibType: string, flavor: string) {
  const condition = stack.condition(calibType, flavor);
  if (condition) return condition;
  throw new ServerError('noRoute', {
    what: 'the tags have no such condition',
    given: `${calibType} ${flavor}`,
  });
}

/** Integers as text: JSON has no 64 bits. */
function textOf(json: unknown): string {
  return JSON.stringify(json, (_, value) => (typeof value === 'bigint' ? String(value) : value));
}
