import { compose, identityTransform, type RigidTransform } from '@lantern/units';
import type { Placement, Volume } from '../model/volume.ts';
import type { NodeTree } from './expand-nodes.ts';
import { linearTransform } from './linear-transform.ts';
import type { Scene, Sensor } from './scene.ts';

/** The parts of a scene that are lists of names or numbers by index. */
interface SceneLists {
  readonly materials: readonly string[];
  readonly surfaces: readonly string[];
  readonly volumeMaterials: readonly number[];
  readonly shiftNumbers: ReadonlyMap<string, number>;
  readonly warnings: readonly string[];
}

/** A scene of its packed bytes and the names of what is in it. */
export function createScene(
  buffer: ArrayBuffer,
  volumes: readonly Volume[],
  placements: readonly Placement[],
  tree: NodeTree,
  lists: SceneLists,
): Scene {
  const index = new Map(volumes.map((volume, i) => [volume.name, i] as const));

  /** The placements from the world down to a node. */
  const lineage = (node: number): Placement[] => {
    const line: Placement[] = [];
    for (let n = node; n >= 0; n = tree.parents[n] ?? -1) {
      const placement = placements[tree.placements[n] ?? -1];
      if (placement) line.unshift(placement);
    }
    return line;
  };
  const transformOf = (line: readonly Placement[]): RigidTransform =>
    line.reduce<RigidTransform>(
      (outer, { transform }) => compose(outer, linearTransform(transform)),
      identityTransform,
    );
  const sensorOf = (node: number, number: number): Sensor => {
    const line = lineage(node);
    const { rotation, translation } = transformOf(line);
    return {
      identity: number + 1,
      path: line.map(({ name }) => name).join('/'),
      copyNumbers: line.map(({ copyNumber }) => copyNumber),
      position: translation,
      direction: [rotation[2], rotation[5], rotation[8]],
    };
  };
  return {
    buffer,
    materials: lists.materials,
    surfaces: lists.surfaces,
    volumes: volumes.map((volume) => volume.name),
    nodeCount: tree.parents.length,
    sensorCount: tree.sensors.length,
    shiftNumbers: lists.shiftNumbers,
    warnings: lists.warnings,
    nodePath: (node) =>
      lineage(node)
        .map(({ name }) => name)
        .join('/'),
    nodeVolume: (node) => {
      const placement = placements[tree.placements[node] ?? -1];
      return placement ? (index.get(placement.volume) ?? -1) : -1;
    },
    volumeMaterial: (volume) => lists.volumeMaterials[volume] ?? -1,
    nodeTransform: (node) => transformOf(lineage(node)),
    sensorFrames: () => {
      const frames = new Float64Array(12 * tree.sensors.length);
      tree.sensors.forEach((node, i) => {
        const { rotation, translation } = transformOf(lineage(node));
        frames.set([...rotation, ...translation], 12 * i);
      });
      return frames;
    },
    *sensors() {
      for (let i = 0; i < tree.sensors.length; i++) yield sensorOf(tree.sensors[i] ?? 0, i);
    },
  };
}
