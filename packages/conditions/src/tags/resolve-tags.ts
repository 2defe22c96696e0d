import { ConditionsError } from '../errors.ts';
import { resolveCondition, type StackGap, TagStack } from '../index/tag-stack.ts';
import { checkPosition, formatInterval, formatPosition } from '../model/position.ts';
import type { Tag, TagEntry } from '../model/tag.ts';
import { type Axis, later, type Moment } from '../model/validity.ts';
import type { Found, Resolved, TagQuestion } from '../read/conditions-reader.ts';
import type { MetadataReader } from '../store/metadata-store.ts';
import { conditionName } from './condition-names.ts';
import { findStack } from './find-tag.ts';
import { NodeCache } from './node-cache.ts';
import type { TagLines } from './tag-lines.ts';

/** A condition in tags at a position. */
export type TagFindQuestion = TagQuestion & {
  readonly calibType: string;
  readonly flavor?: string | undefined;
};

/** Tags as they were at a moment, and what they have. */
export interface IndexedStack extends Pick<Resolved, 'asOf' | 'immutable'> {
  readonly tags: readonly Tag[];
  readonly stack: TagStack;
}

/** Answers from tags: one condition, or all of a stack. First hit wins. [TAG4] */
export class TagResolver {
  readonly #lines: TagLines;
  readonly #reader: MetadataReader;
  /** By the roots and names of tags: what they say does not change. */
  readonly #stacks: NodeCache<TagStack> = new NodeCache(64);

  constructor(lines: TagLines, reader: MetadataReader) {
    this.#lines = lines;
    this.#reader = reader;
  }

  /** @throws ConditionsError as `findStack` does */
  async resolve(question: TagQuestion): Promise<Resolved> {
    checkPosition(question.position);
    const { stack, asOf, immutable } = await this.stack(question);
    return { ...stack.resolve(question.position), asOf, immutable };
  }

  /** @throws ConditionsError as `findStack` does; `absent` with the nearest intervals, where no tag has an entry */
  async find(question: TagFindQuestion): Promise<Found> {
    const { calibType, flavor = 'vanilla', axis = 'time', position } = question;
    checkPosition(position);
    const condition = { calibType, flavor, axis };
    const tags = await findStack(this.#reader, question.tags, question.asOf);
    const layers = [];
    for (const tag of tags) {
      const index = await this.#lines.index(tag, condition);
      if (index) layers.push({ tag: tag.name, index });
    }
    const answer = resolveCondition({ calibType, flavor, layers }, position);
    const asOf = lastChange(tags);
    if (!('serNo' in answer)) throw absent(question, tags, layers.length > 0 ? answer : undefined);
    const calibration = await this.#reader.row(answer.serNo, asOf);
    if (!calibration) {
      throw new ConditionsError('corrupt', {
        what: `a tag has calibration ${answer.serNo}, which is not there`,
        where: `tag ${answer.tag}`,
      });
    }
    return { calibration, validity: answer.validity, asOf };
  }

  /**
   * The tags of a question and the index of all that they have, for those who ask it many times.
   *
   * @throws ConditionsError as `findStack` does
   */
  async stack({
    tags: names,
    axis = 'time',
    asOf,
  }: Omit<TagQuestion, 'position'>): Promise<IndexedStack> {
    const tags = await findStack(this.#reader, names, asOf);
    const stack = await this.#stack(tags, axis);
    return { tags, stack, asOf: lastChange(tags), immutable: arePublished(tags) };
  }

  #stack(tags: readonly Tag[], axis: Axis): Promise<TagStack> {
    const key = JSON.stringify([
      axis,
      tags.map(({ name, root, rule }) => [name, root, ruleText(rule)]),
    ]);
    return this.#stacks.get(key, async () => {
      const stacked = await Promise.all(
        tags.map(async (tag) => ({ name: tag.name, index: await this.#lines.indexAll(tag) })),
      );
      return { value: new TagStack(stacked, axis), bytes: 1 };
    });
  }
}

/** The moment that answers from tags know of: nothing that happens later to other tags or rows alters them. */
export function lastChange(tags: readonly Tag[]): Moment {
  return tags.reduce((latest, { changed }) => later(latest, changed), 0n);
}

function arePublished(tags: readonly Tag[]): boolean {
  return tags.every(({ state }) => state === 'PUBLISHED');
}

function ruleText(rule: Tag['rule']): string {
  return rule ? JSON.stringify({ ...rule, asOf: String(rule.asOf) }) : '';
}

function absent(
  { calibType, flavor = 'vanilla', axis = 'time', position }: TagFindQuestion,
  tags: readonly Tag[],
  gap: StackGap | undefined,
): ConditionsError {
  const names = tags.map(({ name }) => name).join(', ');
  const describe = (entry: TagEntry | undefined) =>
    entry ? `${formatInterval(entry, axis)} (calibration ${entry.serNo})` : 'none';
  return new ConditionsError('absent', {
    what: gap ? 'the tags have a gap there' : 'the tags have no such condition',
    where: `${conditionName({ calibType, flavor, axis })} in ${names}`,
    given: formatPosition(position, axis),
    expected: gap
      ? `a position in the nearest before, ${describe(gap.before)}, or after, ${describe(gap.after)}`
      : undefined,
  });
}
