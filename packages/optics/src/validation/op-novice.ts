import type { Detector, SurfaceData } from '@lantern/geometry';
import { energyToWavelength, eV, type Vector3 } from '@lantern/units';
import type { Engine } from '../engine.ts';
import { photonFlags } from '../photon-layout.ts';
import { boundaryStatusName, isBoundaryStatus } from '../step-trace.ts';
import { photonsOf, propagateRows, type RecordedStep, recordedStep } from './photon-rows.ts';
import {
  box,
  byEnergy,
  type Optics,
  type SurfaceInWords,
  smallDetector,
} from './small-detector.ts';

/** Properties as Geant4's macros give them: one value, or pairs of [photon energy in eV, value]. */
export type MacroOptics = Readonly<
  Record<string, number | readonly (readonly [energy: number, value: number])[]>
>;

/** A run of Geant4's example OpNovice2: photons in a box of 2 m in a hall of 20 m, and the surface of the box. */
export interface OpNoviceRun {
  readonly box: MacroOptics;
  readonly world: MacroOptics;
  readonly boxConstants?: Readonly<Record<string, number>>;
  readonly surface?: Omit<SurfaceInWords, 'tables'> & { readonly tables?: MacroOptics };
  /** The tables that the surface goes by. */
  readonly surfaceData?: SurfaceData;
  readonly photons: number;
  /** eV. */
  readonly energy: number;
  /** x of the start, mm; y and z are 0. */
  readonly from: number;
  /** Of photon i: unit vectors; along x, polarised along z where there is none. */
  readonly start?: (photon: number) => {
    readonly direction: Vector3;
    readonly polarisation: Vector3;
  };
}

/** What befell photons at the first boundary that each met. */
export interface FirstBoundaries {
  /** By `boundaryStatusName`. */
  readonly counts: ReadonlyMap<string, number>;
  /** Photons absorbed on their way there. */
  readonly absorbedBefore: number;
}

/** The detector of a run. */
export function opNoviceDetector({
  box: tank,
  world,
  boxConstants,
  surface,
}: OpNoviceRun): Detector {
  return smallDetector({
    materials: { Tank: optics(tank), World: optics(world) },
    ...(boxConstants && { constants: { Tank: boxConstants } }),
    surfaces: surface ? { Surface: { ...surface, tables: optics(surface.tables ?? {}) } } : {},
    solids: [box('hall', 20_000), box('tank', 2000)],
    world: {
      name: 'Hall',
      solid: 'hall',
      material: 'World',
      inside: [
        { name: 'Tank', solid: 'tank', material: 'Tank', ...(surface && { skin: 'Surface' }) },
      ],
    },
  });
}

/**
 * Propagates the photons of a run to the first boundary that each meets, as the example counts them.
 *
 * @param onFirst told the step to that boundary, and the photon's number
 */
export async function firstBoundaries(
  engine: Engine,
  run: OpNoviceRun,
  request: { readonly seed: bigint; readonly threads: number; readonly signal?: AbortSignal },
  onFirst?: (step: RecordedStep, photon: number) => void,
): Promise<FirstBoundaries> {
  const counts = new Map<string, number>();
  let absorbedBefore = 0;
  const wavelength = energyToWavelength(run.energy * eV);
  const along = { direction: [1, 0, 0], polarisation: [0, 0, 1] } as const;
  await propagateRows(
    engine,
    opNoviceDetector(run),
    photonsOf(run.photons, (photon) => ({
      position: [run.from, 0, 0],
      wavelength,
      ...(run.start?.(photon) ?? along),
    })),
    { ...request, maxBounces: 1, recordSteps: 2 },
    undefined,
    (batch) => {
      for (let photon = 0; photon < batch.count; photon++) {
        const step = recordedStep(batch, photon, 1);
        if (step?.flag === photonFlags.BULK_ABSORB) absorbedBefore++;
        if (!step || !isBoundaryStatus(step.status)) continue;
        const name = boundaryStatusName(step.status) ?? `status ${step.status}`;
        counts.set(name, (counts.get(name) ?? 0) + 1);
        onFirst?.(step, batch.first + photon);
      }
    },
    { surfaceData: run.surfaceData },
  );
  return { counts, absorbedBefore };
}

function optics(words: MacroOptics): Optics {
  return Object.fromEntries(
    Object.entries(words).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : byEnergy(value),
    ]),
  );
}
