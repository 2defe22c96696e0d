import { identity3 } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { describeGeometry } from '../../src/info/describe-geometry.ts';
import { propertiesNotUsedIn } from '../../src/info/properties-not-used.ts';
import type { Detector } from '../../src/model/detector.ts';
import {
  nearestPropertyName,
  opticalPropertyNamed,
  opticalPropertyNames,
  propertiesThatStop,
} from '../../src/optical-property-names.ts';
import { packScene } from '../../src/scene/pack-scene.ts';
import {
  flat,
  material,
  type PlainParts,
  place,
  plainDetector,
  properties,
  surface,
  table,
} from '../check/plain-detector.ts';
import { ballFacets, tessellated } from '../solids/mesh-solids.ts';

const detector = plainDetector({
  volumes: [
    {
      ...{ name: 'World', solid: [1000, 2000, 3000] },
      placements: [place('Module', [0, 0, 0], 'm1'), place('Module', [0, 50, 0], 'm2')],
    },
    {
      ...{ name: 'Module', solid: [40, 40, 40], material: 'Water' },
      placements: [-10, 0, 10].map((x) => place('Eye', [x, 0, 0], `eye${x}`)),
    },
    { name: 'Eye', solid: [5, 5, 5], material: 'Water', sensitive: true },
    { name: 'Idle', solid: [5, 5, 5] },
  ],
  materials: [
    material('Water', {
      ...{ RINDEX: table([2, 1.33], [4, 1.35]), ABSLENGHT: flat(10), MIEHG: flat(5) },
      ...{ EFFICIENCY: flat(1), FERMIPOT: 3, SCINTILLATIONYIELD: 100, WLSCOMPONENT2: flat(1) },
    }),
  ],
  surfaces: [
    surface('cathode', { EFFICIENCY: flat(0.3), REFLECTIVITY: flat(0), RINDEX: flat(1) }),
    surface(
      'mirror',
      { REFLECTIVITY: flat(1), SPECULARLOBECONSTANT: flat(1) },
      { model: 'glisur' },
    ),
  ],
  skins: [{ name: 'skin', surface: 'cathode', volume: 'Eye' }],
  borders: [{ name: 'b', surface: 'mirror', from: 'm1', to: 'world' }],
});
const info = describeGeometry(detector);

describe('describeGeometry', () => {
  test('[INF1] counts the expanded tree without expanding it', () => {
    expect(info.counts).toEqual({
      ...{ solids: 4, materials: 2, surfaces: 2, volumes: 4, placements: 5 },
      ...{ nodes: 9, depth: 2, sensors: 6 },
    });
    expect(info.bounds.max).toEqual([500, 1000, 1500]);
  });

  test('[INF1] 30 generations of two daughters each: 2³¹ − 1 volumes', () => {
    const volumes = Array.from({ length: 31 }, (_, i) => ({
      ...{ name: `v${i}`, solid: [1, 1, 1] as const },
      placements:
        i < 30 ? ['a', 'b'].map((copy) => place(`v${i + 1}`, [0, 0, 0], `${copy}${i}`)) : [],
    }));
    const { counts } = describeGeometry(plainDetector({ volumes }));
    expect(counts).toMatchObject({ nodes: 2 ** 31 - 1, depth: 30, placements: 60 });
  });

  test('[INF4] the world is a sensor where its skin detects, or a border into it does', () => {
    const parts = (from: string): PlainParts => ({
      volumes: [
        { name: 'World', solid: [9, 9, 9], placements: [place('Block', [0, 0, 0], 'block')] },
        { name: 'Block', solid: [1, 1, 1] },
        { name: 'Idle', solid: [1, 1, 1], placements: [place('Block', [0, 0, 0], 'idle')] },
      ],
      surfaces: [surface('cathode', { EFFICIENCY: flat(0.3), REFLECTIVITY: flat(0) })],
      borders: [{ name: 'b', surface: 'cathode', from, to: 'world' }],
    });
    const { counts, volumes } = describeGeometry(plainDetector(parts('block')));
    expect(counts.sensors).toBe(1);
    expect(volumes.map(({ detects }) => detects)).toEqual([true, false]);
    expect(describeGeometry(plainDetector(parts('idle'))).counts.sensors).toBe(0);
  });

  test('[INF2] volumes with solid, material, copies and surface', () => {
    expect(info.volumes.map(({ name }) => name)).toEqual(['World', 'Module', 'Eye']);
    expect(info.volumes[2]).toEqual({
      ...{ name: 'Eye', solid: 'EyeBox', solidType: 'box', material: 'Water', copies: 6 },
      ...{ daughters: 0, skin: 'cathode', detects: true, sensitiveDetector: 'PMT' },
    });
  });

  test('[INF2] materials and surfaces with ranges in nm, and where they are used', () => {
    const water = info.materials.find(({ name }) => name === 'Water');
    expect(water).toMatchObject({ density: 1, state: 'solid', volumes: 2 });
    expect(water?.properties[0]).toMatchObject({ name: 'RINDEX', points: 2, values: [1.33, 1.35] });
    expect(water?.properties[0]?.wavelengths?.[0]).toBeCloseTo(309.96, 2);
    expect(water?.properties.find(({ name }) => name === 'SCINTILLATIONYIELD')).toEqual({
      ...{ name: 'SCINTILLATIONYIELD', unit: '1/MeV', values: [100, 100] },
    });
    expect(info.surfaces[0]).toMatchObject({ skinOf: ['Eye'], borders: [], detects: true });
    expect(info.surfaces[1]).toMatchObject({ skinOf: [], borders: [{ from: 'm1', to: 'world' }] });
  });

  test('[INF2] it is plain data', () => {
    expect(JSON.parse(JSON.stringify(info))).toEqual(info);
  });

  test('[INF3] a number where a table belongs, and the other way round', () => {
    const wrong = plainDetector({
      volumes: [{ name: 'World', solid: [1, 1, 1], material: 'Oil' }],
      materials: [material('Oil', { RINDEX: 1.5, WLSTIMECONSTANT: flat(5), ABSLENGTH: flat(3) })],
    });
    const told = describeGeometry(wrong).opticalPropertiesNotUsed.map(
      ({ property, reason, because, stops }) => `${property} ${reason} ${stops}: ${because}`,
    );
    expect(told).toEqual([
      'WLSTIMECONSTANT wrongKind true: given as a table of 2 rows; it must be a single number (one column)',
      'RINDEX wrongKind true: given as a single number, 1.5; it must be a table against photon energy (two columns)',
    ]);
  });

  test('[INF3] every property without effect, with the reason', () => {
    const told = info.opticalPropertiesNotUsed.map(
      ({ owner, property, reason, because, stops }) =>
        `${owner} ${property} ${reason}${stops ? ' stops' : ''}: ${because}`,
    );
    expect(told).toEqual([
      'Water ABSLENGHT unknown: unknown to Geant4 and Lantern: did you mean ABSLENGTH?',
      'Water EFFICIENCY unknown: a property of surfaces; it has no meaning for a material',
      'Water FERMIPOT elsewhere: Geant4 uses it for ultra-cold neutrons',
      'cathode RINDEX elsewhere: only with a back-painted finish',
      'mirror SPECULARLOBECONSTANT elsewhere: only with the model unified',
    ]);
  });
});

describe('solids that are met as triangles', () => {
  const ball = tessellated('ball', ballFacets(3));
  const twistedbox = { type: 'twistedbox', name: 'twist', PhiTwist: 0.3, x: 10, y: 20, z: 30 };
  const union = {
    ...{ type: 'union', name: 'both', first: 'twist', second: 'ball' },
    transform: { rotation: identity3, translation: [0, 0, 0], scale: [1, 1, 1] },
  };
  const solids = [ball, twistedbox, union].map((solid) => [solid.name, solid] as const);
  const plain = plainDetector({
    volumes: [
      { name: 'World', solid: [1000, 1000, 1000], placements: [place('Thing', [0, 0, 0])] },
      { name: 'Thing', solid: [5, 5, 5] },
    ],
  });
  const withSolids = (thing: string): Detector => ({
    ...plain,
    solids: new Map([...plain.solids, ...solids] as never),
    volumes: new Map(
      [...plain.volumes].map(([name, volume]) => [
        name,
        name === 'Thing' ? { ...volume, solid: thing } : volume,
      ]),
    ),
  });
  const found = (name: string) => describeGeometry(withSolids(name)).solidsOfTriangles;

  test('[INF7] exact where the triangles are the solid, otherwise with the error that the scene warns of', () => {
    expect(info.solidsOfTriangles).toEqual([]);
    expect(found('ball')).toEqual([
      { name: 'ball', type: 'tessellated', triangles: 512, offBy: 0 },
    ]);
    const [twist] = found('twist');
    const warning = packScene(withSolids('twist')).warnings.find((text) => text.includes('twist'));
    expect(warning).toContain(`made of ${twist?.triangles.toLocaleString('en')} triangles`);
    expect(warning).toContain(
      `at most ${Number((1e6 * (twist?.offBy ?? 0)).toPrecision(2))} nm off`,
    );
    const [both] = found('both');
    expect(both).toMatchObject({ type: 'union', offBy: twist?.offBy });
    expect(both?.triangles).toBe((twist?.triangles ?? 0) + 512);
  });
});

describe('names of optical properties', () => {
  test('[INF5] each is there once for materials and once for surfaces', () => {
    const keys = opticalPropertyNames.map(({ of, name }) => `${of} ${name}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(opticalPropertyNamed('surface', 'RINDEX')?.meaning).toMatch(/gap/);
    expect(opticalPropertyNamed('material', 'REFLECTIVITY')).toBeUndefined();
    expect(nearestPropertyName('surface', 'REFLECTIVTY')).toBe('REFLECTIVITY');
  });

  test.each([
    [{ MIEHG_FORWARD: 1 }, 'MIEHG_FORWARD: only beside MIEHG'],
    [{ WLSMEANNUMBERPHOTONS: 2 }, 'WLSMEANNUMBERPHOTONS: only beside WLSABSLENGTH'],
    [{ WLSMEANNUMBERPHOTONS2: 2 }, 'WLSMEANNUMBERPHOTONS2: only beside WLSABSLENGTH2'],
    [{ REEMISSIONPROB: flat(1) }, 'REEMISSIONPROB: there is no spectrum to emit'],
    [{ REEMISSIONCOMPONENT: flat(1) }, 'REEMISSIONCOMPONENT: only beside REEMISSIONPROB'],
  ])('[INF3] %o alone has no effect: %s', (properties, because) => {
    const stuff = material('Stuff', properties);
    const told = propertiesNotUsedIn('Stuff', { ...stuff, of: 'material' });
    expect(told).toHaveLength(1);
    expect(`${told[0]?.property}: ${told[0]?.because}`).toContain(because);
  });

  test('[INF5] what stops a simulation is neither used nor without a meaning', () => {
    for (const row of opticalPropertyNames) {
      expect(row.meaning).not.toBe('');
      expect(row.stops === true && row.usedSince !== undefined).toBe(false);
    }
  });

  test.each([
    ['material', { MIEHG: flat(1), MIEHG_FORWARD: 1 }, []],
    ['material', { WLSMEANNUMBERPHOTONS: 2, WLSABSLENGTH2: flat(1) }, []],
    ['material', { REEMISSIONPROB: flat(0.5), SCINTILLATIONCOMPONENT1: flat(1) }, []],
    ['surface', { REALRINDEX: flat(1), IMAGINARYRINDEX: flat(3) }, []],
    ['surface', { COATEDRINDEX: flat(1) }, []],
  ] as const)('[INF6] of a %s with %o these stop a simulation: %o', (of, given, names) => {
    const stopping = propertiesThatStop({
      of,
      properties: properties(given),
      type: 'dielectric_metal',
    });
    expect(stopping.map(({ name }) => name)).toEqual(names);
  });

  test.each([
    ['dielectric_metal', { COATEDTHICKNESS: 1e-4 }, ['COATEDTHICKNESS']],
    ['coated', { COATEDTHICKNESS: 1e-4, REFLECTIVITY: flat(0.5) }, ['REFLECTIVITY']],
    ['dielectric_metal', { REALRINDEX: flat(1) }, ['REALRINDEX']],
    ['dielectric_metal', { REALRINDEX: flat(1), IMAGINARYRINDEX: flat(3) }, []],
    ['dielectric_LUT', { REALRINDEX: flat(1), IMAGINARYRINDEX: flat(3) }, []],
    [
      'dielectric_dielectric',
      { REALRINDEX: flat(1), IMAGINARYRINDEX: flat(3), REFLECTIVITY: flat(1) },
      ['REALRINDEX', 'IMAGINARYRINDEX'],
    ],
    ['dielectric_dielectric', { THINFILM_LAYERS: 1, THINFILM_KINDEX1: flat(1) }, []],
  ] as const)(
    '[INF3] of a surface of type %s with %o these are not used: %o',
    (type, given, names) => {
      const owner = { of: 'surface', properties: properties(given), type } as const;
      expect(propertiesNotUsedIn('s', owner).map(({ property }) => property)).toEqual(names);
    },
  );
});
