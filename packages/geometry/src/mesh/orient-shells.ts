import { GeometryError } from '../errors.ts';
import { solidAngle } from './solid-angle.ts';
import {
  cornersOf,
  meshReach,
  meshVolume,
  type TriangleMesh,
  triangleCount,
  turnedOver,
  vertexOf,
} from './triangle-mesh.ts';

/** More shells than this are only looked at as a whole: each is compared with all others. */
const MOST_SHELLS = 64;

/**
 * The mesh with its outside outside: a shell that is inside out is turned over, unless it is the wall of a hollow in
 * another one.
 *
 * @throws {GeometryError} when there is no volume inside
 */
export function orientShells(
  mesh: TriangleMesh,
  where: string,
): { mesh: TriangleMesh; warning?: string } {
  const least = 1e-12 * meshReach(mesh) ** 3;
  const insideOut = meshVolume(mesh) < 0;
  const upright = insideOut ? turnedOver(mesh) : mesh;
  const { shellOf, count } = shells(upright);
  const parts =
    count <= MOST_SHELLS
      ? Array.from({ length: count }, (_, i) => part(upright, shellOf, i))
      : [upright];
  if (!parts.some((shell) => Math.abs(meshVolume(shell)) > least)) {
    throw new GeometryError({
      what: `${where} encloses no volume`,
      given: `${triangleCount(mesh)} triangles, ${meshVolume(mesh)} mm³`,
    });
  }
  const turned = parts.map(
    (shell, i) => meshVolume(shell) < 0 && !isHollow(shell, parts.toSpliced(i, 1)),
  );
  if (!insideOut && !turned.includes(true)) return { mesh };
  const triangles = upright.triangles.slice();
  for (let i = 0; i < triangles.length; i += 3) {
    if (!turned[parts.length === 1 ? 0 : (shellOf[i / 3] ?? 0)]) continue;
    triangles[i + 1] = upright.triangles[i + 2] ?? 0;
    triangles[i + 2] = upright.triangles[i + 1] ?? 0;
  }
  const which = insideOut ? 'its facets face' : 'the facets of a part of it face';
  return {
    mesh: { vertices: mesh.vertices, triangles },
    warning: `${where} is inside out: ${which} inwards. They were turned over.`,
  };
}

/** Which connected piece each triangle is of: by common vertices. */
function shells({ vertices, triangles }: TriangleMesh): { shellOf: Int32Array; count: number } {
  const root = Int32Array.from({ length: vertices.length / 3 }, (_, i) => i);
  const find = (vertex: number): number => {
    let at = vertex;
    while (root[at] !== at) {
      root[at] = root[root[at] ?? 0] ?? 0;
      at = root[at] ?? 0;
    }
    return at;
  };
  for (let i = 0; i < triangles.length; i++) {
    root[find(triangles[i] ?? 0)] = find(triangles[i - (i % 3)] ?? 0);
  }
  const numbers = new Map<number, number>();
  const shellOf = new Int32Array(triangles.length / 3);
  for (let i = 0; i < shellOf.length; i++) {
    const at = find(triangles[3 * i] ?? 0);
    if (!numbers.has(at)) numbers.set(at, numbers.size);
    shellOf[i] = numbers.get(at) ?? 0;
  }
  return { shellOf, count: numbers.size };
}

function part({ vertices, triangles }: TriangleMesh, shellOf: Int32Array, shell: number) {
  if (!shellOf.some((number) => number !== shell)) return { vertices, triangles };
  return { vertices, triangles: triangles.filter((_, i) => shellOf[Math.floor(i / 3)] === shell) };
}

/** Whether a shell stands inside the others: they, seen from one of its vertices, cover the whole sphere. */
function isHollow(shell: TriangleMesh, others: readonly TriangleMesh[]): boolean {
  const from = vertexOf(shell, shell.triangles[0] ?? 0);
  let sum = 0;
  for (const other of others) {
    for (let i = 0; i < triangleCount(other); i++) sum += solidAngle(cornersOf(other, i), from);
  }
  return Math.abs(sum) > 2 * Math.PI;
}
