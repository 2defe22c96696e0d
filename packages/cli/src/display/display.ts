import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { photonWords } from '@lantern/optics';
import type { Arguments, Command, Terminal } from '../command.ts';
import { formatCount } from '../table.ts';
import { writeWhole } from '../write-whole.ts';
import { eventSvg } from './event-svg.ts';
import { mapSensors } from './map-sensors.ts';
import { readHitResults } from './read-results.ts';
import { lightBySensor } from './sensor-light.ts';

/** `lantern display RESULTS`: the hits of a simulation as a picture. */
export const displayCommand: Command = {
  name: 'display',
  summary: 'Draw the hits of a simulation on the unrolled detector, as an SVG.',
  operands: ['RESULTS'],
  options: { out: { value: 'FILE', doc: 'The picture. Default: hits.svg in RESULTS.' } },
  examples: [
    ['lantern display .lantern/start', 'All hits of `lantern start` in one picture.'],
    ['lantern display results --out hits.svg', 'To a file of that name.'],
  ],
  notes:
    'A dot for each sensor: its size grows with the photons, its colour tells the time of the first,\n' +
    'from red (first) to blue (last). Sensors on a cylinder about z are unrolled; others are drawn by\n' +
    'their direction from the middle.',
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [folder = '.'] = args.operands;
  const { hits, sensors } = await readHitResults(folder);
  const light = lightBySensor(hits);
  const svg = eventSvg({
    title: basename(resolve(folder)),
    facts: [
      `${formatCount(hits.length / photonWords)} hits`,
      `in ${formatCount(light.size)} of ${formatCount(sensors.length)} sensors`,
    ],
    notes: [],
    map: mapSensors(sensors),
    light,
  });
  const path = args.option('out') ?? join(folder, 'hits.svg');
  await writeWhole(path, svg);
  terminal.out(`${pathToFileURL(resolve(path)).href}\n`);
  return 0;
}
