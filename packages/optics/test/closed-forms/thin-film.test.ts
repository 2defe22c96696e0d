import type { BorderSurface, Detector } from '@lantern/geometry';
import { binomialDeviation, type Vector3 } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { createCpuEngine } from '../../src/cpu/cpu-engine.node.ts';
import { photonOffsets, photonWords } from '../../src/photon-layout.ts';
import { layeredMedia } from '../../src/validation/layered-media.ts';
import { photonsOf, propagateRows } from '../../src/validation/photon-rows.ts';
import type { Polarisation } from '../../src/validation/reflectance.ts';
import { box, smallDetector } from '../../src/validation/small-detector.ts';

/** A quarter wave against reflection on the glass, then the cathode; k as in Rb-Cs-Sb at 400 nm. */
const layers = [
  { index: [1.92, 0], thickness: 36.49 },
  { index: [2.27, 1.19], thickness: 21.13 },
] as const;
const efficiency = 0.55;

/** Glass with a vacuum in it, and the film between: a skin of the vacuum, or borders. */
function photomultiplier(skin: boolean, borders: readonly [string, string][] = []): Detector {
  const flat = { THINFILM_RINDEX1: 1.92, THINFILM_RINDEX2: 2.27, THINFILM_KINDEX2: 1.19 };
  const detector = smallDetector({
    materials: { Glass: { RINDEX: 1.48 }, Vacuum: { RINDEX: 1 } },
    surfaces: {
      Cathode: {
        type: 'dielectric_dielectric',
        tables: { ...flat, EFFICIENCY: efficiency },
        constants: {
          ...{ THINFILM_LAYERS: 2, THINFILM_THICKNESS1: 36.49e-6 },
          THINFILM_THICKNESS2: 21.13e-6,
        },
      },
    },
    solids: [box('outer', 1000), box('inner', 600)],
    world: {
      ...{ name: 'Window', solid: 'outer', material: 'Glass' },
      inside: [
        { name: 'Inside', solid: 'inner', material: 'Vacuum', ...(skin && { skin: 'Cathode' }) },
      ],
    },
  });
  const borderSurfaces = borders.map(
    ([from, to], i): BorderSurface => ({ name: `border${i}`, surface: 'Cathode', from, to }),
  );
  return { ...detector, borderSurfaces };
}

const detectors: Readonly<Record<string, Detector>> = {
  'skin of the vacuum': photomultiplier(true),
  'border from the glass': photomultiplier(false, [['world', 'Inside']]),
  'borders both ways': photomultiplier(false, [
    ['world', 'Inside'],
    ['Inside', 'world'],
  ]),
};

/** Fates of photons that meet the film at z = 300 mm (from inside) or -300 mm (from outside), once. */
async function shine(
  detector: Detector,
  from: 'glass' | 'vacuum',
  angle: number,
  polarisation: Polarisation,
  count: number,
): Promise<{ reflected: number; transmitted: number; detected: number; absorbed: number }> {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const direction: Vector3 = [sin, 0, cos];
  const tally = await propagateRows(
    createCpuEngine(),
    detector,
    photonsOf(count, () => ({
      position: [0, 0, from === 'glass' ? -301 : 299],
      direction,
      polarisation: polarisation === 's' ? [0, 1, 0] : [cos, 0, -sin],
    })),
    { maxBounces: 1, keepPhotons: false },
    undefined,
    ({ hits }) => {
      const words = new Uint32Array(hits.buffer, hits.byteOffset, hits.length);
      for (let row = 0; row < words.length; row += photonWords)
        expect((words[row + photonOffsets.identity / 4] ?? 0) & 0xff_ffff).toBe(1);
    },
  );
  return {
    reflected: Number(tally.reflected),
    transmitted: Number(tally.refracted),
    detected: Number(tally.detected),
    absorbed: Number(tally.surfaceAbsorbed),
  };
}

describe.each(Object.entries(detectors))('a photocathode as a %s', (_, detector) => {
  const cases = (['glass', 'vacuum'] as const).flatMap((from) =>
    [0, 35, 55].flatMap((angle) =>
      (['s', 'p'] as const).map((polarisation) => ({ from, angle, polarisation })),
    ),
  );

  test.each(cases)(
    '[CF11] [FILM4] light from the $from at $angle degrees, $polarisation',
    async ({ from, angle, polarisation }) => {
      const count = 10_000;
      const [n1, n2] = from === 'glass' ? [1.48, 1] : [1, 1.48];
      const stack = from === 'glass' ? layers : layers.toReversed();
      const expected = layeredMedia(
        ...([n1, stack, n2, (angle * Math.PI) / 180, 400, polarisation] as const),
      );
      const found = await shine(detector, from, (angle * Math.PI) / 180, polarisation, count);
      const absorbed = 1 - expected.reflected - expected.transmitted;
      const shares = [
        [found.reflected, expected.reflected],
        [found.transmitted, expected.transmitted],
        [found.detected, efficiency * absorbed],
        [found.absorbed, (1 - efficiency) * absorbed],
      ] as const;
      for (const [n, share] of shares) {
        if (share < 1e-12) expect(n).toBe(0);
        else expect(Math.abs(binomialDeviation(n, count, share))).toBeLessThan(4);
      }
    },
  );
});
