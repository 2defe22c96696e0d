import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { ServerError } from '../errors.ts';
import { jsonBody, misfit } from '../http/body.ts';
import type { RequestEnv } from '../http/guards.ts';
import type { ServerSettings } from '../http/settings.ts';
import { allows, demand, type Identity } from '../identity/identity.ts';
import type { HsfBook, HsfIov, HsfList, HsfTag } from './hsf-book.ts';
import { hsfInteger, hsfJson } from './hsf-moment.ts';
import type { HsfAnswer, HsfService } from './hsf-service.ts';

type Handler = (c: Context<RequestEnv>) => Promise<unknown>;
const text = z.string().min(1).max(255);
const integer = z.number().int().nonnegative();

const iovSchema = z.looseObject({
  payload_url: z.string().min(1).max(4096),
  checksum: z.string().max(255).nullish(),
  size: integer.nullish(),
  major_iov: integer,
  minor_iov: integer,
  major_iov_end: integer.nullish(),
  minor_iov_end: integer.nullish(),
});
const bulkSchema = z.array(iovSchema.extend({ payload_list: text })).max(100_000);

/**
 * The REST contract of the HSF reference service (BNLNPPS/nopayloaddb, docs/source/api.rst), below `/hsf/`: its clients' setting
 * `api_res` is then `/hsf/`. Answers that succeed have status 200, as those clients expect; errors have a `detail`.
 */
export function hsfRoutes(service: HsfService, settings: ServerSettings): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const { book } = service;
  app.use(async (c, next) => {
    const identity = c.get('identity');
    // Its C++ client sends no token.
    if (identity.by === 'anonymous')
      c.set('identity', { ...identity, roles: [...identity.roles, ...settings.hsfAnonymousRoles] });
    demand(c.get('identity'), { to: 'read' });
    await next();
  });
  const get = (paths: readonly string[], handler: Handler) => {
    for (const path of paths) app.get(path, async (c) => answer(await handler(c)));
  };
  const change = (
    method: 'POST' | 'PUT' | 'DELETE',
    paths: readonly string[],
    handler: Handler,
  ) => {
    for (const path of paths)
      app.on(method, path, async (c) => answer(await service.inTurn(() => handler(c))));
  };
  const by = (c: Context<RequestEnv>) => ({ by: c.get('identity').who });
  const mayPublish = (c: Context<RequestEnv>) => demand(c.get('identity'), { to: 'publish' });
  const mayWrite = (c: Context<RequestEnv>, type: string) => demandWriter(c.get('identity'), type);
  const body = <Schema extends z.ZodType>(c: Context<RequestEnv>, schema: Schema) =>
    jsonBody(c, schema, settings.bodyLimit);
  const name = (c: Context<RequestEnv>) => c.req.param('name') ?? '';

  get(['/globalTags', '/gt', '/global-tags'], async () =>
    Promise.all([...book.tags.values()].map((tag) => tagInList(service, tag))),
  );
  get(['/globalTag/:name', '/global-tags/:name'], async (c) =>
    wholeTag(service, service.tag(name(c))),
  );
  get(['/gtstatus', '/global-tags/statuses'], async () =>
    [...book.statuses].map(([word, { id, created }]) => ({ id, name: word, created })),
  );
  get(['/pt', '/payload-types'], async () =>
    [...book.types].map(([word, { id, description, created }]) => ({
      ...{ id, name: word, description, created },
    })),
  );
  get(['/pl', '/payload-lists'], async () =>
    [...book.lists.values()].map((list) => listJson(book, list)),
  );
  get(['/gtPayloadLists/:name', '/global-tags/:name/payload-lists'], async (c) => {
    const tag = book.tags.get(name(c));
    const lists = tag ? book.listsOf(tag) : [];
    return Object.fromEntries(lists.map((list) => [list.type, list.name]));
  });
  get(['/payloadiovs/', '/payloadiovs', '/payload-iovs/query/'], async (c) => {
    const place = z.coerce.bigint().nonnegative();
    const query = z.object({ gtName: z.string(), majorIOV: place, minorIOV: place });
    const result = query.safeParse(c.req.query());
    if (!result.success) throw misfit(result.error, 'the query');
    const { gtName, majorIOV, minorIOV } = result.data;
    const answers = await service.resolve(gtName, majorIOV, minorIOV);
    return answers.map(c.req.query('shape') === 'dict' ? answerObject : answerRow);
  });
  get(['/user_settings/CDB_IOV_MODE/'], async () => ({ CDB_IOV_MODE: 'continuous' }));

  change('POST', ['/gtstatus', '/global-tags/statuses'], async (c) => {
    mayPublish(c);
    const { name: word } = await body(c, z.looseObject({ name: text }));
    if (book.statuses.has(word)) throw taken('GlobalTagStatus', word);
    await book.write({ kind: 'status', id: book.nextId, name: word });
    return { ...book.statuses.get(word), name: word };
  });
  change('POST', ['/pt', '/payload-types'], async (c) => {
    const given = await body(c, z.looseObject({ name: text, description: z.string().nullish() }));
    mayWrite(c, given.name);
    if (book.types.has(given.name)) throw taken('PayloadType', given.name);
    const description = given.description ?? '';
    await book.write({ kind: 'type', id: book.nextId, name: given.name, description });
    return { ...book.types.get(given.name), name: given.name };
  });
  change('POST', ['/gt', '/global-tags'], async (c) => {
    mayPublish(c);
    const { author, description, ...given } = await body(
      c,
      z.looseObject({
        ...{ name: text, status: text },
        ...{ author: z.string().nullish(), description: z.string().nullish() },
      }),
    );
    const tag = await service.createTag(
      { ...given, author: author ?? '', description: description ?? '' },
      by(c),
    );
    return tagJson(tag);
  });
  change('POST', ['/cloneGlobalTag/:name/:clone'], async (c) => {
    mayPublish(c);
    const clone = await service.cloneTag(name(c), c.req.param('clone') ?? '', by(c));
    return wholeTag(service, clone);
  });
  change(
    'PUT',
    ['/gt_change_status/:name/:status', '/global-tags/:name/change-status/:status'],
    async (c) => {
      mayPublish(c);
      return tagJson(await service.changeStatus(name(c), c.req.param('status') ?? '', by(c)));
    },
  );
  change('DELETE', ['/deleteGlobalTag/:name'], async (c) => {
    mayPublish(c);
    await service.deleteTag(name(c), by(c));
    return { message: `GlobalTag ${name(c)} is deleted` };
  });
  change('POST', ['/pl', '/payload-lists'], async (c) => {
    const { payload_type: type } = await body(c, z.looseObject({ payload_type: text }));
    mayWrite(c, service.type(type));
    const id = book.nextId;
    await book.write({ kind: 'list', id, type });
    return listJson(book, service.list(`${type}_${id}`));
  });
  change('PUT', ['/pl_attach', '/payload-lists/attach'], async (c) => {
    const given = await body(c, z.looseObject({ global_tag: text, payload_list: text }));
    mayWrite(c, service.list(given.payload_list).type);
    return listJson(book, await service.attachList(given.payload_list, given.global_tag, by(c)));
  });
  change('DELETE', ['/deletePayloadList/:name'], async (c) => {
    mayWrite(c, service.list(name(c)).type);
    await service.deleteList(name(c), by(c));
    return { message: `PayloadList ${name(c)} is deleted` };
  });
  change('DELETE', ['/deletePayloadType/:name'], async (c) => {
    mayWrite(c, service.type(name(c)));
    await service.deleteType(name(c));
    return { message: `PayloadType ${name(c)} is deleted` };
  });
  change('POST', ['/piov', '/payload-iovs'], async (c) => {
    const { roles } = c.get('identity');
    const writes = roles.find((role) => role.startsWith('writer:'))?.slice('writer:'.length);
    mayWrite(c, writes ?? '*');
    return iovJson(await service.createIov(iovOf(await body(c, iovSchema))), null);
  });
  change('PUT', ['/piov_attach', '/payload-iovs/attach'], async (c) => {
    const given = await body(c, z.looseObject({ payload_list: text, piov_id: integer }));
    mayWrite(c, service.list(given.payload_list).type);
    const iov = await service.attachIov(given.payload_list, given.piov_id, by(c));
    return iovJson(iov, given.payload_list);
  });
  change('POST', ['/bulk_piov', '/payload-iovs/bulk'], async (c) => {
    const all = await body(c, bulkSchema);
    for (const { payload_list: list } of all) mayWrite(c, service.list(list).type);
    const made = [];
    // Each is open and cuts those before it where it begins: the later ones must come later.
    const inOrder = all.toSorted((a, b) => a.major_iov - b.major_iov || a.minor_iov - b.minor_iov);
    for (const { payload_list: list, ...given } of inOrder) {
      const { id } = await service.createIov(iovOf(given));
      made.push(iovJson(await service.attachIov(list, id, by(c)), list));
    }
    return made;
  });
  const place = ':name/:type/:major{[0-9]+}/:minor{[0-9]+}';
  change(
    'DELETE',
    [
      `/deletePayloadIOV/${place}`,
      `/deletePayloadIOV/${place}/:majorEnd{[0-9]+}/:minorEnd{[0-9]+}`,
    ],
    async (c) => {
      const type = c.req.param('type') ?? '';
      mayWrite(c, type);
      const parts = ['major', 'minor', 'majorEnd', 'minorEnd'].map((one) => c.req.param(one));
      const range = parts.flatMap((part) => (part === undefined ? [] : [BigInt(part)]));
      await service.deleteIov(name(c), type, range, by(c));
      return { message: 'PayloadIOV is deleted' };
    },
  );
  return app;
}

function demandWriter(identity: Identity, calibType: string): void {
  if (!allows(identity.roles, { to: 'publish' })) demand(identity, { to: 'write', calibType });
}

function answer(value: unknown): Response {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-cache' };
  return new Response(hsfJson(value), { headers });
}

function taken(kind: string, name: string): ServerError {
  return new ServerError('malformed', { what: `${kind} ${name} already exists` });
}

function iovOf(given: z.infer<typeof iovSchema>) {
  const ends = [given.major_iov_end, given.minor_iov_end].map((end) =>
    hsfInteger(end ?? Number.MAX_VALUE),
  );
  const begins = [given.major_iov, given.minor_iov].map(hsfInteger);
  return {
    url: given.payload_url,
    checksum: given.checksum ?? '',
    size: given.size ?? null,
    range: [...begins, ...ends],
  };
}

function tagJson({ id, name, author, description, status, created, updated }: HsfTag): object {
  return { id, name, author, description, status, created, updated };
}

async function tagInList(service: HsfService, tag: HsfTag): Promise<object> {
  return {
    ...tagJson(tag),
    payload_lists_count: service.book.listsOf(tag).length,
    payload_iov_count: await service.entriesOf(tag),
  };
}

async function wholeTag(service: HsfService, tag: HsfTag): Promise<object> {
  const lists = service.book.listsOf(tag);
  return {
    ...tagJson(tag),
    payload_lists: lists.map(({ id, name, type }) => ({ id, name, payload_type: type })),
  };
}

function listJson(book: HsfBook, { id, name, type, tag, created }: HsfList): object {
  const of = tag === null ? null : (book.tagById(tag)?.name ?? null);
  return { id, name, global_tag: of, payload_type: type, created };
}

function iovJson(
  { id, url, checksum, size, range, inserted }: HsfIov,
  list: string | null,
): object {
  const [major, minor, majorEnd, minorEnd] = range.map(BigInt);
  return {
    ...{ id, payload_url: url, checksum, size, major_iov: major, minor_iov: minor },
    ...{ major_iov_end: majorEnd, minor_iov_end: minorEnd, payload_list: list, inserted },
  };
}

function answerRow({ type, url, checksum, size, begin, end }: HsfAnswer): readonly unknown[] {
  return [type, url, checksum, size, ...begin, ...end, null];
}

function answerObject({ type, url, checksum, size, begin, end }: HsfAnswer): object {
  return {
    ...{ payload_type_name: type, payload_url: url, checksum, size },
    ...{ major_iov: begin[0], minor_iov: begin[1], major_iov_end: end[0], minor_iov_end: end[1] },
    revision: null,
  };
}
