/**
 * `npm run leaks [-- STEPS] [--record]`: follows photons in closed detectors, each with perfect mirrors around it, for so
 * many steps in all (10^9 unless told) on all cores, and counts those that are outside. Ends with 1 if there are any. With
 * --record the result is kept in docs/validation/leaks.json, for the page of `npm run validate`.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { inside } from '../packages/geometry/src/index.ts';
import { photonsOf } from '../packages/optics/src/validation/photon-rows.ts';
import { closedDetectors } from '../packages/optics/test/closed-forms/closed-detectors.ts';
import {
  mirrored,
  nearlyInside,
  startingAt,
} from '../packages/optics/test/closed-forms/mirrored.ts';
import { propagateRows } from '../packages/optics/test/closed-forms/propagate-rows.ts';
import { root } from './process.mjs';

const isForTheRecord = process.argv.includes('--record');
const [words] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const total = Number(words ?? 1e9);
if (!(total >= 1 && total <= 1e15)) {
  console.error(`leaks: '${words}' is not a number of steps, such as 1e9`);
  process.exit(2);
}
const finishes = ['polished', 'ground'] as const;
const cases = Object.entries(closedDetectors);
const photons = 2000;
const maxBounces = Math.max(1, Math.ceil(total / (cases.length * finishes.length * photons)));
const threads = availableParallelism();
let [steps, leaks, milliseconds] = [0, 0, 0];

for (const [name, closed] of cases) {
  for (const finish of finishes) {
    const detector = mirrored(closed, finish);
    const source = photonsOf(photons, (i) => startingAt(closed.start, i));
    const begin = performance.now();
    const { ends, tally } = await propagateRows(detector, source, { maxBounces, threads });
    const time = performance.now() - begin;
    const isInside = inside(detector.solids, closed.solid.name);
    const outside = ends.filter(({ position }) => !nearlyInside(isInside, position, closed.start));
    const left = Number(tally.leftWorld + tally.lost);
    const rate = Number(tally.steps) / time / 1000;
    console.log(
      `${name.padEnd(16)} ${finish.padEnd(9)} ${Number(tally.steps).toExponential(2)} steps, ` +
        `${rate.toFixed(1)} M/s: ${tally.leftWorld} left, ${tally.lost} lost, ${outside.length} outside`,
    );
    steps += Number(tally.steps);
    leaks += Math.max(left, outside.length);
    milliseconds += time;
  }
}
console.log(
  `${steps.toExponential(3)} steps in ${(milliseconds / 1000).toFixed(0)} s on ${threads} cores: ${leaks} photons outside`,
);
if (isForTheRecord) {
  const record = {
    date: new Date().toISOString(),
    machine: `${(cpus()[0]?.model ?? 'unknown').trim()}, ${threads} cores, Node ${process.version}`,
    ...{ detectors: cases.length * finishes.length, steps, leaks, seconds: milliseconds / 1000 },
  };
  const path = join(root, 'docs', 'validation', 'leaks.json');
  writeFileSync(path, `${JSON.stringify(record, undefined, 2)}\n`);
}
process.exitCode = leaks > 0 ? 1 : 0;
