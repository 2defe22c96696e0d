/**
 * Writes the water Cherenkov detector of `npm start` as GDML, in any size:
 *
 *   node --import ./tools/typescript.mjs examples/watertank/make-watertank.ts watertank.gdml --radius 3500 --height 7000
 *
 * The detector itself is described in packages/cli/src/watertank. This file shows how a detector is made in TypeScript.
 */
import { parseArgs } from 'node:util';
import { defaultTank, watertank } from '@lantern/cli/watertank';
import { writeGdmlFile } from '@lantern/geometry/node';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    radius: { type: 'string', default: String(defaultTank.radius) },
    height: { type: 'string', default: String(defaultTank.height) },
    spacing: { type: 'string', default: String(defaultTank.spacing) },
  },
});

const [file = 'watertank.gdml'] = positionals;
const [radius, height, spacing] = [values.radius, values.height, values.spacing].map(Number) as [
  number,
  number,
  number,
];

const detector = watertank({ radius, height, spacing });
await writeGdmlFile(detector, file);

const photomultipliers = detector.volumes.get('Water')?.placements.length ?? 0;
console.log(`${file}: ${photomultipliers} photomultipliers in a tank of ${radius} x ${height} mm`);
