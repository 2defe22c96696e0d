import type { CaseGroup } from './case.ts';
import { boundaryGroup } from './cases/boundary.ts';
import { bulkGroup } from './cases/bulk.ts';
import { cerenkovGroup } from './cases/cerenkov.ts';
import { detectorsGroup } from './cases/detectors.ts';
import { filesGroup } from './cases/gdml-files.ts';
import { geant4RunsGroup } from './cases/geant4-runs.ts';
import { lookUpGroup } from './cases/look-up.ts';
import { raysGroup } from './cases/rays.ts';
import { reflectionGroup } from './cases/reflection.ts';

/** A folder of data that is not part of Lantern. */
export interface DataFolder {
  readonly path: string;
  /** Whether the user named it, so that its absence is an error. */
  readonly isAsked: boolean;
}

/** Names of all groups, in the order of the page. */
export const groupNames = [
  'detectors',
  'boundary',
  'look-up',
  'geant4-runs',
  'cerenkov',
  'bulk',
  'reflection',
  'rays',
  'files',
] as const;

/**
 * All that is validated.
 *
 * @param realSurface folder of Geant4's RealSurface data, where there is one
 */
export function allGroups(
  references: DataFolder,
  gdml: DataFolder,
  realSurface?: string,
): readonly CaseGroup[] {
  return [
    detectorsGroup(references.path, references.isAsked),
    boundaryGroup(),
    lookUpGroup(realSurface),
    geant4RunsGroup(),
    cerenkovGroup(),
    bulkGroup(),
    reflectionGroup(),
    raysGroup(),
    filesGroup(gdml.path, gdml.isAsked),
  ];
}
