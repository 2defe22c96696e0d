import { type Condition, compareConditions } from '../index/tag-index.ts';
import type { TagEntry, TagLine } from '../model/tag.ts';
import {
  always,
  earlier,
  forever,
  type Interval,
  later,
  type Position,
} from '../model/validity.ts';
import { conditionKey, conditionOf } from './condition-names.ts';
import { gapsIn } from './intervals.ts';

/** How strict the update of a RUNNING tag is. */
export type UpdateMode =
  /** New lines have neither gaps nor overlaps and are open at their ends. */
  | 'strict'
  /** As `strict`, but lines may end. */
  | 'allow-closed'
  /** As `strict`, but the last entry of a line that ends is opened. */
  | 'open-ends'
  /** One entry for each line, from the beginning of the axis and without an end. */
  | 'simple'
  /** As `allow-closed`, and lines of the running tag that the other one has not are closed. */
  | 'replace';

/** What may be wrong with an update. */
export type UpdateProblemKind =
  | 'overlap'
  | 'gap'
  | 'closed'
  | 'early'
  | 'not-simple'
  | 'duplicate'
  | 'running-starts-later'
  | 'running-ends-later';

/** One reason why an update is refused. */
export interface UpdateProblem extends Condition {
  readonly kind: UpdateProblemKind;
  /** Where: the overlap, the gap, the entry. */
  readonly begin: Position;
  readonly end: Position;
}

/** A step of an update: an open entry of the running tag gets an end, or a new entry is added. */
export interface UpdateOperation extends Condition {
  readonly operation: 'CLOSE' | 'CREATE';
  readonly entry: TagEntry;
}

/** What an update would do, or why it is refused. */
export interface UpdatePlan {
  /** All CLOSE, then all CREATE, each by line and position. Empty when there are problems. */
  readonly operations: readonly UpdateOperation[];
  readonly problems: readonly UpdateProblem[];
}

/**
 * Plans the update of a RUNNING tag by a VALIDATED one. Whatever the running tag says before `from` stays. New entries
 * that hold from the beginning of the axis begin at `from`; an open entry of the running tag is closed where the new line
 * begins, and goes on where the new line begins with the same payload. [UPD1] [UPD2]
 *
 * @param running lines of the running tag
 * @param staging new lines; their entries may overlap here, which is a problem that is told
 * @param from the first position for which the update holds
 */
export function planUpdate(
  running: readonly TagLine[],
  staging: readonly TagLine[],
  from: Position,
  mode: UpdateMode,
): UpdatePlan {
  const problems = [
    ...running.flatMap((line) => problemsOfRunning(line, from)),
    ...staging.flatMap((line) =>
      mode === 'simple' ? problemsOfSimple(line) : problemsOfStaging(line, from, mode),
    ),
  ];
  if (problems.length > 0) return { operations: [], problems };
  const old = new Map(running.map((line) => [conditionKey(line), line]));
  const closes: UpdateOperation[] = [];
  const creates: UpdateOperation[] = [];
  for (const line of [...staging].sort(compareConditions)) {
    const entries = opened(sorted(line), mode)
      .filter(({ end }) => end > from)
      .map((entry) => clippedAt(entry, from));
    const open = old.get(conditionKey(line))?.entries.find(({ end }) => end === forever);
    const goesOn = open !== undefined && entries[0] !== undefined && samePayload(open, entries[0]);
    const news = goesOn ? entries.slice(1) : entries;
    const end = goesOn ? entries[0]!.end : entries[0]?.begin;
    if (open && end !== undefined && end !== forever) {
      closes.push({ ...conditionOf(line), operation: 'CLOSE', entry: { ...open, end } });
    }
    creates.push(
      ...news.map(
        (entry): UpdateOperation => ({ ...conditionOf(line), operation: 'CREATE', entry }),
      ),
    );
  }
  if (mode === 'replace') closes.push(...closedByReplacing(running, staging, from));
  return { operations: [...closes.sort(compareConditions), ...creates], problems };
}

function problemsOfRunning(line: TagLine, from: Position): UpdateProblem[] {
  return line.entries.flatMap((entry) => {
    if (entry.begin >= from) return [problem(line, 'running-starts-later', entry)];
    const endsLater = entry.end !== forever && entry.end > from;
    return endsLater ? [problem(line, 'running-ends-later', entry)] : [];
  });
}

function problemsOfSimple(line: TagLine): UpdateProblem[] {
  return line.entries.flatMap((entry, i) => [
    ...(i > 0 ? [problem(line, 'duplicate', entry)] : []),
    ...(isFromBeginning(line, entry) && entry.end === forever
      ? []
      : [problem(line, 'not-simple', entry)]),
  ]);
}

function problemsOfStaging(line: TagLine, from: Position, mode: UpdateMode): UpdateProblem[] {
  const entries = sorted(line);
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last) return [];
  const problems: UpdateProblem[] = [];
  const end = entries.reduce((latest, entry) => later(latest, entry.end), last.end);
  let covered = first.end;
  for (const entry of entries.slice(1)) {
    if (entry.begin < covered) {
      const common = { begin: entry.begin, end: earlier(entry.end, covered) };
      problems.push(problem(line, 'overlap', common));
    }
    covered = later(covered, entry.end);
  }
  for (const gap of gapsIn(entries, { begin: first.begin, end })) {
    problems.push(problem(line, 'gap', gap));
  }
  if (mode === 'strict' && end !== forever) problems.push(problem(line, 'closed', last));
  const explicit = entries.find((entry) => !isFromBeginning(line, entry));
  if (explicit && explicit.begin < from) problems.push(problem(line, 'early', explicit));
  return problems;
}

/** On the axis of runs it is run 0; nothing is before it. */
function isFromBeginning({ axis }: Condition, { begin }: Interval): boolean {
  return begin === always || (axis === 'run' && begin <= 0n);
}

function opened(entries: readonly TagEntry[], mode: UpdateMode): readonly TagEntry[] {
  const last = entries.at(-1);
  if (mode !== 'open-ends' || !last) return entries;
  return [...entries.slice(0, -1), { ...last, end: forever }];
}

function clippedAt(entry: TagEntry, from: Position): TagEntry {
  return entry.begin < from ? { ...entry, begin: from } : entry;
}

function closedByReplacing(
  running: readonly TagLine[],
  staging: readonly TagLine[],
  from: Position,
): UpdateOperation[] {
  const there = new Set(staging.map(conditionKey));
  return running
    .filter((line) => !there.has(conditionKey(line)))
    .flatMap((line) =>
      line.entries
        .filter(({ end }) => end === forever)
        .map((entry) => ({
          ...conditionOf(line),
          operation: 'CLOSE',
          entry: { ...entry, end: from },
        })),
    );
}

function samePayload(a: TagEntry, b: TagEntry): boolean {
  return a.payload === b.payload && (a.payload !== '' || a.serNo === b.serNo);
}

function sorted({ entries }: TagLine): readonly TagEntry[] {
  return [...entries].sort((a, b) => (a.begin < b.begin ? -1 : a.begin > b.begin ? 1 : 0));
}

function problem(
  line: Condition,
  kind: UpdateProblemKind,
  { begin, end }: Interval,
): UpdateProblem {
  return { ...conditionOf(line), kind, begin, end };
}
