import {
  apply,
  identity3,
  type Matrix3,
  multiply,
  normalize,
  RandomStream,
  rotationX,
  rotationY,
  rotationZ,
  subtract,
  transpose,
  type Vector3,
} from '@lantern/units';
import { expect, test } from 'vitest';
import { Course } from './navigation-checks.ts';
import { inTurnedMothers, points, type TurnedPieces } from './turned-pieces.ts';

/** Two cubes with the common face x = 0, each turned about x. */
function twoCubes(random: RandomStream): TurnedPieces & { readonly turns: readonly Matrix3[] } {
  const turns = [turnOfCube(random), turnOfCube(random)] as const;
  const pieces = inTurnedMothers(random, (draft, whole) =>
    ([-10, 10] as const).map((x, i) => ({
      volume: draft.volume(draft.solid({ type: 'box', x: 20, y: 20, z: 20 }), []),
      at: apply(whole, [x, 0, 0]),
      turn: multiply(whole, turns[i] ?? identity3),
    })),
  );
  return { ...pieces, turns };
}

/** A rod of radius 7 in a sleeve, each turned about z, or upside down. */
function rodInSleeve(random: RandomStream): TurnedPieces {
  return inTurnedMothers(random, (draft, whole) =>
    ([0, 7] as const).map((rmin) => ({
      volume: draft.volume(
        draft.solid({
          type: 'tube',
          rmin,
          rmax: rmin + 7,
          z: 20,
          startphi: 0,
          deltaphi: 2 * Math.PI,
        }),
        [],
      ),
      at: [0, 0, 0] as const,
      turn: multiply(
        whole,
        multiply(rotationZ(6 * random.uniform()), rotationX(random.uniform() < 0.5 ? 0 : Math.PI)),
      ),
    })),
  );
}

/** A turn that puts some face of a cube where another was, and then turns that about x by any angle. */
function turnOfCube(random: RandomStream): Matrix3 {
  const quarters = (): number => (Math.floor(4 * random.uniform()) * Math.PI) / 2;
  const turn = multiply(
    rotationZ(quarters()),
    multiply(rotationY(quarters()), rotationX(quarters())),
  );
  return random.uniform() < 0.5 ? turn : multiply(rotationX(6 * random.uniform()), turn);
}

test('[RAY13] a ray in the face that two turned siblings share is in one of them, not in their mother', () => {
  const random = new RandomStream(4, 1);
  let inside = 0;
  for (let i = 0; i < 60; i++) {
    const pair = twoCubes(random);
    const course = new Course(pair.detector);
    for (let ray = 0; ray < 100; ray++) {
      // From beside both boxes, to any point of the face.
      const angle = 6.28 * random.uniform();
      const at: Vector3 = [0, 20 * Math.cos(angle), 20 * Math.sin(angle)];
      const target: Vector3 = [0, 20 * random.uniform() - 10, 20 * random.uniform() - 10];
      const to = normalize(subtract(target, at));
      for (const { point, node } of points(course, pair, at, to)) {
        const isInBoth = pair.turns.every((turn) =>
          apply(transpose(turn), point).every((x) => Math.abs(x) < 9.999999),
        );
        if (!isInBoth) continue;
        inside++;
        // 0 the world, 1 and 2 the mothers.
        if (node < 3) expect.fail(`pair ${i}, ray ${ray}: ${point.join(' ')} is in node ${node}`);
      }
    }
  }
  expect(inside).toBeGreaterThan(3000);
});

test('[RAY13] a ray along the surface that a rod and its sleeve share is in one of them', () => {
  const random = new RandomStream(4, 2);
  let inside = 0;
  for (let i = 0; i < 60; i++) {
    const pair = rodInSleeve(random);
    const course = new Course(pair.detector);
    for (let ray = 0; ray < 50; ray++) {
      const angle = 6.28 * random.uniform();
      const side = random.uniform() < 0.5 ? 1 : -1;
      const at: Vector3 = [7 * Math.cos(angle), 7 * Math.sin(angle), -20 * side];
      const to: Vector3 = [0, 0, side];
      for (const { point, node } of points(course, pair, at, to)) {
        if (Math.abs(point[2]) > 9.999999) continue;
        inside++;
        if (node < 3) expect.fail(`pair ${i}, ray ${ray}: ${point.join(' ')} is in node ${node}`);
      }
    }
  }
  expect(inside).toBeGreaterThan(1000);
});
