import type { OpticalProperties, PropertyTable } from '@lantern/geometry';
import { OpticsError } from '../../errors.ts';
import type { YieldKind } from './particle.ts';
import type { ScintillationComponent } from './scintillator.ts';

/** How a kind of particle makes a material scintillate (Geant4: scintillation by particle type). */
export interface ParticleYield {
  /** Photons of a particle that stops, by its kinetic energy, MeV. */
  readonly photons: PropertyTable;
  readonly components: readonly ScintillationComponent[];
}

const kinds: readonly YieldKind[] = ['PROTON', 'DEUTERON', 'TRITON', 'ALPHA', 'ION', 'ELECTRON'];

/**
 * The yields of a material by kind of particle: PROTONSCINTILLATIONYIELD and so on, with PROTONSCINTILLATIONYIELD1 to 3
 * (1, 0, 0 without them), and time constants and rise times of their own or those of the material.
 *
 * @param components those that the material has spectra of
 * @throws OpticsError for a table whose energies do not ascend, or whose photons fall
 */
export function particleYields(
  { tables, constants }: OpticalProperties,
  components: readonly ScintillationComponent[],
): ReadonlyMap<YieldKind, ParticleYield> {
  const yields = new Map<YieldKind, ParticleYield>();
  for (const kind of kinds) {
    const photons = tables.get(`${kind}SCINTILLATIONYIELD`);
    if (!photons) continue;
    requireYields(photons, `${kind}SCINTILLATIONYIELD`);
    const own = components.map((part) => ({
      ...part,
      share:
        constants.get(`${kind}SCINTILLATIONYIELD${part.component}`) ??
        (part.component === 1 ? 1 : 0),
      riseTime: constants.get(`${kind}SCINTILLATIONRISETIME${part.component}`) ?? part.riseTime,
      decayTime:
        constants.get(`${kind}SCINTILLATIONTIMECONSTANT${part.component}`) ?? part.decayTime,
    }));
    yields.set(kind, { photons, components: shared(own) });
  }
  return yields;
}

/** @throws OpticsError for a table that is none of photons by kinetic energy */
function requireYields({ energies, values }: PropertyTable, name: string): void {
  const ascend = energies.every((energy, i) => energy > (energies[i - 1] ?? -1) && energy >= 0);
  const grow = values.every((value, i) => value >= (values[i - 1] ?? 0) && value < 1e12);
  if (energies.length > 1 && ascend && grow) return;
  throw new OpticsError({
    what: 'a table of scintillation yields that cannot be',
    where: name,
    given: `${[...values].slice(0, 5).join(', ')} at ${[...energies].slice(0, 5).join(', ')} MeV`,
    expected:
      'two points or more of kinetic energy, ascending from 0, and photons that do not fall',
  });
}

/** Components with light, their shares as parts of all. */
export function shared(parts: readonly ScintillationComponent[]): ScintillationComponent[] {
  const sum = parts.reduce((whole, { share }) => whole + share, 0);
  if (!(sum > 0)) return [];
  return parts
    .filter(({ share }) => share > 0)
    .map((part) => ({ ...part, share: part.share / sum }));
}

/**
 * The mean number of photons of a step, L(T) − L(T − ΔE): with it a yield that is not in proportion to the energy is that
 * of the whole track, whatever the steps. Beyond the table's last energy in proportion to it.
 *
 * [SC7] Source: G4Scintillation::GetScintillationYieldByParticleType, Geant4 11.
 *
 * @param kineticEnergy before the step, MeV
 * @param deposited MeV
 */
export function photonsOfStep(
  { photons }: ParticleYield,
  kineticEnergy: number,
  deposited: number,
): number {
  const greatest = photons.energies.at(-1) ?? 0;
  if (kineticEnergy > greatest) return ((photons.values.at(-1) ?? 0) / greatest) * deposited;
  return photonsAt(photons, kineticEnergy) - photonsAt(photons, kineticEnergy - deposited);
}

/** Linear between the points, the end values outside (G4PhysicsVector). */
function photonsAt({ energies, values }: PropertyTable, energy: number): number {
  const above = energies.findIndex((e) => e > energy);
  if (above < 0) return values.at(-1) ?? 0;
  if (above === 0) return values[0] ?? 0;
  const [first = 0, last = 0] = [energies[above - 1], energies[above]];
  const [low = 0, high = 0] = [values[above - 1], values[above]];
  return low + ((energy - first) / (last - first)) * (high - low);
}
