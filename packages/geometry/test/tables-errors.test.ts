import { describe, expect, test } from 'vitest';
import { GeometryError } from '../src/errors.ts';
import type { Detector } from '../src/model/detector.ts';
import type { OpticalProperties } from '../src/model/property-table.ts';
import type { OpticalSurface } from '../src/model/surface.ts';
import { packOptics } from '../src/scene/pack-optics.ts';
import { packScene } from '../src/scene/pack-scene.ts';
import { createSections } from '../src/scene/section-writer.ts';
import { warningsOfUnused } from '../src/scene/unused-properties.ts';

type Points = readonly (readonly [number, number])[];

function properties(
  tables: Readonly<Record<string, Points>>,
  constants: Readonly<Record<string, number>> = {},
): OpticalProperties {
  return {
    tables: new Map(
      Object.entries(tables).map(([name, points]) => [
        name,
        {
          energies: Float64Array.from(points, ([energy]) => energy * 1e-6),
          values: Float64Array.from(points, ([, value]) => value),
        },
      ]),
    ),
    constants: new Map(Object.entries(constants)),
  };
}

const water: Points = [
  [2, 1.33],
  [6, 1.4],
];

function detector(material: OpticalProperties, surface: Partial<OpticalSurface> = {}): Detector {
  return {
    ...{ name: 'd', world: 'World', isotopes: new Map(), elements: new Map() },
    ...{ solids: new Map(), volumes: new Map(), skinSurfaces: [], borderSurfaces: [] },
    ...{ userInfo: [], warnings: [] },
    materials: new Map([
      [
        'Oil',
        {
          ...{ name: 'Oil', formula: '', state: 'liquid', density: 1, temperature: 293 },
          ...{ pressure: 1e5, components: [], properties: material },
        },
      ],
    ]),
    surfaces: new Map([
      [
        'coat',
        {
          ...{ name: 'coat', model: 'unified', type: 'dielectric_dielectric', finish: 'ground' },
          ...{ value: 0.1, properties: properties({}) },
          ...surface,
        },
      ],
    ]),
    places: new Map([['material:Oil', { file: 'oil.gdml', line: 12 }]]),
  };
}

function pack(material: OpticalProperties, surface?: Partial<OpticalSurface>): string[] {
  return packOptics(
    detector(material, surface),
    ['Oil'],
    surface ? ['coat'] : [],
    createSections(),
  );
}

function message(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(GeometryError);
    return (error as Error).message;
  }
  throw new Error('no error');
}

describe('[TAB7] values that no photon can live with', () => {
  test.each([
    ['RINDEX', 0, 'a number above 0'],
    ['RINDEX', Number.NaN, 'a number above 0'],
    ['ABSLENGTH', -1, 'at least 0'],
    ['RAYLEIGH', Number.NaN, 'at least 0'],
    ['WLSABSLENGTH', -5, 'at least 0'],
    ['WLSABSLENGTH2', -5, 'at least 0'],
    ['REEMISSIONPROB', 1.5, '0 to 1'],
    ['GROUPVEL', 0, 'a number above 0'],
    ['SCINTILLATIONCOMPONENT1', -0.1, 'at least 0'],
  ])('%s of %d', (property, value, expected) => {
    const points: Points = [
      [2.5, 1],
      [3, value],
    ];
    const text = message(() => pack(properties({ RINDEX: water, [property]: points })));
    expect(text).toContain("oil.gdml:12: material 'Oil'");
    expect(text).toContain(property);
    expect(text).toContain(`${value} at 3.00000 eV (413.3 nm)`);
    expect(text).toContain(expected);
  });

  test.each([
    ['REFLECTIVITY', 1.2],
    ['EFFICIENCY', -0.01],
    ['TRANSMITTANCE', Number.NaN],
    ['SPECULARLOBECONSTANT', 2],
  ])('%s of %d', (property, value) => {
    const surface = { properties: properties({ [property]: [[2, value]] }) };
    const text = message(() => pack(properties({ RINDEX: water }), surface));
    expect(text).toContain("surface 'coat'");
    expect(text).toContain(property);
    expect(text).toContain('a probability from 0 to 1');
  });

  test('energies out of order, or not above 0; an empty table', () => {
    const withIndex = (points: Points): string =>
      message(() => pack(properties({ RINDEX: points })));
    expect(
      withIndex([
        [3, 1.3],
        [2, 1.3],
      ]),
    ).toContain('out of order');
    expect(
      withIndex([
        [0, 1.3],
        [2, 1.3],
      ]),
    ).toContain('wrong photon energy');
    expect(withIndex([])).toContain('is empty');
  });

  test('a step (two points at one energy) is kept', () => {
    const step: Points = [
      [2, 0.1],
      [3, 0.1],
      [3, 0.9],
      [4, 0.9],
    ];
    const surface = { properties: properties({ REFLECTIVITY: step }) };
    expect(pack(properties({ RINDEX: water }), surface)).toEqual([]);
  });

  test('constants, polish and sigma_alpha', () => {
    const time = properties({ RINDEX: water }, { WLSTIMECONSTANT: -1 });
    expect(message(() => pack(time))).toContain('WLSTIMECONSTANT');
    const oil = properties({ RINDEX: water });
    expect(message(() => pack(oil, { value: -0.1 }))).toContain('sigma_alpha');
    expect(message(() => pack(oil, { model: 'glisur', value: 1.5 }))).toContain('polish');
  });
});

describe('[TAB9] what is not done yet stops, but only where it is used', () => {
  test('[TAB20] Mie scattering needs its numbers, where there is light', () => {
    const mie = { RINDEX: water, MIEHG: water };
    expect(message(() => pack(properties(mie)))).toMatch(/material 'Oil'.*MIEHG needs .*_RATIO/);
    const all = { MIEHG_FORWARD: 0.9, MIEHG_BACKWARD: 0.5, MIEHG_FORWARD_RATIO: 0.8 };
    const { MIEHG_BACKWARD: _, ...forward } = all;
    expect(pack(properties(mie, all))).toEqual([]);
    expect(message(() => pack(properties(mie, forward)))).toMatch(/MIEHG needs MIEHG_BACKWARD/);
    expect(pack(properties(mie, { ...forward, MIEHG_FORWARD_RATIO: 1 }))).toEqual([]);
    const wrong = { ...all, MIEHG_FORWARD: 1.1 };
    expect(message(() => pack(properties(mie, wrong)))).toMatch(/MIEHG_FORWARD .*1\.1.*-1 to 1/);
    expect(pack(properties({ MIEHG: water }))).toEqual([]);
    expect(packOptics(detector(properties(mie)), [], [], createSections())).toEqual([]);
  });

  test('[TAB20] a mean number of photons is not negative', () => {
    const shifts = { RINDEX: water, WLSABSLENGTH2: water, WLSCOMPONENT2: water };
    const few = properties(shifts, { WLSMEANNUMBERPHOTONS2: -1 });
    expect(message(() => pack(few))).toMatch(/WLSMEANNUMBERPHOTONS2 .*-1.*from 0/);
    expect(pack(properties(shifts, { WLSMEANNUMBERPHOTONS2: 1.2 }))).toEqual([]);
  });

  test('[TAB20] re-emission needs a spectrum with light in it', () => {
    const chance = { RINDEX: water, ABSLENGTH: water, REEMISSIONPROB: [[2, 0.5]] as Points };
    expect(pack(properties(chance))).toEqual([]);
    expect(warningsOfUnused(detector(properties(chance)), ['Oil'], [])).toEqual([
      expect.stringMatching(/not used: REEMISSIONPROB \(there is no spectrum to emit/),
    ]);
    const dark: Points = [
      [2, 0],
      [3, 0],
    ];
    expect(pack(properties({ ...chance, REEMISSIONCOMPONENT: dark }))).toEqual([
      expect.stringMatching(/no light in them: absorbed photons stay absorbed/),
    ]);
    const lit = { ...chance, REEMISSIONCOMPONENT: dark, SCINTILLATIONCOMPONENT1: water };
    expect(pack(properties(lit))).toEqual([]);
  });

  test.each([
    [{ model: 'LUT' }, 'model LUT'],
    [{ type: 'x_ray' }, 'type x_ray'],
    [{ finish: 'polishedlumirrorair' }, 'finish polishedlumirrorair'],
  ] as const)('a surface with %j', (surface, given) => {
    const text = message(() => pack(properties({ RINDEX: water }), surface));
    expect(text).toContain("surface 'coat'");
    expect(text).toContain(given);
  });
});

describe('[TAB10] a number where a table is used, or the other way round, stops', () => {
  test.each([
    'RINDEX',
    'GROUPVEL',
    'ABSLENGTH',
    'RAYLEIGH',
    'WLSABSLENGTH',
    'WLSCOMPONENT',
    'SCINTILLATIONCOMPONENT2',
    'FASTCOMPONENT',
  ])('%s of a material as a number', (property) => {
    const text = message(() => pack(properties({}, { [property]: 1.5 })));
    expect(text).toContain(`oil.gdml:12: material 'Oil': ${property} is of the wrong kind`);
    expect(text).toContain('given a single number, 1.5, expected a table against photon energy');
  });

  test.each([
    'WLSTIMECONSTANT',
    'SCINTILLATIONYIELD',
    'SCINTILLATIONTIMECONSTANT1',
    'FASTTIMECONSTANT',
    'RESOLUTIONSCALE',
    'ISOTHERMAL_COMPRESSIBILITY',
  ])('%s of a material as a table', (property) => {
    const text = message(() => pack(properties({ RINDEX: water, [property]: water })));
    expect(text).toContain(`material 'Oil': ${property} is of the wrong kind`);
    expect(text).toContain('given a table of 2 rows, expected a single number (one column)');
  });

  test.each(['REFLECTIVITY', 'EFFICIENCY', 'TRANSMITTANCE', 'SPECULARLOBECONSTANT'])(
    '%s of a surface as a number',
    (property) => {
      const text = message(() =>
        pack(properties({ RINDEX: water }), { properties: properties({}, { [property]: 0.5 }) }),
      );
      expect(text).toContain(`surface 'coat': ${property} is of the wrong kind`);
    },
  );

  test('SURFACEROUGHNESS of a surface as a table', () => {
    const surface = { properties: properties({ SURFACEROUGHNESS: water }) };
    expect(message(() => pack(properties({ RINDEX: water }), surface))).toContain(
      "surface 'coat': SURFACEROUGHNESS is of the wrong kind",
    );
  });

  test('not where it is not used; and a table of one row is a table', () => {
    const old = { SCINTILLATIONCOMPONENT1: water, FASTTIMECONSTANT: water };
    const oil = properties({ RINDEX: [[3, 1.4]], ...old }, { SCINTILLATIONTIMECONSTANT1: 5 });
    expect(pack(oil, { model: 'glisur', properties: properties({}, { RINDEX: 1.5 }) })).toEqual([]);
  });
});

describe('[TAB11] what has no effect is warned of', () => {
  const warnings = (
    material: OpticalProperties,
    surface: Partial<OpticalSurface> = {},
  ): readonly string[] => {
    const oil = detector(material, surface);
    const box = { type: 'box', name: 'box', x: 1, y: 1, z: 1 } as const;
    const world = { name: 'World', solid: 'box', material: 'Oil', placements: [], auxiliaries: [] };
    return packScene({
      ...oil,
      solids: new Map([['box', box]]),
      volumes: new Map([['World', world]]),
      skinSurfaces: [{ name: 'skin', surface: 'coat', volume: 'World' }],
    }).warnings;
  };

  test('unknown names with the nearest, in one line for one reason; names that act elsewhere', () => {
    const oil = properties({ RINDEX: water, ABSLENGHT: water, OURS: water }, { MINE: 1 });
    const coat = properties({ REFLECTIVTY: water, SPECULARLOBECONSTANT: [[2, 0.5]] });
    expect(warnings(oil, { model: 'glisur', properties: coat })).toEqual([
      "oil.gdml:12: material 'Oil': not used: ABSLENGHT (unknown to Geant4 and Lantern: did you mean ABSLENGTH?).",
      "oil.gdml:12: material 'Oil': not used: OURS, MINE (unknown to Geant4 and Lantern).",
      "surface 'coat': not used: REFLECTIVTY (unknown to Geant4 and Lantern: did you mean REFLECTIVITY?).",
      "surface 'coat': not used: SPECULARLOBECONSTANT (only with the model unified).",
    ]);
  });

  test('not old names beside new ones, what is for neutrons, and zeros', () => {
    const oil = properties(
      {
        ...{ RINDEX: water, GROUPVEL: water, SCINTILLATIONCOMPONENT1: water, FASTCOMPONENT: water },
        ...{ RAYLEIGH: water, REEMISSIONPROB: [[2, 0]] },
      },
      { FERMIPOT: 3, RS_SCALE_FACTOR: 2 },
    );
    const coat = properties({ GROUPVEL: water, SPECULARLOBECONSTANT: [[2, 0]] });
    expect(warnings(oil, { model: 'glisur', properties: coat })).toEqual([]);
  });

  test('the same of several materials is one line', () => {
    const one = detector(properties({ ABSLENGHT: water }));
    const oil = one.materials.get('Oil');
    if (!oil) throw new Error('no oil');
    const names = ['Oil', 'Wax', 'Fat'];
    const materials = new Map(names.map((name) => [name, { ...oil, name }]));
    expect(warningsOfUnused({ ...one, materials }, names, [])).toEqual([
      expect.stringMatching(/^oil.gdml:12: material 'Oil' and 2 more: not used: ABSLENGHT/),
    ]);
  });
});

describe('spectra', () => {
  const dark: Points = [
    [2, 0],
    [3, 0],
  ];

  test('[TAB6] WLSCOMPONENT without light is an error, without use nothing', () => {
    const text = message(() =>
      pack(properties({ RINDEX: water, WLSABSLENGTH: water, WLSCOMPONENT: dark })),
    );
    expect(text).toContain('WLSCOMPONENT has no light in it');
    expect(pack(properties({ RINDEX: water, WLSCOMPONENT: dark }))).toEqual([]);
  });

  test('[TAB6] a scintillation component without light is left out with a warning; old names count', () => {
    const [warning] = pack(properties({ RINDEX: water, SLOWCOMPONENT: dark }));
    expect(warning).toMatch(/material 'Oil': SLOWCOMPONENT has no light/);
    const sections = createSections();
    packOptics(detector(properties({ FASTCOMPONENT: water })), ['Oil'], [], sections);
    expect(sections.spectrum.count).toBe(2);
  });

  test('[TAB8] a back-painted surface without RINDEX of its gap, WLSABSLENGTH without WLSCOMPONENT: warnings', () => {
    const oil = properties({ RINDEX: water, WLSABSLENGTH: water });
    const warnings = pack(oil, { finish: 'groundbackpainted' });
    expect(warnings).toHaveLength(2);
    expect(warnings.join('\n')).toMatch(
      /WLSABSLENGTH without WLSCOMPONENT[\s\S]*absorbs every photon/,
    );
  });

  test('[TAB8] a back-painted metal without RINDEX of its gap: the same', () => {
    const metal = { type: 'dielectric_metal', finish: 'polishedbackpainted' } as const;
    expect(pack(properties({ RINDEX: water }), metal)).toEqual([
      "surface 'coat': back-painted without RINDEX of the gap: it absorbs every photon.",
    ]);
  });
});
