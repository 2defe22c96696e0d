import { readFileSync } from 'node:fs';
import {
  arraySections,
  packScene,
  type RecordSection,
  readGdml,
  recordSections,
  type Scene,
} from '@lantern/geometry';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PackedScene } from '../src/gpu/packed-scene.ts';
import { far, sceneImage } from '../src/gpu/scene-image.ts';
import { randomDetector } from './random-detector.ts';
import { fillers } from './random-fillers.ts';
import { smallScene } from './small-detector.ts';

const data = (name: string): Scene => {
  const file = new URL(`../../../../shared/data/gdml/${name}`, import.meta.url);
  return packScene(readGdml(readFileSync(file, 'utf8'), { file: name }));
};

const mesh = (half: number): Scene => {
  // A tetrahedron with a dent.
  const places = ['0 0 0', '1 0 0', '0 1 0', '0 0 1', '0.2 0.2 0.2'].map((place, i) => {
    const [x, y, z] = place.split(' ').map((each) => half * Number(each));
    return `<position name="p${i}" x="${x}" y="${y}" z="${z}" unit="mm"/>`;
  });
  const triangle = (a: number, b: number, c: number): string =>
    `<triangular vertex1="p${a}" vertex2="p${b}" vertex3="p${c}" type="ABSOLUTE"/>`;
  return smallScene({
    define: places.join(''),
    solids: `<tessellated name="t">${triangle(0, 2, 1)}${triangle(0, 1, 3)}${triangle(0, 3, 2)}${triangle(1, 2, 4)}${triangle(2, 3, 4)}${triangle(3, 1, 4)}</tessellated>
<box name="w" x="1e5" y="1e5" z="1e5"/>`,
    structure: `<volume name="T"><materialref ref="Glass"/><solidref ref="t"/></volume>
<volume name="World"><materialref ref="Vacuum"/><solidref ref="w"/>
<physvol><volumeref ref="T"/><position x="4e4" unit="mm"/></physvol></volume>`,
  });
};

const scenes: readonly (readonly [string, () => Scene])[] = [
  ['wls_test.gdml', () => data('wls_test.gdml')],
  [
    'opticks_raindrop_with_scintillation.gdml',
    () => data('opticks_raindrop_with_scintillation.gdml'),
  ],
  ['a mesh', () => mesh(10)],
  ...fillers.map(
    ({ name }, i) =>
      [name, () => packScene(randomDetector(i + 1, 'three indices', { only: name }))] as const,
  ),
];

/** Fields that the image changes by more than rounding. */
const raised = new Set(['solid.tolerance']);

describe('[IMG3] a number of 64 bits is the sum of a pair of 32-bit numbers, to 2⁻⁴⁸', () => {
  test('whatever number', () => {
    const number = fc.oneof(
      fc.double({ min: -1e29, max: 1e29, noNaN: true }),
      fc.double({ min: -1e5, max: 1e5, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(number, { minLength: 2 }), (numbers) => {
        const { buffer, spectrumAt } = sceneImage(wls, Float64Array.from(numbers));
        const pairs = new Float32Array(buffer, spectrumAt);
        for (const [i, x] of numbers.entries()) {
          const [high = 0, low = 0] = pairs.subarray(2 * i, 2 * i + 2);
          expect(high).toBe(Math.fround(x));
          // The second number may be denormal, which a GPU takes for 0, where the first is below 2^-101.
          if (Math.abs(x) > 2 ** -101)
            expect(Math.abs(high + low - x)).toBeLessThanOrEqual(2 ** -48 * Math.abs(x));
        }
      }),
    );
  });

  test.each(scenes)('%s', (_, make) => {
    const { buffer } = make();
    const [before, after] = [new PackedScene(buffer), new PackedScene(sceneImage(buffer).buffer)];
    let compared = 0;
    const compare = (x: number, at: number): void => {
      const [high = 0, low = 0] = new Float32Array(after.buffer, at, 2);
      compared++;
      expect(Math.abs(high + low - x)).toBeLessThanOrEqual(2 ** -48 * Math.abs(x));
    };
    for (const [name, { fields }] of Object.entries(recordSections)) {
      const section = name as RecordSection;
      const { base, count } = before.section(section);
      expect(after.section(section)).toEqual({ base, count });
      let offset = 0;
      const size = fields.reduce((sum, [, type]) => sum + (type === 'f64' ? 8 : 4), 0);
      for (const [field, type] of fields) {
        const [old, now] = [before.field(section, field), after.field(section, field)];
        for (let i = 0; i < count; i++)
          if (type === 'f64') {
            if (!raised.has(`${name}.${field}`)) compare(old(i), base + i * size + offset);
          } else if (Number.isFinite(old(i))) expect(now(i)).toBe(old(i));
          else expect(now(i)).toBe(Math.sign(old(i)) * 1e8);
        offset += type === 'f64' ? 8 : 4;
      }
    }
    for (const [name, { element }] of Object.entries(arraySections)) {
      const section = name as keyof typeof arraySections;
      const { base, count } = before.section(section);
      const [old, now] = [before.array(section), after.array(section)];
      for (let i = 0; i < count; i++)
        if (element !== 'f64') expect(now(i)).toBe(old(i));
        else if (!isMeshTolerance(before, section, i)) compare(old(i), base + 8 * i);
    }
    expect(compared).toBeGreaterThan(30);
  });
});

const wls = data('wls_test.gdml').buffer;

/** Whether a number of `param` is the tolerance of a mesh. */
function isMeshTolerance(scene: PackedScene, section: string, i: number): boolean {
  if (section !== 'param') return false;
  const [type, params] = [scene.field('leaf', 'type'), scene.field('leaf', 'params')];
  return Array.from({ length: scene.count('leaf') }, (_, k) => k).some(
    (k) => type(k) === 12 && params(k) + 6 === i,
  );
}

test('[IMG4] infinity is 1e30, where boxes end 1e8 mm: no number overflows', () => {
  const scene = data('wls_test.gdml').buffer.slice(0);
  const packed = new PackedScene(scene);
  const table = new Float32Array(scene, packed.section('materialTable').base, 4);
  table.set([Number.POSITIVE_INFINITY, -3e38, 1e29, -1e30]);
  const knots = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, 1e29];
  const { buffer, spectrumAt } = sceneImage(scene, Float64Array.from(knots));
  const f = Math.fround;
  expect([...new Float32Array(buffer, packed.section('materialTable').base, 4)]).toEqual(
    [1e30, -1e30, 1e29, -1e30].map(f),
  );
  const pairs = [...new Float32Array(buffer, spectrumAt, 8)];
  expect(pairs).toEqual([f(far), 0, -f(far), 0, f(far), 0, f(1e29), f(1e29 - f(1e29))]);
});

describe('[IMG5] a solid tolerates what pairs are off by at its place', () => {
  const tolerances = (scene: Scene): { before: number[]; after: number[] } => {
    const image = sceneImage(scene.buffer).buffer;
    const before = new PackedScene(scene.buffer);
    const { base, count } = before.section('solid');
    const pairs = new Float32Array(image, base, 10 * count);
    const all = Array.from({ length: count }, (_, i) => i);
    return {
      before: all.map(before.field('solid', 'tolerance')),
      after: all.map((i) => (pairs[10 * i] as number) + (pairs[10 * i + 1] as number)),
    };
  };
  const nested = (offset: number): Scene =>
    smallScene({
      solids: `<box name="b" x="2" y="2" z="2"/><box name="m" x="20" y="20" z="20"/>
<box name="w" x="${4 * offset + 100}" y="100" z="100"/>`,
      structure: `<volume name="B"><materialref ref="Glass"/><solidref ref="b"/></volume>
<volume name="M"><materialref ref="Water"/><solidref ref="m"/>
<physvol><volumeref ref="B"/><position x="5" unit="mm"/></physvol></volume>
<volume name="World"><materialref ref="Vacuum"/><solidref ref="w"/>
<physvol><volumeref ref="M"/><position x="-${offset}" unit="mm"/></physvol>
<physvol><volumeref ref="B"/><position x="30" unit="mm"/></physvol></volume>`,
    });

  test('near the origin of the world that of the packed scene', () => {
    const { before, after } = tolerances(nested(5000));
    after.forEach((mm, i) => {
      expect(mm).toBeCloseTo(before[i] as number, 20);
    });
  });

  test('far away 2⁻⁴⁴ of the way there, over all frames, and its own reach', () => {
    const { before, after } = tolerances(nested(1e5));
    expect(before.slice(1)).toEqual([1e-9, 1e-9]);
    expect(after[0]).toBeCloseTo(before[0] as number, 15);
    expect((after[1] as number) * 2 ** 44).toBeCloseTo(1e5 + Math.sqrt(300), 3);
    expect((after[2] as number) * 2 ** 44).toBeCloseTo(1e5 + 5 + Math.sqrt(3), 3);
  });

  test('that of a mesh is in its numbers, too', () => {
    const scene = mesh(10);
    const { after } = tolerances(scene);
    const packed = new PackedScene(scene.buffer);
    const leaf = [0, 1].find((i) => packed.field('leaf', 'type')(i) === 12) ?? -1;
    expect(leaf).toBeGreaterThanOrEqual(0);
    const at = packed.section('param').base + 8 * (packed.field('leaf', 'params')(leaf) + 6);
    const [high = 0, low = 0] = new Float32Array(sceneImage(scene.buffer).buffer, at, 2);
    expect(after.some((mm) => mm === high + low)).toBe(true);
    expect((high + low) * 2 ** 44).toBeGreaterThan(4e4);
  });
});
