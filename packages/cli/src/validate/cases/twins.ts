import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packScene, type Scene } from '@lantern/geometry';
import { readGdmlFile } from '@lantern/geometry/node';
import type { Engine, PhotonSource } from '@lantern/optics';
import { openPhotonFile } from '@lantern/optics/node';
import {
  compareTwins,
  galleryCases,
  prepareTwinCase,
  type TwinComparison,
} from '@lantern/optics/validation';
import type { CaseFindings, CaseGroup, CaseTools, ValidationCase } from '../case.ts';
import type { DataFolder } from '../groups.ts';
import { referenceNames } from '../reference.ts';
import { addTwins, type TwinFindings, twinComparisons, twinFindings } from '../twin-findings.ts';

/** What has been compared by the way, while the other groups ran: by group. */
export type ComparedByTheWay = ReadonlyMap<string, readonly TwinFindings[]>;

/** The engine under validation beside the CPU engine. */
export interface TwinSetting {
  readonly cpu: Engine;
  /** Itself, not paired. */
  readonly gpu: Engine;
  readonly byTheWay: ComparedByTheWay;
}

/** Photons of a gallery, and of a reference detector. */
const [ofGallery, ofReference] = [20_000, 100_000];
/** Steps of a photon of a reference that are recorded. */
const recordedSteps = 100;
const photonsOfBatch = 2000;
/** Groups with detectors in which photons are reflected thousands of times. */
const longLives: readonly string[] = ['files'];

/**
 * The GPU engine beside the CPU engine, photon by photon.
 *
 * @param groups titles of the others, by name
 */
export function twinsGroup(
  setting: TwinSetting,
  references: DataFolder,
  groups: readonly Pick<CaseGroup, 'name' | 'title'>[],
): CaseGroup {
  const there = references.isAsked || existsSync(references.path);
  return {
    name: 'twins',
    title: 'CPU and GPU, photon by photon',
    about:
      'Both engines follow the same photons with the same random numbers. A history is what can be counted: volumes, surfaces, what boundaries and materials did, sensors, the number of steps. Where it differs, the first step that does is told by both, and the CPU engine follows the photon again with its numbers a little off: where that makes it do the same as the GPU, rounding is why. Where all histories of a batch are equal, so must be the random numbers drawn. The distributions of ends are those of the GPU beside the CPU’s with other random numbers.',
    cases: [
      ...(there ? referenceNames.map((name) => reference(setting, references.path, name)) : []),
      ...galleryCases.map(({ name, title }) => gallery(setting, name, title)),
      ...groups.map((group) => byTheWay(setting, group)),
    ],
  };
}

function reference(setting: TwinSetting, folder: string, name: string): ValidationCase {
  return {
    ...{ name, title: name, photons: ofReference, source: 'the CPU engine' },
    run: async (tools) => {
      const scene = packScene(await readGdmlFile(join(folder, name, 'geometry.gdml')));
      const source = await openPhotonFile(join(folder, name, 'photons.npy'), { seed: tools.seed });
      try {
        return await compare(setting, tools, {
          ...{ scene, source, count: Math.min(source.count, tools.few(ofReference)) },
          steps: recordedSteps,
        });
      } finally {
        await source.close?.();
      }
    },
  };
}

function gallery(setting: TwinSetting, name: string, title: string): ValidationCase {
  return {
    ...{ name, title, photons: ofGallery, source: 'the CPU engine' },
    run: async (tools) => {
      const one = galleryCases.find((each) => each.name === name);
      if (!one) throw new Error(`no gallery ${name}`);
      const { scene, source } = prepareTwinCase(one, tools.few(ofGallery));
      return await compare(setting, tools, {
        ...{ scene, source, count: source.count, steps: one.steps, maxBounces: one.steps },
      });
    },
  };
}

/** What the other groups of the page propagated. */
function byTheWay(
  setting: TwinSetting,
  { name, title }: Pick<CaseGroup, 'name' | 'title'>,
): ValidationCase {
  return {
    ...{
      name: `group-${name}`,
      title: `Of this page: ${title}`,
      photons: 0,
      source: 'the CPU engine',
    },
    run: async () => {
      const all = setting.byTheWay.get(name) ?? [];
      const [first, ...others] = all;
      if (!first) return { comparisons: [], note: 'No photons.' };
      const twin = others.reduce(addTwins, first);
      const isLong = longLives.includes(name);
      const note = `${all.length} propagations: every photon of this group, compared by the way.${isLong ? ' Detectors that hold light for thousands of steps are among them, in which rounding grows: how many part is told, and why, but has no limit.' : ''}`;
      return { comparisons: twinComparisons(twin, [], isLong), twin, note };
    },
  };
}

interface Compared {
  readonly scene: Scene;
  readonly source: PhotonSource;
  readonly count: number;
  readonly steps: number;
  readonly maxBounces?: number;
}

async function compare(
  { cpu, gpu }: TwinSetting,
  { kernel, seed, threads, signal, done }: CaseTools,
  { scene, source, count, steps, maxBounces }: Compared,
): Promise<CaseFindings> {
  const twins: TwinComparison = await compareTwins(
    [cpu, gpu],
    scene,
    {
      ...{ seed, threads, signal, source, count, maxBounces },
      ...{ batchSize: photonsOfBatch, recordSteps: steps },
    },
    { kernel, otherSeed: seed + 1n },
  );
  done(count);
  const twin = twinFindings(twins, scene);
  return { comparisons: twinComparisons(twin, twins.shapes), twin };
}
