import { genstepKinds } from '../../genstep-layout.ts';

/** Opticks' names of the first word of a generation step, by number. Source: Opticks, sysrap/OpticksGenstep.h. */
const opticksKinds: readonly string[] = [
  'INVALID',
  'G4Cerenkov_1042',
  'G4Scintillation_1042',
  'DsG4Cerenkov_r3971',
  'DsG4Scintillation_r3971',
  'DsG4Scintillation_r4695',
  'TORCH',
  'FABRICATED',
  'EMITSOURCE',
  'NATURAL',
  'MACHINERY',
  'G4GUN',
  'PRIMARYSOURCE',
  'GENSTEPSOURCE',
  'CARRIER',
  'CERENKOV',
  'SCINTILLATION',
  'FRAME',
  'G4Cerenkov_modified',
  'INPUT_PHOTON',
  'INPUT_PHOTON_SIMTRACE',
];

/** A step without light: the frame that the others of an Opticks event were made in. */
export const frameKind: number = opticksKinds.indexOf('FRAME');

/** What Lantern makes of each kind; the older ones have the fields of the present ones. */
const understood: ReadonlyMap<number, number> = new Map([
  [1, genstepKinds.CERENKOV],
  [3, genstepKinds.CERENKOV],
  [18, genstepKinds.CERENKOV],
  [genstepKinds.CERENKOV, genstepKinds.CERENKOV],
  [2, genstepKinds.SCINTILLATION],
  [4, genstepKinds.SCINTILLATION],
  [5, genstepKinds.SCINTILLATION],
  [genstepKinds.SCINTILLATION, genstepKinds.SCINTILLATION],
  [genstepKinds.TORCH, genstepKinds.TORCH],
]);

/** The present kind of a step of this kind; undefined when its photons cannot be made of the step alone. */
export function presentKind(kind: number): number | undefined {
  return understood.get(kind);
}

/** The kind in words: `14 (CARRIER)`. */
export function kindInWords(kind: number): string {
  const name = opticksKinds[kind];
  return name === undefined ? `${kind}` : `${kind} (${name})`;
}
