/**
 * How long one solidExit or solidEnter takes, for each kind of solid:
 * `node --import ./tools/typescript.mjs packages/optics/bench/solid-speed.ts` (after `npm run build`).
 */
import { solidCases } from '../../geometry/test/solids/solid-cases.ts';
import { SolidKernel } from '../test/solid-kernel.ts';

const rays = 20_000;
const repeats = 20;

for (const solid of solidCases) {
  const kernel = new SolidKernel(solid);
  kernel.timeSolid(1, rays, repeats);
  const start = performance.now();
  kernel.timeSolid(1, rays, repeats);
  const nanoseconds = (1e6 * (performance.now() - start)) / kernel.exports.facesMet.value;
  console.log(`${solid.title.padEnd(40)} ${nanoseconds.toFixed(1).padStart(7)} ns`);
}
