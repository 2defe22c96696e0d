import { describe, expect, test } from 'vitest';
import { checkGeometry } from '../../src/check/check-geometry.ts';
import type { Finding } from '../../src/check/finding.ts';
import type { PropertyTable } from '../../src/model/property-table.ts';
import {
  flat,
  material,
  type PlainParts,
  place,
  plainDetector,
  surface,
  table,
} from './plain-detector.ts';

function findings(parts: PlainParts, kind: Finding['kind']): string[] {
  return checkGeometry(plainDetector(parts))
    .filter((finding) => finding.kind === kind)
    .map(({ severity, where, message }) => `${severity} ${where}: ${message}`);
}

/** A block in a world of air. */
function block(blockMaterial: string, more: Partial<PlainParts> = {}): PlainParts {
  return {
    volumes: [
      { name: 'World', solid: [100, 100, 100], placements: [place('Block', [0, 0, 0], 'block')] },
      { name: 'Block', solid: [10, 10, 10], material: blockMaterial },
    ],
    materials: [material('Steel'), material('Glass', { RINDEX: flat(1.5) })],
    ...more,
  };
}

function ofMaterial(
  given: Readonly<Record<string, PropertyTable | number>>,
  kind: Finding['kind'],
): string[] {
  return findings(
    {
      volumes: [{ name: 'World', solid: [1, 1, 1], material: 'Stuff' }],
      materials: [material('Stuff', given)],
    },
    kind,
  );
}

describe('where photons stop', () => {
  test('[CHK12] a daughter without RINDEX and without a surface', () => {
    expect(findings(block('Glass'), 'photonsStop')).toEqual([]);
    expect(findings(block('Steel'), 'photonsStop')).toEqual([
      "warning volume 'Block': Photons that come from 'World' (Air) stop here: Steel has no RINDEX, and no surface is between them. Right if it is opaque and black; otherwise give it RINDEX or a surface.",
    ]);
  });

  test('[CHK12] a metal skin takes care of them, on the daughter or the mother', () => {
    for (const volume of ['Block', 'World']) {
      const skins = [{ name: 'skin', surface: 'metal', volume }];
      const parts = block('Steel', {
        surfaces: [surface('metal', { REFLECTIVITY: flat(0.5) })],
        skins,
      });
      expect(findings(parts, 'photonsStop')).toEqual([]);
    }
  });

  test('[CHK12] a refracting surface does not; a painted one does', () => {
    const skins = [{ name: 'skin', surface: 'cover', volume: 'Block' }];
    const cover = (
      finish: string,
      type: 'dielectric_dielectric' | 'coated' = 'dielectric_dielectric',
    ): PlainParts => block('Steel', { surfaces: [surface('cover', {}, { type, finish })], skins });
    expect(findings(cover('groundfrontpainted'), 'photonsStop')).toEqual([]);
    expect(findings(cover('ground'), 'photonsStop')).toEqual([
      expect.stringMatching(/the surface 'cover' between them needs RINDEX on both sides/),
    ]);
    expect(findings(cover('groundfrontpainted', 'coated'), 'photonsStop')).toHaveLength(1);
  });

  test('[CHK12] a border surface counts in its own direction', () => {
    const surfaces = [surface('metal', { REFLECTIVITY: flat(0.5) })];
    const border = (from: string, to: string): PlainParts =>
      block('Steel', { surfaces, borders: [{ name: 'b', surface: 'metal', from, to }] });
    expect(findings(border('world', 'block'), 'photonsStop')).toEqual([]);
    expect(findings(border('block', 'world'), 'photonsStop')).toHaveLength(1);
  });

  test('[CHK12] a mother without RINDEX, and no RINDEX anywhere', () => {
    const volumes = [
      {
        ...({ name: 'World', solid: [9, 9, 9], material: 'Steel' } as const),
        placements: [place('Gap', [0, 0, 0])],
      },
      { name: 'Gap', solid: [1, 1, 1] } as const,
    ];
    expect(findings({ volumes, materials: [material('Steel')] }, 'photonsStop')).toEqual([
      expect.stringMatching(/volume 'World': Photons that come from 'Gap' \(Air\) stop here/),
    ]);
    const dark = volumes.map((volume) => ({ ...volume, material: 'Steel' }));
    expect(findings({ volumes: dark, materials: [material('Steel')] }, 'photonsStop')).toEqual([
      'warning the detector: No material in the world has RINDEX: no photon can fly anywhere.',
    ]);
  });
});

describe('surfaces', () => {
  const skins = [{ name: 'skin', surface: 'cover', volume: 'Block' }];

  test('[CHK23] films that look doubtful, not those that do not', () => {
    const film = (thickness: number, volumes: string): PlainParts => ({
      ...block(volumes, { skins }),
      surfaces: [
        surface(
          'cover',
          {
            ...{ THINFILM_LAYERS: 1, THINFILM_THICKNESS1: thickness },
            ...{ THINFILM_RINDEX1: flat(2), EFFICIENCY: flat(0.2), THINFILM_KINDEX1: flat(1) },
          },
          { type: 'dielectric_dielectric' },
        ),
      ],
    });
    expect(findings(film(20e-6, 'Glass'), 'surfaceCannotWork')).toEqual([]);
    expect(findings(film(20, 'Glass'), 'surfaceCannotWork')).toEqual([
      expect.stringMatching(/^warning surface 'cover': Layer 1 is 20 mm thick/),
    ]);
    expect(findings(film(20e-6, 'Air'), 'surfaceCannotWork')).toEqual([
      expect.stringMatching(
        /^warning surface 'cover': The thin film stands between .* of Air only/,
      ),
    ]);
    const { surfaces, ...unused } = film(20, 'Glass');
    const cover = surfaces?.[0];
    expect(
      findings({ ...unused, skins: [], surfaces: cover ? [cover] : [] }, 'surfaceCannotWork'),
    ).toEqual([]);
  });

  test('[CHK13] a back-painted finish needs the RINDEX of its gap', () => {
    const cover = (given: Record<string, PropertyTable>): PlainParts => ({
      ...block('Glass', { skins }),
      surfaces: [
        surface('cover', given, { type: 'dielectric_dielectric', finish: 'polishedbackpainted' }),
      ],
    });
    expect(findings(cover({ RINDEX: flat(1) }), 'surfaceCannotWork')).toEqual([]);
    expect(findings(cover({}), 'surfaceCannotWork')).toEqual([
      expect.stringMatching(/^error surface 'cover': Finish polishedbackpainted needs/),
    ]);
  });

  test('[CHK14] efficiency without absorption never detects', () => {
    const cover = (given: Record<string, PropertyTable>): string[] =>
      findings(block('Glass', { skins, surfaces: [surface('cover', given)] }), 'neverDetects');
    const EFFICIENCY = flat(0.3);
    expect(cover({ EFFICIENCY, REFLECTIVITY: flat(0.1) })).toEqual([]);
    expect(cover({ EFFICIENCY })).toEqual([
      expect.stringMatching(
        /^warning surface 'cover': EFFICIENCY without REFLECTIVITY: Geant4 takes/,
      ),
    ]);
    expect(cover({ EFFICIENCY, REFLECTIVITY: flat(1) })).toEqual([
      expect.stringMatching(/EFFICIENCY with REFLECTIVITY 1/),
    ]);
  });

  test('[CHK14] a sensitive volume without a surface that detects', () => {
    const parts = (efficiency: number): PlainParts => ({
      ...block('Glass'),
      volumes: [
        { name: 'World', solid: [100, 100, 100], placements: [place('Eye', [0, 0, 0])] },
        { name: 'Eye', solid: [10, 10, 10], material: 'Glass', sensitive: true },
      ],
      surfaces: [surface('cover', { EFFICIENCY: flat(efficiency), REFLECTIVITY: flat(0) })],
      skins: [{ name: 'skin', surface: 'cover', volume: 'Eye' }],
    });
    expect(findings(parts(0.3), 'neverDetects')).toEqual([]);
    expect(findings(parts(0), 'neverDetects')).toEqual([
      expect.stringMatching(
        /^warning volume 'Eye': Marked as sensitive \(SensDet\), and no surface/,
      ),
    ]);
  });

  test('[CHK15] surfaces between things that are not there', () => {
    const parts = block('Glass', {
      surfaces: [surface('cover')],
      skins: [
        { name: 'a', surface: 'covr', volume: 'Block' },
        { name: 'b', surface: 'cover', volume: 'Blok' },
      ],
      borders: [{ name: 'c', surface: 'cover', from: 'block', to: 'wrld' }],
    });
    expect(findings(parts, 'surfaceNowhere')).toEqual([
      "error skin surface 'a': There is no optical surface 'covr': did you mean 'cover'?",
      "error skin surface 'b': There is no volume 'Blok': did you mean 'Block'?",
      "error border surface 'c': There is no placed volume 'wrld': did you mean 'world'?",
    ]);
  });

  test('[CHK15] surfaces given twice', () => {
    const parts = block('Glass', {
      surfaces: [surface('cover')],
      skins: [...skins, { name: 'second', surface: 'cover', volume: 'Block' }],
      borders: ['one', 'two'].map((name) => ({
        name,
        surface: 'cover',
        from: 'block',
        to: 'world',
      })),
    });
    expect(findings(parts, 'surfaceNowhere')).toEqual([
      "warning skin surface 'second': Volume 'Block' has a second skin; the first is 'skin'.",
      "warning border surface 'two': From 'block' to 'world' there is a second border; the first is 'one'.",
    ]);
  });

  test('[CHK16] a border between volumes that never touch', () => {
    const pair = (distance: number): PlainParts => ({
      volumes: [
        {
          ...({ name: 'World', solid: [100, 100, 100] } as const),
          placements: [
            place('Block', [0, 0, 0], 'left'),
            place('Block', [distance, 0, 0], 'right'),
          ],
        },
        { name: 'Block', solid: [10, 10, 10], placements: [place('Core', [0, 0, 0], 'core')] },
        { name: 'Core', solid: [1, 1, 1] },
      ],
      surfaces: [surface('cover')],
      borders: [{ name: 'b', surface: 'cover', from: 'left', to: 'right' }],
    });
    expect(findings(pair(10), 'surfaceNowhere')).toEqual([]);
    expect(findings(pair(20), 'surfaceNowhere')).toEqual([
      expect.stringMatching(/^warning border surface 'b': .*do not seem to touch/),
    ]);
    const far = {
      ...pair(10),
      borders: [{ name: 'b', surface: 'cover', from: 'core', to: 'world' }],
    };
    expect(findings(far, 'surfaceNowhere')).toEqual([
      expect.stringMatching(/neither mother and daughter nor in one mother/),
    ]);
  });
});

describe('processes', () => {
  const index = { RINDEX: flat(1.3) };

  test('[CHK17] wavelength shifting needs its spectrum', () => {
    expect(
      ofMaterial({ ...index, WLSABSLENGTH: flat(1), WLSTIMECONSTANT: 1 }, 'incomplete'),
    ).toEqual([
      "warning material 'Stuff': WLSABSLENGTH without WLSCOMPONENT: photons are absorbed by the shifter and none is emitted.",
    ]);
    expect(ofMaterial({ ...index, WLSCOMPONENT: flat(1) }, 'incomplete')).toHaveLength(1);
    expect(
      ofMaterial({ ...index, WLSABSLENGTH: flat(1), WLSCOMPONENT: flat(1) }, 'incomplete'),
    ).toEqual([expect.stringMatching(/No WLSTIMECONSTANT/)]);
  });

  test('[CHK17] re-emission needs a spectrum and absorption', () => {
    expect(ofMaterial({ ...index, REEMISSIONPROB: flat(0) }, 'incomplete')).toEqual([]);
    expect(
      ofMaterial({ ...index, ABSLENGTH: flat(1), REEMISSIONPROB: flat(1) }, 'incomplete'),
    ).toEqual([expect.stringMatching(/REEMISSIONPROB without a spectrum/)]);
  });

  test('[CHK17] scintillation needs spectra, times and shares', () => {
    const light = { ...index, SCINTILLATIONYIELD: 100 };
    expect(ofMaterial(light, 'incomplete')).toEqual([
      expect.stringMatching(/^error .*SCINTILLATIONYIELD without a spectrum/),
    ]);
    const one = { ...light, SCINTILLATIONCOMPONENT1: flat(1) };
    expect(ofMaterial(one, 'incomplete')).toEqual([
      expect.stringMatching(/without SCINTILLATIONTIMECONSTANT1/),
    ]);
    const two = {
      ...{ ...one, SCINTILLATIONCOMPONENT2: flat(1), SCINTILLATIONYIELD1: 1 },
      ...{ SCINTILLATIONTIMECONSTANT1: 1, SCINTILLATIONTIMECONSTANT2: 10 },
    };
    expect(ofMaterial(two, 'incomplete')).toEqual([
      expect.stringMatching(/SCINTILLATIONCOMPONENT2 without SCINTILLATIONYIELD2/),
    ]);
  });

  test('[CHK17] properties without RINDEX have no effect', () => {
    expect(ofMaterial({ ABSLENGTH: flat(1) }, 'incomplete')).toEqual([
      "warning material 'Stuff': No RINDEX: photons stop here, and ABSLENGTH has no effect.",
    ]);
  });

  test('[CHK18] what a simulation stops at', () => {
    expect(ofMaterial({ ...index, MIEHG: flat(1), MIEHG_FORWARD: 0.9 }, 'notSimulated')).toEqual([
      expect.stringMatching(/^error .*material 'Stuff': MIEHG needs MIEHG_FORWARD_RATIO/),
    ]);
    const xRays = surface('filter', {}, { type: 'x_ray' });
    expect(findings(block('Glass', { surfaces: [xRays] }), 'notSimulated')).toEqual([
      expect.stringMatching(/Type x_ray is not for optical photons: .* stops at it/),
    ]);
    const dichroic = surface('filter', {}, { model: 'dichroic', type: 'dielectric_dichroic' });
    const skins = [{ name: 'skin', surface: 'filter', volume: 'Block' }];
    expect(findings(block('Glass', { surfaces: [dichroic], skins }), 'notSimulated')).toEqual([
      expect.stringMatching(
        /^error the detector: It cannot be simulated: surface 'filter': a dichroic filter without a table: .*--dichroic FILE/,
      ),
    ]);
    const corners = [0, 1, 2, 3].map((r) => ({ r, z: r * (3 - r) * (r - 1) }));
    const solid = {
      type: 'genericPolycone',
      name: 'dish',
      startphi: 0,
      deltaphi: 7,
      corners: [...corners, { r: 0, z: -1 }, { r: 3, z: 1 }],
    } as const;
    const dish = findings({ volumes: [{ name: 'World', solid }] }, 'notSimulated');
    expect(dish).toEqual([
      expect.stringMatching(/solid 'dish': It cannot be simulated: .*crosses itself/),
    ]);
  });
});

describe('the rest', () => {
  test('[CHK19] what is declared and used nowhere', () => {
    const parts = block('Glass', {
      solids: [{ type: 'orb', name: 'ball', r: 1 }],
      surfaces: [surface('cover')],
    });
    expect(findings(parts, 'unused')).toEqual([
      "info solids: Declared and used nowhere in the world: 'ball'.",
      "info materials: Declared and used nowhere in the world: 'Steel'.",
      "info surfaces: Declared and used nowhere in the world: 'cover'.",
    ]);
  });

  test('[CHK20] the reader’s warnings are findings, with their place; errors come first', () => {
    const all = checkGeometry(
      plainDetector({
        ...block('Glass'),
        warnings: ['/data/a.gdml:12: <property name="RINDEX">: sorted', 'something'],
        materials: [material('Glass', { RINDEX: table([2, -1], [4, 1]) })],
      }),
    );
    expect(all.slice(0, 3).map(({ severity, where }) => `${severity} ${where}`)).toEqual([
      "error material 'Glass' RINDEX",
      'warning a.gdml:12 <property name="RINDEX">',
      'warning the file',
    ]);
  });
});
