import type { Detector } from '@lantern/geometry';
import { energyToWavelength, eV } from '@lantern/units';
import type { PhotonSource } from '../src/sources/photon-source.ts';
import { photonsOf } from '../src/validation/photon-rows.ts';
import { box, byEnergy, smallDetector } from '../src/validation/small-detector.ts';

/** Mean numbers of photons of the two shifters of {@link shiftingDetector}. */
export interface ShiftMeans {
  readonly first: number;
  readonly second: number;
}

/**
 * A ball in air beside a sensor: light above 3 eV is shifted to about 2.6 eV, that to 2 eV, which leaves the ball.
 */
export function shiftingDetector({ first, second }: ShiftMeans): Detector {
  return smallDetector({
    materials: {
      Air: { RINDEX: 1 },
      Ball: {
        ...{ RINDEX: 1.2, ABSLENGTH: 300, RAYLEIGH: 60 },
        WLSABSLENGTH: byEnergy([
          [2.9, 1e9],
          [3, 1],
          [4, 1],
        ]),
        WLSCOMPONENT: byEnergy([
          [2.5, 1],
          [2.8, 1],
        ]),
        WLSABSLENGTH2: byEnergy([
          [2.3, 1e9],
          [2.4, 10],
          [2.9, 10],
          [3, 1e9],
        ]),
        WLSCOMPONENT2: byEnergy([
          [1.8, 1],
          [2.2, 1],
        ]),
      },
    },
    constants: {
      Ball: {
        ...{ WLSMEANNUMBERPHOTONS: first, WLSTIMECONSTANT: 1 },
        ...{ WLSMEANNUMBERPHOTONS2: second, WLSTIMECONSTANT2: 2 },
      },
    },
    surfaces: { cathode: { tables: { REFLECTIVITY: 0, EFFICIENCY: 0.8 } } },
    solids: [box('hall', 400), { type: 'orb', name: 'ball', r: 20 }, box('slab', 300, 300, 10)],
    world: {
      ...{ name: 'Hall', solid: 'hall', material: 'Air' },
      inside: [
        { name: 'Ball', solid: 'ball', material: 'Ball' },
        { name: 'Sensor', solid: 'slab', material: 'Air', skin: 'cathode', at: [0, 0, 100] },
      ],
    },
  });
}

/** Photons of 3.5 eV at the centre of the ball. */
export function ultraviolet(count: number): PhotonSource {
  const wavelength = energyToWavelength(3.5 * eV);
  return photonsOf(count, (i) => ({ wavelength, polarisation: i % 2 ? [1, 0, 0] : [0, 1, 0] }));
}
