import { ConditionsError } from '../errors.ts';
import type { Calibration, Series } from '../model/calibration.ts';
import { formatInterval } from '../model/position.ts';
import type { Tag, TagEntry } from '../model/tag.ts';
import type { Moment } from '../model/validity.ts';
import type { MetadataReader } from '../store/metadata-store.ts';
import type { RootLine } from '../tags/tag-nodes.ts';
import type { TagTree } from '../tags/tag-tree.ts';
import { allRows } from './all-rows.ts';
import type { Finding } from './finding.ts';

/** A line of a tag, and the series that it is about. */
interface TagSeries extends Series, RootLine {
  readonly tag: Tag;
}

/**
 * Looks whether tags are what they were: blocks that are there and whole, entries whose calibrations are there with the
 * same payloads, and nothing deprecated in tags that are in use. Lines that tags share are read once. [CHK8]
 */
export async function* checkTags(
  reader: MetadataReader,
  tree: TagTree,
  wanted: { readonly [Word in keyof Series]?: string | undefined },
  asOf: Moment,
): AsyncGenerator<Finding> {
  const seen = new Set<string>();
  for (const tag of await reader.tags(asOf)) {
    if (tag.state === 'INVALID' || (wanted.instrument ?? tag.instrument) !== tag.instrument)
      continue;
    try {
      for (const line of await tree.lines(tag.root)) {
        if ((wanted.calibType ?? line.calibType) !== line.calibType) continue;
        if ((wanted.flavor ?? line.flavor) !== line.flavor) continue;
        const key = `${isInUse(tag)} ${tag.instrument} ${line.hash}`;
        if (seen.has(key)) continue;
        seen.add(key);
        yield* checkLine(reader, tree, { ...line, instrument: tag.instrument, tag }, asOf);
      }
    } catch (error) {
      if (!(error instanceof ConditionsError)) throw error;
      yield {
        kind: 'tag',
        severity: 'error',
        text: `tag ${tag.name}: ${error.message}`,
        serNos: [],
      };
    }
  }
}

async function* checkLine(
  reader: MetadataReader,
  tree: TagTree,
  { tag, instrument, calibType, flavor, axis, hash }: TagSeries,
  asOf: Moment,
): AsyncGenerator<Finding> {
  const series = { instrument, calibType, flavor, axis };
  const rows = new Map<number, Calibration>();
  for await (const row of allRows(reader, asOf, [
    { field: 'instrument', test: '=', value: instrument },
    { field: 'calibType', test: '=', value: calibType },
    { field: 'flavor', test: '=', value: flavor },
    { field: 'axis', test: '=', value: axis },
  ])) {
    rows.set(row.serNo, row);
  }
  for await (const block of tree.blocks(hash)) {
    for (const entry of block.entries()) {
      const problem = problemOf(entry, rows.get(entry.serNo), isInUse(tag));
      if (!problem) continue;
      const where = `tag ${tag.name}, ${calibType} ${flavor} ${formatInterval(entry, axis)}`;
      yield {
        kind: 'tag',
        severity: problem.severity,
        text: `${where}: calibration ${entry.serNo} ${problem.text}`,
        serNos: [entry.serNo],
        series,
        interval: { begin: entry.begin, end: entry.end },
      };
    }
  }
}

function problemOf(
  { payload }: TagEntry,
  row: Calibration | undefined,
  inUse: boolean,
): Pick<Finding, 'severity' | 'text'> | undefined {
  if (!row) return { severity: 'error', text: 'is not there' };
  if ((row.payload?.sha256 ?? '') !== payload) {
    return { severity: 'error', text: 'has another payload there than in the store' };
  }
  if (row.deprecated === undefined) return undefined;
  const text = `must not be used: ${row.deprecated}`;
  return { severity: inUse ? 'warning' : 'note', text };
}

function isInUse({ state }: Tag): boolean {
  return state === 'PUBLISHED' || state === 'RUNNING';
}
