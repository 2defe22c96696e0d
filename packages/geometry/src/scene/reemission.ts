import type { PropertyTable } from '../model/property-table.ts';
import { fraction, notNegative, type TableOwner, tableOf } from './optical-values.ts';
import { integral } from './spectrum.ts';

/** Re-emission of a photon that a material has absorbed, as in Opticks. */
export interface Reemission {
  /** REEMISSIONPROB. */
  readonly probability: PropertyTable;
  readonly spectrum: PropertyTable;
}

/** In the order in which they are taken. */
const spectra = [
  'REEMISSIONCOMPONENT',
  'SCINTILLATIONCOMPONENT1',
  'FASTCOMPONENT',
  'SCINTILLATIONCOMPONENT2',
  'SLOWCOMPONENT',
  'SCINTILLATIONCOMPONENT3',
];

/**
 * Reads re-emission of a material: REEMISSIONPROB with the spectrum REEMISSIONCOMPONENT, or that of scintillation.
 * Undefined where nothing is re-emitted; with a warning where that is for want of a spectrum.
 */
export function reemission(owner: TableOwner, warnings: string[]): Reemission | undefined {
  const probability = tableOf(owner, 'REEMISSIONPROB', fraction);
  if (!probability?.values.some((value) => value > 0)) return undefined;
  for (const name of spectra) {
    const spectrum = tableOf(owner, name, notNegative);
    if (spectrum && integral(spectrum) > 0) return { probability, spectrum };
  }
  // Without any, `warningsOfUnused` names REEMISSIONPROB.
  if (spectra.some((name) => owner.properties.tables.has(name))) {
    warnings.push(
      `${owner.where}: REEMISSIONPROB with spectra that have no light in them: absorbed photons stay absorbed.`,
    );
  }
  return undefined;
}
