import {
  add,
  cross,
  normalize,
  perpendicular,
  sampleGauss,
  scale,
  speedOfLight,
  type UniformSource,
  type Vector3,
} from '@lantern/units';
import { OpticsError } from '../../errors.ts';
import type { GenstepWriter } from '../genstep-writer.ts';
import { energyLoss, stepLoss } from './energy-loss.ts';
import type { GeometryWalker } from './geometry-walker.ts';
import { writeLight } from './light-of-step.ts';
import type { Media, Medium } from './medium.ts';
import { Hinges, scatteringAngle } from './multiple-scattering.ts';
import { kinematics, kineticEnergyAt, type Particle, particles } from './particle.ts';

/** A particle at the beginning of an event: kinetic energy in MeV, mm and ns in the world, a unit vector. */
export interface Primary {
  readonly particle: Particle;
  readonly kineticEnergy: number;
  readonly at: Vector3;
  readonly direction: Vector3;
  readonly time: number;
}

/** What a track did: path in mm, deposit by collisions in MeV; how it ended. */
export interface TrackSummary {
  readonly path: number;
  readonly deposited: number;
  readonly end: 'stopped' | 'left the world' | 'outside the world';
}

/** A step costs at most this part of the kinetic energy. */
const lossPerStep = 0.05;
/** A step where light is made is at most so long, mm; elsewhere. */
const [lightStep, darkStep] = [10, 100];
/** Below this (MeV) the rest is left on the spot. */
const cutOff = { muon: 0.5, electron: 0.01 } as const;
/** The same of hadrons, for a proton of the same velocity: its range in water is below 0.1 µm. */
const slowestProton = 0.001;
/** A bend stands for so many steps. */
const stepsPerBend = 2;
/** Steps of no length in a row before the geometry is taken to be at fault. */
const mostZeroSteps = 1000;
/** Steps shorter than this are rounding, mm. */
const touch = 1e-9;

/**
 * Follows a particle until it stops or leaves the world, and writes the generation steps of its light. Mean energy loss,
 * multiple scattering with its displacement; no secondaries, no decay, no field.
 */
export function followTrack(
  primary: Primary,
  event: number,
  walker: GeometryWalker,
  media: Media,
  writer: GenstepWriter,
  random: UniformSource,
): TrackSummary {
  const { particle } = primary;
  let { at, direction, time, kineticEnergy } = primary;
  let [path, deposited, thickness, zeroSteps] = [0, 0, 0, 0];
  if (!walker.start(at, direction)) return { path, deposited, end: 'outside the world' };
  const hinges = new Hinges();
  const slowest = cutOffOf(particle);
  while (kineticEnergy > slowest) {
    const medium = media.get(walker.material());
    const { substance } = medium;
    const loss = energyLoss(particle, substance, kineticEnergy);
    const distance = walker.distance();
    const limit = stepLimit(particle, medium, kineticEnergy, loss.total);
    const perLength = (substance.density * 0.1) / substance.radiationLength;
    if (hinges.next <= thickness) hinges.plan(stepsPerBend * limit * perLength, random);
    const toBend = (hinges.next - thickness) / perLength;
    const length = Math.min(distance, limit, toBend);
    zeroSteps = length > touch ? 0 : zeroSteps + 1;
    if (zeroSteps > mostZeroSteps) throw stuckError(at, substance.name);
    const before = kinematics(particle, kineticEnergy);
    const step = stepLoss(particle, substance, kineticEnergy, loss, length);
    const after = kinematics(particle, step.after);
    if (length > touch) {
      const [betaBefore, betaAfter] = [before.beta, after.beta];
      writeLight(
        {
          particle,
          medium,
          event,
          at,
          direction,
          time,
          length,
          betaBefore,
          betaAfter,
          kineticEnergy,
          deposited: step.deposited,
        },
        writer,
        random,
      );
    }
    walker.advance(length);
    at = add(at, scale(direction, length));
    time += length / (0.5 * (before.beta + after.beta) * speedOfLight);
    path += length;
    deposited += step.deposited;
    kineticEnergy = step.after;
    if (length >= distance && !walker.cross()) return { path, deposited, end: 'left the world' };
    thickness = length < toBend ? thickness + length * perLength : hinges.next;
    if (thickness >= hinges.next) {
      const angle = scatteringAngle(after, ...hinges.stretch, particle.charge);
      direction = scatter(direction, angle, random);
      walker.turn(direction);
    }
  }
  path += leaveRest(
    { ...primary, at, direction, time, kineticEnergy },
    event,
    walker,
    media,
    writer,
    random,
  );
  return { path, deposited: deposited + kineticEnergy, end: 'stopped' };
}

function cutOffOf({ kind, mass }: Particle): number {
  return kind === 'hadron' ? (slowestProton * mass) / particles.p.mass : cutOff[kind];
}

/** The light of what is left below the cut-off, over its residual range, mm: which it returns. */
function leaveRest(
  { particle, kineticEnergy, at, direction, time }: Primary,
  event: number,
  walker: GeometryWalker,
  media: Media,
  writer: GenstepWriter,
  random: UniformSource,
): number {
  if (!(kineticEnergy > 0)) return 0;
  const medium = media.get(walker.material());
  // The slowest hadrons lose energy in proportion to their velocity: ∫ dE/S = 2 E/S.
  const slowing = particle.kind === 'hadron' ? 2 : 1;
  const range =
    (slowing * kineticEnergy) / energyLoss(particle, medium.substance, kineticEnergy).total;
  const length = Math.max(touch, Math.min(range, walker.distance()));
  const betaBefore = kinematics(particle, kineticEnergy).beta;
  writeLight(
    {
      particle,
      medium,
      event,
      at,
      direction,
      time,
      length,
      betaBefore,
      betaAfter: 0,
      kineticEnergy,
      deposited: kineticEnergy,
    },
    writer,
    random,
  );
  return length;
}

/**
 * The longest step that keeps the light's density along it linear: 5 % of the energy, 10 mm where light is made, and no
 * step across the Cerenkov threshold.
 */
function stepLimit(
  particle: Particle,
  { greatestIndex, scintillator }: Medium,
  kineticEnergy: number,
  loss: number,
): number {
  const above =
    greatestIndex > 1 ? kineticEnergy - kineticEnergyAt(particle, 1 / greatestIndex) : 0;
  const longest = scintillator || above > 0 ? lightStep : darkStep;
  const limit = Math.min(longest, (lossPerStep * kineticEnergy) / loss);
  // Just above threshold there is (nearly) no light: the step may cross it.
  return above > 1e-3 * kineticEnergy ? Math.min(limit, above / loss) : limit;
}

/** Turns by two independent projected angles. */
function scatter(direction: Vector3, angle: number, random: UniformSource): Vector3 {
  const u = perpendicular(direction);
  const v = cross(direction, u);
  const [a, b] = [sampleGauss(random, 0, angle), sampleGauss(random, 0, angle)];
  const theta = Math.hypot(a, b);
  if (theta === 0) return direction;
  const s = Math.sin(theta) / theta;
  const across = add(scale(u, a * s), scale(v, b * s));
  return normalize(add(scale(direction, Math.cos(theta)), across));
}

function stuckError(at: Vector3, material: string): OpticsError {
  return new OpticsError({
    what: 'a particle does not get on: volumes overlap there',
    where: `at (${at.map((x) => Number(x.toPrecision(8))).join(', ')}) mm, in '${material}'`,
    hint: '`lantern geometry check` finds overlaps',
  });
}
