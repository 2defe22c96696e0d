import { checkGeometry } from '@lantern/geometry';
import { perpendicular, RandomStream, sampleIsotropic, type Vector3 } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { photonFlags } from '../../src/photon-layout.ts';
import { photonsOf, samePhotons } from '../../src/validation/photon-rows.ts';
import { reflectance } from '../../src/validation/reflectance.ts';
import { box, type Piece, smallDetector } from '../../src/validation/small-detector.ts';
import { countMet, endedBy, propagateRows } from '../closed-forms/propagate-rows.ts';

describe('[BUG5] siblings that share a face', () => {
  test.each([
    [1.025, 1],
    [1, 1.025],
    [1.0003, 1],
    [1.5, 1.5],
    [1.5, 1.2],
    [1.2, 1.5],
  ])(
    '[BUG5] from index %f to %f light crosses their face alone, however small the contrast',
    async (n1, n2) => {
      const detector = smallDetector({
        materials: {
          // Whoever meets the mother's material stays there.
          Mother: { RINDEX: 1, ABSLENGTH: 1e-6 },
          Left: { RINDEX: n1, ABSLENGTH: 1e12 },
          Right: { RINDEX: n2, ABSLENGTH: 1e12 },
        },
        solids: [box('hall', 1000), box('cell', 20, 400, 400)],
        world: {
          name: 'World',
          solid: 'hall',
          material: 'Mother',
          inside: [
            { name: 'left', solid: 'cell', material: 'Left', at: [-10, 0, 0] },
            { name: 'right', solid: 'cell', material: 'Right', at: [10, 0, 0] },
          ],
        },
      });
      const count = 4000;
      const angle = 0.7;
      const direction: Vector3 = [Math.cos(angle), Math.sin(angle), 0];
      const { ends } = await propagateRows(
        detector,
        samePhotons(count, { position: [-5, 0, 0], direction, polarisation: [0, 0, 1] }),
        { maxBounces: 1 },
      );
      expect(countMet(ends, 'BULK_ABSORB')).toBe(0);
      for (const { position } of ends) expect(position[0]).toBeCloseTo(0, 6);
      const r = reflectance(n1, n2, angle, 's');
      const reflected = countMet(ends, 'BOUNDARY_REFLECT');
      expect(Math.abs(reflected - r * count)).toBeLessThan(4 * Math.sqrt(r * count) + 1e-9);
      const sine = (n1 / n2) * Math.sin(angle);
      for (const { direction: after } of ends.filter(({ direction: [x] }) => x > 0))
        expect(after[1]).toBeCloseTo(sine, 6);
    },
  );
});

test('[BUG8] a mirror as a skin reflects to the sensor; where its volume overlaps another the check says so, and no photon is lost', async () => {
  const hall = (x: number) =>
    smallDetector({
      materials: { Air: { RINDEX: 1, ABSLENGTH: 1e12 }, Glass: { RINDEX: 1.5, ABSLENGTH: 1e12 } },
      surfaces: {
        Mirror: { tables: { REFLECTIVITY: 1 } },
        Sensor: { tables: { REFLECTIVITY: 0, EFFICIENCY: 1 } },
      },
      solids: [
        box('hall', 400),
        box('mirror', 10, 200, 200),
        box('sensor', 10, 200, 200),
        box('block', 60),
      ],
      world: {
        name: 'World',
        solid: 'hall',
        material: 'Air',
        inside: [
          { name: 'mirror', solid: 'mirror', material: 'Glass', skin: 'Mirror', at: [x, 0, 0] },
          { name: 'sensor', solid: 'sensor', material: 'Glass', skin: 'Sensor', at: [-100, 0, 0] },
          { name: 'block', solid: 'block', material: 'Glass', at: [50, 0, 0] },
        ],
      },
    });
  const beam = samePhotons(2000, {
    position: [-50, 60, 0],
    direction: [1, 0, 0],
    polarisation: [0, 0, 1],
  });
  const right = await propagateRows(hall(100), beam);
  expect(checkGeometry(hall(100)).filter(({ kind }) => kind === 'overlap')).toEqual([]);
  expect(endedBy(right.ends, 'SURFACE_DETECT').length).toBe(2000);
  expect(countMet(right.ends, 'SURFACE_SREFLECT')).toBe(2000);

  // The mirror cuts through the block.
  const wrong = hall(60);
  const overlap = checkGeometry(wrong).find(({ kind }) => kind === 'overlap');
  expect(overlap?.severity).toBe('error');
  expect(`${overlap?.where} ${overlap?.message}`).toContain('mirror');
  const { ends, tally } = await propagateRows(
    wrong,
    photonsOf(2000, (i) => {
      const direction = sampleIsotropic(new RandomStream(1n, i));
      return { position: [45, 0, 0], direction, polarisation: perpendicular(direction) };
    }),
    { maxBounces: 2000 },
  );
  expect(ends.length).toBe(2000);
  expect(tally.lost).toBe(0n);
  expect(endedBy(ends, 'SURFACE_DETECT').length).toBeGreaterThan(100);
});

test('[BUG9] a surface with EFFICIENCY detects by itself: no sensitive detector has to be declared', async () => {
  const detector = smallDetector({
    materials: { Air: { RINDEX: 1, ABSLENGTH: 1e12 } },
    surfaces: { Cathode: { tables: { REFLECTIVITY: 0, EFFICIENCY: 0.25 } } },
    solids: [box('hall', 100), box('plate', 50, 50, 1)],
    world: {
      name: 'World',
      solid: 'hall',
      material: 'Air',
      inside: [{ name: 'plate', solid: 'plate', material: 'Air', skin: 'Cathode' }],
    },
  });
  expect([...detector.volumes.values()].flatMap(({ auxiliaries }) => auxiliaries)).toEqual([]);
  const count = 20_000;
  const { ends } = await propagateRows(detector, samePhotons(count, { position: [0, 0, -20] }));
  const detected = endedBy(ends, 'SURFACE_DETECT').length;
  expect(Math.abs(detected - 0.25 * count)).toBeLessThan(4 * Math.sqrt(0.1875 * count));
  expect(endedBy(ends, 'SURFACE_ABSORB').length).toBe(count - detected);
});

test('[BUG13] 64 crystals side by side, grease and 64 sensors: every pixel sees its own light, and all of it', async () => {
  const [crystal, grease] = [1.79, 1.465];
  const places = Array.from({ length: 64 }, (_, i): readonly [number, number] => [
    3 * (i % 8) - 10.5,
    3 * Math.floor(i / 8) - 10.5,
  ]);
  const detector = smallDetector({
    materials: {
      Crystal: { RINDEX: crystal, ABSLENGTH: 1e12 },
      Grease: { RINDEX: grease, ABSLENGTH: 1e12 },
    },
    surfaces: { Sensor: { tables: { REFLECTIVITY: 0, EFFICIENCY: 1 } } },
    solids: [
      box('hall', 100),
      box('pixel', 3, 3, 20),
      box('film', 24, 24, 0.1),
      box('chip', 3, 3, 0.5),
    ],
    world: {
      name: 'World',
      solid: 'hall',
      material: 'Crystal',
      inside: [
        ...places.map(([x, y], i): Piece => {
          return { name: `pixel${i}`, solid: 'pixel', material: 'Crystal', at: [x, y, 0] };
        }),
        { name: 'film', solid: 'film', material: 'Grease', at: [0, 0, 10.05] },
        ...places.map(([x, y], i): Piece => {
          const chip = { name: `chip${i}`, solid: 'chip', material: 'Grease', skin: 'Sensor' };
          return { ...chip, at: [x, y, 10.35] };
        }),
      ],
    },
  });
  const each = 1000;
  const { ends } = await propagateRows(
    detector,
    photonsOf(64 * each, (i) => {
      const [x, y] = places[i % 64] ?? [0, 0];
      const random = new RandomStream(2n, i, 5);
      const shift = (): number => 2.99 * (random.uniform() - 0.5);
      return { position: [x + shift(), y + shift(), -5] };
    }),
  );
  const r = reflectance(crystal, grease, 0, 's');
  const counts = new Array<number>(64).fill(0);
  for (const [i, { flag, position }] of ends.entries()) {
    if (flag !== photonFlags.SURFACE_DETECT) continue;
    const [x, y] = places[i % 64] ?? [0, 0];
    expect(Math.max(Math.abs(position[0] - x), Math.abs(position[1] - y))).toBeLessThan(1.5);
    expect(position[2]).toBeCloseTo(10.1, 5);
    counts[i % 64] = (counts[i % 64] ?? 0) + 1;
  }
  for (const count of counts)
    expect(Math.abs(count - (1 - r) * each)).toBeLessThan(5 * Math.sqrt(r * each));
  const total = counts.reduce((sum, count) => sum + count, 0);
  expect(Math.abs(total - 64 * each * (1 - r))).toBeLessThan(4 * Math.sqrt(64 * each * r));
});
