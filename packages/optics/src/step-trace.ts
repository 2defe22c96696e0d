/** G4OpBoundaryProcess has a status for each finish of LBNL. */
const lookUpReflections = Array.from({ length: 24 }, () => 'look-up');

/**
 * What happened last at a boundary, by the numbers of G4OpBoundaryProcessStatus less one (a status of 0 is none). Source:
 * Geant4 11.4, G4OpBoundaryProcess.hh.
 */
export const boundaryStatuses: readonly string[] = [
  'transmission',
  'refraction',
  'reflection',
  'total reflection',
  'Lambertian',
  'lobe',
  'spike',
  'backscatter',
  'absorption',
  'detection',
  'not at a boundary',
  'same material',
  'step too small',
  'no index',
  ...lookUpReflections,
  'dichroic',
  'coated reflection',
  'coated refraction',
  'frustrated transmission',
];

/** A status in words; undefined for 0, none. */
export function boundaryStatusName(status: number): string | undefined {
  return boundaryStatuses[status - 1];
}

/**
 * Statuses of what happened last in a material: 128 and the subtype of Geant4's process (G4OpProcessSubType.hh). Light
 * that `absorption` took may have been emitted again.
 */
export const bulkProcesses = {
  absorption: 159,
  rayleigh: 161,
  shift: 162,
  mie: 163,
  shift2: 164,
} as const;

/** Whether a status is of a boundary, not of a material, nor none. */
export function isBoundaryStatus(status: number): boolean {
  return status > 0 && status < 128;
}

/** Where a recorded step ended, and what happened there. */
export interface StepTrace {
  /** Scene node in which the photon goes on. */
  readonly node: number;
  /** Scene surface met, -1: none. */
  readonly surface: number;
  /**
   * What happened last: at a boundary its G4OpBoundaryProcessStatus, in a material one of `bulkProcesses`; 0 for neither.
   */
  readonly status: number;
}

/**
 * Reads a row of `traces`: (rows, 2), the node, then surface + 1 in bits 23..0 and the status in bits 31..24. [PROP13]
 *
 * @param row photon × recordSteps + step
 */
export function stepTrace(traces: Int32Array, row: number): StepTrace {
  const word = traces[2 * row + 1] ?? 0;
  return { node: traces[2 * row] ?? 0, surface: (word & 0xff_ffff) - 1, status: word >>> 24 };
}
