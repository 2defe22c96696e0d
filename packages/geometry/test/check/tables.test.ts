import { describe, expect, test } from 'vitest';
import { checkGeometry } from '../../src/check/check-geometry.ts';
import type { Finding } from '../../src/check/finding.ts';
import type { PropertyTable } from '../../src/model/property-table.ts';
import type { OpticalSurface } from '../../src/model/surface.ts';
import { flat, material, plainDetector, surface, table } from './plain-detector.ts';

type Given = Readonly<Record<string, PropertyTable | number>>;

/** The findings about one material or surface, as `severity kind: message`. */
function about(findings: readonly Finding[], name: string): string[] {
  return findings
    .filter(({ where }) => where.includes(`'${name}'`))
    .map(({ severity, kind, message }) => `${severity} ${kind}: ${message}`);
}

function ofMaterial(given: Given): string[] {
  const detector = plainDetector({
    materials: [material('Stuff', given)],
    volumes: [{ name: 'World', solid: [1, 1, 1], material: 'Stuff' }],
  });
  return about(checkGeometry(detector), 'Stuff');
}

function ofSurface(given: Given, parts: Partial<OpticalSurface> = {}): string[] {
  const detector = plainDetector({
    surfaces: [surface('Paint', given, parts)],
    skins: [{ name: 'skin', surface: 'Paint', volume: 'World' }],
    volumes: [{ name: 'World', solid: [1, 1, 1] }],
  });
  return about(checkGeometry(detector), 'Paint');
}

describe('energies of tables', () => {
  test('[CHK7] ascending and above 0', () => {
    expect(ofMaterial({ RINDEX: table([2, 1.3], [4, 1.3], [3, 1.3]) })).toEqual([
      'error badEnergies: The energies do not ascend: 4 eV is followed by 3 eV (point 3).',
    ]);
    expect(ofMaterial({ RINDEX: table([-1, 1.3], [4, 1.3]) })).toEqual([
      'error badEnergies: A photon energy is not a number above 0.',
    ]);
    expect(ofMaterial({ RINDEX: table() })).toEqual(['error badEnergies: The table is empty.']);
  });

  test('[CHK7] of optical size: MeV taken for eV', () => {
    expect(ofMaterial({ RINDEX: table([2e6, 1.3], [4e6, 1.3]) })).toEqual([
      expect.stringMatching(/^warning badEnergies: .* reach 4000000 eV: were they meant in eV\?/),
    ]);
  });

  test('[CHK7] yields of particles are by kinetic energy', () => {
    const yields = (...points: [number, number][]): string[] =>
      ofMaterial({ ALPHASCINTILLATIONYIELD: table(...points) }).filter((finding) =>
        finding.includes('badEnergies'),
      );
    expect(yields([0, 0], [5e6, 500], [10e6, 1500])).toEqual([]);
    expect(yields([-1, 0], [5e6, 500])).toEqual([
      'error badEnergies: A kinetic energy is not a number from 0 on.',
    ]);
    expect(yields([0, 0], [5e6, 500], [4e6, 1500])).toEqual([
      expect.stringMatching(/do not ascend: 5000000 eV is followed by 4000000 eV/),
    ]);
    expect(yields([5e6, 500])).toEqual([expect.stringMatching(/two points or more/)]);
  });

  test('[CHK7] a single point is told', () => {
    expect(ofMaterial({ RINDEX: table([3, 1.3]) })).toEqual([
      'info badEnergies: A single point, at 413.3 nm: its value is taken everywhere.',
    ]);
  });
});

describe('values of tables', () => {
  test('[CHK8] refractive index: error at 0 or below, warning below 1', () => {
    expect(ofMaterial({ RINDEX: table([2, 1.3], [4, 0]) })).toEqual([
      'error badValue: A refractive index of 0 at 310 nm: it must be above 0.',
    ]);
    expect(ofMaterial({ RINDEX: table([2, 1], [4, 0.95]) })).toEqual([
      'warning badValue: A refractive index of 0.95, below 1, at 310 nm.',
    ]);
    expect(ofMaterial({ RINDEX: table([2, 1], [4, Number.NaN]) })).toEqual([
      'error badValue: A value is not a number, at 310 nm.',
    ]);
  });

  test('[CHK9] a placeholder at the end of a table', () => {
    expect(ofMaterial({ RINDEX: table([2, 1.4], [3, 1.41], [4, 38]) })).toEqual([
      'warning jump: Jumps by a factor 27 between neighbours, 1.41 at 413.3 nm and 38 at 310 nm: a placeholder?',
    ]);
  });

  test('[CHK8] group velocity: above 0, not above c', () => {
    const index = { RINDEX: flat(1) };
    expect(ofMaterial({ ...index, GROUPVEL: flat(299.8) })).toEqual([]);
    expect(ofMaterial({ ...index, GROUPVEL: flat(310) })).toEqual([
      expect.stringMatching(/^warning badValue: 310 mm\/ns .* faster than light/),
    ]);
    expect(ofMaterial({ ...index, GROUPVEL: flat(-1) })).toEqual([
      expect.stringMatching(/^error badValue: A group velocity of -1/),
    ]);
  });

  test('[CHK8] lengths: error below 0, warning at 0', () => {
    const index = { RINDEX: flat(1.3) };
    expect(ofMaterial({ ...index, ABSLENGTH: table([2, 10], [4, -10]) })).toEqual([
      'error badValue: A length of -10 mm at 310 nm, below 0.',
    ]);
    expect(ofMaterial({ ...index, RAYLEIGH: table([2, 10], [4, 0]) })).toEqual([
      'warning badValue: A length of 0 at 310 nm: no photon gets anywhere there.',
    ]);
  });

  test('[CHK8] spectra: not below 0, with something to emit', () => {
    const shifter = { RINDEX: flat(1.3), WLSABSLENGTH: flat(1), WLSTIMECONSTANT: 1 };
    expect(ofMaterial({ ...shifter, WLSCOMPONENT: table([2, 1], [4, -1]) })).toEqual([
      'error badValue: An intensity of -1 at 310 nm, below 0.',
    ]);
    expect(ofMaterial({ ...shifter, WLSCOMPONENT: flat(0) })).toEqual([
      'error badValue: The spectrum is 0 everywhere: its integral is 0 and nothing can be emitted.',
    ]);
  });

  test('[CHK8] probabilities of surfaces', () => {
    expect(ofSurface({ REFLECTIVITY: table([2, 0.5], [4, 95]) })).toEqual([
      'error badValue: 95 at 310 nm, outside 0 to 1. Was it meant in per cent?',
    ]);
    expect(ofSurface({ REFLECTIVITY: flat(1 + 1e-8) })).toEqual([]);
  });

  test('[CHK8] shares of lobe, spike and backscatter sum to 1 at most', () => {
    const shares = {
      SPECULARLOBECONSTANT: table([2, 0], [4, 1]),
      BACKSCATTERCONSTANT: table([3, 0.7], [4, 0]),
    };
    expect(ofSurface({ REFLECTIVITY: flat(0.9), ...shares })).toEqual([
      'error badValue: The shares of lobe, spike and backscatter sum to 1.2 at 413.3 nm: above 1.',
    ]);
  });

  test('[CHK8] polish and sigma_alpha', () => {
    const paint = { REFLECTIVITY: flat(0.9) };
    expect(ofSurface(paint, { model: 'glisur', value: 1.2 })).toEqual([
      expect.stringMatching(/^error badValue: For glisur the value is the polish/),
    ]);
    expect(ofSurface(paint, { value: 12 })).toEqual([
      expect.stringMatching(/^warning badValue: For unified .* degrees\?/),
    ]);
  });

  test('[CHK8] single numbers', () => {
    const index = { RINDEX: flat(1.3) };
    expect(ofMaterial({ ...index, YIELDRATIO: 1.5 })).toEqual([
      'error badValue: 1.5, outside 0 to 1.',
    ]);
    expect(ofMaterial({ ...index, RESOLUTIONSCALE: -1 })).toEqual(['error badValue: -1, below 0.']);
    expect(ofMaterial({ RINDEX: 1.3 })).toContain(
      'error badValue: It is a single number, 1.3; it must be a table against photon energy (two columns).',
    );
  });

  test('[CHK8] a table where a single number belongs: an error where it is used', () => {
    const message = 'It is a table of 2 rows; it must be a single number (one column).';
    const index = { RINDEX: flat(1.3) };
    expect(ofMaterial({ ...index, WLSTIMECONSTANT: flat(5) })).toEqual([
      `error badValue: ${message}`,
    ]);
    expect(ofMaterial({ ...index, FERMIPOT: flat(5) })).toEqual([`warning badValue: ${message}`]);
    expect(ofSurface({ SURFACEROUGHNESS: flat(5) })).toEqual([`error badValue: ${message}`]);
  });

  test('[CHK22] names that nobody knows, with the nearest', () => {
    const index = { RINDEX: flat(1.3) };
    expect(ofMaterial({ ...index, ABSLENGHT: flat(5), OURCOLOUR: 3, EFFICIENCY: flat(0) })).toEqual(
      [
        'warning unknownName: Unknown to Geant4 and Lantern: did you mean ABSLENGTH?',
        'info unknownName: A property of surfaces; it has no meaning for a material.',
        'info unknownName: Unknown to Geant4 and Lantern.',
      ],
    );
    expect(ofSurface({ REFLECTIVTY: flat(0) })).toEqual([
      'warning unknownName: Unknown to Geant4 and Lantern: did you mean REFLECTIVITY?',
    ]);
  });

  test('[CHK10] an efficiency with a peak of exactly 1', () => {
    const black = { REFLECTIVITY: flat(0) };
    expect(ofSurface({ ...black, EFFICIENCY: table([2, 0.1], [3, 1], [4, 0.2]) })).toEqual([
      expect.stringMatching(/^warning badValue: .* peak is exactly 1: is it normalised/),
    ]);
    expect(ofSurface({ ...black, EFFICIENCY: flat(1) })).toEqual([]);
  });
});

describe('ranges of wavelengths', () => {
  test('[CHK11] RINDEX must cover absorption and emission, unless it is constant', () => {
    const given = { ABSLENGTH: table([2, 10], [6, 20]) };
    expect(ofMaterial({ ...given, RINDEX: flat(1.3) })).toEqual([]);
    expect(ofMaterial({ ...given, RINDEX: table([2, 1.3], [4, 1.4]) })).toEqual([
      'warning notCovered: RINDEX is given for 310 to 619.9 nm only, and is needed for ABSLENGTH (206.6 to 619.9 nm): its end values are held constant outside.',
    ]);
  });

  test('[CHK11] absorption must cover emission, where that is above 0', () => {
    const given = {
      ...{ RINDEX: flat(1.3), ABSLENGTH: table([2, 10], [4, 20]), WLSABSLENGTH: flat(1) },
      WLSTIMECONSTANT: 1,
    };
    expect(ofMaterial({ ...given, WLSCOMPONENT: table([1, 0], [2, 0], [3, 1], [4, 0]) })).toEqual(
      [],
    );
    expect(ofMaterial({ ...given, WLSCOMPONENT: table([1, 0], [2, 1], [4, 0]) })).toEqual([
      expect.stringMatching(
        /^warning notCovered: ABSLENGTH .* for WLSCOMPONENT \(310 to 1240 nm\)/,
      ),
    ]);
  });
});
