import { ConditionsError } from '../errors.ts';
import type { Tag } from '../model/tag.ts';
import type { MetadataReader } from '../store/metadata-store.ts';
import type { PayloadStore } from '../store/payload-store.ts';
import type { TagLines } from './tag-lines.ts';

const askedAtOnce = 16;
const named = 5;

/**
 * Whether a tag is fit for use: all its payloads are in the store, and none of its calibrations is deprecated. [TAG9]
 *
 * @throws ConditionsError `conflict` with some of those that are not
 */
export async function checkFit(
  reader: MetadataReader,
  payloads: PayloadStore,
  lines: TagLines,
  tag: Tag,
): Promise<void> {
  const serNoOf = new Map<string, number>();
  const serNos = new Set<number>();
  for (const condition of await lines.conditions(tag)) {
    for (const { serNo, payload } of await lines.entries(tag, condition)) {
      serNos.add(serNo);
      if (payload !== '') serNoOf.set(payload, serNo);
    }
  }
  const deprecated = (await deprecatedRows(reader)).filter((serNo) => serNos.has(serNo));
  if (deprecated.length > 0) throw unfit(tag, 'has calibrations that must not be used', deprecated);
  const missing: number[] = [];
  const all = [...serNoOf];
  for (let i = 0; i < all.length; i += askedAtOnce) {
    const some = all.slice(i, i + askedAtOnce);
    const there = await Promise.all(some.map(([payload]) => payloads.has(payload)));
    missing.push(...some.filter((_, j) => !there[j]).map(([, serNo]) => serNo));
  }
  if (missing.length > 0) throw unfit(tag, 'has calibrations whose payloads are missing', missing);
}

async function deprecatedRows(reader: MetadataReader): Promise<readonly number[]> {
  const limit = 10_000;
  const serNos: number[] = [];
  for (let offset = 0; ; offset += limit) {
    const tests = [{ field: 'deprecated', test: 'like', value: '*' }] as const;
    const rows = await reader.rows({ tests, limit, offset });
    serNos.push(...rows.map(({ serNo }) => serNo));
    if (rows.length < limit) return serNos;
  }
}

function unfit({ name }: Tag, what: string, serNos: readonly number[]): ConditionsError {
  const more = serNos.length > named ? ` and ${serNos.length - named} more` : '';
  return new ConditionsError('conflict', {
    what: `the tag ${what}`,
    where: `tag ${name}`,
    given: `${serNos.slice(0, named).join(', ')}${more}`,
  });
}
