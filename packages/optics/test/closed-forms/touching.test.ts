import { readFileSync } from 'node:fs';
import { readGdml } from '@lantern/geometry';
import { length, normalize, perpendicular, speedOfLight } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { photonFlags } from '../../src/photon-layout.ts';
import { photonsOf, samePhotons } from '../../src/validation/photon-rows.ts';
import { box, type Piece, smallDetector } from '../../src/validation/small-detector.ts';
import { countMet, endedBy, propagateRows } from './propagate-rows.ts';
import { sharedFile, withShared } from './shared-data.ts';

describe.runIf(withShared)('sibling_pair.gdml', () => {
  test('[CF6] light crosses the face that two siblings share straight, at any angle', async () => {
    const path = sharedFile('data/gdml/sibling_pair.gdml');
    const detector = readGdml(readFileSync(path, 'utf8'), { file: path });
    const count = 2000;
    // From inside the left box to points on the right one's far side, away from the sensor.
    const { ends } = await propagateRows(
      detector,
      photonsOf(count, (i) => {
        const towards = [20, 10 * Math.sin(i), -30 * (i / count)] as const;
        const direction = normalize(towards);
        return { position: [-10, 0, 0], direction, polarisation: perpendicular(direction) };
      }),
      { maxBounces: 2 },
    );
    ends.forEach(({ position: [x, y, z] }, i) => {
      // On the far face of the right box, where a straight line ends.
      expect(x).toBeCloseTo(20, 4);
      expect(y).toBeCloseTo(15 * Math.sin(i), 3);
      expect(z).toBeCloseTo(-45 * (i / count), 3);
    });
  });
});

describe('thin layers', () => {
  test('[CF7] a stack of 200 layers of 10 µm is crossed layer by layer', async () => {
    const layers = 200;
    const thickness = 0.01;
    const inside = Array.from(
      { length: layers },
      (_, i): Piece => ({
        name: `layer-${i}`,
        solid: 'layer',
        // Alike but for 1e-9: no light is reflected, and each crossing is a boundary.
        material: i % 2 ? 'Odd' : 'Even',
        at: [0, 0, (i + 0.5) * thickness],
      }),
    );
    const detector = smallDetector({
      materials: {
        Vacuum: { RINDEX: 1, ABSLENGTH: 1e12 },
        Even: { RINDEX: 1, ABSLENGTH: 1 },
        Odd: { RINDEX: 1.000000001, ABSLENGTH: 1e12 },
      },
      solids: [box('cube', 100), box('layer', 50, 50, thickness)],
      world: { name: 'World', solid: 'cube', material: 'Vacuum', inside },
    });
    const count = 20_000;
    const { ends } = await propagateRows(
      detector,
      samePhotons(count, { position: [0.1, 0.2, -1] }),
    );
    // Half of the 2 mm absorb with a length of 1 mm.
    const through = endedBy(ends, 'MISS').length;
    expect(Math.abs(through / count - Math.exp(-1))).toBeLessThan(4 * Math.sqrt(0.24 / count));
    for (const { position } of endedBy(ends, 'BULK_ABSORB')) {
      const layer = Math.floor(position[2] / thickness + 1e-3);
      expect(position[2]).toBeGreaterThanOrEqual(-1e-6);
      expect(layer % 2 === 0 || position[2] / thickness - layer < 2e-3).toBe(true);
    }
  });

  test('[CF7] a daughter that shares a face with its mother, and a film of 10 µm on a sensor', async () => {
    const detector = smallDetector({
      materials: {
        Vacuum: { RINDEX: 1, ABSLENGTH: 1e12 },
        Glass: { RINDEX: 1, ABSLENGTH: 1e12 },
      },
      surfaces: { Sensor: { tables: { EFFICIENCY: 1, REFLECTIVITY: 0 } } },
      solids: [box('cube', 100), box('block', 20), box('plate', 20, 20, 0.01)],
      world: {
        name: 'World',
        solid: 'cube',
        material: 'Vacuum',
        inside: [
          {
            name: 'Block',
            solid: 'block',
            material: 'Glass',
            // Flush with the block's upper face.
            inside: [
              {
                name: 'Plate',
                solid: 'plate',
                material: 'Glass',
                skin: 'Sensor',
                at: [0, 0, 9.995],
              },
            ],
          },
        ],
      },
    });
    const up = await propagateRows(detector, samePhotons(500, { position: [1, 2, -30] }));
    expect(endedBy(up.ends, 'SURFACE_DETECT').length).toBe(500);
    for (const { position } of up.ends) expect(position[2]).toBeCloseTo(9.99, 5);
    const down = await propagateRows(
      detector,
      samePhotons(500, { position: [1, 2, 30], direction: [0, 0, -1] }),
    );
    expect(endedBy(down.ends, 'SURFACE_DETECT').length).toBe(500);
    for (const { position } of down.ends) expect(position[2]).toBeCloseTo(10, 5);
  });
});

describe('long lives', () => {
  test('[CF8] light is totally reflected 50,000 times in a block, and then stopped by the limit', async () => {
    const bounces = 50_000;
    const detector = smallDetector({
      materials: {
        Air: { RINDEX: 1, ABSLENGTH: 1e12 },
        Quartz: { RINDEX: 1.5, ABSLENGTH: 1e12 },
      },
      solids: [box('cube', 10_000), box('block', 30, 50, 1000)],
      world: {
        name: 'World',
        solid: 'cube',
        material: 'Air',
        inside: [{ name: 'Block', solid: 'block', material: 'Quartz' }],
      },
    });
    // At 44 and 46 degrees to the faces: beyond the critical angle of 41.8 degrees at all of them.
    const angle = (44 * Math.PI) / 180;
    const direction = [Math.cos(angle), Math.sin(angle), 0] as const;
    const { ends, tally } = await propagateRows(
      detector,
      photonsOf(20, (i) => ({
        position: [0.3 * i, -0.7 * i, i],
        direction,
        polarisation: [0, 0, 1],
      })),
      { maxBounces: bounces },
    );
    expect(tally.truncated).toBe(20n);
    expect(tally.steps).toBe(BigInt(20 * bounces));
    expect(countMet(ends, 'BOUNDARY_TRANSMIT')).toBe(0);
    for (const end of ends) {
      expect(end.flag).toBe(photonFlags.BOUNDARY_REFLECT);
      expect(Math.abs(end.position[0])).toBeLessThanOrEqual(15.000001);
      expect(Math.abs(end.position[1])).toBeLessThanOrEqual(25.000001);
      expect(length(end.direction)).toBeCloseTo(1, 6);
      expect(Math.abs(end.direction[0])).toBeCloseTo(Math.cos(angle), 6);
      // A path of mean length: 2 faces of x and of y per length of their distance.
      const path = (end.time * speedOfLight) / 1.5;
      const crossings = path * (Math.cos(angle) / 30 + Math.sin(angle) / 50);
      expect(crossings / bounces).toBeCloseTo(1, 3);
    }
  });
});
