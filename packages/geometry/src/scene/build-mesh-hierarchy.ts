import type { TriangleMesh } from '../mesh/triangle-mesh.ts';
import { roundDown, roundUp } from './round-outwards.ts';

/** A hierarchy over the triangles of a mesh. */
export interface MeshHierarchy {
  /** The triangles in the order of the leaves. */
  readonly order: Int32Array;
  /** Records of the section `meshNode`, the root first; children and triangles count from 0. */
  readonly nodes: ArrayBuffer;
  readonly nodeCount: number;
}

/** Bytes of a node: six bounds and a child for each of four lanes. */
export const meshNodeBytes: number = 4 * 28;

/** A leaf holds so many triangles at most. */
const LEAF_TRIANGLES = 4;
const BINS = 12;

/**
 * Builds the four-wide hierarchy over the triangles of a mesh, by the surface-area heuristic with bins (Wald 2007,
 * doi:10.1109/RT.2007.4342588). Boxes are taken about `centre`, widened by `margin` (mm) and rounded outwards to 32
 * bits. A hundred thousand triangles take about 0.6 s.
 */
export function buildMeshHierarchy(
  mesh: TriangleMesh,
  centre: readonly [number, number, number],
  margin: number,
): MeshHierarchy {
  const build = new Build(mesh, centre, margin);
  build.node(0, build.order.length);
  return {
    order: build.order,
    nodes: build.nodes.buffer.slice(0, build.nodeCount * meshNodeBytes),
    nodeCount: build.nodeCount,
  };
}

/** Triangles order[from..to) and their box. */
interface Group {
  readonly from: number;
  readonly to: number;
  readonly bounds: Float32Array;
}

class Build {
  readonly order: Int32Array;
  /** Six numbers for each triangle: minimum x, y, z, maximum x, y, z. */
  readonly boxes: Float32Array;
  nodes: Float32Array<ArrayBuffer> = new Float32Array(64 * 28);
  children: Int32Array<ArrayBuffer> = new Int32Array(this.nodes.buffer);
  nodeCount = 0;

  constructor(mesh: TriangleMesh, centre: readonly [number, number, number], margin: number) {
    const { vertices, triangles } = mesh;
    const count = triangles.length / 3;
    this.order = Int32Array.from({ length: count }, (_, i) => i);
    this.boxes = new Float32Array(6 * count);
    for (let i = 0; i < count; i++)
      for (let axis = 0; axis < 3; axis++) {
        const a = vertices[3 * (triangles[3 * i] ?? 0) + axis] ?? 0;
        const b = vertices[3 * (triangles[3 * i + 1] ?? 0) + axis] ?? 0;
        const c = vertices[3 * (triangles[3 * i + 2] ?? 0) + axis] ?? 0;
        const middle = centre[axis] ?? 0;
        this.boxes[6 * i + axis] = roundDown(Math.min(a, b, c) - middle - margin);
        this.boxes[6 * i + axis + 3] = roundUp(Math.max(a, b, c) - middle + margin);
      }
  }

  /** A node over order[begin..end): up to four groups, each a leaf or a node of its own. */
  node(begin: number, end: number): number {
    const index = this.nodeCount++;
    if (28 * this.nodeCount > this.nodes.length) this.#enlarge();
    const groups = this.#groups(begin, end);
    for (let lane = 0; lane < 4; lane++) {
      const bounds = groups[lane]?.bounds ?? nothing();
      for (let side = 0; side < 6; side++)
        this.nodes[28 * index + 4 * side + lane] = bounds[side] ?? 0;
    }
    groups.forEach(({ from, to }, lane) => {
      const child =
        to - from <= LEAF_TRIANGLES ? ~(8 * from + (to - from - 1)) : this.node(from, to);
      this.children[28 * index + 24 + lane] = child;
    });
    return index;
  }

  #enlarge(): void {
    const larger = new Float32Array(2 * this.nodes.length);
    larger.set(this.nodes);
    this.nodes = larger;
    this.children = new Int32Array(larger.buffer);
  }

  /** Parts the range in up to four, the one of the largest surface first. */
  #groups(begin: number, end: number): Group[] {
    const groups = [this.#group(begin, end)];
    while (groups.length < 4) {
      let largest = -1;
      let most = -1;
      groups.forEach(({ from, to, bounds }, i) => {
        const size = to - from > LEAF_TRIANGLES ? area(bounds) : -1;
        if (size > most) {
          most = size;
          largest = i;
        }
      });
      const group = groups[largest];
      if (!group) break;
      const middle = this.#split(group.from, group.to);
      groups.splice(largest, 1, this.#group(group.from, middle), this.#group(middle, group.to));
    }
    return groups;
  }

  #group(from: number, to: number): Group {
    return { from, to, bounds: this.#bounds(from, to) };
  }

  #bounds(begin: number, end: number): Float32Array {
    const bounds = nothing();
    for (let i = begin; i < end; i++) extend(bounds, 0, this.boxes, 6 * (this.order[i] ?? 0));
    return bounds;
  }

  /** Parts a range by the cheapest plane between bins of the triangles' middles; where the second part begins. */
  #split(begin: number, end: number): number {
    const half = (begin + end) >> 1;
    const middles = nothing();
    for (let i = begin; i < end; i++)
      for (let axis = 0; axis < 3; axis++) {
        const middle = this.#middle(this.order[i] ?? 0, axis);
        if (middle < (middles[axis] ?? 0)) middles[axis] = middle;
        if (middle > (middles[axis + 3] ?? 0)) middles[axis + 3] = middle;
      }
    const low = middles.subarray(0, 3);
    const high = middles.subarray(3);
    let best = { cost: Number.POSITIVE_INFINITY, axis: 0, bin: 0 };
    for (let axis = 0; axis < 3; axis++) {
      const width = (high[axis] ?? 0) - (low[axis] ?? 0);
      if (!(width > 0)) continue;
      const found = this.#cheapest(begin, end, axis, low[axis] ?? 0, BINS / width);
      if (found.cost < best.cost) best = { ...found, axis };
    }
    if (!Number.isFinite(best.cost)) return half;
    const { axis, bin } = best;
    const from = low[axis] ?? 0;
    const scale = BINS / ((high[axis] ?? 0) - from);
    let middle = begin;
    for (let i = begin; i < end; i++) {
      const triangle = this.order[i] ?? 0;
      if (binOf(this.#middle(triangle, axis), from, scale) > bin) continue;
      this.order[i] = this.order[middle] ?? 0;
      this.order[middle++] = triangle;
    }
    return middle > begin && middle < end ? middle : half;
  }

  #cheapest(
    begin: number,
    end: number,
    axis: number,
    from: number,
    scale: number,
  ): { cost: number; bin: number } {
    const counts = new Int32Array(BINS);
    const bounds = new Float32Array(6 * BINS);
    for (let bin = 0; bin < BINS; bin++) bounds.set(nothing(), 6 * bin);
    for (let i = begin; i < end; i++) {
      const triangle = this.order[i] ?? 0;
      const bin = binOf(this.#middle(triangle, axis), from, scale);
      counts[bin] = (counts[bin] ?? 0) + 1;
      extend(bounds, 6 * bin, this.boxes, 6 * triangle);
    }
    const costs = new Float64Array(BINS);
    sweep(counts, bounds, costs, 0, 1);
    sweep(counts, bounds, costs, BINS - 1, -1);
    let best = { cost: Number.POSITIVE_INFINITY, bin: 0 };
    for (let bin = 0; bin < BINS - 1; bin++) {
      const cost = costs[bin] ?? 0;
      if (cost < best.cost) best = { cost, bin };
    }
    return best;
  }

  #middle(triangle: number, axis: number): number {
    return (this.boxes[6 * triangle + axis] ?? 0) + (this.boxes[6 * triangle + axis + 3] ?? 0);
  }
}

/** Adds, for the cut behind each bin, what the bins on one side cost: their triangles times their common surface. */
function sweep(
  counts: Int32Array,
  bounds: Float32Array,
  costs: Float64Array,
  start: number,
  step: 1 | -1,
): void {
  const joined = nothing();
  let count = 0;
  for (let bin = start; bin >= 0 && bin < BINS; bin += step) {
    count += counts[bin] ?? 0;
    if ((counts[bin] ?? 0) > 0) extend(joined, 0, bounds, 6 * bin);
    const cut = step > 0 ? bin : bin - 1;
    if (cut >= 0 && count > 0) costs[cut] = (costs[cut] ?? 0) + count * area(joined);
  }
}

function binOf(middle: number, from: number, scale: number): number {
  return Math.max(0, Math.min(BINS - 1, Math.floor((middle - from) * scale)));
}

function nothing(): Float32Array {
  const far = Number.POSITIVE_INFINITY;
  return Float32Array.of(far, far, far, -far, -far, -far);
}

function extend(bounds: Float32Array, at: number, other: Float32Array, from: number): void {
  for (let axis = 0; axis < 3; axis++) {
    const low = other[from + axis] ?? 0;
    const high = other[from + axis + 3] ?? 0;
    if (low < (bounds[at + axis] ?? 0)) bounds[at + axis] = low;
    if (high > (bounds[at + axis + 3] ?? 0)) bounds[at + axis + 3] = high;
  }
}

function area(b: Float32Array): number {
  const x = (b[3] ?? 0) - (b[0] ?? 0);
  const y = (b[4] ?? 0) - (b[1] ?? 0);
  const z = (b[5] ?? 0) - (b[2] ?? 0);
  return x < 0 ? 0 : x * y + y * z + z * x;
}
