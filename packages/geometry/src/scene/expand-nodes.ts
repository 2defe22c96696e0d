import { GeometryError } from '../errors.ts';
import type { Placement, Volume } from '../model/volume.ts';
import { nodeFlags } from './layout.ts';
import type { Clearance } from './pack-daughters.ts';
import type { SceneSections } from './section-writer.ts';

/** More physical volumes than this are refused: the tree of nodes is held in memory. */
const maxNodes = 20_000_000;

/** Nodes in breadth-first order: the children of a node are contiguous. */
export interface NodeTree {
  /** Placement of each node. */
  readonly placements: Int32Array;
  /** Parent of each node, -1 for the world. */
  readonly parents: Int32Array;
  /** Nodes that are sensors, in order: sensor number i is node sensors[i]. */
  readonly sensors: Int32Array;
}

/**
 * Expands the volumes into the tree of physical nodes and numbers the sensors.
 *
 * @param placements the world, then the daughters of each volume in turn, as in the section `placement`
 */
export function expandNodes(
  volumes: readonly Volume[],
  placements: readonly Placement[],
  index: ReadonlyMap<string, number>,
  isSensitive: (placement: Placement) => boolean,
  clearances: readonly Clearance[],
  sections: SceneSections,
): NodeTree {
  const firstDaughter: number[] = [];
  let next = 1;
  for (const volume of volumes) {
    firstDaughter.push(next);
    next += volume.placements.length;
  }
  const sensitive = Uint8Array.from(placements, (placement) => (isSensitive(placement) ? 1 : 0));
  const flags = flagsOfPlacements(placements, clearances, index, sections);
  const volumeOf = Int32Array.from(placements, ({ volume }) => index.get(volume) ?? 0);

  const placementOf: number[] = [0];
  const parents: number[] = [-1];
  const sensors: number[] = [];
  const apart: boolean[] = [];
  for (let node = 0; node < placementOf.length; node++) {
    const placement = placementOf[node] ?? 0;
    const v = volumeOf[placement] ?? 0;
    const count = volumes[v]?.placements.length ?? 0;
    if (placementOf.length + count > maxNodes)
      throw new GeometryError({
        what: 'the detector has too many physical volumes',
        expected: `at most ${maxNodes}`,
      });
    const parent = parents[node] ?? -1;
    const own = flags[placement] ?? 0;
    apart.push(parent < 0 || (apart[parent] === true && (own & nodeFlags.touchesNothing) !== 0));
    const isSensor = sensitive[placement] === 1;
    if (isSensor) sensors.push(node);
    sections.node.append({
      placement,
      parent,
      firstChild: placementOf.length,
      identity: isSensor ? sensors.length : 0,
      volume: v,
      transform: sections.placement.read(placement, 'transform'),
      material: sections.volume.read(v, 'material'),
      flags: own | (apart[node] ? nodeFlags.apart : 0),
    });
    for (let i = 0; i < count; i++) {
      placementOf.push((firstDaughter[v] ?? 0) + i);
      parents.push(node);
    }
  }
  return {
    placements: Int32Array.from(placementOf),
    parents: Int32Array.from(parents),
    sensors: Int32Array.from(sensors),
  };
}

/** Bits of nodeFlags for each placement; the world touches what is beyond it. */
function flagsOfPlacements(
  placements: readonly Placement[],
  clearances: readonly Clearance[],
  index: ReadonlyMap<string, number>,
  sections: SceneSections,
): Int32Array {
  const apart = [false, ...clearances.flatMap(({ touchesNothing }) => touchesNothing)];
  return Int32Array.from(placements, ({ volume }, i) => {
    const v = index.get(volume) ?? 0;
    return (
      (apart[i] ? nodeFlags.touchesNothing : 0) |
      (clearances[v]?.inside ? nodeFlags.daughtersInside : 0) |
      (sections.placement.read(i, 'borderCount') > 0 ? nodeFlags.hasBorders : 0) |
      (sections.volume.read(v, 'skin') >= 0 ? nodeFlags.hasSkin : 0)
    );
  });
}
