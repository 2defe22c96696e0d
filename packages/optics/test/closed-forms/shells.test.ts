import { readFileSync } from 'node:fs';
import { type Detector, packScene, readGdml, type Scene } from '@lantern/geometry';
import {
  binomialDeviation,
  normalize,
  perpendicular,
  RandomStream,
  sampleIsotropic,
  type Vector3,
} from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { createCpuEngine } from '../../src/cpu/cpu-engine.node.ts';
import {
  photonsOf,
  propagateRows as propagate,
  recordedSteps,
} from '../../src/validation/photon-rows.ts';
import { NavigationKernel } from '../navigation-kernel.ts';
import { countMet, endedBy, propagateRows } from './propagate-rows.ts';
import { sharedFile, withShared } from './shared-data.ts';

function detectorOf(name: string): Detector {
  const path = sharedFile(`data/gdml/${name}`);
  return readGdml(readFileSync(path, 'utf8'), { file: path });
}

/** Half lengths, and the volume inside each box, from the liquid argon out. */
const shells = [
  { volume: 'logicLArInner', half: [30_000, 6750, 6500] },
  { volume: 'logicpTPShell', half: [30_000.2, 6750.2, 6500.2] },
  { volume: 'logicBlueWLSShell', half: [30_006.2, 6756.2, 6506.2] },
  { volume: 'logicDetectorShell', half: [30_007.2, 6757.2, 6507.2] },
  { volume: 'logicWorld', half: [35_000, 12_500, 12_500] },
] as const;

/** The shell of each node, from inside. */
function shellOfNode(detector: Detector, scene: Scene): ReadonlyMap<number, number> {
  // Nodes are nested: 0 the world, 4 the argon.
  expect(scene.nodePath(4).split('/').length).toBe(5);
  expect(detector.world).toBe('logicWorld');
  return new Map([0, 1, 2, 3, 4].map((node) => [node, 4 - node]));
}

/** Where a ray from the inside leaves a box. */
function wayOut(at: Vector3, to: Vector3, half: readonly number[]): number {
  return Math.min(
    ...to.map((d, k) =>
      d === 0 ? Number.POSITIVE_INFINITY : (Math.sign(d) * (half[k] ?? 0) - (at[k] ?? 0)) / d,
    ),
  );
}

/** How far outside a box a point is, mm. */
function beyondBox(point: Vector3, half: readonly number[]): number {
  return Math.max(...point.map((x, k) => Math.abs(x) - (half[k] ?? 0)));
}

describe.runIf(withShared)('dune_mock_wls_detector_box.gdml', () => {
  test('[CF26] straight rays cross every shell, each as long as the boxes say', () => {
    const detector = detectorOf('dune_mock_wls_detector_box.gdml');
    const scene = packScene(detector);
    const { exports } = new NavigationKernel(scene.buffer);
    const random = new RandomStream(26, 1);
    for (let i = 0; i < 8000; i++) {
      const at = shells[0].half.map(
        (h) => (i % 2) * h * (2 * random.uniform() - 1),
      ) as unknown as Vector3;
      const any = sampleIsotropic(random);
      // One in ten nearly along a face: a path of metres in a shell of 0.2 mm.
      const flat = i % 10 === 0 ? 10 ** (-6 * random.uniform()) : 1;
      const to = normalize([any[0], any[1], any[2] * flat]);
      expect(exports.navigateFrom(...at, ...to)).toBe(4);
      let t = 0;
      for (const [shell, { half }] of shells.entries()) {
        expect(exports.node.value).toBe(4 - shell);
        t += exports.navigateOn(Number.POSITIVE_INFINITY);
        expect(Math.abs(t - wayOut(at, to, half))).toBeLessThan(1e-9 + 1e-14 * t * t);
        expect(exports.navigateLook()).toBe(3 - shell);
        if (shell < 4) exports.navigateCross();
      }
    }
  });

  test.each([
    ['transparent', 530, 16],
    ['shifted', 128, 64],
  ])(
    '[CF26] %s light goes from each shell to the next only, and meets its face',
    async (_, wavelength, recordSteps) => {
      const detector = detectorOf('dune_mock_wls_detector_box.gdml');
      const shellOf = shellOfNode(detector, packScene(detector));
      const random = new RandomStream(26, 2);
      const count = 4000;
      const directions = Array.from({ length: count }, () => sampleIsotropic(random));
      const crossings = new Map<string, number>();
      let metSensor = 0;
      await propagate(
        createCpuEngine(),
        detector,
        photonsOf(count, (i) => {
          const direction = directions[i] ?? [0, 0, 1];
          return { direction, polarisation: perpendicular(direction), wavelength };
        }),
        { recordSteps, maxBounces: 1000 },
        undefined,
        (batch) => {
          for (let photon = 0; photon < batch.count; photon++) {
            let shell = 0;
            for (const step of recordedSteps(batch, photon)) {
              const next = shellOf.get(step.node) ?? -1;
              if (next !== shell) {
                // Never over a shell; and on the face of the inner of the two.
                expect(Math.abs(next - shell)).toBe(1);
                const half = shells[Math.min(shell, next)]?.half ?? [];
                // The rows are of 32 bits.
                expect(Math.abs(beyondBox(step.position, half))).toBeLessThan(3e-3);
                const key = `${shell} ${next}`;
                crossings.set(key, (crossings.get(key) ?? 0) + 1);
              }
              if (step.surface >= 0) {
                // The sensors' skin, of metal: met from the blue shell, on its own face.
                expect(next).toBe(2);
                expect(Math.abs(beyondBox(step.position, shells[2].half))).toBeLessThan(3e-3);
                metSensor++;
              }
              shell = next;
            }
          }
        },
      );
      // Out through each, and in again, by reflection or from a shift.
      for (const key of ['0 1', '1 2', '2 1', '1 0']) {
        expect(crossings.get(key) ?? 0, key).toBeGreaterThan(100);
      }
      // The metal has no REFLECTIVITY, and so reflects all.
      expect(crossings.has('2 3')).toBe(false);
      expect(metSensor).toBeGreaterThan(100);
    },
  );
});

describe.runIf(withShared)('sibling_pair.gdml', () => {
  /** Reflectance of a plane from n = 1 to 1.5, s or p; angle in the medium. */
  function reflectance(inGlass: number, isS: boolean): number {
    const inAir = Math.asin(1.5 * Math.sin(inGlass));
    return isS
      ? (Math.sin(inAir - inGlass) / Math.sin(inAir + inGlass)) ** 2
      : (Math.tan(inAir - inGlass) / Math.tan(inAir + inGlass)) ** 2;
  }

  test.each([
    // Start on the end face, where it is met; the sensor is at x 6 to 10, z about 38 to 42.
    [-1, 's', 2],
    [-10, 's', 2],
    [-10, 'p', 6],
    [-18, 's', 4],
    [-18, 'p', 1],
  ] as const)(
    '[CF25] a beam that meets the end of the left box at x = %f, %s, after %f mm of the mother',
    async (x, polarisation, inMother) => {
      const run = 8 - x;
      const inGlass = Math.atan(run / 90);
      const inAir = Math.asin(1.5 * Math.sin(inGlass));
      const direction = [Math.sin(inAir), 0, Math.cos(inAir)] as const;
      const position = [x - inMother * direction[0], 1, -50 - inMother * direction[2]] as const;
      const count = 40_000;
      const { ends } = await propagateRows(
        detectorOf('sibling_pair.gdml'),
        photonsOf(count, () => ({
          position,
          direction,
          polarisation: polarisation === 's' ? [0, 1, 0] : perpendicularInPlane(direction),
        })),
        { maxBounces: 20 },
      );
      const glass = 89 / Math.cos(inGlass);
      const expected =
        Math.exp(-inMother / 10) *
        (1 - reflectance(inGlass, polarisation === 's')) *
        Math.exp(-glass / 1e6);
      const detected = endedBy(ends, 'SURFACE_DETECT').length;
      expect(Math.abs(binomialDeviation(detected, count, expected))).toBeLessThan(4);
      // Beyond the critical angle on the common face: 41.8 degrees from its normal.
      expect(Math.PI / 2 - inGlass).toBeGreaterThan(Math.asin(1 / 1.5));
      // What entered is detected at the sensor's lower end, unreflected.
      for (const { position: end } of endedBy(ends, 'SURFACE_DETECT').slice(0, 100)) {
        expect(end[2]).toBeGreaterThan(37);
        expect(end[0]).toBeGreaterThanOrEqual(6 - 1e-5);
        expect((end[0] - x) / (end[2] + 50)).toBeCloseTo(Math.tan(inGlass), 5);
      }
      expect(countMet(ends, 'SURFACE_DETECT')).toBe(detected);
    },
  );
});

/** At right angles to a direction of the plane y = 0, in that plane. */
function perpendicularInPlane([x, , z]: Vector3): Vector3 {
  return [z, 0, -x];
}
