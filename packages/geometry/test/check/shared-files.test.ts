import { expect, test } from 'vitest';
import { checkGeometry } from '../../src/check/check-geometry.ts';
import { readGdmlFile } from '../../src/gdml/read-gdml-file.node.ts';
import { describeGeometry } from '../../src/info/describe-geometry.ts';
import { packScene } from '../../src/scene/pack-scene.ts';
import { sharedFiles } from './shared-folder.ts';

/** What is to be found in each file, but for notes and the reader's own warnings; seen by eye on 2026-11-22. */
const expected: Readonly<Record<string, readonly string[]>> = {
  // The flat bases of the barrel's PMTs stand at the round wall: their edges are 0.3 mm out of the tank.
  watertank: ['protrusion'],
  scintball: [],
  bigball: [],
  'basic_detector.gdml': [],
  // ABSLENGTH ends within the scintillation spectrum; SiPMs without REFLECTIVITY.
  'dune_mock_wls_detector_box.gdml': ['notCovered', 'neverDetects'],
  'opticks_raindrop.gdml': [],
  'opticks_raindrop_reemit_no_scint.gdml': ['incomplete'],
  'opticks_raindrop_sphere.gdml': [],
  'opticks_raindrop_with_scintillation.gdml': [],
  'opticks_two_spheres.gdml': [],
  'sibling_pair.gdml': [],
  // A border between two volumes with a gap between them; a detector without REFLECTIVITY.
  'sphere_leak.gdml': ['surfaceNowhere', 'neverDetects'],
  'test_trd.gdml': [],
  'wls_test.gdml': ['neverDetects'],
};

const files = sharedFiles();

test.skipIf(files.length === 0).each(files)('[CHK21] [INF4] $name', async ({ name, path }) => {
  const detector = await readGdmlFile(path);
  const begin = performance.now();
  const findings = checkGeometry(detector);
  // Generous, for a busy machine: it takes 2 s for the 17,000 PMTs of bigball.
  expect(performance.now() - begin).toBeLessThan(20_000);
  const kinds = findings
    .filter(({ severity, kind }) => severity !== 'info' && kind !== 'reader')
    .map(({ kind }) => kind);
  expect(kinds).toEqual(expected[name]);
  const { counts } = describeGeometry(detector);
  const scene = packScene(detector);
  expect(counts.nodes).toBe(scene.nodeCount);
  expect(counts.sensors).toBe(scene.sensorCount);
});
