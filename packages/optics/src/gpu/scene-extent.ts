import { leafOperations } from './leaf-operations.ts';
import type { PackedScene } from './packed-scene.ts';

/**
 * The greatest coordinate, mm, that a point of each solid has in the frames of the volumes around it, for each solid: not
 * more than the way from the world's origin over those of the volumes in between, and the solid's own reach.
 */
export function greatestCoordinates(scene: PackedScene): Float64Array {
  const reach = reaches(scene);
  const solid = scene.field('volume', 'solid');
  const greatest = reach.slice();
  waysToVolumes(scene).forEach((way, volume) => {
    const i = solid(volume);
    greatest[i] = Math.max(greatest[i] as number, way + (reach[i] as number));
  });
  return greatest;
}

/** How far each solid reaches from its origin, mm: its stride is 2 reach / √(number of leaves). */
function reaches(scene: PackedScene): Float64Array {
  const [stride, first] = [scene.field('solid', 'stride'), scene.field('solid', 'firstOp')];
  const opCount = scene.field('solid', 'opCount');
  const code = scene.field('op', 'code');
  return Float64Array.from({ length: scene.count('solid') }, (_, i) => {
    let leaves = 0;
    for (let op = first(i); op < first(i) + opCount(i); op++)
      if (leafOperations.has(code(op))) leaves++;
    return (stride(i) * Math.sqrt(leaves)) / 2;
  });
}

/** The longest way from the world's origin to that of each volume, mm. */
function waysToVolumes(scene: PackedScene): Float64Array {
  const first = scene.field('volume', 'firstDaughter');
  const daughters = scene.field('volume', 'daughterCount');
  const volume = scene.field('placement', 'volume');
  const length = lengthOfPlacement(scene);
  const ways = new Float64Array(scene.count('volume'));
  for (const mother of mothersFirst(scene))
    for (let k = first(mother); k < first(mother) + daughters(mother); k++) {
      const daughter = volume(k);
      ways[daughter] = Math.max(ways[daughter] as number, (ways[mother] as number) + length(k));
    }
  return ways;
}

/** How far the origin of a placed volume is from that of its mother. */
function lengthOfPlacement(scene: PackedScene): (placement: number) => number {
  const transform = scene.field('placement', 'transform');
  const [x, y, z] = ['tx', 'ty', 'tz'].map((name) => scene.field('transform', name)) as [
    (i: number) => number,
    (i: number) => number,
    (i: number) => number,
  ];
  return (placement) => {
    const i = transform(placement);
    return i < 0 ? 0 : Math.hypot(x(i), y(i), z(i));
  };
}

/** All volumes that are placed, each after those that it is placed in. */
export function mothersFirst(scene: PackedScene): readonly number[] {
  const first = scene.field('volume', 'firstDaughter');
  const daughters = scene.field('volume', 'daughterCount');
  const volume = scene.field('placement', 'volume');
  const seen = new Uint8Array(scene.count('volume'));
  const after: number[] = [];
  const visit = (mother: number): void => {
    if (seen[mother] === 1) return;
    seen[mother] = 1;
    for (let k = first(mother); k < first(mother) + daughters(mother); k++) visit(volume(k));
    after.push(mother);
  };
  visit(volume(0));
  return after.reverse();
}
