import type { OpticalProperties } from '@lantern/geometry';
import type { YieldKind } from './particle.ts';
import { type ParticleYield, particleYields, shared } from './particle-yield.ts';

/** One component of a scintillator's light: its share of all, rise and decay time in ns. */
export interface ScintillationComponent {
  /** 1, 2 or 3: whose spectrum, as packed in the scene. */
  readonly component: number;
  readonly share: number;
  readonly riseTime: number;
  readonly decayTime: number;
}

/** How a material scintillates. */
export interface Scintillator {
  /** Photons per MeV. */
  readonly yield: number;
  /** Of the number's standard deviation, in units of √N. */
  readonly resolution: number;
  /** Birks' constant, mm/MeV. */
  readonly birks: number;
  readonly components: readonly ScintillationComponent[];
  /** Yields by kind of particle, which take the place of `yield` and `birks`; absent unless they are asked for. */
  readonly byParticle?: ReadonlyMap<YieldKind, ParticleYield> | undefined;
}

/** Names of Geant4 11, then those of Geant4 10. */
const names = [
  {
    spectra: ['SCINTILLATIONCOMPONENT1', 'FASTCOMPONENT'],
    decay: ['SCINTILLATIONTIMECONSTANT1', 'FASTTIMECONSTANT'],
    rise: ['SCINTILLATIONRISETIME1', 'FASTSCINTILLATIONRISETIME'],
    share: 'SCINTILLATIONYIELD1',
  },
  {
    spectra: ['SCINTILLATIONCOMPONENT2', 'SLOWCOMPONENT'],
    decay: ['SCINTILLATIONTIMECONSTANT2', 'SLOWTIMECONSTANT'],
    rise: ['SCINTILLATIONRISETIME2', 'SLOWSCINTILLATIONRISETIME'],
    share: 'SCINTILLATIONYIELD2',
  },
  {
    spectra: ['SCINTILLATIONCOMPONENT3'],
    decay: ['SCINTILLATIONTIMECONSTANT3'],
    rise: ['SCINTILLATIONRISETIME3'],
    share: 'SCINTILLATIONYIELD3',
  },
] as const;

/** Where a material's Birks' constant (mm/MeV) is looked for; GDML has no place of its own for it. */
const birksNames = ['BIRKSCONSTANT', 'BIRKS', 'birks', 'BirksConstant'];

/**
 * The components that a material has a spectrum of, shares as they are given: SCINTILLATIONYIELD1 to 3, in Geant4 10
 * YIELDRATIO; without both all is of the first.
 */
export function scintillationComponents({
  tables,
  constants,
}: OpticalProperties): ScintillationComponent[] {
  const first = (options: readonly string[]): number =>
    options.map((name) => constants.get(name)).find((value) => value !== undefined) ?? 0;
  return names.flatMap(({ spectra, decay, rise, share }, i) => {
    if (!spectra.some((name) => (tables.get(name)?.energies.length ?? 0) > 1)) return [];
    const given =
      constants.get(share) ?? oldShare(constants.get('YIELDRATIO'), i) ?? (i === 0 ? 1 : 0);
    return [{ component: i + 1, share: given, riseTime: first(rise), decayTime: first(decay) }];
  });
}

/**
 * How a material scintillates; undefined when it does not.
 *
 * @param byParticle by the yields of each kind of particle, without Birks' law, as Geant4 with scintillation by particle
 * type; Geant4 does so only when told to
 */
export function scintillatorOf(
  properties: OpticalProperties,
  byParticle = false,
): Scintillator | undefined {
  const { constants } = properties;
  const total = constants.get('SCINTILLATIONYIELD') ?? 0;
  const parts = scintillationComponents(properties);
  const components = shared(parts);
  const yields = byParticle && parts.length > 0 ? particleYields(properties, parts) : undefined;
  if (yields === undefined && !(total > 0 && components.length > 0)) return undefined;
  const birks = birksNames.map((name) => constants.get(name)).find((value) => value !== undefined);
  return {
    yield: total,
    resolution: constants.get('RESOLUTIONSCALE') ?? 1,
    birks: birks ?? 0,
    components,
    byParticle: yields,
  };
}

/** YIELDRATIO is the fast component's share of all. */
function oldShare(ratio: number | undefined, index: number): number | undefined {
  if (ratio === undefined) return undefined;
  return [ratio, 1 - ratio, 0][index];
}

/**
 * Birks' law: the mean number of photons of a deposit of `energy` (MeV) along `path` (mm), N = Y E / (1 + kB dE/dx).
 *
 * Source: Birks, Proc. Phys. Soc. A 64 (1951) 874.
 */
export function meanScintillation(
  { yield: perEnergy, birks }: Scintillator,
  energy: number,
  path: number,
): number {
  const quenching = path > 0 ? 1 + (birks * energy) / path : 1;
  return (perEnergy * energy) / quenching;
}
