import { compareFractions, cross, dot, length, normalize, type Vector3 } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { type PhotonStart, PhysicsKernel } from './physics-kernel.ts';

const degrees = Math.PI / 180;
const kernel = new PhysicsKernel();
const normal: Vector3 = [0, 0, -1];

/** A photon that comes at the angle (rad) to the plane z = 0 from below; polarised at `azimuth` from p towards s. */
function coming(angle: number, azimuth: number): PhotonStart {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const [s, p] = [Math.sin(azimuth), Math.cos(azimuth)];
  return { direction: [sin, 0, cos], polarisation: [p * cos, s, -p * sin] };
}

function approach(n1: number, n2: number, start: PhotonStart): boolean {
  kernel.start(start);
  return kernel.exports.approach(n1, n2, ...normal) !== 0;
}

/** Transmitted power. Source: M. Born and E. Wolf, Principles of Optics, 7th ed., 1.5.3, eqs. 35 and 36. */
function transmittance(n1: number, n2: number, angle: number, kind: 's' | 'p'): number {
  const refracted = Math.asin((n1 / n2) * Math.sin(angle));
  if (angle === 0) return (4 * n1 * n2) / (n1 + n2) ** 2;
  const doubles = Math.sin(2 * angle) * Math.sin(2 * refracted);
  const sum = Math.sin(angle + refracted) ** 2;
  return kind === 's' ? doubles / sum : doubles / sum / Math.cos(angle - refracted) ** 2;
}

const media = [
  [1, 1.5],
  [1.5, 1],
  [1.33, 1.48],
  [1.7, 1.69],
] as const;

describe('Fresnel', () => {
  test.each(media)(
    '[FR2] from index %d to %d: the closed forms for s and p, at all angles',
    (n1, n2) => {
      for (let angle = 0; angle < 89.9; angle += 0.37) {
        if (n1 * Math.sin(angle * degrees) >= n2 * (1 - 1e-9)) break;
        for (const kind of ['s', 'p'] as const) {
          expect(approach(n1, n2, coming(angle * degrees, kind === 's' ? Math.PI / 2 : 0))).toBe(
            true,
          );
          const expected = transmittance(n1, n2, angle * degrees, kind);
          expect(Math.abs(kernel.exports.transmission() - expected)).toBeLessThan(1e-12);
        }
      }
    },
  );

  test('[FR2] in between, the powers of s and p add', () => {
    const azimuth = 0.6;
    approach(1, 1.5, coming(1, azimuth));
    const s = Math.sin(azimuth) ** 2 * transmittance(1, 1.5, 1, 's');
    const p = Math.cos(azimuth) ** 2 * transmittance(1, 1.5, 1, 'p');
    expect(kernel.exports.transmission()).toBeCloseTo(s + p, 12);
  });

  test.each(media)("[FR6] Brewster's angle from %d to %d: no p is reflected", (n1, n2) => {
    approach(n1, n2, coming(Math.atan(n2 / n1), 0));
    expect(Math.abs(kernel.exports.transmission() - 1)).toBeLessThan(1e-12);
  });

  test('[FR5] total reflection from the critical angle on', () => {
    const critical = Math.asin(1 / 1.5);
    expect(approach(1.5, 1, coming(critical * (1 - 1e-9), 1))).toBe(true);
    expect(approach(1.5, 1, coming(critical * (1 + 1e-9), 1))).toBe(false);
    expect(approach(1.5, 1, coming(89.99 * degrees, 1))).toBe(false);
    expect(approach(1, 1.5, coming(89.99 * degrees, 1))).toBe(true);
  });

  test.each(media)("[FR1] from %d to %d: Snell's law, and the law of reflection", (n1, n2) => {
    for (const angle of [0, 1e-7, 1e-4, 0.01, 0.3, 0.6]) {
      const start = coming(angle, 1.1);
      approach(n1, n2, start);
      kernel.exports.refract();
      const { direction } = kernel.photon();
      expect(n2 * direction[0]).toBeCloseTo(n1 * Math.sin(angle), 14);
      expect(direction[2]).toBeGreaterThan(0);
      approach(n1, n2, start);
      kernel.exports.reflect();
      expect(kernel.photon().direction[0]).toBeCloseTo(Math.sin(angle), 14);
      expect(kernel.photon().direction[2]).toBeCloseTo(-Math.cos(angle), 14);
    }
  });

  test.each(media)(
    '[FR3] from %d to %d: the field along the plane is continuous, signs and all',
    (n1, n2) => {
      for (const angle of [1e-3, 0.2, 0.5, 0.6]) {
        for (const azimuth of [0.3, 1.2, 2, 4, -0.5]) {
          const start = coming(angle, azimuth);
          approach(n1, n2, start);
          const power = kernel.exports.transmission();
          kernel.exports.refract();
          const after = kernel.photon();
          approach(n1, n2, start);
          kernel.exports.reflect();
          const back = kernel.photon();
          const beam = (n1 * Math.cos(angle)) / (n2 * after.direction[2]);
          const [r, t] = [Math.sqrt(1 - power), Math.sqrt(power * beam)];
          const along = (factor: number, field: Vector3): Vector3 => [
            factor * field[0],
            factor * field[1],
            0,
          ];
          const [one, two, three] = [
            along(1, start.polarisation),
            along(r, back.polarisation),
            along(t, after.polarisation),
          ];
          const jump = length([one[0] + two[0] - three[0], one[1] + two[1] - three[1], 0]);
          expect(jump).toBeLessThan(angle < 0.01 ? 1e-6 : 1e-10);
        }
      }
    },
  );

  test('[FR4] at normal incidence the field turns about on the denser side only', () => {
    const start = coming(0, 0.4);
    for (const [n1, n2, sign] of [
      [1, 1.5, -1],
      [1.5, 1, 1],
    ] as const) {
      approach(n1, n2, start);
      kernel.exports.reflect();
      expect(dot(kernel.photon().polarisation, start.polarisation)).toBeCloseTo(sign, 12);
      approach(n1, n2, start);
      kernel.exports.refract();
      expect(dot(kernel.photon().polarisation, start.polarisation)).toBeCloseTo(1, 12);
    }
  });

  test('[FR5] total reflection mirrors the field', () => {
    const glass = new PhysicsKernel({
      materials: { Glass: { tables: { RINDEX: 1.5 } }, Air: { tables: { RINDEX: 1 } } },
    });
    const start = coming(1, 0.8);
    const [after] = glass.sample('boundary', 1, start, { from: 0, to: 1, normal });
    expect(after?.status).toBe(4);
    const mirrored: Vector3 = [
      -start.polarisation[0],
      -start.polarisation[1],
      start.polarisation[2],
    ];
    expect(length(cross(normalize(mirrored), after?.polarisation ?? [1, 0, 0]))).toBeLessThan(
      1e-12,
    );
  });
});

/**
 * The runs fresnel.mac of Geant4 11.4 (OpNovice2): 500,000 photons, angles even from 0 to 90 degrees, index 1.405 to
 * 1.01; refracted, reflected. What was absorbed on the way is among the rest.
 */
test.each([
  ['p', 0, 248_420, 7200],
  ['s', 90, 232_117, 22_473],
] as const)('[FR7] fresnel.mac, %s: fractions as in Geant4', (_, azimuth, refracted, reflected) => {
  const box = new PhysicsKernel({
    materials: { Box: { tables: { RINDEX: 1.405 } }, World: { tables: { RINDEX: 1.01 } } },
  });
  const [angles, each] = [400, 500];
  const counts = new Array<number>(15).fill(0);
  for (let i = 0; i < angles; i++) {
    const start = coming(((i + 0.5) / angles) * 90 * degrees, azimuth * degrees);
    box.stream(11, i);
    for (const { status } of box.sample('boundary', each, start, { from: 0, to: 1, normal })) {
      counts[status] = (counts[status] ?? 0) + 1;
    }
  }
  const total = angles * each;
  expect(Math.abs(compareFractions(counts[2] ?? 0, total, refracted, 500_000))).toBeLessThan(4);
  expect(Math.abs(compareFractions(counts[3] ?? 0, total, reflected, 500_000))).toBeLessThan(4);
});
