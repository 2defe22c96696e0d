import { type Calibration, type ProcLevel, procLevels } from '../model/calibration.ts';
import type { Moment } from '../model/validity.ts';
import { checkedLevels } from '../store/match-rows.ts';
import type { MetadataReader } from '../store/metadata-store.ts';
import { findStack } from './find-tag.ts';
import { lastChange } from './resolve-tags.ts';
import type { LinesOf } from './tag-lines.ts';
import type { TagTree } from './tag-tree.ts';

/** Where conditions are taken from: a stack of tags, first hit wins, or the rows of an instrument as `find` takes them. */
export type ConditionsSource =
  | { readonly tags: readonly string[]; readonly asOf?: Moment | undefined }
  | {
      readonly instrument: Calibration['instrument'];
      /** Default production, development, test, superseded. */
      readonly levels?: readonly ProcLevel[] | undefined;
      readonly asOf?: Moment | undefined;
    };

/** A source as it was at one moment. */
export interface SettledSource {
  /** In words: the tags, or the instrument and its levels. */
  readonly name: string;
  readonly instrument: string;
  /** Tags; rows of an instrument are one by rule, named as its levels. */
  readonly stack: readonly LinesOf[];
  /** Of rows; undefined for tags. */
  readonly levels?: readonly ProcLevel[] | undefined;
  readonly asOf: Moment;
}

/** @throws ConditionsError as `findStack` does */
export async function settledSource(
  reader: MetadataReader,
  tree: TagTree,
  source: ConditionsSource,
): Promise<SettledSource> {
  if ('tags' in source) {
    const stack = await findStack(reader, source.tags, source.asOf);
    const name = stack.map((tag) => tag.name).join(', ');
    return {
      name,
      instrument: stack[0]!.instrument,
      stack,
      asOf: source.asOf ?? lastChange(stack),
    };
  }
  const { at } = await reader.head();
  const asOf = source.asOf === undefined || source.asOf > at ? at : source.asOf;
  const levels = checkedLevels(source.levels ?? procLevels);
  const { instrument } = source;
  const rows = {
    name: levels.join(', '),
    instrument,
    root: await tree.emptyRoot(),
    rule: { levels, asOf },
  };
  return { name: `${instrument} (${rows.name})`, instrument, stack: [rows], levels, asOf };
}
