import { RandomStream, type Vector3 } from '@lantern/units';
import { describe, expect, it } from 'vitest';
import type { Solid } from '../../src/model/solid.ts';
import { compileSolid } from '../../src/scene/compile-solid.ts';
import { createSections } from '../../src/scene/section-writer.ts';
import { solidBounds } from '../../src/solids/bounds.ts';
import { inside } from '../../src/solids/inside.ts';
import { PackedSolid } from './packed-solid.ts';
import {
  at,
  combined,
  isNearSurface,
  many,
  box as namedBox,
  orb as namedOrb,
} from './solid-case.ts';
import * as cases from './solid-cases.ts';
import { solidExamples } from './solid-examples.ts';

const groups = [
  ['[SOL2] tubes', cases.tubes],
  ['[SOL3] cut tubes', cases.cutTubes],
  ['[SOL4] cones', cases.cones],
  ['[SOL5] balls', cases.balls],
  ['[SOL6] ellipsoids', cases.ellipsoids],
  ['[SOL7] tori', cases.tori],
  ['[SOL8] hyperboloids', cases.hypes],
  ['[SOL9] elliptic tubes', cases.eltubes],
  ['[SOL10] boxes and trapezoids', [...cases.boxes, ...cases.trds]],
  ['[SOL11] traps', cases.traps],
  ['[SOL12] parallelepipeds', cases.paras],
  ['[SOL13] polycones', cases.polycones],
  ['[SOL14] polyhedra', cases.polyhedras],
  ['[SOL19] [SOL20] scaled, reflected and many solids', cases.scales],
  ['[SOL22] tetrahedra', cases.tets],
  ['[SOL23] tessellated solids', cases.tessellateds],
  ['[SOL24] extruded solids', cases.xtrus],
  ['[SOL25] generic polyhedra', cases.genericPolyhedras],
  ['[SOL26] twisted solids', cases.twisteds],
  ['[SOL27] arb8', cases.arb8s],
  ['[SOL28] twisted tubes', cases.twistedTubs],
  ['[SOL29] generic polycones', cases.genericPolycones],
  ['[SOL30] elliptic cones', cases.elcones],
  ['[SOL31] paraboloids', cases.paraboloids],
  ['[SOL15] booleans', [...cases.booleans, cases.comb(20), cases.combFromRight(20)]],
] as const;

const twisted = new Map<string, PackedSolid>();

/** Packs a solid; one of the many triangles of a twisted solid once, whatever its name. */
function pack(solid: Pick<cases.SolidCase, 'solids' | 'name'>): PackedSolid {
  const definition = solid.solids.get(solid.name);
  if (!definition?.type.startsWith('twisted')) return new PackedSolid(solid);
  const key = JSON.stringify({ ...definition, name: '' }, Object.keys(definition).sort());
  const known = twisted.get(key) ?? new PackedSolid(solid);
  twisted.set(key, known);
  return known;
}

/** The program and the definition of the solid agree at random points of its box and a little around. */
function expectSame(solid: Pick<cases.SolidCase, 'solids' | 'name' | 'tolerance'>): void {
  const packed = pack(solid);
  const isInside = inside(solid.solids, solid.name);
  const { min, max } = solidBounds(solid.solids, solid.name);
  const random = new RandomStream(3, 1);
  const at = (i: 0 | 1 | 2): number => min[i] + (1.1 * random.uniform() - 0.05) * (max[i] - min[i]);
  for (let i = 0; i < 1000; i++) {
    const point: Vector3 = [at(0), at(1), at(2)];
    const wanted = isInside(...point);
    if (packed.inside(point) === wanted) continue;
    if (solid.tolerance && isNearSurface(isInside, point, solid.tolerance)) continue;
    expect.fail(`${point.join(' ')}: ${!wanted}`);
  }
}

describe.each(groups)('%s', (_, group) => {
  it.each(group)('$title', (solid) => expectSame(solid));
});

const box: Solid = { type: 'box', name: 'b', x: 2, y: 2, z: 2 };
const orb = (r: number): Solid => ({ type: 'orb', name: 'o', r });
const packed = (solid: Solid): PackedSolid =>
  new PackedSolid({ solids: new Map([[solid.name, solid]]), name: solid.name });
const compile = (solids: readonly Solid[], name: string): number =>
  compileSolid(new Map(solids.map((solid) => [solid.name, solid])), name, createSections());
const still = {
  rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  translation: [0, 0, 0],
  scale: [1, 1, 1],
} as const;

describe('[SOL1] solids', () => {
  const all = new Map(solidExamples.map(({ solid }) => [solid.name, solid]));

  it.each([...all.values()])('$type $name is a program', ({ name }) =>
    expectSame({ solids: all, name, tolerance: 1e-3 }),
  );

  it('an unknown solid, and one made of itself, are errors', () => {
    expect(() => compile([box], 'x')).toThrow("no such solid: given 'x'");
    const snake: Solid = { type: 'union', name: 's', first: 's', second: 'b', transform: still };
    expect(() => compile([box, snake], 's')).toThrow('a solid contains itself');
  });

  it('a solid is compiled once', () => {
    const sections = createSections();
    const solids = new Map([['b', box]]);
    expect(compileSolid(solids, 'b', sections)).toBe(0);
    expect(compileSolid(solids, 'b', sections)).toBe(0);
    expect(sections.solid.count).toBe(1);
  });
});

describe('errors of parameters', () => {
  const trap = {
    theta: 0,
    phi: 0,
    y1: 4,
    x1: 4,
    x2: 4,
    alpha1: 0,
    y2: 4,
    x3: 4,
    x4: 4,
    alpha2: 0.3,
  };

  it('[SOL11] a trap with a side that is not planar', () => {
    const twisted: Solid = { type: 'trap', name: 't', z: 10, ...trap };
    expect(() => packed(twisted)).toThrow('side -x of <trap name="t"> is not planar');
  });

  it('[SOL13] z planes that go up and down', () => {
    const planes = [0, 2, 1].map((z) => ({ z, rmin: 0, rmax: 1 }));
    const solid: Solid = { type: 'polycone', name: 'p', startphi: 0, deltaphi: 7, planes };
    expect(() => packed(solid)).toThrow('the z planes of <polycone name="p"> go up and down');
  });

  it('[SOL14] too few sides, and too many', () => {
    const planes = [0, 1].map((z) => ({ z, rmin: 0, rmax: 1 }));
    const solid = (numsides: number): Solid => ({
      type: 'polyhedra',
      name: 'p',
      startphi: 0,
      deltaphi: 2 * Math.PI,
      numsides,
      planes,
    });
    expect(() => packed(solid(2))).toThrow('has too few sides for its opening');
    expect(() => packed(solid(5000))).toThrow('too many sides');
  });
});

it('[SOL15] a thousand operands, and not more than there is room for', () => {
  for (const make of [cases.comb, cases.combFromRight]) {
    const { program } = new PackedSolid(make(1000));
    expect(program.filter((word) => word === 'box')).toHaveLength(1000);
  }
  const doubling: Solid[] = [{ ...box, name: 'd0' }];
  for (let i = 1; i < 40; i++) {
    const part = `d${i - 1}`;
    doubling.push({ type: 'union', name: `d${i}`, first: part, second: part, transform: still });
  }
  expect(() => compile(doubling, 'd39')).toThrow('has too many parts');
});

describe('[SOL15] hostile trees', () => {
  it('a chain of 10^5 is a program, of more an error, and so are second operands nested too deep', () => {
    const { solids, name } = cases.comb(100_000);
    const sections = createSections();
    compileSolid(solids, name, sections);
    expect(sections.leaf.count).toBe(100_000);
    const longer = cases.comb(200_000);
    expect(() => compileSolid(longer.solids, longer.name, createSections())).toThrow(
      'has too many parts: expected at most 131072 primitives',
    );
    const right = cases.combFromRight(3000);
    expect(() => compileSolid(right.solids, right.name, createSections())).toThrow(
      'are nested too deep: expected at most 2000 levels',
    );
  });

  it('a solid inside itself, by any way, is an error', () => {
    const circles: Solid[][] = [
      [{ type: 'scaledSolid', name: 's', solid: 's', scale: [2, 2, 2] }],
      [{ type: 'union', name: 's', first: 'b', second: 's', transform: still }],
      [
        { type: 'multiUnion', name: 's', nodes: [{ name: 'n', solid: 't', transform: still }] },
        { type: 'reflectedSolid', name: 't', solid: 's', transform: still },
      ],
    ];
    for (const circle of circles)
      expect(() => compile([box, ...circle], 's')).toThrow('a solid contains itself');
  });
});

it('[SOL16] the tolerance is 1e-12 of the size, but not below 1e-9 mm', () => {
  expect(packed(orb(10)).tolerance).toBe(1e-9);
  expect(packed(orb(20_000)).tolerance).toBe(2e-8);
});

describe('[SOL17] programs', () => {
  it('one convex primitive needs none', () => {
    expect(packed(orb(1)).kind).toBe('sphere');
    expect(packed(box).kind).toBe('box');
    const torus = { rmin: 0, rmax: 1, rtor: 5, startphi: 0, deltaphi: 2 * Math.PI };
    expect(packed({ type: 'torus', name: 't', ...torus }).kind).toBe('program');
  });

  it('a second operand is skipped where the first leaves nothing', () => {
    const torus = (name: string, rtor: number): Solid => ({
      type: 'torus',
      name,
      rmin: 0,
      rmax: 1,
      rtor,
      startphi: 0,
      deltaphi: 2 * Math.PI,
    });
    const both = combined('intersection', 'i', 'p', 'q');
    const { program } = new PackedSolid(many('', [torus('p', 5), torus('q', 4), both]));
    expect(program).toEqual(['torus', 'skipEmpty', 'torus', 'intersection']);
  });

  it('frames go into parameters where these can take them', () => {
    const photomultiplier = cases.booleans[0] as cases.SolidCase;
    expect(new PackedSolid(photomultiplier).program).toEqual([
      'ellipsoid',
      'uniteLeaf',
      'cylinder',
    ]);
    expect(new PackedSolid(photomultiplier).framedLeaves).toBe(0);
    const upsideDown = cases.booleans.find(({ title }) => title.startsWith('upside down'));
    expect(new PackedSolid(upsideDown as cases.SolidCase).framedLeaves).toBe(1);
  });
});

describe('[SOL18] long programs', () => {
  it('chains are one union, balanced, with boxes', () => {
    const { program } = new PackedSolid(cases.comb(64));
    expect(program.filter((word) => word === 'union').length).toBeLessThan(40);
    expect(program.filter((word) => word.startsWith('skipOp')).length).toBeGreaterThan(20);
  });

  it('what is taken away one after the other is taken away together', () => {
    const list = [namedBox('plate', 1000, 10, 10), namedOrb('hole', 3)];
    for (let i = 0; i < 100; i++)
      list.push(
        combined(
          'subtraction',
          `p${i}`,
          i === 0 ? 'plate' : `p${i - 1}`,
          'hole',
          at([10 * i - 495, 0, 0]),
        ),
      );
    const { program } = new PackedSolid(many('', list));
    expect(program.filter((word) => word.startsWith('subtract'))).toHaveLength(1);
    expectSame(many('', list));
  });
});

describe('[SOL21] solids of few convex primitives', () => {
  const kindOf = (title: string): string | undefined =>
    new PackedSolid(cases.solidCases.find((solid) => solid.title === title) as cases.SolidCase)
      .kind;

  it('are met without a program', () => {
    expect(kindOf('photomultiplier')).toBe('unionOfFew');
    expect(kindOf('tube, bore')).toBe('oneLessOne');
    expect(kindOf('lens of two orbs')).toBe('inBoth');
    expect(kindOf('photomultiplier, hollow')).toBe('program');
    expect(kindOf('torus, hollow')).toBe('programWithBoxes');
  });
});
