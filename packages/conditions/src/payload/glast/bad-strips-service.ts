import { BadStrips } from './bad-strips.ts';

/** A list with the serial number of its metadata, or any other identifier that changes with it. */
export interface NumberedStrips {
  readonly serNo: number;
  readonly strips: BadStrips;
}

/** Dead and hot strips in one list: what reconstruction wants. A strip in both has the flags of both. */
export function mergeBadStrips(dead: BadStrips, hot: BadStrips): BadStrips {
  return new BadStrips(
    'merged',
    [...dead.towers, ...hot.towers],
    [...dead.planes, ...hot.planes],
    [...dead.headers, ...hot.headers],
  );
}

/** What the service had at the event before. */
export interface MergedStrips {
  readonly deadSerNo: number;
  readonly hotSerNo: number;
  readonly strips: BadStrips;
}

/**
 * The merged list for an event: the one before, unless the serial number of either list has changed (section V of the
 * document on the GLAST calibration infrastructure). Call it for every event with what was returned for the one before.
 *
 * @example
 * ```ts
 * let merged: MergedStrips | undefined;
 * for (const event of events) merged = updateBadStrips(merged, await deadAt(event.time), await hotAt(event.time));
 * ```
 */
export function updateBadStrips(
  before: MergedStrips | undefined,
  dead: NumberedStrips,
  hot: NumberedStrips,
): MergedStrips {
  if (before?.deadSerNo === dead.serNo && before.hotSerNo === hot.serNo) return before;
  return {
    deadSerNo: dead.serNo,
    hotSerNo: hot.serNo,
    strips: mergeBadStrips(dead.strips, hot.strips),
  };
}
