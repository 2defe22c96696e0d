import { readFileSync } from 'node:fs';
import { packScene, readGdml, type Scene } from '@lantern/geometry';
import { describe, expect, test } from 'vitest';
import { countWork } from '../bench/work/count-work.ts';
import { compileCountingKernel } from '../bench/work/instrument-kernel.ts';
import { PackedScene } from '../src/gpu/packed-scene.ts';
import { sceneFeatures, stubsWithout } from '../src/gpu/scene-features.ts';
import { sourceFeatures } from '../src/gpu/source-features.ts';
import { tallyFields } from '../src/photon-layout.ts';
import { genstepSource } from '../src/sources/genstep-source.ts';
import { lightSteps } from '../src/sources/light/light-source.ts';
import { parseLight } from '../src/sources/light/parse-light.ts';
import { randomDetector } from './random-detector.ts';
import { fillers } from './random-fillers.ts';
import { shiftingDetector } from './shifting-detector.ts';
import { smallScene } from './small-detector.ts';

const kernel = compileCountingKernel();

/** Functions that would be left out on a GPU, and that photons of a lamp enter all the same. */
async function enteredStubs(scene: Scene, lamp: string): Promise<string[]> {
  const source = genstepSource(lightSteps(parseLight(lamp)), { description: lamp });
  const features = sceneFeatures(new PackedScene(scene.buffer));
  const needed = sourceFeatures(await source.batch(0, source.count));
  const stubs = stubsWithout(new Set([...features, ...needed]));
  expect(stubs.length).toBeGreaterThan(20);
  const [stepsField, hitsField] = [tallyFields.indexOf('steps'), tallyFields.indexOf('detected')];
  const options = { cutRoom: 1, stepsField, hitsField, maxSteps: 300 };
  const work = await countWork(kernel, scene, source, source.count, options);
  const entered = kernel.blocks.filter((_, i) => (work.made[i] ?? 0) + (work.followed[i] ?? 0) > 0);
  const names = new Set(entered.map((block) => block.function));
  // The kernel of the GPU needs no boxes for a union of few.
  if (features.has('unionOfFew')) names.delete('isBeyondBox');
  const all = stubsWithout(new Set());
  expect(all.filter((stub) => names.has(stub)).length).toBeGreaterThan(2);
  return stubs.filter((stub) => names.has(stub));
}

const fromFile = (path: string): Scene => {
  const file = new URL(path, import.meta.url);
  return packScene(readGdml(readFileSync(file, 'utf8'), { file: path }));
};

/** A box of glass with a surface around it. */
const withSurface = (surface: string): Scene =>
  smallScene({
    define: `<matrix name="HALF" coldim="2" values="1*eV 0.5 10*eV 0.5"/>
<matrix name="K" coldim="2" values="1*eV 3.5 10*eV 3.5"/>
<matrix name="ROUGH" coldim="1" values="1e-4"/>`,
    solids: `${surface}<box name="b" x="100" y="100" z="100"/><box name="w" x="500" y="500" z="500"/>`,
    structure: `<volume name="B"><materialref ref="Glass"/><solidref ref="b"/></volume>
<volume name="World"><materialref ref="Vacuum"/><solidref ref="w"/><physvol><volumeref ref="B"/></physvol></volume>
<skinsurface name="skin" surfaceproperty="s"><volumeref ref="B"/></skinsurface>`,
  });

const property = (name: string, ref: string): string => `<property name="${name}" ref="${ref}"/>`;
const finishes = [
  ...['polished', 'polishedfrontpainted', 'polishedbackpainted'],
  ...['ground', 'groundfrontpainted', 'groundbackpainted'],
] as const;
const surfaces = ['dielectric_metal', 'dielectric_dielectric'].flatMap((type) =>
  ['glisur', 'unified'].flatMap((model) =>
    finishes.flatMap((finish) =>
      ['', 'SURFACEROUGHNESS', 'REALRINDEX'].map((more) => [type, model, finish, more] as const),
    ),
  ),
);

describe('[KERN7] photons enter nothing that is left out, as the CPU kernel counts', () => {
  test.each(fillers.map(({ name }, i) => [name, i + 1] as const))(
    'solids: %s',
    async (only, seed) => {
      const scene = packScene(randomDetector(seed, 'three indices', { only }));
      expect(
        await enteredStubs(scene, 'ball at 0 0 0 mm, radius 30 mm, 400 nm, 800 photons'),
      ).toEqual([]);
    },
  );

  test.each([
    'wls_test',
    'opticks_raindrop_with_scintillation',
    'dune_mock_wls_detector_box',
    'test_trd',
  ])('%s.gdml', async (name) => {
    const scene = fromFile(`../../../../shared/data/gdml/${name}.gdml`);
    expect(await enteredStubs(scene, 'point at 0 0 0 mm, 400 nm, 2000 photons')).toEqual([]);
  });

  test('several photons of a shift', async () => {
    const scene = packScene(shiftingDetector({ first: 1, second: 3 }));
    expect(await enteredStubs(scene, 'point at 0 0 0 mm, 300 nm, 2000 photons')).toEqual([]);
  });

  test.each(['photocathode/photocathode', 'liquid-argon-box/liquid-argon-box'])(
    '%s.gdml',
    async (name) => {
      const scene = fromFile(`../../../examples/${name}.gdml`);
      expect(await enteredStubs(scene, 'point at 0 0 0 mm, 400 nm, 2000 photons')).toEqual([]);
    },
  );

  test.each(surfaces)('%s %s %s %s', async (type, model, finish, more) => {
    const properties = [
      property('REFLECTIVITY', more === 'REALRINDEX' ? '' : 'HALF'),
      property('RINDEX', 'N133'),
      more === 'REALRINDEX'
        ? property('REALRINDEX', 'HALF') + property('IMAGINARYRINDEX', 'K')
        : '',
      more === 'SURFACEROUGHNESS' ? '<property name="SURFACEROUGHNESS" ref="ROUGH"/>' : '',
    ].filter((line) => !line.includes('ref=""'));
    const scene = withSurface(
      `<opticalsurface name="s" model="${model}" finish="${finish}" type="${type}" value="0.3">${properties.join('')}</opticalsurface>`,
    );
    expect(await enteredStubs(scene, 'point at 0 0 0 mm, 400 nm, 500 photons')).toEqual([]);
  });
});
