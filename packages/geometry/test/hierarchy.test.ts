import { RandomStream } from '@lantern/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildHierarchy } from '../src/scene/build-hierarchy.ts';
import { recordSections, recordSize } from '../src/scene/layout.ts';
import { createSections, joinSections } from '../src/scene/section-writer.ts';
import type { Box3 } from '../src/solids/box3.ts';

interface Leaf {
  readonly daughter: number;
  readonly box: Box3;
  readonly ancestors: readonly Box3[];
}

/** All leaves of a packed hierarchy with the boxes on the way down to them. */
function leavesOf(boxes: readonly Box3[], margin: number): { leaves: Leaf[]; depth: number } {
  const sections = createSections();
  const root = buildHierarchy(boxes, margin, sections);
  const buffer = joinSections(sections);
  const header = new Uint32Array(buffer, 0, 32);
  const at = header[2 * Object.keys(recordSections).indexOf('hierarchy')] ?? 0;
  const size = recordSize(recordSections.hierarchy);
  const view = new DataView(buffer);
  const leaves: Leaf[] = [];
  let depth = 0;
  const visit = (node: number, ancestors: readonly Box3[]): void => {
    depth = Math.max(depth, ancestors.length);
    for (let lane = 0; lane < 4; lane++) {
      const side = (k: number): number =>
        view.getFloat32(at + node * size + 16 * k + 4 * lane, true);
      const box: Box3 = { min: [side(0), side(1), side(2)], max: [side(3), side(4), side(5)] };
      if (box.min[0] > box.max[0]) continue;
      const child = view.getInt32(at + node * size + 96 + 4 * lane, true);
      if (child < 0) leaves.push({ daughter: ~child, box, ancestors });
      else visit(child, [...ancestors, box]);
    }
  };
  visit(root, []);
  return { leaves, depth };
}

function holds(outer: Box3, inner: Box3): boolean {
  return [0, 1, 2].every(
    (i) => (outer.min[i] ?? 0) <= (inner.min[i] ?? 0) && (outer.max[i] ?? 0) >= (inner.max[i] ?? 0),
  );
}

const boxes = fc.array(
  fc.tuple(...Array.from({ length: 6 }, () => fc.double({ min: -2e4, max: 2e4, noNaN: true }))).map(
    ([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]): Box3 => ({
      min: [Math.min(a, d), Math.min(b, e), Math.min(c, f)],
      max: [Math.max(a, d), Math.max(b, e), Math.max(c, f)],
    }),
  ),
  { minLength: 1, maxLength: 60 },
);

test('[HIER1] each daughter is in exactly one leaf, and in the box of every node above it', () => {
  fc.assert(
    fc.property(boxes, (given) => {
      const { leaves } = leavesOf(given, 0.01);
      expect(leaves.map(({ daughter }) => daughter).sort((a, b) => a - b)).toEqual(
        given.map((_, i) => i),
      );
      for (const { daughter, box, ancestors } of leaves) {
        const own = given[daughter];
        if (!own) throw new Error('no such daughter');
        for (const outer of [box, ...ancestors]) expect(holds(outer, own)).toBe(true);
      }
    }),
    { numRuns: 100, seed: 1 },
  );
});

test('[HIER2] 4,000 equal boxes, at one place or spread, give a tree that a stack of 64 levels holds', () => {
  const random = new RandomStream(1n, 0n, 0);
  const here: Box3 = { min: [0, 0, 0], max: [1, 1, 1] };
  expect(
    leavesOf(
      Array.from({ length: 4000 }, () => here),
      0,
    ).depth,
  ).toBeLessThan(20);
  const spread = Array.from({ length: 4000 }, (): Box3 => {
    const [x, y, z] = [random.uniform() * 1e4, random.uniform() * 1e4, random.uniform() * 10];
    return { min: [x, y, z], max: [x + 200, y + 200, z + 200] };
  });
  expect(leavesOf(spread, 0).depth).toBeLessThan(20);
});
