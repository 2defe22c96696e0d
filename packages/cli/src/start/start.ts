import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeFolder, writeWhole } from '@lantern/formats/node';
import { packScene, writeGdml } from '@lantern/geometry';
import { readGdmlFile } from '@lantern/geometry/node';
import { type GunSource, gunSource, type Summary } from '@lantern/optics';
import { loadKernel } from '@lantern/optics/node';
import type { Arguments, Command, Terminal } from '../command.ts';
import { readHitResults } from '../display/read-results.ts';
import { engineOption } from '../engine-option.ts';
import { defaultHome } from '../process-terminal.ts';
import { runSimulation } from '../run-simulation.ts';
import {
  readSimulateSettings,
  type SimulateSettings,
  simulateOptions,
} from '../simulate-options.ts';
import { formatEngine } from '../summary-table.ts';
import { formatCount, formatDuration, formatRate, formatTable } from '../table.ts';
import { exampleTime } from '../watertank/calibrations.ts';
import { watertank } from '../watertank/watertank.ts';
import { type DrawnEvents, drawEvents } from './draw-events.ts';
import { type ExampleConditions, exampleConditions } from './example-conditions.ts';
import { exampleName, madeByStart, requireOwnFolder } from './start-folder.ts';

/** Muons to show. */
const wanted = 20;

/** `lantern start`: the built-in example, from the detector to the pictures. */
export const startCommand: Command = {
  name: 'start',
  summary: 'The example: cosmic muons in a water Cherenkov detector, with pictures.',
  operands: [],
  options: {
    seed: simulateOptions.seed ?? { doc: '' },
    threads: simulateOptions.threads ?? { doc: '' },
    engine: engineOption,
    time: {
      value: 'ISO',
      doc: `When the muons cross the tank: its calibrations of then. Default: ${exampleTime}.`,
    },
    out: {
      value: 'DIR',
      doc: 'Folder of the results. Default: HOME/start. What an earlier start left is replaced.',
    },
    overwrite: { doc: 'Let other results in that folder go too.' },
  },
  examples: [
    ['lantern start', 'Twenty muons; the pictures are in .lantern/start.'],
    ['lantern start --seed 7', 'Other muons.'],
    [
      'lantern start --time 2026-05-01',
      'In water that had not been purified for weeks: less light.',
    ],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const begin = performance.now();
  const settings: SimulateSettings = {
    ...readSimulateSettings(args),
    out: args.option('out') ?? join(terminal.home, 'start'),
    overwrite: true,
  };
  const folder = settings.out ?? '';
  const geometry = await writeExample(folder, args.has('overwrite'));
  const time = args.option('time') ?? exampleTime;
  const simulation = await shootMuons(geometry, time, settings, terminal);
  const { summary, conditions } = simulation;
  const { events } = simulation.source;
  const drawn = await drawEvents(folder, await readHitResults(folder), events, {
    ...summary,
    seed: settings.seed,
  });
  const seconds = (performance.now() - begin) / 1000;
  terminal.out(describe(summary, drawn, { time, conditions, seconds }));
  terminal.out(whatNext(folder, geometry, drawn, terminal.home));
  return 0;
}

/** Writes the example's GDML into the folder, and makes that; what is not of an earlier start stays, unless told. */
async function writeExample(folder: string, overwrite: boolean): Promise<string> {
  const text = writeGdml(watertank());
  if (!overwrite) await requireOwnFolder(folder, text);
  await makeFolder(folder, 'cannot make a folder for the results');
  const geometry = join(folder, exampleName);
  await writeWhole(geometry, text);
  return geometry;
}

/** The way of every detector: from its file. */
async function shootMuons(
  geometry: string,
  time: string,
  settings: SimulateSettings,
  terminal: Terminal,
): Promise<{ summary: Summary; source: GunSource; conditions: ExampleConditions }> {
  const begin = performance.now();
  const read = await readGdmlFile(geometry);
  const conditions = await exampleConditions(terminal.home, {
    built: watertank(),
    detector: read,
    sensors: packScene(read).sensorCount,
    time,
  });
  const { detector, used } = conditions;
  const scene = packScene(detector);
  const { seed } = settings;
  const { signal } = terminal;
  const module = await loadKernel();
  const shoot = (muons: number): Promise<GunSource> =>
    gunSource(`${muons} cosmic muons`, { detector, scene, module, seed, signal });
  const source = await shoot(muonsFor(wanted, await shoot(3 * wanted)));
  const loadSeconds = (performance.now() - begin) / 1000;
  const { warnings } = detector;
  const { summary } = await runSimulation(
    {
      detector,
      scene,
      source,
      settings,
      geometry,
      loadSeconds,
      warnings,
      madeBy: madeByStart,
      conditions: used,
    },
    terminal,
  );
  return { summary, source, conditions };
}

/** Cosmic muons cross the box around the tank; some pass by its water. How many it takes that so many make light. */
function muonsFor(lit: number, { events }: GunSource): number {
  const last = events.filter(({ photons }) => photons > 0)[lit - 1];
  return last ? last.number + 1 : events.length;
}

interface Told {
  readonly time: string;
  readonly conditions: ExampleConditions;
  readonly seconds: number;
}

function describe(
  summary: Summary,
  drawn: DrawnEvents,
  { time, conditions: { all, registered, used }, seconds }: Told,
): string {
  const { photons, outcomes, photonsPerSecond, stepsPerSecond } = summary;
  const muons = drawn.events.length;
  return formatTable([
    [
      'calibrations',
      formatCount(all),
      `${registered === 0 ? 'there already' : `${registered} new`}; ${used.length} used, of ${time}`,
    ],
    ['muons', `${muons} of ${drawn.shot}`, `made light; ${drawn.sensors} photomultipliers`],
    ['photons', formatCount(photons), `${formatCount(photons / muons)} per muon with light`],
    [
      'hits',
      formatCount(outcomes.detected),
      `${formatCount(outcomes.detected / muons)} per muon with light`,
    ],
    [
      'speed',
      `${formatRate(photonsPerSecond)} photons/s`,
      `${formatRate(stepsPerSecond)} steps/s, ${formatEngine(summary)}`,
    ],
    [
      'time',
      formatDuration(seconds),
      `${formatDuration(summary.seconds.propagate)} of propagation`,
    ],
  ]);
}

function whatNext(
  folder: string,
  geometry: string,
  { page, brightest }: DrawnEvents,
  home: string,
): string {
  const ofHome = home === defaultHome ? '' : ` --home ${shown(home)}`;
  const link = (path: string): string => pathToFileURL(resolve(path)).href;
  const detector = shown(geometry);
  return `
See
  ${link(page)}
      all muons with light
  ${link(brightest.file)}
      the brightest, muon ${brightest.number}: ${formatCount(brightest.hits)} hits, first red, last blue

Try next
  npx lantern geometry info ${detector}
      what the detector is made of
  npx lantern simulate ${detector} --gun "mu- 4 GeV from 0 0 3 m towards 0 0 -1" --out ${shown(join(folder, 'ring'))} --overwrite
  npx lantern display ${shown(join(folder, 'ring'))}
      a muon of your own, and its ring
  npx lantern simulate ${detector} --light "point at 0 0 0 mm, 420 nm, 1e6 photons" --replay 4711
      the life of one photon, step by step
  npx lantern conditions list --instrument watertank${ofHome}
      the tank's calibrations; then 'npx lantern start --time 2026-05-01': older water, less light
  python3 examples/python/plot_hits.py ${shown(folder)}
      the hits in Python, with numpy and matplotlib
`;
}

/** A path as one types it: relative, slashes on every system; quoted where it needs to be. */
function shown(path: string): string {
  const short = relative('.', path) || '.';
  const text = short.startsWith('..') ? resolve(path) : short;
  return /^[\w./\\:-]+$/.test(text) ? text : `"${text}"`;
}
