import { Readable } from 'node:stream';
import { apiRoot, sha256Schema } from '@lantern/conditions';
import { z } from 'zod';
import { cacheHeaders, hasAlready, notModified } from '../caching/cache-answer.ts';
import { ServerError } from '../errors.ts';
import { addRoute } from '../http/api-route.ts';
import { bodyChunks } from '../http/body.ts';
import { demand } from '../identity/identity.ts';
import { type Api, changed } from './api.ts';

/** Bulk data by their SHA-256: what a URL names never changes. */
export function addPayloads({ app, conditions, settings }: Api): void {
  const group = 'Payloads';

  addRoute(
    app,
    apiRoot,
    {
      method: 'get',
      path: '/payloads/{sha256}',
      group,
      summary: 'Bytes by their hash.',
      params: z.object({ sha256: sha256Schema }),
    },
    async ({ params: { sha256 } }, c) => {
      demand(c.get('identity'), { to: 'read' });
      const lasting = { forever: true, etag: `"${sha256}"` };
      if (hasAlready(c, lasting.etag)) return notModified(settings.anonymousRead, lasting);
      const { size, chunks } = await conditions.payloads.open(sha256);
      return new Response(
        Readable.toWeb(Readable.from(chunks)) as ReadableStream<Uint8Array<ArrayBuffer>>,
        {
          headers: {
            'content-type': 'application/octet-stream',
            'content-length': String(size),
            'x-content-type-options': 'nosniff',
            ...cacheHeaders(settings.anonymousRead, lasting),
          },
        },
      );
    },
  );

  addRoute(
    app,
    apiRoot,
    {
      method: 'post',
      path: '/payloads',
      group,
      summary: 'Stores bytes; those that are there already are not stored again.',
      bodyType: 'application/octet-stream',
      query: z.strictObject({ sha256: sha256Schema.optional() }),
      answer: z.object({ sha256: sha256Schema, size: z.number(), isNew: z.boolean() }),
      status: 201,
    },
    async ({ query }, c) => {
      const { roles } = c.get('identity');
      const writes = roles.find((role) => role.startsWith('writer:'));
      demand(c.get('identity'), { to: 'write', calibType: writes?.slice('writer:'.length) ?? '*' });
      const stored = await conditions.payloads.put(bodyChunks(c.req.raw, settings.payloadLimit));
      if (query.sha256 !== undefined && query.sha256 !== stored.sha256)
        throw new ServerError('malformed', {
          what: 'what arrived is not what was sent',
          given: `SHA-256 ${stored.sha256}`,
          expected: query.sha256,
        });
      return changed(stored, 201);
    },
  );
}
