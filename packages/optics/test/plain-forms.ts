import type { MergedPart, ShapedHits } from '../src/hits/shape-hits.ts';

/** Forms of hits as plain words, those of an event in one part: how many parts there are tells nothing. */
export function plainForms(hits: ShapedHits): Record<string, unknown> {
  const joined = (parts: readonly MergedPart[] | undefined): unknown =>
    parts &&
    [...new Set(parts.map(({ event }) => event))].map((event) => {
      const rows = parts.filter((part) => part.event === event).map((part) => part.rows);
      return [event, textOf(rows)];
    });
  return {
    hits: textOf([new Uint32Array(hits.hits.buffer)]),
    lite: hits.lite && textOf([hits.lite]),
    behind: hits.behind,
    merged: joined(hits.merged),
    liteMerged: joined(hits.liteMerged),
  };
}

/** Of which Vitest shows where it differs. */
function textOf(rows: readonly Uint32Array[]): string {
  return rows.map((row) => row.join(' ')).join(' ');
}
