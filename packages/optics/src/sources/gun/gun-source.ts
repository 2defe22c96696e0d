import type { Box3, Detector, Scene } from '@lantern/geometry';
import { add, length, RandomStream, sampleIsotropic, scale, subtract } from '@lantern/units';
import { OpticsError } from '../../errors.ts';
import type { PhotonSource } from '../photon-source.ts';
import { type CosmicMuon, exposure, sampleCosmicMuon } from './cosmic-muons.ts';
import { detectorBox } from './detector-box.ts';
import { batchOfEvents, EventSteps } from './event-steps.ts';
import type { GeometryWalker } from './geometry-walker.ts';
import type { GunDescription, ParticleGun } from './gun-description.ts';
import { KernelWalker } from './kernel-walker.ts';
import { Media } from './medium.ts';
import { parseGun } from './parse-gun.ts';
import type { Primary, TrackSummary } from './track.ts';

/** An event of the gun: what was shot, and the photons that came of it. */
export interface GunEvent extends Primary, TrackSummary {
  readonly number: number;
  /** Number of its first photon, and of all. */
  readonly firstPhoton: number;
  readonly photons: number;
}

/** The photons of a particle gun, with its events. */
export interface GunSource extends PhotonSource {
  readonly events: readonly GunEvent[];
  /** Of cosmic muons: the time (s) in which so many come. */
  readonly exposure?: number | undefined;
}

/** What a gun needs to know. */
export interface GunOptions {
  readonly detector: Detector;
  readonly scene: Scene;
  /** The compiled kernel (kernel.wasm), whose navigation the tracks use. */
  readonly module: WebAssembly.Module;
  readonly seed: bigint;
  /** Whether materials scintillate by kind of particle, as Geant4 when told to; default false. */
  readonly scintillationByParticle?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told how many events have been tracked, now and then. */
  readonly onProgress?: ((tracked: number, events: number) => void) | undefined;
}

/**
 * The photons of a particle gun in words (`gunHelp`). All events are tracked at once, for the number of their photons;
 * their generation steps are kept while they are few, and made again when a batch asks for them.
 *
 * @throws WordsError when the words are not understood; OpticsError when the gun stands outside the world
 * @example
 * ```ts
 * const source = await gunSource('20 cosmic muons', { detector, scene, module, seed: 1n });
 * ```
 */
export async function gunSource(text: string, options: GunOptions): Promise<GunSource> {
  const gun = parseGun(text);
  const { detector, scene, module, seed, signal, onProgress } = options;
  return await shoot(gun, {
    description: `gun ${text.trim()}`,
    walker: new KernelWalker(module, scene),
    media: new Media(detector, scene, options.scintillationByParticle),
    box: gun.kind === 'cosmic' ? detectorBox(detector) : undefined,
    seed,
    signal,
    onProgress,
  });
}

/** What `shoot` needs: the parts of `GunOptions` that are made of the detector. */
export interface Shooting extends Pick<GunOptions, 'seed' | 'signal' | 'onProgress'> {
  readonly description: string;
  readonly walker: GeometryWalker;
  readonly media: Media;
  /** Where cosmic muons go through. */
  readonly box?: Box3 | undefined;
}

/** Philox streams of an event: the primary, and its track. */
const [primaryStream, trackStream] = [2, 3];
/** How long to track without letting anything else happen, ms. */
const patience = 50;

/** Tracks all events of a gun. */
export async function shoot(gun: GunDescription, shooting: Shooting): Promise<GunSource> {
  const { walker, media, seed, box, signal, onProgress } = shooting;
  const events: GunEvent[] = [];
  let [photons, tries, rested] = [0, 0, performance.now()];
  const steps = new EventSteps(
    (number) => intoWorld(primaryOf(gun, number, seed, box).primary, walker, box),
    (number) => new RandomStream(seed, number, trackStream),
    walker,
    media,
  );
  for (let number = 0; number < gun.events; number++) {
    signal?.throwIfAborted();
    const drawn = primaryOf(gun, number, seed, box);
    const primary = intoWorld(drawn.primary, walker, box);
    const track = steps.track(number);
    if (track.end === 'outside the world' && !box) throw outsideError(primary);
    tries += drawn.tries;
    events.push({ ...primary, ...track, number, firstPhoton: photons });
    photons += track.photons;
    if (performance.now() - rested > patience) {
      onProgress?.(number + 1, gun.events);
      await new Promise((resolve) => setTimeout(resolve));
      rested = performance.now();
    }
  }
  const starts = Float64Array.from([...events.map(({ firstPhoton }) => firstPhoton), photons]);
  return {
    description: shooting.description,
    count: photons,
    events,
    exposure: gun.kind === 'cosmic' && box ? exposure(tries, box, gun.energy) : undefined,
    gensteps: () => allSteps(steps, events),
    batch: (first, count) => batchOfEvents(steps, starts, first, count),
    warnings: () => [...warningsOf(events), ...warningsOfYields(events, media)],
  };
}

function* allSteps(
  steps: EventSteps,
  events: readonly GunEvent[],
): Generator<Float32Array<ArrayBuffer>, void, undefined> {
  for (const { number, photons } of events) if (photons > 0) yield steps.of(number);
}

/** Parts of the box's diagonal in which a line is searched for the world. */
const searchSteps = 200;

/** The corners of the box may be outside a round world: then a muon starts further down its line. */
function intoWorld(primary: Primary, walker: GeometryWalker, box: Box3 | undefined): Primary {
  if (!box) return primary;
  const { at, direction } = primary;
  const step = length(subtract(box.max, box.min)) / searchSteps;
  for (let i = 0; i <= searchSteps; i++) {
    const point = add(at, scale(direction, i * step));
    if (walker.start(point, direction)) return { ...primary, at: point };
  }
  return primary;
}

function primaryOf(
  gun: GunDescription,
  event: number,
  seed: bigint,
  box: Box3 | undefined,
): CosmicMuon {
  const random = new RandomStream(seed, event, primaryStream);
  if (gun.kind === 'particles') return { primary: particleOf(gun, random), tries: 1 };
  if (!box) throw new OpticsError({ what: 'cosmic muons without a detector to cross' });
  return sampleCosmicMuon(gun, box, random);
}

function particleOf(gun: ParticleGun, random: RandomStream): Primary {
  const { particle, energy, at, time } = gun;
  const kineticEnergy = energy.low + random.uniform() * (energy.high - energy.low);
  const direction = gun.direction === 'isotropic' ? sampleIsotropic(random) : gun.direction;
  return { particle, kineticEnergy, at, direction, time };
}

function outsideError({ at }: Primary): OpticsError {
  return new OpticsError({
    what: 'the gun stands outside the world',
    where: '--gun',
    given: `(${at.map((x) => Number(x.toPrecision(7))).join(', ')}) mm`,
    expected: 'a place in the world volume',
  });
}

function warningsOf(events: readonly GunEvent[]): string[] {
  const dark = events.filter(({ photons }) => photons === 0).length;
  if (dark === 0) return [];
  return [
    `${dark} of ${events.length} events of the gun made no light: below the Cerenkov threshold, or nothing but dark materials on the way`,
  ];
}

function warningsOfYields(events: readonly GunEvent[], media: Media): string[] {
  const unused = media.unusedYields().map((name) => `'${name}'`);
  const beyond = new Set<string>();
  for (const { substance, scintillator } of media.visited()) {
    for (const { particle, kineticEnergy } of events) {
      const greatest = scintillator?.byParticle?.get(particle.yieldKind)?.photons.energies.at(-1);
      if (greatest === undefined || kineticEnergy <= greatest) continue;
      beyond.add(
        `material '${substance.name}': ${particle.yieldKind}SCINTILLATIONYIELD ends at ${greatest} MeV; beyond, light is in proportion to the energy`,
      );
    }
  }
  if (unused.length === 0) return [...beyond];
  const materials = `material${unused.length > 1 ? 's' : ''} ${unused.join(', ')}`;
  return [
    `${materials}: yields by kind of particle are used with --scintillation-by-particle alone (as in Geant4); SCINTILLATIONYIELD and Birks' law are used`,
    ...beyond,
  ];
}
