import { describe, expect, it } from 'vitest';
import { readGdmlFile } from '../src/gdml/read-gdml-file.node.ts';
import { surfaceFinishes } from '../src/model/surface-finishes.ts';
import { fixture, read } from './gdml-documents.ts';

const detector = await readGdmlFile(fixture('materials.gdml'));
const material = (name: string) => detector.materials.get(name);
const eV = 1e-6;

describe('materials', () => {
  it('[GDML20] density in g/cm3, temperature in K, pressure in pascal, with the defaults of Geant4', () => {
    expect(material('Water')).toMatchObject({
      formula: 'H2O',
      state: 'liquid',
      density: 1,
      temperature: 280,
      pressure: expect.closeTo(202_650, 6),
      meanExcitationEnergy: 78,
    });
    expect(material('Lead')).toMatchObject({
      state: 'solid',
      density: 11.35,
      temperature: 293.15,
      pressure: 101_325,
      Z: 82,
      molarMass: 207.2,
      components: [],
    });
  });

  it('[GDML21] atoms become mass fractions', () => {
    const total = 2 * 1.008 + 15.999;
    expect(material('Water')?.components).toEqual([
      { ref: 'Hydrogen', kind: 'element', atoms: 2, massFraction: (2 * 1.008) / total },
      { ref: 'Oxygen', kind: 'element', atoms: 1, massFraction: 15.999 / total },
    ]);
    expect(material('Mud')?.components.map(({ ref, kind }) => `${kind} ${ref}`)).toEqual([
      'material Water',
      'material G4_SILICON_DIOXIDE',
      'element Fe',
    ]);
  });

  it('[GDML21] an element of isotopes has their mean', () => {
    const uranium = detector.elements.get('Uranium');
    expect(uranium?.Z).toBeCloseTo(92, 10);
    expect(uranium?.molarMass).toBeCloseTo(0.9 * 235.01 + 0.1 * 238.03, 10);
    expect(detector.isotopes.get('U235')).toEqual({
      name: 'U235',
      Z: 92,
      N: 235,
      molarMass: 235.01,
    });
  });

  it('[GDML22] the commonest of the NIST materials and all elements are known by name', () => {
    const { materials, elements } = read({
      materials: '<material name="M"><D value="1"/><fraction n="1" ref="G4_AIR"/></material>',
    });
    expect(materials.get('G4_AIR')?.density).toBe(0.00120479);
    expect(elements.get('Ar')).toMatchObject({ Z: 18, molarMass: 39.948 });
    expect(() =>
      read({
        materials: '<material name="M"><D value="1"/><fraction n="1" ref="G4_BONE"/></material>',
      }),
    ).toThrow(
      /there is no element or material G4_BONE \(this one of Geant4's NIST materials is not built in: define it/,
    );
  });

  it('[GDML23] a matrix of two columns is a table over ascending energy, of one column a constant', () => {
    const { tables, constants } = material('Water')?.properties ?? {
      tables: new Map(),
      constants: new Map(),
    };
    expect(tables.get('RINDEX')).toEqual({
      energies: Float64Array.of(2 * eV, 3 * eV, 4 * eV),
      values: Float64Array.of(1.33, 1.34, 1.35),
    });
    expect(Object.fromEntries(constants)).toEqual({
      SCINTILLATIONYIELD: 10_000,
      WLSTIMECONSTANT: 3.5,
    });
  });

  it('[GDML24] energies out of order are sorted, with a warning; equal ones are a step as Geant4 orders it', () => {
    expect(material('Water')?.properties.tables.get('ABSLENGTH')?.values).toEqual(
      Float64Array.of(0.1, 0.3),
    );
    const step = detector.surfaces.get('named')?.properties.tables.get('REFLECTIVITY');
    expect(step?.values).toEqual(Float64Array.of(1, 0, 1, 0));
    expect((step?.energies[2] ?? 0) - (step?.energies[1] ?? 0)).toBeGreaterThan(0);
    expect((step?.energies[2] ?? 0) / (step?.energies[1] ?? 1)).toBeCloseTo(1, 14);
    expect(detector.warnings.join()).toMatch(
      /ABSLENGTH: the energies are not ascending.*REFLECTIVITY.*taken as a step/,
    );
  });

  it.each([
    ['<material name="M" Z="1"><atom value="1"/></material>', /the density is missing/],
    [
      '<material name="M" Z="1"><D value="-1"/><atom value="1"/></material>',
      /the density is negative/,
    ],
    ['<material name="M"><D value="1"/></material>', /the attribute Z is missing/],
    ['<material name="M" Z="1"><D value="1"/></material>', /the molar mass is missing/],
    [
      '<material name="M" Z="1"><D value="1" unit="mm"/><atom value="1"/></material>',
      /unit is a unit of length/,
    ],
    [
      '<material name="M" Z="1"><D value="1"/><D value="2"/><atom value="1"/></material>',
      /a second time/,
    ],
    ['<material name="M" state="plasma"><D value="1"/></material>', /state: given "plasma"/],
    [
      '<material name="M"><D value="1"/><fraction n="1" ref="Xx"/></material>',
      /there is no element or material Xx/,
    ],
    ['<material name="M"><D value="1"/><fraction n="2" ref="H"/></material>', /between 0 and 1/],
    ['<material name="M"><D value="1"/><fraction n="0" ref="H"/></material>', /add up to nothing/],
    ['<material name="M"><D value="1"/><composite n="0" ref="H"/></material>', /positive number/],
    [
      '<material name="M"><D value="1"/><fraction n="1" ref="H"/><composite n="1" ref="H"/></material>',
      /not of both/,
    ],
    [
      '<material name="M" Z="1"><D value="1"/><atom value="1"/><property name="RINDEX" ref="N"/></material>',
      /there is no matrix N/,
    ],
    [
      '<material name="M" Z="1"><Dref ref="d"/><atom value="1"/></material>',
      /there is no quantity d/,
    ],
    ['<element name="E"><fraction n="1" ref="I"/></element>', /there is no isotope I/],
    [
      '<material name="Air" Z="1"><D value="1"/><atom value="1"/></material>',
      /there are two materials of this name \(the other is in test\.gdml:3\)/,
    ],
    [
      '<material name="M"><D value="1"/><fraction n="1" ref="Slime"/></material><material name="Slime"><D value="1"/><fraction n="1" ref="M"/></material>',
      /there is no element or material Slime/,
    ],
  ])('[GDML25] %s is an error', (materials, message) => {
    expect(() => read({ materials })).toThrow(message);
  });

  it('[GDML25] a table of three columns is an error', () => {
    const define = '<matrix name="T" coldim="3" values="1 2 3"/>';
    const materials =
      '<material name="M" Z="1"><D value="1"/><atom value="1"/><property name="RINDEX" ref="T"/></material>';
    expect(() => read({ define, materials })).toThrow(/the matrix T has 3 columns/);
  });
});

describe('optical surfaces', () => {
  it("[GDML26] models, finishes and types by name or by Geant4's number", () => {
    expect(detector.surfaces.get('named')).toMatchObject({
      model: 'unified',
      finish: 'groundbackpainted',
      type: 'dielectric_dielectric',
      value: 0.1,
    });
    expect(detector.surfaces.get('numbered')).toMatchObject({
      model: 'unified',
      finish: 'ground',
      type: 'dielectric_metal',
      value: 0.5,
    });
    expect(detector.surfaces.get('tabled')).toMatchObject({
      model: 'DAVIS',
      finish: 'Detector_LUT',
      type: 'dielectric_LUTDAVIS',
      value: 1,
    });
    expect(surfaceFinishes).toHaveLength(39);
    expect([surfaceFinishes[6], surfaceFinishes[29], surfaceFinishes[38]]).toEqual([
      'polishedlumirrorair',
      'groundvm2000glue',
      'Detector_LUT',
    ]);
  });

  it('[GDML26] an unknown one is an error that names the nearest', () => {
    expect(() => read({ solids: '<opticalsurface name="s" finish="polishd"/>' })).toThrow(
      /unknown finish.*did you mean polished\?/,
    );
    expect(() => read({ solids: '<opticalsurface name="s" model="9"/>' })).toThrow(
      /unknown model: given "9", expected one of glisur/,
    );
  });
});
