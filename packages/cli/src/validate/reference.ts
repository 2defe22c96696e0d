import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LanternError } from '@lantern/units';

/** How a photon can end, as in `expected.json`. */
export const outcomeNames = ['absorbed', 'detected', 'surfaceAbsorbed', 'leftWorld'] as const;
export type OutcomeName = (typeof outcomeNames)[number];

/** What a photon can meet on its way, as in `expected.json`. */
export const historyNames = [
  'scattered',
  'refracted',
  'reflected',
  'diffuse',
  'specular',
  'shifted',
] as const;
export type HistoryName = (typeof historyNames)[number];

/** What is histogrammed at the end of a photon, as in `expected.json`. */
export const quantityNames = ['t_ns', 'wavelength_nm', 'x_mm', 'y_mm', 'z_mm'] as const;
export type QuantityName = (typeof quantityNames)[number];

/** Bins of equal width from `lo` to `hi`; what is outside is in the first or the last. */
export interface Histogram {
  readonly lo: number;
  readonly hi: number;
  readonly counts: readonly number[];
}

/** What another program made of a source of photons in a detector. */
export interface Reference {
  readonly case: string;
  /** The program, with its version. */
  readonly source: string;
  readonly photons: number;
  readonly outcomes: Readonly<Record<OutcomeName, number>>;
  readonly histories: Readonly<Record<HistoryName, number>>;
  /** By outcome and quantity; not every outcome has some. */
  readonly distributions: Readonly<
    Partial<Record<OutcomeName, Readonly<Partial<Record<QuantityName, Histogram>>>>>
  >;
}

/** The reference detectors, the quickest first. */
export const referenceNames = ['watertank', 'scintball', 'bigball'] as const;

/**
 * Reads `expected.json` of a reference.
 *
 * @param folder with `geometry.gdml`, `photons.npy` and `expected.json`
 * @throws {LanternError} when there is none, or it is not what it should be
 */
export async function readReference(folder: string): Promise<Reference> {
  const path = join(folder, 'expected.json');
  let reference: Partial<Reference>;
  try {
    reference = JSON.parse(await readFile(path, 'utf8')) as Partial<Reference>;
  } catch (cause) {
    throw new LanternError({
      what: 'cannot read a reference',
      where: path,
      expected: 'a JSON file with the expected counts',
      hint: 'name the folder of the references with --reference DIR',
      cause,
    });
  }
  const missing = (['photons', 'outcomes', 'histories', 'distributions'] as const).filter(
    (key) => reference[key] === undefined,
  );
  if (missing.length > 0)
    throw new LanternError({ what: `reference without ${missing.join(', ')}`, where: path });
  return reference as Reference;
}
