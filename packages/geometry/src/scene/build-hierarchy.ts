import type { Box3 } from '../solids/box3.ts';
import { roundDown, roundUp } from './round-outwards.ts';
import type { SceneSections } from './section-writer.ts';

/** Boxes of things as plain numbers, six for each, min x, y, z, max x, y, z; and an order of the things. */
export interface Items {
  readonly boxes: Float64Array;
  readonly order: Int32Array;
}

type Bounds = [number, number, number, number, number, number];

const binCount = 16;

/**
 * Builds the four-wide hierarchy over the daughters' boxes: a binary one by the surface-area heuristic with bins
 * (Wald 2007, doi:10.1109/RT.2007.4342588), two levels of which become one node. Boxes are widened by `margin` (mm) and
 * rounded outwards to 32 bits.
 *
 * @returns the index of the root in the section `hierarchy`
 */
export function buildHierarchy(
  boxes: readonly Box3[],
  margin: number,
  sections: SceneSections,
): number {
  return buildNode(itemsOf(boxes, margin), 0, boxes.length, sections);
}

/** Boxes to be split, each widened by `margin` (mm). */
export function itemsOf(boxes: readonly Box3[], margin: number): Items {
  const items: Items = {
    boxes: new Float64Array(6 * boxes.length),
    order: Int32Array.from(boxes, (_, i) => i),
  };
  boxes.forEach(({ min, max }, i) => {
    for (let axis = 0; axis < 3; axis++) {
      items.boxes[6 * i + axis] = (min[axis] ?? 0) - margin;
      items.boxes[6 * i + axis + 3] = (max[axis] ?? 0) + margin;
    }
  });
  return items;
}

/** A node over order[begin..end): up to four groups, each a daughter or a node of its own. */
function buildNode(items: Items, begin: number, end: number, sections: SceneSections): number {
  const index = sections.hierarchy.append(emptyNode);
  const groups = fourGroups(items, begin, end);
  groups.forEach(([from, to], lane) => {
    const bounds = boundsOf(items, from, to);
    const child =
      to - from === 1 ? ~(items.order[from] ?? 0) : buildNode(items, from, to, sections);
    sections.hierarchy.update(index, {
      [`minX${lane}`]: roundDown(bounds[0]),
      [`minY${lane}`]: roundDown(bounds[1]),
      [`minZ${lane}`]: roundDown(bounds[2]),
      [`maxX${lane}`]: roundUp(bounds[3]),
      [`maxY${lane}`]: roundUp(bounds[4]),
      [`maxZ${lane}`]: roundUp(bounds[5]),
      [`child${lane}`]: child,
    });
  });
  return index;
}

const emptyNode: Record<string, number> = Object.fromEntries(
  [0, 1, 2, 3].flatMap((lane) => [
    ...['minX', 'minY', 'minZ'].map((side) => [`${side}${lane}`, Number.POSITIVE_INFINITY]),
    ...['maxX', 'maxY', 'maxZ'].map((side) => [`${side}${lane}`, Number.NEGATIVE_INFINITY]),
  ]),
);

function fourGroups(items: Items, begin: number, end: number): [number, number][] {
  const groups: [number, number][] = [[begin, end]];
  while (groups.length < 4) {
    const largest = groups
      .map(([from, to], i) => ({ i, from, to, area: area(boundsOf(items, from, to)) }))
      .filter(({ from, to }) => to - from > 1)
      .sort((a, b) => b.area - a.area)[0];
    if (!largest) break;
    const middle = split(items, largest.from, largest.to);
    groups.splice(largest.i, 1, [largest.from, middle], [middle, largest.to]);
  }
  return groups;
}

/** Parts order[begin..end) in two by the cheapest plane between bins; the first index of the second part. */
export function split(items: Items, begin: number, end: number): number {
  const centres = centreBounds(items, begin, end);
  let best = { cost: Number.POSITIVE_INFINITY, axis: 0, bin: 0 };
  for (const axis of [0, 1, 2]) {
    const candidate = cheapestBin(items, begin, end, axis, centres);
    if (candidate.cost < best.cost) best = { ...candidate, axis };
  }
  const half = (begin + end) >> 1;
  if (!Number.isFinite(best.cost)) return half;
  const low = centres[best.axis] ?? 0;
  const width = (centres[best.axis + 3] ?? 0) - low;
  let middle = begin;
  for (let i = begin; i < end; i++) {
    const item = items.order[i] ?? 0;
    if (binOf(items, item, best.axis, low, width) > best.bin) continue;
    items.order[i] = items.order[middle] ?? 0;
    items.order[middle] = item;
    middle++;
  }
  return middle > begin && middle < end ? middle : half;
}

function cheapestBin(
  items: Items,
  begin: number,
  end: number,
  axis: number,
  centres: Bounds,
): { cost: number; bin: number } {
  const low = centres[axis] ?? 0;
  const width = (centres[axis + 3] ?? 0) - low;
  if (!(width > 0)) return { cost: Number.POSITIVE_INFINITY, bin: 0 };
  const counts = new Array<number>(binCount).fill(0);
  const bounds = counts.map((): Bounds => noBounds());
  for (let i = begin; i < end; i++) {
    const item = items.order[i] ?? 0;
    const bin = binOf(items, item, axis, low, width);
    counts[bin] = (counts[bin] ?? 0) + 1;
    extend(bounds[bin] ?? noBounds(), items, item);
  }
  const costs = new Array<number>(binCount).fill(0);
  sweep(counts, bounds, (bin, cost) => {
    costs[bin] = cost;
  });
  sweep(counts.toReversed(), bounds.toReversed(), (reversed, cost) => {
    const bin = binCount - 2 - reversed;
    if (bin >= 0) costs[bin] = (costs[bin] ?? 0) + cost;
  });
  let best = { cost: Number.POSITIVE_INFINITY, bin: 0 };
  for (let bin = 0; bin < binCount - 1; bin++) {
    const cost = costs[bin] ?? 0;
    if (cost < best.cost) best = { cost, bin };
  }
  return best;
}

/** Tells, for each bin, the cost of all bins up to it: their number of items times their common area. */
function sweep(
  counts: readonly number[],
  bounds: readonly Bounds[],
  tell: (bin: number, cost: number) => void,
): void {
  let count = 0;
  const joined = noBounds();
  counts.forEach((n, bin) => {
    count += n;
    if (n > 0) join(joined, bounds[bin] ?? noBounds());
    tell(bin, count > 0 ? count * area(joined) : 0);
  });
}

function binOf(items: Items, item: number, axis: number, low: number, width: number): number {
  const centre = centreOf(items, item, axis);
  return Math.min(binCount - 1, Math.floor((binCount * (centre - low)) / width));
}

function centreOf(items: Items, item: number, axis: number): number {
  return ((items.boxes[6 * item + axis] ?? 0) + (items.boxes[6 * item + axis + 3] ?? 0)) / 2;
}

function centreBounds(items: Items, begin: number, end: number): Bounds {
  const bounds = noBounds();
  for (let i = begin; i < end; i++)
    for (let axis = 0; axis < 3; axis++) {
      const centre = centreOf(items, items.order[i] ?? 0, axis);
      bounds[axis] = Math.min(bounds[axis] ?? 0, centre);
      bounds[axis + 3] = Math.max(bounds[axis + 3] ?? 0, centre);
    }
  return bounds;
}

function boundsOf(items: Items, begin: number, end: number): Bounds {
  const bounds = noBounds();
  for (let i = begin; i < end; i++) extend(bounds, items, items.order[i] ?? 0);
  return bounds;
}

function noBounds(): Bounds {
  const far = Number.POSITIVE_INFINITY;
  return [far, far, far, -far, -far, -far];
}

function extend(bounds: Bounds, items: Items, item: number): void {
  for (let axis = 0; axis < 3; axis++) {
    bounds[axis] = Math.min(bounds[axis] ?? 0, items.boxes[6 * item + axis] ?? 0);
    bounds[axis + 3] = Math.max(bounds[axis + 3] ?? 0, items.boxes[6 * item + axis + 3] ?? 0);
  }
}

function join(bounds: Bounds, other: Bounds): void {
  for (let axis = 0; axis < 3; axis++) {
    bounds[axis] = Math.min(bounds[axis] ?? 0, other[axis] ?? 0);
    bounds[axis + 3] = Math.max(bounds[axis + 3] ?? 0, other[axis + 3] ?? 0);
  }
}

function area(b: Bounds): number {
  const [x, y, z] = [b[3] - b[0], b[4] - b[1], b[5] - b[2]];
  return x < 0 ? 0 : x * y + y * z + z * x;
}
