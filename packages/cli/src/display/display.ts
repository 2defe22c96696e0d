import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeWhole } from '@lantern/formats/node';
import { drawnByLantern } from '@lantern/optics';
import type { Arguments, Command, Terminal } from '../command.ts';
import { requireOwn } from '../require-own.ts';
import { eventSvg } from './event-svg.ts';
import { mapSensors } from './map-sensors.ts';
import { readHitResults } from './read-results.ts';
import { resultWords } from './result-words.ts';
import { lightBySensor } from './sensor-light.ts';

/** `lantern display RESULTS`: the hits of a simulation as a picture. */
export const displayCommand: Command = {
  name: 'display',
  summary: 'Draw the hits of a simulation on the unrolled detector, as an SVG.',
  operands: ['RESULTS'],
  options: {
    out: { value: 'FILE', doc: 'The picture. Default: hits.svg in RESULTS.' },
    overwrite: { doc: 'Replace a file that Lantern did not draw.' },
  },
  examples: [
    ['lantern display .lantern/start', 'All hits of `lantern start` in one picture.'],
    ['lantern display results --out hits.svg', 'To a file of that name.'],
  ],
  notes:
    'A dot for each sensor: its size grows with the photons, its colour tells the time of the first,\n' +
    'from red (first) to blue (last). Sensors on a cylinder about z are unrolled; others are drawn by\n' +
    'their direction from the middle. What an interrupted simulation left, and what one that runs has\n' +
    'so far, is drawn too.',
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [folder = '.'] = args.operands;
  const path = args.option('out') ?? join(folder, 'hits.svg');
  const results = await readHitResults(folder);
  const light = lightBySensor(results.hits);
  const words = await resultWords(folder, results, light.size);
  const svg = eventSvg({ ...words, map: mapSensors(results.sensors), light });
  await requireOwn(path, drawnByLantern, args.has('overwrite'));
  await writeWhole(path, svg);
  terminal.out(`${pathToFileURL(resolve(path)).href}\n`);
  return 0;
}
