import { apiRoot, eventSchema, eventToJson } from '@lantern/conditions';
import { z } from 'zod';
import { addRoute } from '../http/api-route.ts';
import { demand } from '../identity/identity.ts';
import { type Api, changed } from './api.ts';

/** How often a question that waits looks whether there is news, milliseconds. */
const look = 200;

/** The log itself: what mirrors follow. */
export function addLog({ app, conditions }: Api): void {
  addRoute(
    app,
    apiRoot,
    {
      method: 'get',
      path: '/log',
      group: 'Mirrors',
      summary: 'Events after one, in order. Waits some seconds for the first, where it is told to.',
      query: z.strictObject({
        after: z.coerce.number().int().nonnegative(),
        limit: z.coerce.number().int().min(1).max(10_000).optional(),
        wait: z.coerce.number().min(0).max(30).optional(),
      }),
      answer: z.object({
        head: z.object({ seq: z.number(), at: z.string() }),
        events: z.array(eventSchema),
      }),
    },
    async ({ query: { after, limit = 1000, wait = 0 } }, c) => {
      demand(c.get('identity'), { to: 'read' });
      const until = Date.now() + wait * 1000;
      let head = await conditions.metadata.head();
      while (head.seq <= after && Date.now() < until && !c.req.raw.signal.aborted) {
        await new Promise((resolve) => setTimeout(resolve, look));
        head = await conditions.metadata.head();
      }
      const events = await conditions.metadata.events(after, limit);
      return changed({
        head: { seq: head.seq, at: String(head.at) },
        events: events.map(eventToJson),
      });
    },
  );
}
