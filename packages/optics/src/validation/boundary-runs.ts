import { normalize, type Vector3 } from '@lantern/units';
import type { MacroOptics, OpNoviceRun } from './op-novice.ts';
import { reflectance } from './reflectance.ts';

/** One of Geant4's runs at a boundary. */
export interface BoundaryRun {
  readonly name: string;
  readonly surface: NonNullable<OpNoviceRun['surface']>;
  /** First interactions, by the first ten of boundaryStatuses. */
  readonly counts: readonly number[];
}

const tables: MacroOptics = {
  REFLECTIVITY: 0.8,
  TRANSMITTANCE: 0.1,
  EFFICIENCY: 0.1,
  SPECULARLOBECONSTANT: 0.1,
  SPECULARSPIKECONSTANT: 0.1,
  BACKSCATTERCONSTANT: 0.1,
  RINDEX: [
    [2, 1.4],
    [8, 1.5],
  ],
};

function run(
  words: string,
  counts: readonly number[],
  constants: Readonly<Record<string, number>> = {},
): BoundaryRun {
  const [model, type, finish, value] = words.split(' ');
  const surface: BoundaryRun['surface'] = {
    model: model === 'glisur' ? 'glisur' : 'unified',
    type: type === 'metal' ? 'dielectric_metal' : 'dielectric_dielectric',
    finish: finish ?? 'polished',
    value: Number(value),
    tables,
    constants,
  };
  const name = Object.keys(constants).length > 0 ? `${words} ${Object.keys(constants)}` : words;
  return { name, surface, counts };
}

const roughness = { SURFACEROUGHNESS: 0.01 };

/**
 * Geant4 11.4, examples/extended/optical/OpNovice2: boundary.mac and boundary.out. 10,000 photons of 3 eV from the
 * middle of a box of 2 m along (0.9, 0.44, 0); index 1.3 to 1.4 (2 to 8 eV, linear) inside, 1.01 outside, 1.4 to 1.5 in
 * the surface. Names: model, type, finish, sigma_alpha or polish.
 */
export const boundaryRuns: readonly BoundaryRun[] = [
  run('unified dielectric ground 0.2', [979, 7508, 0, 0, 319, 54, 52, 55, 933, 93]),
  run('unified dielectric polished 0.2', [1003, 7803, 178, 0, 0, 0, 0, 0, 888, 117]),
  run('unified dielectric polished 0.2', [984, 7855, 0, 0, 167, 0, 0, 0, 883, 105], roughness),
  run('unified dielectric polishedfrontpainted 0.2', [1049, 0, 0, 0, 0, 0, 7929, 0, 910, 104]),
  run('unified dielectric groundfrontpainted 0.2', [1006, 0, 0, 0, 7974, 0, 0, 0, 907, 105]),
  run('unified dielectric polishedbackpainted 0.2', [974, 8054, 0, 0, 13, 3, 0, 1, 835, 114]),
  run('unified dielectric groundbackpainted 0.2', [1168, 7605, 0, 0, 19, 6, 3, 5, 1070, 115]),
  run('unified metal polished 0.2', [988, 0, 0, 0, 0, 0, 7974, 0, 915, 116]),
  run('unified metal ground 0.2', [996, 0, 0, 0, 5618, 761, 826, 765, 940, 86]),
  run('glisur dielectric polished 1', [980, 7845, 181, 0, 0, 0, 0, 0, 882, 101]),
  run('glisur dielectric polished 1', [1009, 7788, 0, 0, 175, 0, 0, 0, 928, 91], roughness),
  run('glisur dielectric ground 0.2', [1033, 6134, 353, 1502, 0, 0, 0, 0, 880, 86]),
  run('glisur dielectric polishedfrontpainted 1', [1011, 0, 0, 0, 0, 0, 7969, 0, 889, 117]),
  run('glisur dielectric polishedbackpainted 1', [1030, 7900, 6, 0, 0, 0, 0, 0, 952, 108]),
  run('glisur dielectric groundfrontpainted 1', [1001, 0, 0, 0, 8020, 0, 0, 0, 875, 101]),
  run('glisur dielectric groundbackpainted 0.2', [1101, 7714, 44, 0, 0, 0, 0, 0, 1025, 110]),
  run('glisur metal polished 1', [984, 0, 0, 0, 0, 0, 8009, 0, 909, 90]),
  run('glisur metal ground 0.2', [1013, 0, 0, 0, 0, 7950, 0, 0, 928, 102]),
];

const direction = normalize([0.9, 0.44, 0]);
/** Inside at 3 eV, and outside. */
const [inside, outside] = [1.3 + 0.1 / 6, 1.01];

/**
 * The s polarised share of the power, which Geant4's macro draws once for the whole job and does not tell: fitted to
 * what the two polished runs, where no surface stands between, reflect of what they do not transmit or absorb.
 */
export function fittedShareOfS(): number {
  const bare = boundaryRuns.filter(({ name }) => /^\S+ dielectric polished \S+$/.test(name));
  const sum = (status: number): number =>
    bare.reduce((total, { counts }) => total + (counts[status] ?? 0), 0);
  const [refracted, reflected] = [sum(1), sum(2)];
  const angle = Math.acos(direction[0]);
  const [s, p] = (['s', 'p'] as const).map((which) => reflectance(inside, outside, angle, which));
  const share = (reflected / (refracted + reflected) - (p ?? 0)) / ((s ?? 1) - (p ?? 0));
  return Math.max(0, Math.min(1, share));
}

/**
 * The photons of a run.
 *
 * @param shareOfS as `fittedShareOfS`
 */
export function boundaryPhotons(
  { surface }: BoundaryRun,
  photons: number,
  shareOfS: number,
): OpNoviceRun {
  const [s, p] = [Math.sqrt(shareOfS), Math.sqrt(1 - shareOfS)];
  const polarisation: Vector3 = [-p * direction[1], p * direction[0], s];
  const ABSLENGTH = [
    [2, 1e6],
    [5, 2e6],
    [8, 3e6],
  ] as const;
  return {
    box: {
      RINDEX: [
        [2, 1.3],
        [8, 1.4],
      ],
      ABSLENGTH,
    },
    world: { RINDEX: outside, ABSLENGTH },
    surface,
    photons,
    energy: 3,
    from: 0,
    start: () => ({ direction, polarisation }),
  };
}
