import {
  GeometryError,
  type OpticalPropertyChanges,
  opticalPropertiesDocument,
  readOpticalProperties,
  withOpticalProperties,
} from '@lantern/geometry';
import { wavelengthToEnergy } from '@lantern/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read } from './gdml-documents.ts';

const table = { wavelengths: [300, 400, 500], values: [1000, 80_000, 20_000] };

describe('a document of optical properties', () => {
  it('[OPD1] is against wavelength and becomes tables against energy', () => {
    const { materials, surfaces } = readOpticalProperties(
      {
        materials: { Water: { tables: { ABSLENGTH: table }, constants: { RS_SCALE_FACTOR: 1.2 } } },
        surfaces: { Cathode: { tables: { EFFICIENCY: { wavelengths: [420], values: [0.25] } } } },
      },
      'water of May',
    );
    const water = materials.get('Water');
    expect(water?.constants.get('RS_SCALE_FACTOR')).toBe(1.2);
    const { energies, values } = water?.tables.get('ABSLENGTH') ?? {};
    expect([...(values ?? [])]).toEqual([20_000, 80_000, 1000]);
    expect([...(energies ?? [])]).toEqual([500, 400, 300].map(wavelengthToEnergy));
    expect(surfaces.get('Cathode')?.tables.get('EFFICIENCY')?.values).toEqual(
      Float64Array.of(0.25),
    );
  });

  it('[OPD1] written and read again is the same', () => {
    const wavelengths = fc
      .uniqueArray(fc.double({ min: 100, max: 2000, noNaN: true }), { minLength: 1, maxLength: 8 })
      .map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(wavelengths, fc.double({ min: 1, max: 1e6, noNaN: true }), (x, value) => {
        const tables = { ABSLENGTH: { wavelengths: x, values: x.map((_, i) => value + i) } };
        const given = { materials: { Water: { tables, constants: { RS_SCALE_FACTOR: value } } } };
        const first = readOpticalProperties(given, 'given');
        const again: OpticalPropertyChanges = readOpticalProperties(
          JSON.parse(JSON.stringify(opticalPropertiesDocument(first))),
          'again',
        );
        const [a, b] = [first, again].map((r) => r.materials.get('Water'));
        expect(b?.constants).toEqual(a?.constants);
        expect(b?.tables.get('ABSLENGTH')?.values).toEqual(a?.tables.get('ABSLENGTH')?.values);
        const energies = b?.tables.get('ABSLENGTH')?.energies ?? [];
        a?.tables.get('ABSLENGTH')?.energies.forEach((energy, i) => {
          expect(Math.abs((energies[i] ?? 0) / energy - 1)).toBeLessThan(1e-14);
        });
      }),
      { numRuns: 50 },
    );
  });

  const wrongs: readonly (readonly [string, unknown, RegExp])[] = [
    ['no object', [], /May: wrong the document: given \[\], expected an object of JSON/],
    ['an unknown key', { material: {} }, /given 'material'.*did you mean 'materials'/],
    ['an unknown part', { materials: { W: { table: {} } } }, /did you mean 'tables'/],
    ['an unknown property', of({ ABSLENGHT: table }), /did you mean 'ABSLENGTH'/],
    ['a constant as a table', of({ SCINTILLATIONYIELD: table }), /is no table against wavelength/],
    ['a table as a constant', { materials: { W: { constants: { RINDEX: 1.3 } } } }, /no constant/],
    [
      'one value too few',
      of({ RINDEX: { wavelengths: [1, 2], values: [1] } }),
      /2 wavelengths and 1/,
    ],
    ['no values', of({ RINDEX: { wavelengths: [], values: [] } }), /0 wavelengths/],
    [
      'wavelengths down',
      of({ RINDEX: { wavelengths: [2, 1], values: [1, 1] } }),
      /wavelength 2.*given 1/,
    ],
    [
      'a negative one',
      of({ RINDEX: { wavelengths: [-2], values: [1] } }),
      /wavelength 1.*given -2/,
    ],
    ['text', of({ RINDEX: { wavelengths: ['2'], values: [1] } }), /wavelengths 1: given "2"/],
    ['null', of({ RINDEX: { wavelengths: [2], values: [null] } }), /values 1: given null/],
    [
      'a fraction above 1',
      { surfaces: { S: { tables: { EFFICIENCY: { wavelengths: [2], values: [1.5] } } } } },
      /surface 'S': EFFICIENCY: wrong value 1: given 1.5, expected a fraction/,
    ],
    [
      'a constant that is text',
      { materials: { W: { constants: { RS_SCALE_FACTOR: 'x' } } } },
      /"x"/,
    ],
  ];
  it.each(wrongs)('[OPD3] with %s is an error', (_, value, message) => {
    expect(() => readOpticalProperties(value, 'water of May')).toThrow(GeometryError);
    expect(() => readOpticalProperties(value, 'water of May')).toThrow(message);
  });
});

describe('a detector with properties of the moment', () => {
  const detector = read({});
  const [material = ''] = detector.materials.keys();
  const replace = (changes: unknown): ReturnType<typeof withOpticalProperties> =>
    withOpticalProperties(detector, readOpticalProperties(changes, 'May'), 'May');

  it('[OPD2] has them in place of its own; the rest stays', () => {
    const first = replace({
      materials: { [material]: { tables: { RINDEX: table, GROUPVEL: table } } },
    });
    const changes = { materials: { [material]: { tables: { RINDEX: table } } } };
    const second = withOpticalProperties(first, readOpticalProperties(changes, 'June'), 'June');
    const names = (d: typeof detector): string[] => [
      ...(d.materials.get(material)?.properties.tables.keys() ?? []),
    ];
    expect(names(first)).toEqual(expect.arrayContaining(['RINDEX', 'GROUPVEL']));
    expect(names(second)).not.toContain('GROUPVEL');
    expect(second.volumes).toBe(detector.volumes);
    expect(detector.materials.get(material)?.properties.tables.get('RINDEX')).not.toEqual(
      second.materials.get(material)?.properties.tables.get('RINDEX'),
    );
  });

  it('[OPD3] does not have owners that it does not know', () => {
    expect(() => replace({ materials: { [`${material}x`]: {} } })).toThrow(
      new RegExp(`May: the detector has no such material.*did you mean '${material}'`),
    );
    expect(() => replace({ surfaces: { Nowhere: {} } })).toThrow(/no such surface/);
  });
});

function of(tables: unknown): unknown {
  return { materials: { W: { tables } } };
}
