import { GeometryError } from '../errors.ts';
import type { PropertyTable } from '../model/property-table.ts';
import { constantOf, fraction, notNegative, type TableOwner, tableOf } from './optical-values.ts';

/** Mie scattering by the phase function of Henyey and Greenstein, forward and backward. */
export interface MieScattering {
  /** MIEHG, mm. */
  readonly length: PropertyTable;
  /** MIEHG_FORWARD: mean cosine to the old direction of what is scattered forward, -1 to 1. */
  readonly forward: number;
  /** MIEHG_BACKWARD: mean cosine to the direction back of what is scattered backward. */
  readonly backward: number;
  /** MIEHG_FORWARD_RATIO: the share scattered forward. */
  readonly forwardRatio: number;
}

/**
 * Reads Mie scattering of a material; undefined without MIEHG.
 *
 * @throws GeometryError for values that make no sense, and for a number that is missing (Geant4 stops, too)
 */
export function mieScattering(owner: TableOwner): MieScattering | undefined {
  const length = tableOf(owner, 'MIEHG', notNegative);
  if (!length) return undefined;
  const forwardRatio = needed(owner, 'MIEHG_FORWARD_RATIO', fraction);
  return {
    length,
    forward: forwardRatio > 0 ? needed(owner, 'MIEHG_FORWARD', meanCosine) : 0,
    backward: forwardRatio < 1 ? needed(owner, 'MIEHG_BACKWARD', meanCosine) : 0,
    forwardRatio,
  };
}

const meanCosine = {
  expected: 'a mean cosine from -1 to 1',
  accepts: (value: number): boolean => value >= -1 && value <= 1,
};

function needed(owner: TableOwner, name: string, rule: Parameters<typeof constantOf>[2]): number {
  const value = constantOf(owner, name, rule);
  if (value !== undefined) return value;
  throw new GeometryError({
    what: `MIEHG needs ${name}`,
    where: owner.where,
    given: 'none',
    expected: rule.expected,
  });
}
