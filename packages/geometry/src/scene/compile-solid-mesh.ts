import { GeometryError } from '../errors.ts';
import { convexPlanes } from '../mesh/convex-planes.ts';
import { facetMesh } from '../mesh/facet-mesh.ts';
import { cleanOutline } from '../mesh/outline.ts';
import { prismMesh, type XtruSection } from '../mesh/prism-mesh.ts';
import { meshReach, meshVolume, type TriangleMesh, triangleCount } from '../mesh/triangle-mesh.ts';
import { turnedOutlineMesh } from '../mesh/turned-outline-mesh.ts';
import { twistedMesh } from '../mesh/twisted-mesh.ts';
import { twistedPrism } from '../mesh/twisted-prism.ts';
import type {
  GenericPolyhedra,
  Tessellated,
  Tet,
  TwistedBox,
  TwistedTrap,
  TwistedTrd,
  Xtru,
} from '../model/solid.ts';
import { type LeafShape, meshLeaf, planes, type Shape, union } from './compile-solid-shape.ts';
import { direction, isFullTurn } from './compile-solid-wedge.ts';

/** [MESH1] A closed mesh: as planes where it is convex and has few faces, otherwise with a hierarchy of its own. */
export function meshShape(mesh: TriangleMesh, warning?: string): LeafShape {
  const faces = convexPlanes(mesh);
  const shape = faces ? planes(faces, meshReach(mesh)) : meshLeaf(mesh, meshReach(mesh));
  return warning === undefined ? shape : { ...shape, warning };
}

/** [SOL22] A tetrahedron, its corners in any order. */
export function tetShape({ name, vertices: [a, b, c, d] }: Tet): Shape {
  const facets = [
    [a, c, b],
    [a, b, d],
    [b, c, d],
    [c, a, d],
  ];
  // Either order of the corners is right: no warning.
  return meshShape(facetMesh(facets, `<tet name="${name}">`).mesh);
}

/** [SOL23] The surface that the facets are. */
export function tessellatedShape({ name, facets }: Tessellated): Shape {
  const { mesh, warning } = facetMesh(facets, `<tessellated name="${name}">`);
  return meshShape(mesh, warning);
}

/** [SOL24] One mesh for the sections that follow each other; two sections at one z are a step, and begin another. */
export function xtruShape({ name, outline, sections }: Xtru): Shape {
  const where = `<xtru name="${name}">`;
  const corners = cleanOutline(outline, where);
  requireRising(sections, where);
  const stacks: XtruSection[][] = [];
  sections.forEach((section, i) => {
    if (i === 0 || sections[i - 1]?.z === section.z) stacks.push([]);
    stacks.at(-1)?.push(section);
  });
  const shapes = stacks
    .filter((stack) => stack.length > 1)
    .map((stack) => meshShape(requireVolume(prismMesh(corners, stack), where)));
  return union(shapes);
}

function requireRising(sections: readonly XtruSection[], where: string): void {
  const odd = sections.findIndex(
    ({ z, scale, xOffset, yOffset }, i) =>
      ![z, scale, xOffset, yOffset].every(Number.isFinite) ||
      scale < 0 ||
      z < (sections[i - 1]?.z ?? z),
  );
  const rises = (sections.at(-1)?.z ?? 0) > (sections[0]?.z ?? 0);
  if (odd < 0 && rises) return;
  throw new GeometryError({
    what: `the sections of ${where} do not rise`,
    given: sections.map(({ z, scale }) => `z = ${z} (scale ${scale})`).join(', '),
    expected: 'finite z in ascending order, scales of zero or more',
  });
}

function requireVolume(mesh: TriangleMesh, where: string): TriangleMesh {
  if (meshVolume(mesh) > 1e-12 * meshReach(mesh) ** 3) return mesh;
  throw new GeometryError({
    what: `${where} encloses no volume`,
    given: `${meshVolume(mesh)} mm³`,
  });
}

/** [SOL25] The outline in r and z, turned from corner to corner; its radii are those of the corners. */
export function genericPolyhedraShape(solid: GenericPolyhedra): Shape {
  const { name, startphi, numsides } = solid;
  const where = `<genericPolyhedra name="${name}">`;
  const closed = isFullTurn(solid.deltaphi);
  const step = (closed ? 2 * Math.PI : solid.deltaphi) / numsides;
  if (!(numsides >= 1 && step < Math.PI)) {
    throw new GeometryError({
      what: `${where} has too few sides for its opening`,
      given: `numsides ${numsides} over ${step * numsides} rad`,
      expected: 'less than pi for each side',
    });
  }
  const points = solid.corners.map(({ r, z }) => ({ x: r, y: z }));
  const outline = cleanOutline(points, where, { mayTouch: closed });
  const directions = Array.from({ length: closed ? numsides : numsides + 1 }, (_, i) =>
    direction(startphi + i * step),
  );
  return meshShape(requireVolume(turnedOutlineMesh(outline, directions, closed), where));
}

/** [SOL26] Triangles, and what they leave of the truth. */
export function twistedShape(solid: TwistedBox | TwistedTrd | TwistedTrap): Shape {
  const { mesh, tolerance } = twistedMesh(twistedPrism(solid));
  const where = `<${solid.type} name="${solid.name}">`;
  const shape = meshShape(requireVolume(mesh, where));
  if (shape.type === 'planes') return shape;
  const count = triangleCount(mesh).toLocaleString('en');
  const off = tolerance < 1e-3 ? `${round(1e6 * tolerance)} nm` : `${round(1e3 * tolerance)} µm`;
  const warning = `${where} is made of ${count} triangles, at most ${off} off its twisted faces.`;
  return { ...shape, offBy: tolerance, warning };
}

function round(x: number): number {
  return Number(x.toPrecision(2));
}
