import { nearest } from '@lantern/units';
import { ConditionsError } from '../errors.ts';
import type { Tag } from '../model/tag.ts';
import type { Moment } from '../model/validity.ts';
import type { MetadataReader } from '../store/metadata-store.ts';

/** @throws ConditionsError `absent` with the nearest name, where there is, or was, no such tag */
export async function findTag(reader: MetadataReader, name: string, asOf?: Moment): Promise<Tag> {
  const tag = await reader.tag(name, asOf);
  if (tag) return tag;
  const names = (await reader.tags(asOf)).map((other) => other.name);
  const near = nearest(name, names);
  const isThereNow = asOf !== undefined && (await reader.tag(name)) !== undefined;
  throw new ConditionsError('absent', {
    what: `no tag '${name}'${isThereNow ? ' at that moment' : ''}`,
    expected: names.length > 0 ? names.slice(0, 20).join(', ') : undefined,
    hint: near === undefined ? undefined : `did you mean '${near}'?`,
  });
}

/**
 * The tags of a stack, in its order. Spaces around a name do not count, and a name that is there twice counts once, where
 * it is first. [TAG5]
 *
 * @throws ConditionsError `absent` for a tag that is not there, `conflict` for one that is INVALID, `invalid` for no tag at
 * all and for tags of several instruments
 */
export async function findStack(
  reader: MetadataReader,
  names: readonly string[],
  asOf?: Moment,
): Promise<readonly Tag[]> {
  const trimmed = [...new Set(names.map((name) => name.trim()))].filter((name) => name !== '');
  const tags = await Promise.all(trimmed.map((name) => findTag(reader, name, asOf)));
  const [first] = tags;
  if (!first) throw new ConditionsError('invalid', { what: 'no tag is named' });
  const unusable = tags.find(({ state }) => state === 'INVALID');
  if (unusable) {
    throw new ConditionsError('conflict', {
      what: 'a tag that is INVALID is not used',
      where: `tag ${unusable.name}`,
      hint: 'ask as of a moment before it became so, to repeat what was done then',
    });
  }
  const other = tags.find(({ instrument }) => instrument !== first.instrument);
  if (other) {
    throw new ConditionsError('invalid', {
      what: 'tags of several instruments',
      given: `${first.name} of ${first.instrument}, ${other.name} of ${other.instrument}`,
    });
  }
  return tags;
}
