import type { PackedScene } from './packed-scene.ts';

/**
 * How many nodes wait at most when a ray is led through a hierarchy of the section, in whatever order: all that are hit of
 * a node wait, then one of them is taken, whose children wait beside the others.
 *
 * @param roots of the hierarchies
 * @param leavesWait whether leaves wait too, or are met at once
 */
export function hierarchyRoom(
  scene: PackedScene,
  section: 'hierarchy' | 'meshNode',
  roots: Iterable<number>,
  leavesWait: boolean,
): number {
  const child = childrenOf(scene, section);
  const needs = new Map<number, number>();
  const need = (node: number): number => {
    const known = needs.get(node);
    if (known !== undefined) return known;
    const children = child(node);
    const inner = children.filter((each) => each >= 0);
    const waiting = leavesWait ? children.length : inner.length;
    const deepest = Math.max(0, ...inner.map(need));
    const result = Math.max(waiting, waiting - 1 + deepest);
    needs.set(node, result);
    return result;
  };
  let most = 1;
  for (const root of roots) most = Math.max(most, need(root));
  return most;
}

/** The children in the lanes of a node that are not empty: nodes, or leaves below 0. */
function childrenOf(
  scene: PackedScene,
  section: 'hierarchy' | 'meshNode',
): (node: number) => readonly number[] {
  const lanes = ['0', '1', '2', '3'].map((lane) => ({
    child: scene.field(section, `child${lane}`),
    min: scene.field(section, `minX${lane}`),
    max: scene.field(section, `maxX${lane}`),
  }));
  return (node) =>
    lanes.flatMap(({ child, min, max }) => (min(node) <= max(node) ? [child(node)] : []));
}

/** How many triangles a mesh has, by the root of its hierarchy. */
export function trianglesOf(scene: PackedScene, root: number): number {
  const child = childrenOf(scene, 'meshNode');
  const open = [root];
  let triangles = 0;
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const each of child(node)) {
      if (each >= 0) open.push(each);
      else triangles += (~each & 7) + 1;
    }
  return triangles;
}
