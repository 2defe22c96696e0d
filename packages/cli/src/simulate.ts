import { join } from 'node:path';
import { packScene } from '@lantern/geometry';
import { readGdmlFile } from '@lantern/geometry/node';
import type { PhotonSource } from '@lantern/optics';
import type { Arguments, Command, Terminal } from './command.ts';
import {
  simulationConditionsOptions,
  withConditionsOf,
} from './conditions/conditions-of-simulation.ts';
import { UsageError } from './errors.ts';
import { runReplay, runSimulation, type Simulation } from './run-simulation.ts';
import { readSimulateSettings, simulateOptions } from './simulate-options.ts';
import { openSource, readSourceChoice, sourceNotes } from './source-choice.ts';
import { formatSummary } from './summary-table.ts';
import { readSurfaceData, surfaceDataOptions } from './surface-data-options.ts';

/** `lantern simulate GEOMETRY`: photons through a detector, to hits. */
export const simulateCommand: Command = {
  name: 'simulate',
  summary: 'Propagate photons through a detector (GDML) and write the hits.',
  operands: ['GEOMETRY'],
  options: { ...simulateOptions, ...surfaceDataOptions, ...simulationConditionsOptions },
  notes: sourceNotes,
  examples: [
    [
      'lantern simulate detector.gdml --photons photons.npy --out results',
      'Photons from a file; hits.npy, sensors.json and summary.json go to results/.',
    ],
    [
      'lantern simulate detector.gdml --light "point at 0 0 0 mm, 420 nm, 1e5 photons" --seed 7',
      'A point source in the middle, with random numbers of its own.',
    ],
    [
      'lantern simulate detector.gdml --gun "mu- 1 GeV from 0 0 90 cm towards 0 0 -1, 2 events" --keep photons,record=16',
      'Muons, and besides the hits all ends and the first 16 steps of every photon.',
    ],
    [
      'lantern simulate detector.gdml --gensteps gensteps.npy --matline auto',
      "Generation steps of Geant4 as Opticks collects them, in the materials at the steps' places.",
    ],
    [
      'lantern simulate detector.gdml --photons photons.npy --conditions LAT --time 2003-01-12',
      'With the optical properties that the calibrations of an instrument say for that day.',
    ],
    [
      'lantern simulate detector.gdml --photons photons.npy --replay 4711',
      'The life of photon 4711, step by step, in words.',
    ],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const settings = readSimulateSettings(args);
  const choice = readSourceChoice(args);
  const [geometry = ''] = args.operands;
  const begin = performance.now();
  const read = await readGdmlFile(geometry);
  const { detector, used } = await withConditionsOf(read, args, terminal);
  const surfaceData = await readSurfaceData(detector, args, terminal);
  const scene = packScene(detector, { shiftProfile: settings.shiftProfile, surfaceData });
  const source = await openSource(choice, { detector, scene, seed: settings.seed, terminal });
  try {
    if (settings.keepGensteps && !source.gensteps) throw withoutSteps(source);
    const loadSeconds = (performance.now() - begin) / 1000;
    const { warnings } = detector;
    const simulation: Simulation = {
      detector,
      scene,
      source,
      settings,
      geometry,
      loadSeconds,
      conditions: used,
      warnings,
    };
    terminal.signal.throwIfAborted();
    if (settings.replay !== undefined) await replay(simulation, settings.replay, terminal);
    else await propagate(simulation, terminal);
    return 0;
  } finally {
    await source.close?.();
  }
}

function withoutSteps({ description }: PhotonSource): UsageError {
  return new UsageError({
    what: '--keep gensteps, but the photons are not of generation steps',
    given: description,
    expected: 'a gun, a file of generation steps, or a light without a spectrum from a table',
  });
}

async function replay(simulation: Simulation, photon: number, terminal: Terminal): Promise<void> {
  const { lines, life } = await runReplay(simulation, photon, terminal);
  if (simulation.settings.json) terminal.out(`${JSON.stringify(life, undefined, 2)}\n`);
  else terminal.out(`${lines.join('\n')}\n`);
}

async function propagate(simulation: Simulation, terminal: Terminal): Promise<void> {
  const { summary, folder, shown } = await runSimulation(simulation, terminal);
  shown.show(summary.warnings);
  shown.close(`, all in ${join(folder, 'summary.json')}`);
  if (simulation.settings.json) {
    terminal.out(`${JSON.stringify(summary, undefined, 2)}\n`);
    return;
  }
  terminal.out(formatSummary(summary));
  terminal.out(`results in ${folder}\n`);
}
