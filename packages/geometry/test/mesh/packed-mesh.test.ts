import type { Vector3 } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { cornersOf, triangleCount } from '../../src/mesh/triangle-mesh.ts';
import { twistedMesh } from '../../src/mesh/twisted-mesh.ts';
import { pointOnSide, twistedPrism } from '../../src/mesh/twisted-prism.ts';
import type { Solid, TwistedBox, TwistedTrap } from '../../src/model/solid.ts';
import { compileSolid } from '../../src/scene/compile-solid.ts';
import { createSections, joinSections } from '../../src/scene/section-writer.ts';
import { ballFacets, boxFacets, bumpyFacets, star, tessellated } from '../solids/mesh-solids.ts';
import { PackedSolid } from '../solids/packed-solid.ts';

const packed = (solid: Solid): PackedSolid =>
  new PackedSolid({ solids: new Map([[solid.name, solid]]), name: solid.name });
const compile = (solid: Solid, warnings?: Set<string>): number =>
  compileSolid(new Map([[solid.name, solid]]), solid.name, createSections(), warnings);

describe('[MESH1] packed meshes', () => {
  test('a convex one of few faces is planes, any other a mesh', () => {
    expect(packed(tessellated('t', boxFacets([1, 2, 3]))).kind).toBe('planes');
    expect(packed(tessellated('t', ballFacets(1))).kind).toBe('mesh');
    const ell = star(3, 10, 2);
    const sections = [0, 1].map((z) => ({ z, xOffset: 0, yOffset: 0, scale: 1 }));
    expect(packed({ type: 'xtru', name: 'x', outline: ell, sections }).kind).toBe('mesh');
  });

  test('each triangle is in one leaf, inside all boxes above it', () => {
    const solid = packed(tessellated('t', bumpyFacets(4, 1)));
    expect(solid.trianglesBelow(0).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 2048 }, (_, i) => i),
    );
    expect(solid.trianglesOutside(0)).toEqual([]);
  });
});

const box: TwistedBox = { type: 'twistedbox', name: 't', PhiTwist: 0.8, x: 10, y: 20, z: 30 };
const trap: TwistedTrap = {
  ...{ type: 'twistedtrap', name: 't', PhiTwist: -0.5, z: 40, Theta: 0.2, Phi: 1 },
  ...{ y1: 20, x1: 10, x2: 16, y2: 10, x3: 5, x4: 8, Alph: 0.2 },
};

describe('[MESH5] twisted meshes', () => {
  test.each([box, trap])('$type: the middles of triangles are as near as is said', (solid) => {
    const prism = twistedPrism(solid);
    const { mesh, tolerance } = twistedMesh(prism);
    expect(tolerance).toBeLessThan(1e-3);
    expect(triangleCount(mesh)).toBeLessThan(220_000);
    let worst = 0;
    for (let i = 0; i < triangleCount(mesh); i += 97) {
      const [a, b, c] = cornersOf(mesh, i);
      const middle = [0, 1, 2].map((k) => ((a[k] ?? 0) + (b[k] ?? 0) + (c[k] ?? 0)) / 3);
      worst = Math.max(worst, distance(prism, middle as unknown as Vector3));
    }
    expect(worst).toBeLessThan(tolerance);
    expect(worst).toBeGreaterThan(tolerance / 100);
  });

  test('[SOL26] the scene says how near; without a twist they are planes', () => {
    const warnings = new Set<string>();
    compile(box, warnings);
    expect([...warnings]).toEqual([
      expect.stringMatching(
        /^<twistedbox name="t"> is made of [\d,]+ triangles, at most [\d.]+ nm off its twisted faces\.$/,
      ),
    ]);
    expect(packed({ ...box, PhiTwist: 0 }).kind).toBe('planes');
  });

  test('[SOL26] a hundred turns stay within the room there is', () => {
    const { mesh, tolerance } = twistedMesh(twistedPrism({ ...box, PhiTwist: 600 }));
    expect(triangleCount(mesh)).toBeLessThan(220_000);
    expect(tolerance).toBeGreaterThan(1e-3);
  });
});

/** How far a point is from the nearest side or end, from the cross-section at its z. */
function distance(prism: ReturnType<typeof twistedPrism>, [x, y, z]: Vector3): number {
  let least = prism.halfZ - Math.abs(z);
  for (let i = 0; i < 4; i++) {
    const a = pointOnSide(prism, i, 0, z);
    const b = pointOnSide(prism, i, 1, z);
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    const across = (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
    least = Math.min(least, Math.abs(across) / length);
  }
  return least;
}

describe('[SOL27] arb8', () => {
  const vertices = (list: readonly (readonly [number, number])[]) =>
    list.map(([x, y]) => ({ x, y }));
  const arb8 = (list: readonly (readonly [number, number])[]): Solid => ({
    ...{ type: 'arb8', name: 'a', dz: 10, vertices: vertices(list) },
  });
  const square = [
    [-5, -5],
    [5, -5],
    [5, 5],
    [-5, 5],
  ] as const;

  test('flat sides make planes, twisted ones none', () => {
    expect(packed(arb8([...square, ...square])).kind).toBe('planes');
    const twisted = packed(arb8([...square, [-5, -5], [5, -5], [5, 5], [-5, 2]]));
    expect(twisted.program).toContain('ruled');
  });

  test('what cannot be is an error that says why', () => {
    const hollow = [
      [0, 0],
      [10, 0],
      [2, 2],
      [0, 10],
    ] as const;
    const turned = [
      [0, 0],
      [10, 1],
      [2, 2],
      [0, 10],
    ] as const;
    expect(() => compile(arb8([...hollow, ...turned]))).toThrow(
      /twisted sides, and its cross-section is not convex.*corner 3 at z = /,
    );
    expect(() => compile(arb8([...square, ...square.toReversed()]))).toThrow(/different ways/);
    const crossed = [
      [-5, -5],
      [5, 5],
      [5, -5],
      [-5, 8],
    ] as const;
    expect(() => compile(arb8([...crossed, ...crossed]))).toThrow(/cross|no volume/);
    expect(() => compile(arb8([...square, ...square.slice(0, 3)]))).toThrow(/not eight finite/);
  });
});

describe('errors of the others', () => {
  const sections = (...zs: readonly number[]) =>
    zs.map((z) => ({ z, xOffset: 0, yOffset: 0, scale: 1 }));
  const outline = [
    { x: 0, y: 0 },
    { x: 1, y: 0 },
    { x: 0, y: 1 },
  ];

  test('[SOL24] sections that fall, or do not part', () => {
    for (const list of [sections(0, 2, 1), sections(1, 1), sections(2, 0), sections(0, Number.NaN)])
      expect(() => compile({ type: 'xtru', name: 'x', outline, sections: list })).toThrow(
        'the sections of <xtru name="x"> do not rise',
      );
  });

  test('[SOL22] a flat tet', () => {
    const flat: Solid = {
      ...{ type: 'tet', name: 't' },
      vertices: [
        [0, 0, 0],
        [1, 0, 0],
        [0, 1, 0],
        [1, 1, 0],
      ],
    };
    expect(() => compile(flat)).toThrow('<tet name="t"> encloses no volume');
  });

  test('[SOL25] [SOL29] an outline that crosses itself; too few sides', () => {
    const corners = [
      { r: 1, z: 0 },
      { r: 2, z: 1 },
      { r: 1, z: 1 },
      { r: 2.5, z: 0 },
    ];
    const turn = { startphi: 0, deltaphi: 2 * Math.PI };
    expect(() => compile({ type: 'genericPolycone', name: 'g', ...turn, corners })).toThrow(
      'the outline of <genericPolycone name="g"> crosses itself',
    );
    const sided: Solid = { type: 'genericPolyhedra', name: 'g', ...turn, numsides: 6, corners };
    expect(() => compile(sided)).toThrow('crosses itself');
    expect(() => compile({ ...sided, numsides: 2 })).toThrow('too few sides');
  });

  test('[SOL28] a twist of half a turn or more', () => {
    const tubs: Solid = {
      ...{ type: 'twistedtubs', name: 't', twistedangle: Math.PI, phi: 1 },
      ...{ endinnerrad: 1, endouterrad: 2, zlen: 4 },
    };
    expect(() => compile(tubs)).toThrow('twisted too much');
  });
});

test('[MESH6] 131,072 facets', () => {
  const solid = tessellated('big', ballFacets(7));
  const sections = createSections();
  const start = performance.now();
  compileSolid(new Map([['big', solid]]), 'big', sections);
  const { byteLength } = joinSections(sections);
  const facets = 8 * 4 ** 7;
  expect(byteLength / facets).toBeLessThan(100);
  expect(performance.now() - start).toBeLessThan(20_000);
});
