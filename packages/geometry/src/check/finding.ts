import type { Vector3 } from '@lantern/units';
import type { Detector } from '../model/detector.ts';

/** What a check can find. */
export const findingKinds = [
  'reader', // the reader's own warnings
  'overlap', // two volumes of one mother share space
  'protrusion', // a volume reaches out of its mother
  'emptySolid', // no point inside was found
  'notChecked', // too large to check whole
  'photonsStop', // light meets a material without RINDEX
  'badValue', // a table or number out of its range
  'badEnergies', // not ascending, not positive, too few
  'jump', // neighbouring values too far apart to be meant
  'notCovered', // one table is used where another has no values
  'surfaceCannotWork', // finish, model and properties contradict each other
  'surfaceNowhere', // a surface between things that are not there, or do not touch
  'neverDetects', // meant as a sensor, and no photon is ever detected
  'incomplete', // a process without the properties it needs
  'unknownName', // a property that nobody knows: misspelt?
  'notSimulated', // Lantern stops at it
  'unused', // declared and used nowhere
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** How bad a finding is: errors make results wrong, warnings may, notes are for tidiness. */
export type Severity = 'error' | 'warning' | 'info';

/** One thing that a check found. */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  /** The thing: `material 'Water' (detector.gdml:12)`. */
  readonly where: string;
  /** What is wrong with it and what to do, as a sentence. */
  readonly message: string;
  /** Where it shows, mm: in the frame of the mother volume, for overlaps and protrusions. */
  readonly point?: Vector3;
  /** How deep the overlap or protrusion is, mm; an estimate. */
  readonly depthMm?: number;
}

/** A finding about a thing that the caller names. */
export type Remark = Omit<Finding, 'where'>;

/** The name of a thing of the detector with its file and line. */
export function placeOf(
  detector: Detector,
  kind: 'material' | 'solid' | 'volume' | 'surface',
  name: string,
): string {
  const place = detector.places.get(`${kind}:${name}`);
  const file = place?.file.split(/[\\/]/).at(-1);
  return place ? `${kind} '${name}' (${file}:${place.line})` : `${kind} '${name}'`;
}

/** A list of names for a sentence: the first few, and how many more. */
export function listed(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).map((name) => `'${name}'`);
  return names.length > most
    ? `${shown.join(', ')} and ${names.length - most} more`
    : shown.join(', ');
}

/** A number for a sentence: at most `digits` significant digits. */
export function rounded(value: number, digits = 4): string {
  return String(Number(value.toPrecision(digits)));
}
