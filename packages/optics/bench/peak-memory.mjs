/**
 * `node peak-memory.mjs FOLDER THREADS`: a simulation of the photons of a reference in a process of its own, by what is
 * built, as the command does it. Prints as JSON the peak memory in MiB with the detector read and packed, and at the end,
 * and the seconds of reading and packing.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packScene } from '@lantern/geometry';
import { readGdmlFile } from '@lantern/geometry/node';
import { wavelengthRange } from '@lantern/optics';
import { createCpuEngine, openPhotonFile, simulate } from '@lantern/optics/node';

const [folder = '', threads = '1'] = process.argv.slice(2);
const peak = () => Math.round(process.resourceUsage().maxRSS / 1024);
const begin = performance.now();
const detector = await readGdmlFile(join(folder, 'geometry.gdml'));
const scene = packScene(detector);
const load = (performance.now() - begin) / 1000;
const loaded = peak();
const wavelengths = wavelengthRange(detector);
const source = await openPhotonFile(join(folder, 'photons.npy'), { seed: 1n, wavelengths });
const out = await mkdtemp(join(tmpdir(), 'lantern-bench-'));
const request = { seed: 1n, source, threads: Number(threads), geometry: folder };
await simulate(createCpuEngine(), scene, request, out);
await source.close?.();
await rm(out, { recursive: true });
console.log(JSON.stringify({ loaded, run: peak(), load }));
