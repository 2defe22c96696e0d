import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packScene, readGdml, type Scene } from '@lantern/geometry';
import { gunSource } from '@lantern/optics';
import { loadKernel } from '@lantern/optics/node';
import { scintillating } from './scintillating.ts';

/** A detector, and the generation steps of a few particles in it. */
export interface GenstepCase {
  readonly name: CaseName;
  /** The particles in words. */
  readonly gun: string;
  readonly scene: Scene;
  readonly steps: Float32Array<ArrayBuffer>;
  /** Steps after which a photon is stopped; undefined: none. */
  readonly maxSteps: number | undefined;
  /** Photons per second of another code on such a detector, and of which; from ../shared/anchors/optics.md, 4. */
  readonly peer: { readonly photonsPerSecond: number; readonly name: string } | undefined;
}

/** The detectors, in the order of the tables. */
export const caseNames = [
  'watertank',
  'scintball',
  'bigball',
  'liquid-argon',
  'liquid-argon-31',
] as const;

export type CaseName = (typeof caseNames)[number];

interface Description {
  readonly gun: string;
  /** In the folder of shared data. */
  readonly file: readonly string[];
  readonly edit?: (gdml: string) => string;
  readonly maxSteps?: number;
  readonly peer?: GenstepCase['peer'];
}

// As in arXiv:2606.05385, where showers of four electrons made 243 M photons; the gun makes no showers.
const liquidArgon: Description = {
  gun: 'e- 2.5 GeV from 0 0 0 m towards 1 0 0, 4 events',
  file: ['data', 'gdml', 'dune_mock_wls_detector_box.gdml'],
  edit: detecting,
  peer: { photonsPerSecond: 80.2e6, name: 'Simphony, RTX 4090' },
};

const descriptions: Readonly<Record<CaseName, Description>> = {
  watertank: {
    gun: 'mu- 4 GeV from 0 0 2.9 m towards 0 0 -1, 4 events',
    file: ['reference', 'watertank', 'geometry.gdml'],
  },
  scintball: {
    gun: 'mu- 4 GeV from 0 0 2.6 m towards 0 0 -1, 4 events',
    file: ['reference', 'scintball', 'geometry.gdml'],
    edit: scintillating,
  },
  bigball: {
    gun: 'mu- 10 GeV from 0 0 18.5 m towards 0 0 -1, 4 events',
    file: ['reference', 'bigball', 'geometry.gdml'],
    edit: scintillating,
    peer: { photonsPerSecond: 9.6e6, name: 'Opticks, JUNO, RTX 6000 Ada' },
  },
  'liquid-argon': liquidArgon,
  // Opticks and Simphony stop a photon there unless told otherwise.
  'liquid-argon-31': { ...liquidArgon, maxSteps: 31 },
};

/**
 * Opticks takes REFLECTIVITY as 0 where it is not given, Geant4 and Lantern as 1: without a 0 in the file the box would
 * detect nothing, and its light would go on.
 */
function detecting(gdml: string): string {
  return gdml
    .replace(
      '</define>',
      '<matrix name="BENCH_ZERO" coldim="2" values="2e-06 0 1.2e-05 0"/></define>',
    )
    .replace(
      /(<opticalsurface[^>]*name="SiPMSurface"[^>]*>)/,
      '$1<property name="REFLECTIVITY" ref="BENCH_ZERO"/>',
    );
}

/**
 * Reads and packs a case and shoots its particles.
 *
 * @param shared folder that holds `reference` and `data`
 */
export async function loadGenstepCase(shared: string, name: CaseName): Promise<GenstepCase> {
  const { gun, file, edit, maxSteps, peer } = descriptions[name];
  const path = join(shared, ...file);
  const text = await readFile(path, 'utf8');
  const detector = readGdml(edit ? edit(text) : text, { file: path });
  const scene = packScene(detector);
  const source = await gunSource(gun, { detector, scene, module: await loadKernel(), seed: 1n });
  const rows: Float32Array[] = [];
  for await (const part of source.gensteps?.() ?? []) rows.push(part);
  const steps = new Float32Array(rows.reduce((sum, part) => sum + part.length, 0));
  rows.reduce((at, part) => {
    steps.set(part, at);
    return at + part.length;
  }, 0);
  return { name, gun, scene, steps, maxSteps, peer };
}
