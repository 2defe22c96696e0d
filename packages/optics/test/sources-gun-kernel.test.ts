import { readFileSync } from 'node:fs';
import { packScene, readGdml } from '@lantern/geometry';
import { expect, test } from 'vitest';
import { genstepWords } from '../src/genstep-layout.ts';
import { detectorBox } from '../src/sources/gun/detector-box.ts';
import { gunSource } from '../src/sources/gun/gun-source.ts';
import { KernelWalker } from '../src/sources/gun/kernel-walker.ts';
import { waterPairs } from '../src/validation/water-index.ts';

const module: WebAssembly.Module = new WebAssembly.Module(
  readFileSync(new URL('../dist/kernel.wasm', import.meta.url)),
);

/** A tank of water, turned by 90 degrees about x, in air; in it a sheet of steel across its axis. */
const detector = readGdml(
  `<?xml version="1.0"?><gdml><define>
<matrix name="N" coldim="2" values="${waterPairs()
    .map(([e, n]) => `${e}*eV ${n}`)
    .join(' ')}"/>
</define><materials>
<element name="H" formula="H" Z="1"><atom value="1.008"/></element>
<element name="O" formula="O" Z="8"><atom value="15.999"/></element>
<element name="Fe" formula="Fe" Z="26"><atom value="55.845"/></element>
<material name="Air" state="gas"><D value="0.0012"/><fraction n="1" ref="O"/></material>
<material name="Steel" state="solid"><D value="7.87"/><fraction n="1" ref="Fe"/></material>
<material name="Water" state="liquid"><D value="1"/><fraction n="0.111894" ref="H"/><fraction n="0.888106" ref="O"/>
<property name="RINDEX" ref="N"/></material>
</materials><solids>
<box name="hall" x="10" y="10" z="10" lunit="m"/><tube name="tank" rmax="1" z="4" deltaphi="360" aunit="deg" lunit="m"/>
<box name="sheet" x="1" y="1" z="0.1" lunit="m"/>
</solids><structure>
<volume name="Sheet"><materialref ref="Steel"/><solidref ref="sheet"/></volume>
<volume name="Tank"><materialref ref="Water"/><solidref ref="tank"/>
<physvol name="sheet"><volumeref ref="Sheet"/></physvol></volume>
<volume name="Hall"><materialref ref="Air"/><solidref ref="hall"/>
<physvol name="tank"><volumeref ref="Tank"/><position name="p" x="1" unit="m"/><rotation name="r" x="90" unit="deg"/></physvol></volume>
</structure><setup name="Default" version="1.0"><world ref="Hall"/></setup></gdml>`,
  { file: 'tank.gdml' },
);
const scene = packScene(detector);

test('[GUN14] the kernel walks through turned and nested volumes, in the frame of the world', () => {
  const walker = new KernelWalker(module, scene);
  expect(walker.start([0, 0, 6000], [0, 0, 1])).toBe(false);
  expect(walker.start([1000, -4000, 0], [0, 1, 0])).toBe(true);
  const seen: [string, number][] = [];
  do {
    const distance = walker.distance();
    seen.push([scene.materials[walker.material()] ?? '', Math.round(distance * 1e6) / 1e6]);
    walker.advance(distance);
  } while (walker.cross());
  expect(seen).toEqual([
    ['Air', 2000],
    ['Water', 1950],
    ['Steel', 100],
    ['Water', 1950],
    ['Air', 3000],
  ]);
  walker.start([1000, 0, 0], [0, 1, 0]);
  walker.turn([1, 0, 0]);
  expect(walker.distance()).toBeCloseTo(500, 6);
});

test('[GUN14] a muon through the tank: light from the water alone, energy lost in all', async () => {
  const source = await gunSource('mu- 4 GeV from 1 -4 0 m towards 0 1 0', {
    detector,
    scene,
    module,
    seed: 3n,
  });
  const [event] = source.events;
  expect(event?.end).toBe('left the world');
  expect(event?.deposited).toBeGreaterThan(390 * 2.05 + 0.1 * 787 * 1.5);
  expect(event?.deposited).toBeLessThan(390 * 2.4 + 0.1 * 787 * 2);
  expect(Math.abs(source.count / (390 * 980) - 1)).toBeLessThan(0.01);
  const batch = await source.batch(0, source.count);
  if (batch.kind !== 'gensteps') throw new Error('expected gensteps');
  for (let i = 0; i < batch.steps.length; i += genstepWords) {
    const [x = 0, y = 0, z = 0] = batch.steps.slice(i + 4, i + 7);
    expect(Math.hypot(x - 1000, z)).toBeLessThan(1000);
    expect(Math.abs(y)).toBeGreaterThanOrEqual(49.99);
    expect(Math.abs(y)).toBeLessThanOrEqual(2000.01);
  }
});

test('[GUN14] cosmic muons cross the box around what the world holds', async () => {
  const { min, max } = detectorBox(detector);
  expect(min.map(Math.round)).toEqual([0, -2000, -1000]);
  expect(max.map(Math.round)).toEqual([2000, 2000, 1000]);
  const source = await gunSource('10 cosmic muons', { detector, scene, module, seed: 1n });
  expect(source.events).toHaveLength(10);
  expect(source.exposure).toBeGreaterThan(0);
  expect(source.count).toBeGreaterThan(100_000);
});
