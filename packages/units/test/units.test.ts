import {
  avogadroConstant,
  cm,
  deg,
  electronMass,
  elementaryChargeInCoulomb,
  energyToWavelength,
  eV,
  fineStructureConstant,
  g,
  gPerCm3,
  hbarC,
  hcInEvNm,
  joule,
  kg,
  LanternError,
  m,
  planckConstant,
  s,
  speedOfLight,
  tesla,
  unit,
  unitTable,
  volt,
  wavelengthToEnergy,
} from '@lantern/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';

test('[UN1] the base units are 1, the others follow', () => {
  for (const name of ['mm', 'ns', 'MeV', 'e+', 'kelvin', 'mole', 'rad']) {
    expect(unit(name).value).toBe(1);
  }
  expect(joule).toBeCloseTo(6.241_509_074e12, -4);
  expect(kg / (joule * s * s)).toBeCloseTo(1 / (m * m), 20);
  expect(gPerCm3 / (g / cm ** 3)).toBe(1);
  expect(volt).toBe(1e-6);
  expect(tesla).toBeCloseTo(0.001, 15);
  expect(180 * deg).toBeCloseTo(Math.PI, 15);
});

test('[UN2] constants have their CODATA values', () => {
  expect(speedOfLight).toBe(299.792458);
  expect(elementaryChargeInCoulomb).toBe(1.602176634e-19);
  expect(planckConstant / (joule * s)).toBeCloseTo(6.62607015e-34, 45);
  expect(avogadroConstant).toBe(6.02214076e23);
  expect(hbarC / (eV * 1e-6)).toBeCloseTo(197.3269804, 6); // eV nm, PDG
  expect(1 / fineStructureConstant).toBeCloseTo(137.035999084, 8);
  expect(electronMass).toBe(0.51099895);
});

test.each([
  ['mm', 1],
  ['cm', 10],
  ['m', 1000],
  ['km', 1e6],
  ['um', 1e-3],
  ['nm', 1e-6],
  ['angstrom', 1e-7],
  ['fm', 1e-12],
  ['rad', 1],
  ['radian', 1],
  ['mrad', 1e-3],
  ['deg', Math.PI / 180],
  ['degree', Math.PI / 180],
  ['ns', 1],
  ['ps', 1e-3],
  ['us', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['eV', 1e-6],
  ['keV', 1e-3],
  ['MeV', 1],
  ['GeV', 1e3],
  ['TeV', 1e6],
  ['g/cm3', 6.241509074460763e18],
  ['kg/m3', 6.241509074460763e15],
  ['mg/cm3', 6.241509074460763e15],
  ['K', 1],
  ['kelvin', 1],
  ['pascal', 6241.509074460763],
  ['bar', 6.241509074460763e8],
  ['atmosphere', 6.324209069697368e8],
  ['hPa', 6.241509074460763e5],
  ['mole', 1],
  ['g/mole', 6.241509074460763e21],
  ['mm2', 1],
  ['cm2', 100],
  ['cm3', 1000],
  ['m3', 1e9],
  ['tesla', 1e-3],
  ['gauss', 1e-7],
  ['volt', 1e-6],
  ['Hz', 1e-9],
])('[UN3] %s is %d', (name, value) => {
  expect(unit(name).value / value).toBeCloseTo(1, 13);
});

test('[UN3] names of the same unit agree; every size is a positive number', () => {
  for (const [, { value }] of unitTable) expect(value > 0 && Number.isFinite(value)).toBe(true);
  expect(unit('mm').category).toBe('length');
  expect(unit('g/cm3').category).toBe('density');
});

test('[UN4] an unknown unit is an error with the nearest name', () => {
  expect(() => unit('degre', { where: 'a.gdml:7' })).toThrow(LanternError);
  expect(() => unit('degre', { where: 'a.gdml:7' })).toThrow(
    "a.gdml:7: unknown unit: given 'degre' (did you mean 'degree'?)",
  );
  expect(() => unit('mm', { category: 'angle' })).toThrow(
    "unit of length where one of angle is needed: given 'mm', expected one of rad, radian, mrad",
  );
});

test('[UN5] energy and wavelength', () => {
  expect(hcInEvNm).toBeCloseTo(1239.841984332, 9);
  expect(wavelengthToEnergy(400) / eV).toBeCloseTo(3.09960496, 8);
  fc.assert(
    fc.property(fc.double({ min: 1, max: 1e5, noNaN: true }), (wavelength) => {
      expect(energyToWavelength(wavelengthToEnergy(wavelength)) / wavelength).toBeCloseTo(1, 14);
    }),
  );
});
