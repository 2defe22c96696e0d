import { readFileSync } from 'node:fs';
import { packScene, readGdml, type Scene } from '@lantern/geometry';
import { describe, expect, test } from 'vitest';
import { assembleKernel } from '../src/gpu/assemble-kernel.ts';
import { type Feature, featureStubs } from '../src/gpu/feature-stubs.ts';
import { kernelModules } from '../src/gpu/generated/kernel-modules.ts';
import { PackedScene } from '../src/gpu/packed-scene.ts';
import { sceneFeatures, stubsWithout } from '../src/gpu/scene-features.ts';
import { sourceFeatures } from '../src/gpu/source-features.ts';
import { parseModule } from '../src/gpu/wgsl-declarations.ts';
import { lightSource } from '../src/sources/light/light-source.ts';
import { randomDetector } from './random-detector.ts';
import { fillers } from './random-fillers.ts';
import { smallScene } from './small-detector.ts';

const stubs = Object.values(featureStubs).flat();

/** The module of each function of the GPU kernel, stubs' clauses among them. */
const functions = new Map(
  kernelModules
    .filter(({ name }) => !name.startsWith('hits/'))
    .flatMap((module) => parseModule(module).declarations)
    .filter(({ kind }) => kind === 'fn')
    .map((declaration) => [declaration.name, declaration] as const),
);

describe('[KERN6] what a scene does not have is left out of its kernel', () => {
  test.each(stubs)('%s is of the kernel', (stub) => {
    const [name = '', clause] = stub.split(':');
    const declaration = functions.get(name);
    expect(declaration).toBeDefined();
    if (clause === 'default') expect(declaration?.text).toMatch(/^\s+default {/m);
    else if (clause !== undefined) expect(declaration?.text).toContain(`case ${clause} {`);
  });

  const features = (scene: Scene): ReadonlySet<Feature> =>
    sceneFeatures(new PackedScene(scene.buffer));
  const box = (solids: string, solid: string): Scene =>
    smallScene({
      solids: `${solids}<box name="w" x="1000" y="1000" z="1000"/>`,
      structure: `<volume name="V"><materialref ref="Glass"/><solidref ref="${solid}"/></volume>
<volume name="World"><materialref ref="Vacuum"/><solidref ref="w"/><physvol><volumeref ref="V"/></physvol></volume>`,
    });

  test('solids: leaves, kinds, operations', () => {
    const orb = '<orb name="o" r="5"/>';
    expect(features(box(orb, 'o'))).toEqual(
      new Set(['box', 'whole box', 'sphere', 'whole sphere'] satisfies Feature[]),
    );
    const less = `${orb}<tube name="t" rmax="2" z="100" deltaphi="360" aunit="deg"/>
<subtraction name="s"><first ref="o"/><second ref="t"/></subtraction>`;
    expect(features(box(less, 's'))).toEqual(
      new Set([
        ...(['box', 'whole box', 'sphere', 'cylinder'] as const),
        ...(['compound', 'oneLessOne', 'subtractLeaf', 'any subtraction'] as const),
      ] satisfies Feature[]),
    );
    const torus = '<torus name="r" rmin="0" rmax="2" rtor="10" deltaphi="360" aunit="deg"/>';
    expect(features(box(torus, 'r'))).toEqual(
      new Set(['box', 'whole box', 'torus', 'compound'] satisfies Feature[]),
    );
  });

  test('materials and surfaces', () => {
    const data = (name: string): ReadonlySet<Feature> => {
      const file = new URL(`../../../../shared/data/gdml/${name}`, import.meta.url);
      return features(packScene(readGdml(readFileSync(file, 'utf8'), { file: name })));
    };
    const shifting = data('wls_test.gdml');
    for (const feature of ['more processes', 'shift', 'surfaces', 'metal'] as const)
      expect(shifting, feature).toContain(feature);
    for (const feature of ['mie', 'reemission', 'films', 'tables', 'davis'] as const)
      expect(shifting, feature).not.toContain(feature);
    const boxes = data('dune_mock_wls_detector_box.gdml');
    expect(boxes).not.toContain('compound');
  });

  test('sources', async () => {
    const lamp = lightSource(
      'point at 0 0 0 mm, 400 nm, 100 photons',
      randomDetector(1, 'same index'),
    );
    expect(sourceFeatures(await lamp.batch(0, 10))).toEqual(new Set(['gensteps', 'light']));
    const photons = { kind: 'photons', photons: new Float32Array(16) } as const;
    expect(sourceFeatures(photons)).toEqual(new Set());
    const steps = new Float32Array(3 * 24);
    new Uint32Array(steps.buffer).set([15], 0);
    new Uint32Array(steps.buffer).set([16], 24);
    new Uint32Array(steps.buffer).set([6], 48);
    const mixed = sourceFeatures({ kind: 'gensteps', steps, skip: 0 });
    expect(mixed).toEqual(new Set(['gensteps', 'cerenkov', 'scintillation', 'torch']));
  });

  test.each(fillers.map(({ name }, i) => [name, i + 1] as const))(
    'a kernel for %s',
    (only, seed) => {
      const scene = packScene(randomDetector(seed, 'three indices', { only }));
      const has = new Set([...features(scene), ...(['gensteps', 'light'] as const)]);
      const recipe = { modules: kernelModules, entries: ['run'] };
      const whole = assembleKernel(recipe);
      const kernel = assembleKernel({ ...recipe, stubs: stubsWithout(has) });
      expect(kernel.functions.length).toBeLessThan(whole.functions.length);
    },
  );
});
