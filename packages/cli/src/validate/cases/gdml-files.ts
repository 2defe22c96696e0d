import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Detector, OpticalSurface, PropertyTable } from '@lantern/geometry';
import { readGdmlFile } from '@lantern/geometry/node';
import { photonFlags } from '@lantern/optics';
import { type PhotonState, photonsOf, reflectance, samePhotons } from '@lantern/optics/validation';
import {
  energyToWavelength,
  eV,
  length,
  normalize,
  perpendicular,
  RandomStream,
  sampleIsotropic,
} from '@lantern/units';
import type { CaseFindings, CaseGroup, CaseTools, ValidationCase } from '../case.ts';
import { compareNumbers, compareShare, compareWithin } from '../comparison.ts';
import { Moments } from './moments.ts';

/**
 * The detectors that others wrote, with what is known of them.
 *
 * @param folder of the GDML files
 * @param isAsked whether the user named the folder, so that its absence is an error
 */
export function filesGroup(folder: string, isAsked: boolean): CaseGroup {
  const there = isAsked || existsSync(folder);
  return {
    name: 'files',
    title: 'Detectors of Opticks and Simphony',
    about:
      'GDML files that other programs are tested with. Their published counts are mostly of electrons whose secondaries Lantern does not follow, or of beams that are not told; what can be compared is in each file’s lines, and why the rest cannot.',
    cases: there
      ? files.map(({ file, run, ...rest }) => fileCase(join(folder, file), run, rest))
      : [],
    ...(!there && {
      missing: `The files are not part of Lantern: no ${folder}. Name their folder with --gdml DIR.`,
    }),
  };
}

type FileRun = (tools: CaseTools, detector: Detector) => Promise<CaseFindings>;

interface FileCase {
  readonly file: string;
  readonly source: string;
  readonly photons: number;
  readonly run: FileRun;
}

function fileCase(
  path: string,
  run: FileRun,
  { source, photons }: Pick<FileCase, 'source' | 'photons'>,
): ValidationCase {
  const file = path.split(/[\\/]/).at(-1) ?? path;
  return {
    name: file.replace('.gdml', '').replaceAll('_', '-'),
    title: file,
    source,
    photons,
    run: async (tools) => await run(tools, await readGdmlFile(path)),
  };
}

const electrons =
  'The published hits are of an electron of 5 GeV with its secondaries, which Lantern does not follow: not compared.';

const files: readonly FileCase[] = [
  {
    file: 'opticks_raindrop.gdml',
    source: '10 photons of a file: 10 hits, 3 of 420 nm, 2 of 450, 5 of 500 (Simphony, tests/geom)',
    photons: 10,
    run: async (tools, detector) => {
      const wavelengths = [420, 450, 500, 500, 420, 500, 450, 500, 420, 500];
      const hits = new Map<number, number>();
      const source = photonsOf(10, (photon) => ({
        ...anywhere(tools, photon),
        wavelength: wavelengths[photon] ?? 0,
      }));
      await tools.propagate(detector, source, ({ flag, wavelength }) => {
        if (flag === photonFlags.SURFACE_DETECT)
          hits.set(wavelength, (hits.get(wavelength) ?? 0) + 1);
      });
      return {
        comparisons: [
          [420, 3],
          [450, 2],
          [500, 5],
        ].map(([nm = 0, count = 0]) =>
          compareWithin(`hits of ${nm} nm`, hits.get(nm) ?? 0, count, 0),
        ),
        note: electrons,
      };
    },
  },
  {
    file: 'opticks_raindrop_sphere.gdml',
    source:
      'all light from the middle of the drop is detected where it leaves, at 50 mm and at the same time',
    photons: 20_000,
    run: async (tools, detector) => {
      const photons = tools.few(20_000);
      let [hits, worst, late] = [0, 0, 0];
      const time = 50 / 224.901;
      await tools.propagate(
        detector,
        photonsOf(photons, (photon) => anywhere(tools, photon)),
        (end) => {
          if (end.flag === photonFlags.SURFACE_DETECT) hits++;
          worst = Math.max(worst, Math.abs(length(end.position) - 50));
          late = Math.max(late, Math.abs(end.time - time));
        },
      );
      return {
        comparisons: [
          compareWithin('hits', hits, photons, 0),
          compareWithin('worst distance from the surface', worst, 0, 1e-5, 'mm'),
          compareWithin('worst error of a time', late, 0, 1e-6, 'ns'),
        ],
        note: `${electrons} It is published that triangles lose 11 % of the hits with 6 steps of rotation, and none from 48 on; Lantern’s sphere is a sphere.`,
      };
    },
  },
  {
    file: 'opticks_two_spheres.gdml',
    source: 'all light from the middle of each drop is detected by it',
    photons: 20_000,
    run: async (tools, detector) => {
      const photons = tools.few(20_000);
      const hits = [0, 0];
      const source = photonsOf(photons, (photon) => ({
        ...anywhere(tools, photon),
        position: photon % 2 === 0 ? [0, 0, 0] : [0, 30.3, 121.3],
      }));
      await tools.propagate(detector, source, ({ flag, position }) => {
        const drop = position[2] > 60.65 ? 1 : 0;
        if (flag === photonFlags.SURFACE_DETECT) hits[drop] = (hits[drop] ?? 0) + 1;
      });
      return {
        comparisons: hits.map((count, i) =>
          compareWithin(`hits in drop ${'AB'[i]}`, count, photons / 2, 0),
        ),
        note: electrons,
      };
    },
  },
  {
    file: 'opticks_raindrop_with_scintillation.gdml',
    source: 'yield 500 per MeV; 6 ns of 0.8 and 35 ns of 0.2 of the light',
    photons: 0,
    run: async (_, detector) => {
      const water = [...detector.materials.values()].find(({ properties }) =>
        properties.constants.has('SCINTILLATIONYIELD'),
      );
      const constant = (name: string): number => water?.properties.constants.get(name) ?? 0;
      return {
        comparisons: [
          compareWithin('yield', constant('SCINTILLATIONYIELD'), 500, 0, 'per MeV'),
          compareWithin('first decay time', constant('SCINTILLATIONTIMECONSTANT1'), 6, 0, 'ns'),
          compareWithin('second decay time', constant('SCINTILLATIONTIMECONSTANT2'), 35, 0, 'ns'),
        ],
        note: `${electrons} Only the reading of the constants is checked here; the light of scintillation has its own tests.`,
      };
    },
  },
  {
    file: 'opticks_raindrop_reemit_no_scint.gdml',
    source: 'a REEMISSIONPROB of 1 without a spectrum must absorb, not crash',
    photons: 20_000,
    run: async (tools, detector) => {
      const photons = tools.few(20_000);
      let [reemitted, changed, near] = [0, 0, 0];
      const tally = await tools.propagate(
        detector,
        photonsOf(photons, (photon) => anywhere(tools, photon)),
        ({ flag, flagMask, position, wavelength }) => {
          if ((flagMask & photonFlags.BULK_REEMIT) !== 0) reemitted++;
          if (wavelength !== 400) changed++;
          if (flag === photonFlags.BULK_ABSORB && length(position) < 10) near++;
        },
      );
      const ended = tally.absorbed + tally.detected + tally.surfaceAbsorbed + tally.leftWorld;
      return {
        comparisons: [
          compareWithin('photons that ended', Number(ended), photons, 0),
          compareShare('absorbed within its length of 10 mm', near, photons, 1 - Math.exp(-1)),
          compareWithin('re-emitted', reemitted, 0, 0),
          compareWithin('of another wavelength', changed, 0, 0),
        ],
      };
    },
  },
  {
    file: 'wls_test.gdml',
    source:
      '1000 photons of 350 nm from the middle: about 990 detected, of 487 nm on average, none below 350 nm, after 0.6 ns on average (Simphony, where a sensor never reflects; the file gives none of the REFLECTIVITY 0 that Geant4 would need for that)',
    photons: 100_000,
    run: async (tools, detector) => {
      const photons = tools.few(100_000);
      const [wavelengths, times] = [new Moments(), new Moments()];
      let [detected, least] = [0, Number.POSITIVE_INFINITY];
      await tools.propagate(
        withoutReflection(detector),
        samePhotons(photons, { wavelength: 350 }),
        ({ flag, wavelength, time }) => {
          if (flag !== photonFlags.SURFACE_DETECT) return;
          detected++;
          wavelengths.add(wavelength);
          times.add(time);
          least = Math.min(least, wavelength);
        },
        { maxBounces: 31 },
      );
      const share = detected / photons;
      const spread = Math.sqrt(1000 * share * (1 - share));
      const meanOf1000 = Math.sqrt(wavelengths.variance / 1000);
      return {
        comparisons: [
          compareNumbers('detected of 1000', 1000 * share, 990, Math.max(spread, 5)),
          compareNumbers('mean wavelength', wavelengths.mean, 487, Math.max(meanOf1000, 0.5), 'nm'),
          compareNumbers(
            'mean time',
            times.mean,
            0.6,
            Math.hypot(Math.sqrt(times.variance / 1000), 0.05),
            'ns',
          ),
          compareWithin(
            'least wavelength at or below 350 nm',
            Math.min(0, least - 350),
            0,
            0,
            'nm',
          ),
        ],
        note: 'The expected numbers are rounded (“about”) and of 1000 photons: their error is that of 1000, and half of their last digit. Photons are stopped after 31 steps, as there.',
      };
    },
  },
  {
    file: 'sibling_pair.gdml',
    source:
      'a beam through the face that the siblings share reaches the sensor, whatever the angle',
    photons: 20_000,
    run: async (tools, detector) => {
      const photons = tools.few(20_000);
      let hits = 0;
      // From the left box at points of the sensor's side that faces it: about x 6 to 8, z 40.
      const source = photonsOf(photons, (photon) => {
        const random = new RandomStream(tools.seed, photon, 10);
        const target = [6.5, 16 * random.uniform() - 8, 39 + 2 * random.uniform()] as const;
        const position = [-15, 16 * random.uniform() - 8, 30 * random.uniform() - 40] as const;
        const direction = normalize([
          target[0] - position[0],
          target[1] - position[1],
          target[2] - position[2],
        ]);
        return { position, direction, polarisation: perpendicular(direction) };
      });
      await tools.propagate(detector, source, ({ flag }) => {
        if (flag === photonFlags.SURFACE_DETECT) hits++;
      });
      // 70 mm on average of a material that absorbs in a kilometre.
      const expected = Math.exp(-70e-6);
      return { comparisons: [compareShare('hits', hits, photons, expected)] };
    },
  },
  {
    file: 'dune_mock_wls_detector_box.gdml',
    source:
      'light of 128 nm at right angles on the layer of 0.2 mm, from the tables of the file: Fresnel reflection, absorption and shifting in proportion, in less than a micrometre',
    photons: 100_000,
    run: duneLayer,
  },
  {
    file: 'test_trd.gdml',
    source:
      'a beam along the axis through 400 mm of quartz, then a black sensor: two faces that each reflect 3.5 %, again and again, and absorption in 100 m',
    photons: 100_000,
    run: async (tools, detector) => {
      const photons = tools.few(100_000);
      let hits = 0;
      await tools.propagate(
        detector,
        samePhotons(photons, { position: [1, 2, -300], wavelength: 400 }),
        ({ flag }) => {
          if (flag === photonFlags.SURFACE_DETECT) hits++;
        },
      );
      const r = reflectance(1, 1.46, 0, 's');
      const pass = Math.exp(-400 / 100_000);
      const through = ((1 - r) ** 2 * pass) / (1 - (r * pass) ** 2);
      return {
        comparisons: [compareShare('hits', hits, photons, through)],
        note: 'Simphony compares hit counts with Geant4 to 5 %, without saying which.',
      };
    },
  },
  {
    file: 'sphere_leak.gdml',
    source:
      'mirrors around water: nothing gets out of the inner sphere, nor of the shell around it',
    photons: 4000,
    run: async (tools, detector) => {
      let [inner, outer] = [0, 0];
      const source = photonsOf(4000, (photon) => ({
        ...anywhere(tools, photon),
        position: photon % 2 === 0 ? [1, 2, 3] : [19, 2, 3],
      }));
      const tally = await tools.propagate(
        detector,
        source,
        ({ position }, photon) => {
          const radius = length(position);
          if (photon % 2 === 0 && radius > 15.0001) inner++;
          if (photon % 2 === 1 && (radius > 25.0001 || radius < 14.9999)) outer++;
        },
        { maxBounces: 1000 },
      );
      return {
        comparisons: [
          compareWithin('out of the inner sphere', inner, 0, 0),
          compareWithin('out of the shell', outer, 0, 0),
          compareWithin('lost', Number(tally.lost), 0, 0),
        ],
        note: `${Number(tally.steps).toLocaleString('en-US')} steps; a photon is stopped after 1000.`,
      };
    },
  },
];

async function duneLayer(tools: CaseTools, detector: Detector): Promise<CaseFindings> {
  const photons = tools.few(100_000);
  const energy = 9.68627 * eV;
  const pTP = detector.materials.get('pTP')?.properties.tables;
  const argon = detector.materials.get('G4_lAr')?.properties.tables;
  const shift = valueAt(pTP?.get('WLSABSLENGTH'), energy);
  const absorption = valueAt(pTP?.get('ABSLENGTH'), energy);
  const rate = 1 / shift + 1 / absorption;
  const r = reflectance(
    valueAt(argon?.get('RINDEX'), energy),
    valueAt(pTP?.get('RINDEX'), energy),
    0,
    's',
  );
  const face = 6750;
  let [reflected, shifted, absorbed] = [0, 0, 0];
  // At 6.75 m a row of 32 bits tells half a micrometre.
  let deep = 0;
  await tools.propagate(
    detector,
    samePhotons(photons, {
      position: [0, face - 0.05, 0],
      direction: [0, 1, 0],
      wavelength: energyToWavelength(energy),
    }),
    ({ flag, position }) => {
      if (flag === photonFlags.BOUNDARY_REFLECT || position[1] < face - 0.01) reflected++;
      else if (flag === photonFlags.BULK_REEMIT) shifted++;
      else absorbed++;
      if (position[1] - face > 0.01) deep++;
    },
    { maxBounces: 2 },
  );
  const inLayer = shifted + absorbed;
  return {
    comparisons: [
      compareShare('reflected by the layer', reflected, photons, r),
      compareShare(
        'shifted, of those in the layer',
        shifted,
        inLayer,
        absorption / (shift + absorption),
      ),
      compareWithin('deeper than 10 µm', deep, 0, 0),
    ],
    note: `Shifting length ${shift * 1000} µm, absorption ${absorption * 1000} µm, both together ${(1000 / rate).toFixed(2)} µm: the layer of 200 µm is crossed by none. Simphony lists 8 to 10 of 100 photons whose record deviates from Geant4’s, with a step of 50 µm that the user may set; Lantern has none.`,
  };
}

/** A direction even over the sphere, from the origin. */
function anywhere({ seed }: CaseTools, photon: number): Partial<PhotonState> {
  const direction = sampleIsotropic(new RandomStream(seed, photon, 11));
  return { direction, polarisation: perpendicular(direction) };
}

function valueAt(table: PropertyTable | undefined, energy: number): number {
  const { energies = [], values = [] } = table ?? {};
  const nearest = [...energies].findIndex((e) => Math.abs(e / energy - 1) < 1e-5);
  return values[nearest] ?? Number.NaN;
}

/** With a REFLECTIVITY of 0 wherever a surface has an EFFICIENCY, as Simphony takes it. */
function withoutReflection(detector: Detector): Detector {
  const surfaces = [...detector.surfaces].map(([name, surface]): [string, OpticalSurface] => {
    const tables = new Map(surface.properties.tables);
    const efficiency = tables.get('EFFICIENCY');
    if (efficiency)
      tables.set('REFLECTIVITY', { ...efficiency, values: efficiency.values.map(() => 0) });
    return [name, { ...surface, properties: { ...surface.properties, tables } }];
  });
  return { ...detector, surfaces: new Map(surfaces) };
}
