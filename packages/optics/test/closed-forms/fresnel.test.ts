import { binomialDeviation, type Vector3 } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { type PhotonEnd, samePhotons } from '../../src/validation/photon-rows.ts';
import { type Polarisation, reflectance } from '../../src/validation/reflectance.ts';
import { box, smallDetector } from '../../src/validation/small-detector.ts';
import { countMet, propagateRows } from './propagate-rows.ts';

/** Two media that meet in the plane z = 0: photons come from below. */
function twoMedia(below: number, above: number) {
  return smallDetector({
    materials: {
      Below: { RINDEX: below, ABSLENGTH: 1e9 },
      Above: { RINDEX: above, ABSLENGTH: 1e9 },
    },
    solids: [box('all', 40_000, 40_000, 2000), box('half', 40_000, 40_000, 1000)],
    world: {
      name: 'World',
      solid: 'all',
      material: 'Below',
      inside: [{ name: 'Upper', solid: 'half', material: 'Above', at: [0, 0, 500] }],
    },
  });
}

async function shine(
  [below, above]: readonly [number, number],
  angle: number,
  polarisation: Polarisation,
  count: number,
): Promise<readonly PhotonEnd[]> {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const direction: Vector3 = [sin, 0, cos];
  const { ends } = await propagateRows(
    twoMedia(below, above),
    samePhotons(count, {
      position: [0, 0, -10],
      direction,
      polarisation: polarisation === 's' ? [0, 1, 0] : [cos, 0, -sin],
    }),
  );
  return ends;
}

const degrees = Math.PI / 180;
const media = [
  [1, 1.5],
  [1.5, 1],
  [1.33, 1.48],
] as const;

describe('Fresnel', () => {
  const cases = media.flatMap((pair) =>
    [0, 15, 30, 40, 55, 70, 85].flatMap((angle) =>
      (['s', 'p'] as const).map((polarisation) => ({ pair, angle, polarisation })),
    ),
  );

  test.each(cases)(
    '[CF3] n $pair at $angle degrees, $polarisation',
    async ({ pair, angle, polarisation }) => {
      const count = 20_000;
      const ends = await shine(pair, angle * degrees, polarisation, count);
      const reflected = countMet(ends, 'BOUNDARY_REFLECT');
      expect(reflected + countMet(ends, 'BOUNDARY_TRANSMIT')).toBe(count);
      const expected = reflectance(pair[0], pair[1], angle * degrees, polarisation);
      expect(Math.abs(binomialDeviation(reflected, count, expected))).toBeLessThan(4);
    },
  );

  test.each(media)(
    '[CF3] at Brewster’s angle of n %f and %f no p light is reflected',
    async (...pair) => {
      const ends = await shine(pair, Math.atan(pair[1] / pair[0]), 'p', 20_000);
      expect(countMet(ends, 'BOUNDARY_REFLECT')).toBe(0);
    },
  );

  test('[CF3] beyond the critical angle all light is reflected, just below it not', async () => {
    const critical = Math.asin(1 / 1.5);
    for (const polarisation of ['s', 'p'] as const) {
      const beyond = await shine([1.5, 1], critical + 1e-4, polarisation, 5000);
      expect(countMet(beyond, 'BOUNDARY_REFLECT')).toBe(5000);
      const below = await shine([1.5, 1], critical - 1e-2, polarisation, 5000);
      expect(countMet(below, 'BOUNDARY_TRANSMIT')).toBeGreaterThan(1000);
    }
  });

  test.each(media)(
    '[CF3] n %f to %f: Snell’s law, and the angle of reflection',
    async (...pair) => {
      const angle = 35 * degrees;
      const ends = await shine(pair, angle, 's', 2000);
      const sin = (pair[0] / pair[1]) * Math.sin(angle);
      for (const { direction, flagMask } of ends) {
        const isReflected = (flagMask & 0x400) !== 0;
        expect(direction[0]).toBeCloseTo(isReflected ? Math.sin(angle) : sin, 6);
        expect(direction[1]).toBeCloseTo(0, 6);
        expect(direction[2]).toBeCloseTo(
          isReflected ? -Math.cos(angle) : Math.sqrt(1 - sin ** 2),
          6,
        );
      }
    },
  );
});
