import { placedVolumes } from '../check/placed-volumes.ts';
import { GeometryError } from '../errors.ts';
import { triangleCount } from '../mesh/triangle-mesh.ts';
import type { Detector } from '../model/detector.ts';
import type { Shape } from '../scene/compile-solid-shape.ts';
import { solidShape } from '../scene/compile-solid-tree.ts';
import type { SolidOfTriangles } from './geometry-info.ts';

/** [INF7] The solids of placed volumes that photons meet as triangles, wholly or in part, each once. */
export function solidsOfTriangles(detector: Detector): SolidOfTriangles[] {
  const names = new Set([...placedVolumes(detector).values()].map(({ solid }) => solid));
  return [...names].flatMap((name) => {
    const shape = shapeOf(detector, name);
    const found = shape && trianglesOf(shape);
    if (!found || found.triangles === 0) return [];
    return [{ name, type: detector.solids.get(name)?.type ?? 'missing', ...found }];
  });
}

/** A solid that cannot be simulated is for `geometry check` to tell. */
function shapeOf(detector: Detector, name: string): Shape | undefined {
  try {
    return solidShape(detector.solids, name);
  } catch (error) {
    if (error instanceof GeometryError) return undefined;
    throw error;
  }
}

function trianglesOf(shape: Shape): Pick<SolidOfTriangles, 'triangles' | 'offBy'> {
  const open = [shape];
  let [triangles, offBy] = [0, 0];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === 'boolean') open.push(next.first, next.second);
    else if (next.mesh) {
      triangles += triangleCount(next.mesh);
      offBy = Math.max(offBy, next.offBy ?? 0);
    }
  }
  return { triangles, offBy };
}
