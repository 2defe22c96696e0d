/**
 * `node instruction-loop.mjs KERNEL.wasm SCENE PHOTONS.npy COUNT`: propagates COUNT photons on one kernel, in batches, and
 * nothing else. What tools/instructions.mjs counts the instructions of.
 */
import { readFileSync } from 'node:fs';
import { readNpy } from '@lantern/formats/node';
import { Kernel } from '../dist/cpu/kernel.js';

const [kernelFile = '', sceneFile = '', photonFile = '', count = '0'] = process.argv.slice(2);
const { data: photons } = await readNpy(photonFile, { dtype: '<f4', shape: [undefined, 4, 4] });
const scene = readFileSync(sceneFile);
const kernel = new Kernel(
  new WebAssembly.Module(readFileSync(kernelFile)),
  scene.buffer.slice(scene.byteOffset, scene.byteOffset + scene.byteLength),
  { seed: 1n, maxBounces: 0, maxTime: Infinity, recordSteps: 0, keepPhotons: false },
);
const batch = 4096;
let steps = 0;
for (let first = 0; first < Number(count); first += batch) {
  const at = (first * 16) % (photons.length - batch * 16);
  const rows = photons.subarray(at, at + batch * 16);
  steps += Number(kernel.propagate(first, batch, { kind: 'photons', photons: rows }).tally.steps);
}
console.log(steps);
