import { ConditionsError } from '../errors.ts';
import { formatInterval } from '../model/position.ts';
import type { Tag, TagEntry, TagState } from '../model/tag.ts';
import { forever, type Position } from '../model/validity.ts';
import type { Author } from '../rules/check-author.ts';
import type { MetadataStore } from '../store/metadata-store.ts';
import { conditionKey, conditionName, conditionOf } from './condition-names.ts';
import { findTag } from './find-tag.ts';
import {
  planUpdate,
  type UpdateMode,
  type UpdateOperation,
  type UpdatePlan,
} from './running-update.ts';
import type { TagEditor } from './tag-editor.ts';
import type { TagLines } from './tag-lines.ts';
import type { Splice } from './tag-tree.ts';

/** A RUNNING tag that is to have what a VALIDATED one says from a position on. */
export interface UpdateQuestion {
  readonly running: string;
  readonly staging: string;
  /** On the axis of the staging tag's lines. */
  readonly from: Position;
  /** Default `strict`. */
  readonly mode?: UpdateMode | undefined;
}

/** Plans and makes updates of running tags. [UPD1] */
export class RunningTagUpdates {
  readonly #metadata: MetadataStore;
  readonly #lines: TagLines;
  readonly #editor: TagEditor;

  constructor(metadata: MetadataStore, lines: TagLines, editor: TagEditor) {
    this.#metadata = metadata;
    this.#lines = lines;
    this.#editor = editor;
  }

  /** @throws ConditionsError `absent`, or `conflict` for tags in other states */
  async plan(question: UpdateQuestion): Promise<UpdatePlan> {
    return (await this.#planned(question)).plan;
  }

  /** @throws ConditionsError `conflict` with the first problems of the plan, if it has any */
  async update(question: UpdateQuestion, author: Author): Promise<UpdatePlan> {
    const { plan, running } = await this.#planned(question);
    if (plan.problems.length > 0) throw refused(question, plan);
    if (question.mode === 'open-ends') await this.#checkOpened(plan.operations, running);
    await this.#editor.splice(running.name, running.root, splicesOf(plan.operations), author);
    return plan;
  }

  async #planned({ running, staging, from, mode = 'strict' }: UpdateQuestion) {
    const [old, now] = [await this.#tag(running, 'RUNNING'), await this.#tag(staging, 'VALIDATED')];
    if (old.instrument !== now.instrument) {
      throw new ConditionsError('invalid', {
        what: 'tags of several instruments',
        given: `${old.name} of ${old.instrument}, ${now.name} of ${now.instrument}`,
      });
    }
    const news = await this.#lines.lines(now);
    const axes = new Set(news.map(({ axis }) => axis));
    if (axes.size > 1) {
      throw new ConditionsError('invalid', {
        what: 'an update begins at a position of one axis',
        where: `tag ${now.name}`,
        given: [...axes].join(' and '),
      });
    }
    const touched = (await this.#lines.lines(old)).filter(({ axis }) => axes.has(axis));
    return { running: old, plan: planUpdate(touched, news, from, mode) };
  }

  async #tag(name: string, state: TagState): Promise<Tag> {
    const tag = await findTag(this.#metadata, name);
    if (tag.state === state) return tag;
    throw new ConditionsError('conflict', {
      what: 'a tag has another state than an update needs',
      where: `tag ${name}`,
      given: tag.state,
      expected: state,
    });
  }

  /** An entry is opened only if its calibration is. */
  async #checkOpened(operations: readonly UpdateOperation[], running: Tag): Promise<void> {
    for (const operation of operations) {
      const { entry } = operation;
      if (operation.operation === 'CLOSE' || entry.end !== forever) continue;
      const row = await this.#metadata.row(entry.serNo);
      if (row?.vend === forever) continue;
      throw new ConditionsError('conflict', {
        what: `calibration ${entry.serNo} does not hold as long as the update needs`,
        where: `tag ${running.name}, ${conditionName(operation)}`,
      });
    }
  }
}

/** For each line, all that happens from its first change on. */
function splicesOf(operations: readonly UpdateOperation[]): readonly Splice[] {
  const splices = new Map<string, { begin: Position; entries: TagEntry[]; of: UpdateOperation }>();
  for (const operation of operations) {
    const { entry } = operation;
    const isClose = operation.operation === 'CLOSE';
    const key = conditionKey(operation);
    const begin = isClose ? entry.end : entry.begin;
    const splice = splices.get(key) ?? { begin, entries: [], of: operation };
    splices.set(key, splice);
    if (!isClose) splice.entries.push(entry);
  }
  return [...splices.values()].map(({ begin, entries, of }) => ({
    key: conditionOf(of),
    range: { begin, end: forever },
    entries,
  }));
}

function refused({ running, staging }: UpdateQuestion, { problems }: UpdatePlan): ConditionsError {
  const counts = new Map<string, number>();
  for (const { kind } of problems) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const [first] = problems;
  return new ConditionsError('conflict', {
    what: `the update has ${problems.length} problems`,
    where: `tag ${running} by ${staging}`,
    given: [...counts].map(([kind, count]) => `${kind} ${count}`).join(', '),
    hint:
      first &&
      `the first is ${first.kind} of ${conditionName(first)} in ${formatInterval(first, first.axis)}; the plan has all`,
  });
}
