import { ConditionsError } from '../errors.ts';
import { type ProcLevel, procLevels } from '../model/calibration.ts';
import type { TagRule } from '../model/tag.ts';
import type { Moment } from '../model/validity.ts';
import type { MetadataReader } from '../store/metadata-store.ts';

/** A rule whose moment may be left out: it is that of the tag's creation. */
export interface TagRuleDraft {
  /** Default: production alone. */
  readonly levels?: readonly ProcLevel[] | undefined;
  readonly asOf?: Moment | undefined;
  readonly calibTypes?: readonly string[] | undefined;
  readonly flavors?: readonly string[] | undefined;
}

/** A tag that is to be made: empty, or with what one of these gives it. */
export interface TagDraft {
  readonly name: string;
  /** Default: that of the tags it comes from. */
  readonly instrument?: string | undefined;
  readonly description?: string | undefined;
  /** All of another tag; its rule, too, where its lines are not written down. */
  readonly clone?: string | undefined;
  /** Of the clone: as it was then. */
  readonly asOf?: Moment | undefined;
  /** Whether the lines of a clone by rule are written down; default false. */
  readonly writtenDown?: boolean | undefined;
  /** Several tags, first hit wins, as one. */
  readonly merge?: readonly string[] | undefined;
  readonly rule?: TagRuleDraft | undefined;
}

/** @throws ConditionsError `invalid` for a name that would not do in a command line, an address or a list */
function checkTagName(name: string): void {
  if (/^[\p{L}\p{N}][\p{L}\p{N}._:@+-]{0,199}$/u.test(name)) return;
  throw new ConditionsError('invalid', {
    what: 'no name for a tag',
    given: `'${name.slice(0, 200)}'`,
    expected: 'at most 200 letters, digits and . _ : @ + -, a letter or digit first',
  });
}

/** @throws ConditionsError `invalid` for more than one origin, or none that tells the instrument */
export function checkTagDraft(draft: TagDraft): void {
  checkTagName(draft.name);
  const origins = [draft.clone, draft.merge, draft.rule].filter((origin) => origin !== undefined);
  if (origins.length > 1) {
    throw new ConditionsError('invalid', {
      what: 'a tag has one origin',
      where: `tag ${draft.name}`,
      expected: 'a clone, a merger or a rule',
    });
  }
  if (draft.instrument === undefined && draft.clone === undefined && draft.merge === undefined) {
    throw new ConditionsError('invalid', {
      what: 'a tag is of an instrument',
      where: `tag ${draft.name}`,
      expected: 'its name',
    });
  }
}

/**
 * A rule with all that it needs.
 *
 * @throws ConditionsError `invalid` for a level that is none, or a moment that is to come: what it says would not be settled
 */
export async function ruleFrom(
  reader: MetadataReader,
  { levels = ['production'], asOf, calibTypes, flavors }: TagRuleDraft,
): Promise<TagRule> {
  const head = await reader.head();
  const unknown = levels.find((level) => !procLevels.includes(level));
  if (unknown !== undefined || levels.length === 0) {
    throw new ConditionsError('invalid', {
      what: 'no levels for a rule',
      given: levels.join(', ') || 'none',
      expected: procLevels.join(', '),
    });
  }
  if (asOf !== undefined && asOf > head.at) {
    throw new ConditionsError('invalid', {
      what: 'the moment of a rule is to come',
      hint: 'leave it out for now',
    });
  }
  return {
    levels,
    asOf: asOf ?? head.at,
    ...(calibTypes && { calibTypes }),
    ...(flavors && { flavors }),
  };
}
