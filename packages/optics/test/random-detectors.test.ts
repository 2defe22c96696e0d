import { readFileSync } from 'node:fs';
import { add, RandomStream, scale, type Vector3 } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { Kernel } from '../src/cpu/kernel.ts';
import { photonWords } from '../src/photon-layout.ts';
import { Course, type Ray } from './navigation-checks.ts';
import { randomDetector } from './random-detector.ts';
import { fillers } from './random-fillers.ts';

const seeds = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => first + i);

describe.each(fillers)('$name', ({ name }) => {
  test('[NAV8] each point of a straight ray is in the volume that a slow search finds', () => {
    for (const seed of seeds(1, 8)) {
      const course = new Course(randomDetector(seed, 'same index', { only: name }));
      const random = new RandomStream(seed, 1);
      for (const ray of course.rays(80, random)) course.straight(ray, 20, random);
      expect(course.findings.wrong, `seed ${seed}`).toEqual([]);
    }
  });

  test('[NAV9] a photon that is turned at will is never lost', () => {
    for (const seed of seeds(101, 4)) {
      const course = new Course(randomDetector(seed, 'same index', { only: name }));
      const random = new RandomStream(seed, 1);
      for (const ray of course.rays(25, random)) course.wander(ray, 100, random);
      expect(course.findings.wrong, `seed ${seed}`).toEqual([]);
    }
  });
});

test('[NAV8] thousands of daughters', () => {
  for (const [only, seed] of [
    ['lattice', 3],
    ['apart', 5],
    ['partition', 7],
  ] as const) {
    const detector = randomDetector(seed, 'same index', {
      only,
      depth: 1,
      budget: 2500,
      most: 2500,
    });
    const course = new Course(detector);
    expect(course.tracker.volumes.length).toBeGreaterThan(2000);
    const random = new RandomStream(seed, 1);
    for (const ray of course.rays(15, random)) course.straight(ray, 0, random);
    expect(course.findings.wrong, only).toEqual([]);
  }
});

const module = new WebAssembly.Module(
  readFileSync(new URL('../dist/kernel.wasm', import.meta.url)),
);

function kernelIn({ scene }: Course, seed: number, recordSteps: number): Kernel {
  return new Kernel(module, scene, {
    seed: BigInt(seed),
    maxBounces: 1000,
    maxTime: Number.POSITIVE_INFINITY,
    recordSteps,
    keepPhotons: true,
  });
}

/** Photons of the kernel that is shipped, with refraction, total reflection, mirrors and white walls. */
function propagate(seed: number, rayCount: number, repeats: number, recordSteps: number) {
  const photonCount = rayCount * repeats;
  const course = new Course(randomDetector(seed, 'three indices'));
  const kernel = kernelIn(course, seed, recordSteps);
  const photons = new Float32Array(photonCount * photonWords);
  const rays = course.rays(rayCount, new RandomStream(seed, 2));
  for (let i = 0; i < photonCount; i++) {
    const { at, to } = rays[i % rayCount] as Ray;
    const side = Math.abs(to[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0];
    photons.set([...at, 0, ...to, 0, ...side, 500], i * photonWords);
  }
  const result = kernel.propagate(0, photonCount, { kind: 'photons', photons });
  return { course, photons, result };
}

test('[NAV13] where the photon before it began changes nothing of a photon', () => {
  for (const seed of seeds(301, 25)) {
    const { course, photons, result } = propagate(seed, 60, 1, 0);
    const backwards = kernelIn(course, seed, 0);
    for (let i = photons.length / photonWords - 1; i >= 0; i--) {
      const row = photons.slice(i * photonWords, (i + 1) * photonWords);
      const alone = backwards.propagate(i, 1, { kind: 'photons', photons: row });
      const together = result.photons?.slice(i * photonWords, (i + 1) * photonWords);
      expect(new Uint32Array(alone.photons?.buffer ?? new ArrayBuffer(0)), `seed ${seed}`).toEqual(
        new Uint32Array(together?.buffer ?? new ArrayBuffer(0)),
      );
    }
  }
});

test('[NAV10] light in volumes of three indices: nothing is lost, and it is where its record says', () => {
  const recordSteps = 20;
  let steps = 0;
  for (const seed of seeds(201, 60)) {
    const { course, result } = propagate(seed, 100, 24, recordSteps);
    const { tally } = result;
    const ends = [
      tally.absorbed,
      tally.detected,
      tally.surfaceAbsorbed,
      tally.leftWorld,
      tally.truncated,
    ];
    expect(Number(tally.lost), `seed ${seed}`).toBe(0);
    expect(ends.reduce((sum, n) => sum + n, 0n)).toBe(tally.photons);
    steps += Number(tally.steps);
    const records = result.records ?? new Float32Array();
    const traces = result.traces ?? new Int32Array();
    const rowAt = (row: number): Vector3 =>
      [...records.subarray(row * photonWords, row * photonWords + 3)] as unknown as Vector3;
    for (let photon = 0; photon < 300; photon += 10) {
      for (let k = 0; k + 1 < recordSteps; k++) {
        const row = photon * recordSteps + k;
        // Rows after the end are zero; so is a wavelength of 0.
        if (records[(row + 1) * photonWords + 11] === 0) break;
        const middle = scale(add(rowAt(row), rowAt(row + 1)), 0.5);
        if (course.tracker.nodeAt(middle) === traces[2 * row]) continue;
        // Records are of 32 bits: near a boundary they do not tell the sides apart.
        if (course.tracker.nodesNear(middle, 1e-4).size === 1) {
          expect.fail(
            `seed ${seed}, photon ${photon}: [${middle}] is not in node ${traces[2 * row]}`,
          );
        }
      }
    }
  }
  expect(steps).toBeGreaterThan(1_000_000);
});
