import { boltzmannConstant, hbarC, MeV, m } from '@lantern/units';
import type { Material } from '../model/material.ts';
import type { PropertyTable } from '../model/property-table.ts';
import { stripPointer } from '../strip-pointer.ts';

/** Of water, as in Geant4: mm³/MeV. */
const waterCompressibility = 7.658e-23 * ((m * m * m) / MeV);
/** The temperature that Geant4 gives to water here, K. */
const waterTemperature = 283.15;

/**
 * The Rayleigh scattering length (mm) of a material that has none of its own: for the name "Water" (without a
 * pointer of Geant4's writer), or with
 * ISOTHERMAL_COMPRESSIBILITY; undefined for others, and where there is no RINDEX. [TAB5]
 *
 * 1/L = s β T k / (6π) (E/ħc)⁴ ((n² − 1)(n² + 2)/3)², s = RS_SCALE_FACTOR: the formula of Einstein and Smoluchowski, at
 * each point of RINDEX.
 *
 * Source: G4OpRayleigh::CalculateRayleighMeanFreePaths of Geant4 11.
 */
export function computedRayleighLength(material: Material): PropertyTable | undefined {
  const { tables, constants } = material.properties;
  const index = tables.get('RINDEX');
  const isWater = stripPointer(material.name) === 'Water';
  const compressibility = isWater
    ? waterCompressibility
    : constants.get('ISOTHERMAL_COMPRESSIBILITY');
  if (index === undefined || compressibility === undefined) return undefined;
  const temperature = isWater ? waterTemperature : material.temperature;
  const scale = constants.get('RS_SCALE_FACTOR') ?? 1;
  const strength = (scale * compressibility * temperature * boltzmannConstant) / (6 * Math.PI);
  const values = index.values.map((n, i) => {
    const waveNumber = (index.energies[i] ?? 0) / hbarC;
    const contrast = ((n * n - 1) * (n * n + 2)) / 3;
    return 1 / (strength * waveNumber ** 4 * contrast ** 2);
  });
  return { energies: index.energies, values };
}
