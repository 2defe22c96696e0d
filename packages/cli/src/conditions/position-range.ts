import { always, forever, type Interval, type Position } from '@lantern/conditions';

/** From one position, or the beginning, to another, or the end; undefined where neither is given. */
export function readRange(
  begin: Position | undefined,
  end: Position | undefined,
): Interval | undefined {
  if (begin === undefined && end === undefined) return undefined;
  return { begin: begin ?? always, end: end ?? forever };
}
