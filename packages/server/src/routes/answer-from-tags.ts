import {
  findInTagsUrl,
  type Interval,
  type Moment,
  resolveUrl,
  type Tag,
  type TagQuestion,
} from '@lantern/conditions';
import type { Context, MiddlewareHandler } from 'hono';
import { etagOfHead, hasAlready, jsonAnswer, notModified } from '../caching/cache-answer.ts';
import type { RequestEnv } from '../http/guards.ts';
import { demand } from '../identity/identity.ts';
import { type Api, validityText } from './api.ts';

/** A question to tags: of one condition, or of all. */
type TagsAsked = Omit<TagQuestion, 'position'> & {
  readonly calibType?: string;
  readonly flavor?: string | undefined;
};

/**
 * Answers a question to tags. What PUBLISHED tags say at a position never changes: it may be kept for ever, under the URL of
 * the question about the first position at which it is the answer (Content-Location), and says where it holds.
 */
export async function answerFromTags(
  { conditions, settings, state }: Api,
  c: Context<RequestEnv>,
  question: TagsAsked & { readonly asOf: Moment | undefined },
  make: () => Promise<{
    readonly text: string | Uint8Array<ArrayBuffer>;
    readonly validity?: Interval;
  }>,
): Promise<Response> {
  demand(c.get('identity'), { to: 'read' });
  const { asOf, axis = 'time' } = question;
  const { anonymousRead } = settings;
  const head = await state.head();
  const tags = await Promise.all(
    question.tags.map((name) =>
      asOf === undefined ? state.tag(name) : conditions.metadata.tag(name, asOf),
    ),
  );
  const isPast = asOf !== undefined && asOf <= head.at;
  const forever = isPast || (asOf === undefined && tags.every(isPublished));
  const before = { forever, etag: forever ? etagOfTags(tags) : etagOfHead(head) };
  if (hasAlready(c, before.etag)) return notModified(anonymousRead, before);
  const { text, validity } = await make();
  if (!validity) return jsonAnswer(anonymousRead, before, text);
  const canonical = { ...question, position: validity.begin };
  const url = isAboutOne(canonical) ? findInTagsUrl(canonical) : resolveUrl(canonical);
  const lasting = { ...before, canonical: url, validity: validityText(validity, axis) };
  if (lasting.forever) state.hot.made(c.req.url, { lasting, text });
  return jsonAnswer(anonymousRead, lasting, text);
}

/** Answers at once what was asked before and never changes, where everybody may read. */
export function answerHot({ settings, state }: Api): MiddlewareHandler<RequestEnv> {
  return async (c, next) => {
    const hot =
      settings.anonymousRead && c.req.method === 'GET' ? state.hot.get(c.req.url) : undefined;
    if (!hot) return next();
    demand(c.get('identity'), { to: 'read' });
    const { lasting, text } = hot;
    if (hasAlready(c, lasting.etag)) return notModified(true, lasting);
    return jsonAnswer(true, lasting, text);
  };
}

function isPublished(tag: Tag | undefined): boolean {
  return tag?.state === 'PUBLISHED';
}

function isAboutOne<Question extends TagsAsked>(
  question: Question,
): question is Question & { readonly calibType: string } {
  return question.calibType !== undefined;
}

/** Names what the tags hold: it is the whole of what an answer about one URL depends on. */
function etagOfTags(tags: readonly (Tag | undefined)[]): string {
  return `"${tags.map((tag) => `${tag?.root.slice(0, 16)}.${tag?.changed.toString(36)}`).join('-')}"`;
}
