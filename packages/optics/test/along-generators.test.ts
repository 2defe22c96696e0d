import {
  apply,
  type Matrix3,
  multiply,
  normalize,
  RandomStream,
  rotationX,
  rotationZ,
  scale,
  subtract,
  type Vector3,
} from '@lantern/units';
import { expect, test } from 'vitest';
import { Course } from './navigation-checks.ts';
import type { Draft, Piece } from './random-detector.ts';
import { inTurnedMothers, points } from './turned-pieces.ts';

const full = { startphi: 0, deltaphi: 2 * Math.PI } as const;
/** Radii of the common cone at z = -15 and 15. */
interface Radii {
  readonly low: number;
  readonly high: number;
}
const at = ({ low, high }: Radii, z: number): number => low + ((high - low) * (z + 15)) / 30;

type Make = (draft: Draft, frame: Matrix3, radii: Radii, random: RandomStream) => Piece[];

/** Cones of the parts z0 to z1 of the common cone, rmin to rmax, each turned about the axis and perhaps upside down. */
function conesOf(
  parts: readonly { z0: number; z1: number; inner: boolean; outer: number }[],
): Make {
  return (draft, frame, radii, random) =>
    parts.map(({ z0, z1, inner, outer }) => {
      const [r0, r1] = [at(radii, z0), at(radii, z1)];
      const isDown = random.uniform() < 0.5;
      const [a, b] = isDown ? [r1, r0] : [r0, r1];
      const cone = draft.solid({
        type: 'cone',
        rmin1: inner ? a : 0,
        rmin2: inner ? b : 0,
        rmax1: a + outer,
        rmax2: b + outer,
        z: z1 - z0,
        ...full,
      });
      return {
        volume: draft.volume(cone, []),
        at: apply(frame, [0, 0, (z0 + z1) / 2]),
        turn: multiply(
          frame,
          multiply(rotationZ(6 * random.uniform()), rotationX(isDown ? Math.PI : 0)),
        ),
      };
    });
}

const stacked = [
  { z0: -15, z1: -5, inner: false, outer: 0 },
  { z0: -5, z1: 4, inner: false, outer: 0 },
  { z0: 4, z1: 15, inner: false, outer: 0 },
];
const sleeves = [
  { z0: -15, z1: 1, inner: true, outer: 5 },
  { z0: 1, z1: 15, inner: true, outer: 3 },
];

/** An elliptic cone in a box less that cone, each placed by itself: the cone is round only when scaled. */
const elliptic: Make = (draft, frame, { low, high }) => {
  // x = dx (zmax - z) cos u, y = dy (zmax - z) sin u, from -zcut to zcut.
  const slope = (low - high) / 30;
  const cone = draft.solid({
    type: 'elcone',
    dx: slope,
    dy: slope,
    zmax: 15 + high / slope,
    zcut: 15,
  });
  const block = draft.solid({ type: 'box', x: 60, y: 60, z: 30 });
  const identity = {
    rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    translation: [0, 0, 0],
    scale: [1, 1, 1],
  };
  const rest = draft.solid({
    type: 'subtraction',
    first: block,
    second: cone,
    transform: identity,
  });
  return [cone, rest].map((solid) => ({
    volume: draft.volume(solid, []),
    at: [0, 0, 0] as const,
    turn: frame,
  }));
};

/** Follows rays along generators, and fails where one changes sides, or is in none though it must be in one; the points seen. */
function alongGenerators(
  make: Make,
  mustBeIn: boolean,
  radiiOf: (random: RandomStream) => Radii,
): number {
  const random = new RandomStream(13, 3);
  let seen = 0;
  for (let i = 0; i < 60; i++) {
    const radii = radiiOf(random);
    const pieces = inTurnedMothers(random, (draft, frame) => [
      ...make(draft, frame, radii, random),
    ]);
    const course = new Course(pieces.detector);
    for (let ray = 0; ray < 40; ray++) {
      const angle = 6.28 * random.uniform();
      const onCone = (z: number): Vector3 => [
        at(radii, z) * Math.cos(angle),
        at(radii, z) * Math.sin(angle),
        z,
      ];
      const up = normalize(subtract(onCone(15), onCone(-15)));
      const to = random.uniform() < 0.5 ? up : scale(up, -1);
      // From outside; where something is on both sides, also from the surface itself.
      const start = subtract(
        onCone(random.uniform() < 0.5 ? 0 : 8 * random.uniform()),
        scale(to, 28),
      );
      const from = mustBeIn && random.uniform() < 0.3 ? onCone(10 * random.uniform() - 5) : start;
      const met = new Set<boolean>();
      for (const { point, node } of points(course, pieces, from, to)) {
        if (Math.abs(point[2]) > 14.999) continue;
        seen++;
        met.add(node > 2);
        if (mustBeIn && node < 3)
          expect.fail(`pieces ${i}, ray ${ray}: ${point.join(' ')} is in node ${node}`);
      }
      // On one side of all of them, whatever their frames.
      if (met.size > 1) expect.fail(`pieces ${i}, ray ${ray}: on both sides of the cone`);
    }
  }
  return seen;
}

const anyRadii = (random: RandomStream): Radii => ({
  low: 20 * random.uniform() + 0.5,
  high: 20 * random.uniform() + 0.5,
});
const pointed = (random: RandomStream): Radii => ({ low: 5 + 15 * random.uniform(), high: 0 });

test.each([
  ['any', anyRadii],
  ['pointed', pointed],
])(
  '[RAY17] a ray along the generator of %s cones that are stacked is in all of them or in none',
  (_, radii) => {
    expect(alongGenerators(conesOf(stacked), false, radii)).toBeGreaterThan(3000);
  },
);

test.each([
  ['any', anyRadii],
  ['pointed', pointed],
])(
  '[RAY17] a ray along the surface that %s cones and their sleeves share is in one of them',
  (_, radii) => {
    expect(alongGenerators(conesOf([...stacked, ...sleeves]), true, radii)).toBeGreaterThan(3000);
  },
);

test('[RAY17] a ray along the surface of an elliptic cone and of what it was cut from is in one of them', () => {
  const radii = (random: RandomStream): Radii => ({
    low: 12 + 8 * random.uniform(),
    high: 2 + 5 * random.uniform(),
  });
  expect(alongGenerators(elliptic, true, radii)).toBeGreaterThan(3000);
});
