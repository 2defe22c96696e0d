import { GeometryError } from '../errors.ts';
import type { Detector } from '../model/detector.ts';
import type { PropertyTable } from '../model/property-table.ts';
import { constantOf, notNegative, type TableOwner, tableOf } from './optical-values.ts';
import { integral } from './spectrum.ts';

/** A wavelength shifter of a material; it may have two. */
export interface WavelengthShift {
  /** WLSABSLENGTH, mm. */
  readonly length: PropertyTable;
  /** Undefined: it absorbs and emits nothing. */
  readonly emission: PropertyTable | undefined;
  /** WLSTIMECONSTANT, ns. */
  readonly time: number;
  /** WLSMEANNUMBERPHOTONS: the mean of a Poisson distribution; undefined: always one photon, as in Geant4. */
  readonly meanNumber: number | undefined;
}

/**
 * Reads one of the two sets of WLS properties; undefined without WLSABSLENGTH.
 *
 * @param set '' or '2', the end of the names
 * @throws GeometryError for values that make no sense, and for a spectrum without light
 */
export function wavelengthShift(
  owner: TableOwner,
  set: '' | '2',
  warnings: string[],
): WavelengthShift | undefined {
  const time = constantOf(owner, `WLSTIMECONSTANT${set}`, notNegative) ?? 0;
  const meanNumber = constantOf(owner, `WLSMEANNUMBERPHOTONS${set}`, numberOfPhotons);
  const length = tableOf(owner, `WLSABSLENGTH${set}`, notNegative);
  if (!length) return undefined;
  const emission = emissionOf(owner, `WLSCOMPONENT${set}`);
  if (!emission) {
    warnings.push(
      `${owner.where}: WLSABSLENGTH${set} without WLSCOMPONENT${set}: photons are absorbed by it, none is emitted.`,
    );
  }
  return { length, emission, time, meanNumber };
}

/** Mean numbers of photons of a shift by material, the larger of its two sets'; of the materials that say one. */
export function shiftNumbers(
  { materials }: Detector,
  names: readonly string[],
): ReadonlyMap<string, number> {
  const means = names.map((name): [string, number] => {
    const properties = materials.get(name)?.properties;
    const ofSets = ['', '2'].map((set) =>
      properties?.tables.has(`WLSCOMPONENT${set}`)
        ? properties.constants.get(`WLSMEANNUMBERPHOTONS${set}`)
        : undefined,
    );
    return [name, Math.max(...ofSets.map((mean) => mean ?? -1))];
  });
  return new Map(means.filter(([, mean]) => mean >= 0));
}

/** More are beyond any shifter, and each is a photon to be followed. */
const mostPhotons = 1e5;
const numberOfPhotons = {
  expected: `a number from 0 to ${mostPhotons}`,
  accepts: (value: number): boolean => value >= 0 && value <= mostPhotons,
};

function emissionOf(owner: TableOwner, name: string): PropertyTable | undefined {
  const emission = tableOf(owner, name, notNegative);
  if (!emission || integral(emission) > 0) return emission;
  throw new GeometryError({
    what: `${name} has no light in it: its integral is 0`,
    where: owner.where,
    given: `${emission.energies.length} points`,
    expected: 'at least two energies and an intensity above 0',
  });
}
