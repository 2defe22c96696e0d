import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNpy, writeNpy } from '@lantern/formats/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCpuEngine, loadKernel } from '../src/cpu/cpu-engine.node.ts';
import { simulate } from '../src/simulation/simulate.node.ts';
import type { Summary } from '../src/simulation/summary.ts';
import { openGenstepFile } from '../src/sources/gensteps/genstep-file.node.ts';
import { gunSource } from '../src/sources/gun/gun-source.ts';
import { lightSource } from '../src/sources/light/light-source.ts';
import type { PhotonSource } from '../src/sources/photon-source.ts';
import { genstepDetector as detector, genstepScene as scene } from './genstep-detector.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-kept-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(source: PhotonSource, name: string, keepGensteps = false): Promise<Summary> {
  const request = { seed: 5n, source, threads: 2, geometry: 'x.gdml', maxBounces: 500 };
  const all = { ...request, keepPhotons: true, keepGensteps };
  return simulate(createCpuEngine(), scene, all, join(folder, name));
}

const photonsOf = (name: string): Buffer => readFileSync(join(folder, name, 'photons.npy'));

test('[GS7] a gun, its generation steps in a file, and from there the same photons bit for bit', async () => {
  const module = await loadKernel();
  const words = '5 mu- 100 to 400 MeV from -199 3 1 mm towards 1 0.1 0';
  const gun = await gunSource(words, { detector, scene, module, seed: 5n });
  expect(gun.count).toBeGreaterThan(10_000);
  const first = await run(gun, 'gun', true);
  const file = join(folder, 'gun', 'gensteps.npy');
  const steps = await readNpy(file, { dtype: '<f4', shape: [undefined, 6, 4] });
  const names: unknown = JSON.parse(
    readFileSync(join(folder, 'gun', 'gensteps.materials.json'), 'utf8'),
  );
  expect(names).toEqual({ Gas: 0, Water: 1, Scintillator: 2 });
  const source = await openGenstepFile(file, { detector, scene, module });
  const second = await run(source, 'file', true);
  await source.close?.();
  expect(second.digest).toBe(first.digest);
  expect(photonsOf('file').equals(photonsOf('gun'))).toBe(true);
  // And the file again, as it was.
  const again = await readNpy(join(folder, 'file', 'gensteps.npy'), { dtype: '<f4' });
  expect(again.shape).toEqual(steps.shape);
  expect(Buffer.from(again.data.buffer).equals(Buffer.from(steps.data.buffer))).toBe(true);
  // With the numbers of another detector, and with no numbers at all.
  const other = join(folder, 'other.npy');
  await writeNpy(other, steps);
  for (const materialLines of ['auto', 'Water=1,Scintillator=2']) {
    const named = await openGenstepFile(other, { detector, scene, module, materialLines });
    expect((await run(named, `named ${materialLines}`)).digest).toBe(first.digest);
    await named.close?.();
  }
});

test('[GS7] a light, its generation steps in a file, and from there the same photons', async () => {
  const light = lightSource(
    'sphere radius 30 mm at 0 0 300 mm, outwards, 300 to 400 nm, 5000 photons',
    detector,
  );
  const first = await run(light, 'light', true);
  const file = join(folder, 'light', 'gensteps.npy');
  const source = await openGenstepFile(file, { detector, scene, module: await loadKernel() });
  const second = await run(source, 'file');
  await source.close?.();
  expect(second.digest).toBe(first.digest);
});

test('[GS7] a light of a spectrum cannot be kept as steps: an error before anything is written', async () => {
  const words = 'point at 300 0 0 mm, spectrum Scintillator, 10 photons';
  await expect(run(lightSource(words, detector), 'x', true)).rejects.toThrow(
    /generation steps cannot be kept/,
  );
  expect(readdirSync(folder)).toEqual([]);
});
