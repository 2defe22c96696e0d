import { ConditionsError } from '../errors.ts';
import { beats } from '../find/beats.ts';
import { type Condition, compareConditions } from '../index/tag-index.ts';
import { formatInterval } from '../model/position.ts';
import type { TagEntry } from '../model/tag.ts';
import type { Axis, Interval, Moment } from '../model/validity.ts';
import type { MetadataReader } from '../store/metadata-store.ts';
import { byPriority } from './by-priority.ts';
import { conditionKey, conditionName, conditionOf } from './condition-names.ts';
import { type ConditionsSource, type SettledSource, settledSource } from './conditions-source.ts';
import { gapsIn, intersection } from './intervals.ts';
import { type Claim, type Overlap, overlapsOf } from './overlaps.ts';
import { stackConditions } from './stack-lines.ts';
import type { TagLines } from './tag-lines.ts';

/** A condition that a job needs. */
export interface NeededCondition {
  readonly calibType: string;
  /** Default `vanilla`. */
  readonly flavor?: string | undefined;
}

/** What is asked of a range. */
export interface CoverageQuestion {
  readonly source: ConditionsSource;
  readonly range: Interval;
  /** Default `time`. */
  readonly axis?: Axis | undefined;
  /** Default: all that the source has. */
  readonly needed?: readonly NeededCondition[] | undefined;
}

/** How a condition covers the range. */
export interface LineCoverage extends Condition {
  /** How many answers there are in the range, one after the other. */
  readonly intervals: number;
  readonly gaps: readonly Interval[];
  /** Tags of a stack that hide entries of later ones; production rows that hide older ones. */
  readonly overlaps: readonly Overlap[];
}

/** How conditions cover a range. */
export interface Coverage {
  readonly source: string;
  readonly asOf: Moment;
  readonly axis: Axis;
  readonly range: Interval;
  /** Whether there is no gap. */
  readonly complete: boolean;
  readonly lines: readonly LineCoverage[];
}

/**
 * Gaps and overlaps in a range, for each condition. [COV1]
 *
 * @throws ConditionsError `invalid` for a range without extent; what `findStack` throws
 */
export async function coverage(
  lines: TagLines,
  reader: MetadataReader,
  question: CoverageQuestion,
): Promise<Coverage> {
  const { range, axis = 'time', needed } = question;
  if (range.begin >= range.end) {
    const given = formatInterval(range, axis);
    throw new ConditionsError('invalid', { what: 'a range without extent', given });
  }
  const source = await settledSource(reader, lines.tree, question.source);
  const conditions = needed
    ? distinct(needed.map(({ calibType, flavor = 'vanilla' }) => ({ calibType, flavor, axis })))
    : (await stackConditions(lines, source.stack)).filter((condition) => condition.axis === axis);
  const covered: LineCoverage[] = [];
  for (const condition of conditions) {
    const claims = await claimsOn(lines, reader, source, condition, range);
    covered.push({ ...conditionOf(condition), ...coverageOf(claims, range) });
  }
  const complete = covered.every(({ gaps }) => gaps.length === 0);
  return { source: source.name, asOf: source.asOf, axis, range, complete, lines: covered };
}

/**
 * What a job asks before its first event: everything that it needs, all through its range. [COV2]
 *
 * @throws ConditionsError `absent` that names conditions, gaps and the nearest intervals; `invalid` for nothing needed
 */
export async function requireCoverage(
  lines: TagLines,
  reader: MetadataReader,
  question: CoverageQuestion & { readonly needed: readonly NeededCondition[] },
): Promise<Coverage> {
  if (question.needed.length === 0) {
    throw new ConditionsError('invalid', { what: 'a job that needs nothing has nothing to check' });
  }
  const found = await coverage(lines, reader, question);
  if (found.complete) return found;
  const { axis, range } = found;
  const gaps = found.lines.flatMap((line) => line.gaps.map((gap) => ({ line, gap })));
  const named = gaps
    .slice(0, 5)
    .map(({ line, gap }) => `${conditionName(line)} ${formatInterval(gap, axis)}`);
  const more = gaps.length > named.length ? ` and ${gaps.length - named.length} more` : '';
  throw new ConditionsError('absent', {
    what: 'conditions do not cover the range',
    where: found.source,
    given: `gaps: ${named.join(', ')}${more}`,
    expected: `no gap in ${formatInterval(range, axis)}`,
    hint: await nearestTo(lines, reader, question, found),
  });
}

/**
 * Who claims to hold in the range, best first: entries of the tags of a stack; rows by level, then newest first, which
 * overlap those of their own level alone.
 */
async function claimsOn(
  lines: TagLines,
  reader: MetadataReader,
  { stack, instrument, asOf, levels }: SettledSource,
  condition: Condition,
  range: Interval,
): Promise<readonly Claim[]> {
  if (!levels) {
    const entries = await Promise.all(stack.map((tag) => lines.entries(tag, condition, range)));
    return entries.flat().map(({ begin, end, serNo }) => ({ begin, end, serNo, rank: 0 }));
  }
  const { calibType, flavor, axis } = condition;
  const series = { instrument, calibType, flavor, axis, range, levels, asOf };
  return [...(await reader.series(series))]
    .sort((a, b) => (beats(a, b, levels) ? -1 : 1))
    .map(({ vstart, vend, serNo, procLevel }) => {
      return { begin: vstart, end: vend, serNo, rank: levels.indexOf(procLevel) };
    });
}

function coverageOf(
  claims: readonly Claim[],
  range: Interval,
): Omit<LineCoverage, keyof Condition> {
  const inside = claims.map((claim) => ({ ...claim, ...intersection(claim, range) }));
  const pieces = byPriority(inside);
  return {
    intervals: pieces.length,
    gaps: gapsIn(pieces, range),
    overlaps: overlapsOf(inside),
  };
}

async function nearestTo(
  lines: TagLines,
  reader: MetadataReader,
  question: CoverageQuestion,
  { lines: covered, axis }: Coverage,
): Promise<string | undefined> {
  const first = covered.find(({ gaps }) => gaps.length > 0);
  const gap = first?.gaps[0];
  if (!first || !gap) return undefined;
  const source = await settledSource(reader, lines.tree, question.source);
  const claims = await Promise.all(source.stack.map((tag) => lines.entries(tag, first)));
  const all = claims.flat();
  if (all.length === 0) return `there is no ${conditionName(first)} at all`;
  const before = all.filter(({ end }) => end <= gap.begin).sort((a, b) => (a.end > b.end ? -1 : 1));
  const after = all
    .filter(({ begin }) => begin >= gap.end)
    .sort((a, b) => (a.begin < b.begin ? -1 : 1));
  const describe = (entry: TagEntry | undefined) =>
    entry ? `${formatInterval(entry, axis)} (calibration ${entry.serNo})` : 'none';
  return `nearest to the first: before, ${describe(before[0])}; after, ${describe(after[0])}`;
}

function distinct(conditions: readonly Condition[]): readonly Condition[] {
  const byKey = new Map(conditions.map((condition) => [conditionKey(condition), condition]));
  return [...byKey.values()].sort(compareConditions);
}
