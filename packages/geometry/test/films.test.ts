import { describe, expect, test } from 'vitest';
import { GeometryError } from '../src/errors.ts';
import type { BorderSurface, OpticalSurface } from '../src/model/surface.ts';
import { bordersBothWays, filmFarMaterial } from '../src/scene/film-sides.ts';
import { tableOwner } from '../src/scene/optical-values.ts';
import { packScene } from '../src/scene/pack-scene.ts';
import { surfaceOptics } from '../src/scene/surface-optics.ts';
import {
  flat,
  material,
  type PlainParts,
  place,
  plainDetector,
  surface,
} from './check/plain-detector.ts';

type Given = Parameters<typeof surface>[1];

/** Glass with a vacuum in it that has the surface as its skin, or borders. */
function tube(film: OpticalSurface, parts: Partial<PlainParts> = {}) {
  return plainDetector({
    volumes: [
      { name: 'World', solid: [100, 100, 100], placements: [place('Window', [0, 0, 0])] },
      {
        ...{ name: 'Window', solid: [50, 50, 50], material: 'Glass' },
        placements: [place('Inside', [0, 0, 0])],
      },
      { name: 'Inside', solid: [40, 40, 40] },
    ],
    materials: [material('Glass', { RINDEX: flat(1.5) })],
    surfaces: [film],
    skins: [{ name: 'skin', surface: film.name, volume: 'Inside' }],
    ...parts,
  });
}

const borders = (...pairs: readonly (readonly [string, string])[]): BorderSurface[] =>
  pairs.map(([from, to], i) => ({ name: `b${i}`, surface: 'film', from, to }));

const cathode: NonNullable<Given> = {
  ...{ THINFILM_LAYERS: 2, THINFILM_THICKNESS1: 40e-6, THINFILM_THICKNESS2: 20e-6 },
  ...{ THINFILM_RINDEX1: flat(1.9), THINFILM_RINDEX2: flat(2.7), THINFILM_KINDEX2: flat(1.5) },
  EFFICIENCY: flat(0.5),
};
const bare = { type: 'dielectric_dielectric' } as const;

function thinFilm(given: Given = cathode, parts: Partial<OpticalSurface> = bare): OpticalSurface {
  return surface('film', given, parts);
}

function without(name: string): NonNullable<Given> {
  return Object.fromEntries(Object.entries(cathode).filter(([key]) => key !== name));
}

function optics(film: OpticalSurface) {
  return surfaceOptics(tube(film), 'film');
}

function refusal(film: OpticalSurface): string {
  try {
    optics(film);
  } catch (error) {
    expect(error).toBeInstanceOf(GeometryError);
    return (error as Error).message;
  }
  throw new Error('not refused');
}

describe('metals and coatings', () => {
  const metal = { REALRINDEX: flat(0.3), IMAGINARYRINDEX: flat(3.7) };

  test.each([
    ['dielectric_metal', {}, true],
    ['dielectric_metal', { REFLECTIVITY: flat(0.9) }, true],
    ['dielectric_dielectric', {}, true],
    ['dielectric_dielectric', { REFLECTIVITY: flat(0.9) }, false],
  ] as const)('[TAB12] a complex index of type %s with %o: %s', (type, more, isThere) => {
    const { film, warnings } = optics(surface('film', { ...metal, ...more }, { type }));
    expect(film?.kind).toBe(isThere ? 'metal' : undefined);
    expect(warnings).toEqual([]);
    if (isThere) expect(film?.layers).toHaveLength(1);
    const half = surface('film', { REALRINDEX: flat(0.3), ...more }, { type });
    expect(optics(half).film).toBeUndefined();
  });

  test('[TAB12] a part of the index below 0 is refused, with its place', () => {
    const wrong = { ...metal, IMAGINARYRINDEX: flat(-3.7) };
    const text = refusal(surface('film', wrong));
    expect(text).toContain("surface 'film'");
    expect(text).toContain('IMAGINARYRINDEX has a wrong value');
  });

  test('[TAB12] the type coated has an index and a thickness; light tunnels unless told', () => {
    const coated = { type: 'coated' } as const;
    const whole = { COATEDRINDEX: flat(1.7), COATEDTHICKNESS: 1e-4 };
    const film = (given: Given) => optics(surface('film', given, coated)).film;
    expect(film(whole)).toMatchObject({ kind: 'coating', frustrated: true });
    expect(film(whole)?.layers[0]?.thickness).toBe(1e-4);
    expect(film({ ...whole, COATEDFRUSTRATEDTRANSMISSION: 0 })?.frustrated).toBe(false);
    for (const name of ['COATEDRINDEX', 'COATEDTHICKNESS'] as const) {
      const given = Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name));
      expect(refusal(surface('film', given, coated))).toContain(`${name} is missing`);
    }
  });
});

describe('thin films', () => {
  test('[TAB13] layers, the last that absorbs is the photocathode', () => {
    const { film, efficiency, isQuantumEfficiency, warnings } = optics(thinFilm());
    expect(film).toMatchObject({ kind: 'thinFilm', cathode: 1 });
    expect(film?.layers.map(({ thickness }) => thickness)).toEqual([40e-6, 20e-6]);
    expect(efficiency?.values[0]).toBe(0.5);
    expect(isQuantumEfficiency).toBe(false);
    expect(warnings).toEqual([]);
    expect(optics(thinFilm({ ...cathode, THINFILM_CATHODE: 1 })).film?.cathode).toBe(0);
  });

  test('[TAB13] THINFILM_QE goes in the place of EFFICIENCY, and makes a sensor', () => {
    const film = thinFilm({ ...without('EFFICIENCY'), THINFILM_QE: flat(0.2) });
    expect(optics(film)).toMatchObject({ isQuantumEfficiency: true });
    expect(packScene(tube(film)).sensorCount).toBe(1);
  });

  test.each(['THINFILM_LAYERS', 'THINFILM_RINDEX1', 'THINFILM_THICKNESS2'])(
    '[TAB13] without %s it is not whole',
    (name) => {
      expect(refusal(thinFilm(without(name)))).toContain(`${name} is missing`);
    },
  );

  test.each([
    [{ THINFILM_RINDEX3: flat(2) }, 'THINFILM_RINDEX3, THINFILM_LAYERS 2'],
    [{ THINFILM_LAYERS: 9 }, 'a whole number from 1 to 8'],
    [{ THINFILM_LAYERS: 1.5 }, 'a whole number from 1 to 8'],
    [{ THINFILM_CATHODE: 3 }, 'a whole number from 1 to 2'],
    [{ THINFILM_KINDEX2: flat(-1) }, 'THINFILM_KINDEX2'],
    [{ THINFILM_RINDEX1: flat(0) }, 'THINFILM_RINDEX1'],
    [{ REFLECTIVITY: flat(0.9) }, 'REFLECTIVITY'],
    [{ TRANSMITTANCE: flat(0.1) }, 'TRANSMITTANCE'],
    [{ SURFACEROUGHNESS: 1e-4 }, 'SURFACEROUGHNESS'],
    [{ THINFILM_QE: flat(0.2) }, 'EFFICIENCY and THINFILM_QE'],
  ] as const)('[TAB13] with %o it is refused: %s', (more, expected) => {
    const text = refusal(thinFilm({ ...cathode, ...more }));
    expect(text).toContain("surface 'film'");
    expect(text).toContain(expected);
  });

  test.each([
    [{ type: 'dielectric_metal' }, 'type dielectric_metal'],
    [{ type: 'coated' }, 'type coated'],
    [{ ...bare, finish: 'ground' }, 'finish ground'],
  ] as const)('[TAB13] on a surface with %o: refused', (parts, expected) => {
    expect(refusal(thinFilm(cathode, parts))).toContain(expected);
  });

  test('[TAB13] warned of: lengths that look like nm, a photocathode that does not absorb', () => {
    expect(optics(thinFilm({ ...cathode, THINFILM_THICKNESS2: 20 })).warnings).toEqual([
      expect.stringMatching(/surface 'film': layer 2 is 20 mm thick/),
    ]);
    expect(optics(thinFilm({ ...cathode, THINFILM_CATHODE: 1 })).warnings).toEqual([
      expect.stringMatching(/layer 1 is the photocathode and absorbs nothing/),
    ]);
  });

  test('[TAB13] warned of: a THINFILM_QE above what the photocathode absorbs', () => {
    const of = (quantumEfficiency: number): readonly string[] => {
      const given = { ...without('EFFICIENCY'), THINFILM_QE: flat(quantumEfficiency) };
      return packScene(tube(thinFilm(given))).warnings;
    };
    expect(of(0.25)).toEqual([]);
    expect(of(0.9)).toEqual([
      expect.stringMatching(/surface 'film': THINFILM_QE is 0\.9.* absorbs only 0\.\d+/),
    ]);
  });
});

describe('the sides of a thin film', () => {
  const film = thinFilm();
  const far = (parts: Partial<PlainParts>): string | undefined => {
    const detector = tube(film, parts);
    return filmFarMaterial(detector, tableOwner(detector, 'surface', 'film', film.properties));
  };

  test('[TAB14] behind the last layer is the volume of the skin, or the one that a border leads to', () => {
    expect(far({})).toBe('Air');
    expect(far({ skins: [], borders: borders(['Window', 'Inside']) })).toBe('Air');
    expect(far({ skins: [], borders: borders(['Inside', 'Window']) })).toBe('Glass');
    const both = borders(['Window', 'Inside'], ['Inside', 'Window']);
    expect(far({ skins: [], borders: both })).toBe('Air');
    expect(far({ skins: [] })).toBeUndefined();
  });

  test('[TAB14] uses that do not agree are refused', () => {
    const skins = ['Inside', 'Window'].map((volume) => ({ name: volume, surface: 'film', volume }));
    expect(() => far({ skins })).toThrow(/which way round/);
  });

  test('[TAB14] between volumes of one material alone: a warning', () => {
    const whole = tube(film);
    expect(packScene(whole).warnings).toEqual([]);
    const materials = [material('Glass', { RINDEX: flat(1.5) })];
    const alike = tube(film, {
      ...{ materials, skins: [], borders: borders(['World', 'Other']) },
      volumes: [
        { name: 'Hall', solid: [100, 100, 100], placements: [place('Air', [0, 0, 0], 'World')] },
        { name: 'Air', solid: [50, 50, 50], placements: [place('Inner', [0, 0, 0], 'Other')] },
        { name: 'Inner', solid: [20, 20, 20] },
      ],
    });
    expect(packScene(alike).warnings).toEqual([
      expect.stringMatching(/film stands between volumes of Air only/),
    ]);
  });

  test('[TAB14] a border with a film is met from both sides, others from one', () => {
    const detector = tube(film, { skins: [], borders: borders(['Window', 'Inside']) });
    const ways = bordersBothWays(detector, detector.borderSurfaces);
    expect(ways.map(({ from, to }) => `${from} ${to}`)).toEqual(['Window Inside', 'Inside Window']);
    expect(packScene(detector).sensorCount).toBe(1);
    const whole = borders(['Window', 'Inside'], ['Inside', 'Window']);
    expect(bordersBothWays(detector, whole)).toEqual(whole);
    expect(packScene(tube(film, { skins: [], borders: whole })).sensorCount).toBe(1);
    const plain = tube(surface('film', {}, bare), { borders: borders(['Window', 'Inside']) });
    expect(bordersBothWays(plain, plain.borderSurfaces)).toHaveLength(1);
  });
});
