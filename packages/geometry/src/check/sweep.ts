import type { Box3 } from '../solids/box3.ts';

/**
 * Calls back for each pair of boxes that share space or touch, until the callback returns false. The boxes are swept along the axis on
 * which they spread most, so that few stand beside each other.
 *
 * @returns whether all pairs were visited
 */
export function visitPairs(
  boxes: readonly Box3[],
  visit: (first: number, second: number) => boolean,
): boolean {
  const axis = widestAxis(boxes);
  const order = boxes.map((_, i) => i).sort((a, b) => low(boxes[a], axis) - low(boxes[b], axis));
  let active: number[] = [];
  for (const i of order) {
    const box = boxes[i];
    if (!box) continue;
    const start = box.min[axis] ?? 0;
    active = active.filter((k) => (boxes[k]?.max[axis] ?? 0) >= start);
    for (const k of active) {
      const other = boxes[k];
      if (other && meet(box, other) && !visit(Math.min(i, k), Math.max(i, k))) return false;
    }
    active.push(i);
  }
  return true;
}

function low(box: Box3 | undefined, axis: number): number {
  return box?.min[axis] ?? 0;
}

function meet(a: Box3, b: Box3): boolean {
  return (
    a.min[0] <= b.max[0] &&
    b.min[0] <= a.max[0] &&
    a.min[1] <= b.max[1] &&
    b.min[1] <= a.max[1] &&
    a.min[2] <= b.max[2] &&
    b.min[2] <= a.max[2]
  );
}

/** The axis on which the boxes spread most, measured by their own size. */
function widestAxis(boxes: readonly Box3[]): number {
  const spread = [0, 1, 2].map((axis) => {
    let [least, most, size] = [Infinity, -Infinity, 0];
    for (const { min, max } of boxes) {
      least = Math.min(least, min[axis] ?? 0);
      most = Math.max(most, max[axis] ?? 0);
      size += (max[axis] ?? 0) - (min[axis] ?? 0);
    }
    return (most - least) / (size || 1);
  });
  return spread.indexOf(Math.max(...spread));
}
