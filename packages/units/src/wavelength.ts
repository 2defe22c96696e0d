import { eV, nm, planckConstant, speedOfLight } from './constants.ts';

/** Planck's constant times the speed of light: 1239.84198… eV nm. */
export const hcInEvNm: number = (planckConstant * speedOfLight) / (eV * nm);

/**
 * The energy (MeV) of a photon of the given vacuum wavelength (nm): E = hc/λ.
 *
 * @example
 * ```ts
 * wavelengthToEnergy(400) / eV; // => 3.0996
 * ```
 */
export function wavelengthToEnergy(wavelengthInNm: number): number {
  return (hcInEvNm / wavelengthInNm) * eV;
}

/** The vacuum wavelength (nm) of a photon of the given energy (MeV): λ = hc/E. */
export function energyToWavelength(energy: number): number {
  return hcInEvNm / (energy / eV);
}
