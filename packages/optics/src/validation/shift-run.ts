import { packScene } from '@lantern/geometry';
import { energyToWavelength, eV, wavelengthToEnergy } from '@lantern/units';
import type { ChildBatch, Engine, PhotonBatch } from '../engine.ts';
import { photonFlags } from '../photon-layout.ts';
import { bulkProcesses } from '../step-trace.ts';
import { opNoviceDetector } from './op-novice.ts';
import { photonsOf, type RecordedStep, recordedSteps } from './photon-rows.ts';
import { type CascadeMedium, type ExpectedCascade, expectedCascade } from './shift-cascade.ts';

/** Photon energy in eV and value. */
type Points = readonly (readonly [number, number])[];

/** What wls.mac sets. */
interface WlsRun {
  readonly energy: number;
  readonly photons: number;
  readonly box: Readonly<Record<`${'ABS' | 'WLSABS'}LENGTH` | 'WLSABSLENGTH2', Points>> &
    Readonly<Record<'RAYLEIGH' | 'RINDEX' | 'WLSCOMPONENT' | 'WLSCOMPONENT2', Points>>;
  readonly constants: Readonly<
    Record<`WLS${'MEANNUMBERPHOTONS' | 'TIMECONSTANT'}${'' | '2'}`, number>
  >;
}

/**
 * Geant4's run OpNovice2/wls.mac: photons of 7 eV in a box of two metres with two wavelength shifters, the first with a
 * mean of one photon after exactly 1 ns, the second of three after an exponential time of mean 2 ns. No photon comes to
 * the surface of the box.
 */
const wlsRun: WlsRun = {
  energy: 7,
  photons: 10_000,
  box: {
    ABSLENGTH: points([2, 1], [5, 2], [8, 3]),
    RAYLEIGH: points([2, 1], [8, 1]),
    RINDEX: points([2, 1.3], [8, 1.4]),
    WLSABSLENGTH: points([5, 1e5], [6, 0.06], [7, 0.08], [8, 0.09], [9, 1e5]),
    WLSCOMPONENT: points([3, 0.1], [4, 0.4], [5, 0.7], [6, 0.6], [7, 0.1]),
    WLSABSLENGTH2: points([2, 1e5], [3, 0.36], [4, 0.18], [5, 0.09], [6, 1e4]),
    WLSCOMPONENT2: points([2, 0.1], [3, 0.8], [4, 0.9], [5, 0.1]),
  },
  constants: {
    WLSMEANNUMBERPHOTONS: 1,
    WLSMEANNUMBERPHOTONS2: 3,
    WLSTIMECONSTANT: 1,
    WLSTIMECONSTANT2: 2,
  },
};

function points(...pairs: Points): Points {
  return pairs;
}

/** What wls.out of Geant4 11.4 and of 11.3.2 print, for each photon of the source: numbers of two digits. */
export const wlsReferences: readonly {
  readonly version: string;
  readonly absorbed: readonly [number, number];
  readonly made: readonly [number, number];
  /** Mean energy in eV that the first absorbs, that it emits, that the second emits. */
  readonly energies: readonly [number, number, number];
  /** Times at which the second's photons are made, ns. */
  readonly time: number;
  readonly timeDeviation: number;
}[] = [
  {
    version: '11.4',
    absorbed: [1.2, 4.1],
    made: [1.2, 12],
    energies: [6.91158, 5.085, 2.79598],
    time: 8.43,
    timeDeviation: 5.22,
  },
  {
    version: '11.3.2',
    absorbed: [1.2, 4.2],
    made: [1.2, 13],
    energies: [6.91304, 5.0755, 2.79788],
    time: 8.46077,
    timeDeviation: 5.33246,
  },
];

/** What a run should give, in closed form. */
export function expectedWlsRun(): ExpectedCascade {
  const { box, constants } = wlsRun;
  const medium: CascadeMedium = {
    absorption: linear(box.ABSLENGTH),
    // Of RINDEX with two points, c / (n + dn/d ln E) at either.
    velocity: linear(points([2, 218.486], [8, 203.645])),
    shifters: [
      {
        length: linear(box.WLSABSLENGTH),
        emission: box.WLSCOMPONENT,
        mean: constants.WLSMEANNUMBERPHOTONS,
        delay: [constants.WLSTIMECONSTANT, constants.WLSTIMECONSTANT ** 2],
      },
      {
        length: linear(box.WLSABSLENGTH2),
        emission: box.WLSCOMPONENT2,
        mean: constants.WLSMEANNUMBERPHOTONS2,
        delay: [constants.WLSTIMECONSTANT2, 2 * constants.WLSTIMECONSTANT2 ** 2],
      },
    ],
  };
  return expectedCascade(medium, wlsRun.energy);
}

/** Of one photon of the source with all that came of it, by shifter. */
export interface ShiftTally {
  readonly absorbed: [number, number];
  readonly made: [number, number];
  /** Energies in eV. */
  readonly absorbedEnergies: [number[], number[]];
  readonly madeEnergies: [number[], number[]];
  /** Times in ns at which photons are made. */
  readonly madeTimes: [number[], number[]];
  /** Ended by ABSLENGTH. */
  absorptions: number;
}

/** Steps that are recorded: hardly a photon has more. */
const recordSteps = 64;

/**
 * Runs wls.mac and counts as its SteppingAction does, photon by photon of the source.
 *
 * @param request of another number of photons, more of them show smaller differences
 */
export async function runWls(
  engine: Engine,
  request: { readonly seed: bigint; readonly threads: number; readonly photons?: number },
): Promise<ShiftTally[]> {
  const { energy, box, constants } = wlsRun;
  const world = { RINDEX: 1.01, ABSLENGTH: 100 };
  const count = request.photons ?? wlsRun.photons;
  const detector = opNoviceDetector({
    ...{ box, world, boxConstants: constants, photons: count },
    ...{ energy, from: 0 },
  });
  const scene = packScene(detector, { shiftProfile: ['delta', 'exponential'] });
  const source = photonsOf(count, () => ({
    wavelength: energyToWavelength(energy * eV),
    direction: [1, 0, 0],
    polarisation: [0, 0, 1],
  }));
  const tallies = Array.from({ length: count }, emptyShifts);
  await engine.propagate(scene, { ...request, source, recordSteps }, (batch) => {
    addLives(batch, (i) => tallies[batch.first + i]);
    const { children } = batch;
    if (children) addLives(children, (i) => tallies[Number(children.parents[i] ?? 0n)]);
  });
  return tallies;
}

function emptyShifts(): ShiftTally {
  return {
    ...{ absorbed: [0, 0], made: [0, 0], absorptions: 0 },
    ...{ absorbedEnergies: [[], []], madeEnergies: [[], []], madeTimes: [[], []] },
  };
}

function addLives(
  batch: PhotonBatch | ChildBatch,
  tallyOf: (photon: number) => ShiftTally | undefined,
): void {
  for (let i = 0; i < batch.count; i++) {
    const tally = tallyOf(i);
    if (!tally) continue;
    const steps = recordedSteps(batch, i);
    steps.forEach((step, k) => {
      addStep(tally, step, steps[k - 1]);
    });
  }
}

const shifts: readonly number[] = [bulkProcesses.shift, bulkProcesses.shift2];

function addStep(tally: ShiftTally, step: RecordedStep, before: RecordedStep | undefined): void {
  if (step.status === bulkProcesses.absorption) tally.absorptions++;
  const set = shifts.indexOf(step.status);
  if (set !== 0 && set !== 1) return;
  // A child begins with its emission; what was absorbed for it is a step of its parent.
  if (before) {
    tally.absorbed[set]++;
    tally.absorbedEnergies[set].push(wavelengthToEnergy(before.wavelength) / eV);
  }
  if (step.flag !== photonFlags.BULK_REEMIT) return;
  tally.made[set]++;
  tally.madeEnergies[set].push(wavelengthToEnergy(step.wavelength) / eV);
  tally.madeTimes[set].push(step.time);
}

/** Linear between points, the end values outside. */
function linear(points: readonly (readonly [number, number])[]): (energy: number) => number {
  return (energy) => {
    const [first, last] = [points[0] ?? [0, 0], points.at(-1) ?? [0, 0]];
    if (energy <= first[0]) return first[1];
    for (let i = 1; i < points.length; i++) {
      const [low, a] = points[i - 1] ?? [0, 0];
      const [high, b] = points[i] ?? [0, 0];
      if (energy <= high) return a + ((energy - low) / (high - low)) * (b - a);
    }
    return last[1];
  };
}
