import { stat } from 'node:fs/promises';
import { readGdmlFile, writeGdmlFile } from '@lantern/geometry/node';
import { LanternError } from '@lantern/units';
import type { Arguments, Command, Terminal } from './command.ts';
import { UsageError } from './errors.ts';
import { counted } from './geometry-text.ts';

/** `lantern geometry write GEOMETRY --out FILE`: a detector as one plain GDML file. */
export const geometryWriteCommand: Command = {
  name: 'geometry write',
  summary: 'Write a detector as one GDML file: expressions, loops and includes resolved.',
  operands: ['GEOMETRY'],
  options: {
    out: { value: 'FILE', doc: 'The file to write; there completely or not at all.' },
    overwrite: { doc: 'Let a file of that name go; never the geometry itself.' },
    json: { doc: 'Print what was written as JSON.' },
  },
  examples: [
    ['lantern geometry write detector.gdml --out plain.gdml', 'One file, in mm, ns, MeV and rad.'],
  ],
  run,
};

async function run(args: Arguments, { out, err }: Terminal): Promise<number> {
  const [file = ''] = args.operands;
  const path = args.option('out');
  if (path === undefined) {
    throw new UsageError({
      what: '--out is missing',
      where: 'lantern geometry write',
      expected: 'lantern geometry write GEOMETRY --out FILE',
    });
  }
  const detector = await readGdmlFile(file);
  await requireFree(file, path, args.has('overwrite'));
  await writeGdmlFile(detector, path);
  const { warnings, volumes, solids, materials } = detector;
  if (args.has('json')) {
    const counts = { volumes: volumes.size, solids: solids.size, materials: materials.size };
    out(`${JSON.stringify({ file, out: path, ...counts, warnings }, null, 2)}\n`);
    return 0;
  }
  for (const warning of warnings) err(`warning: ${warning}\n`);
  const written = [
    counted(volumes.size, 'volume'),
    counted(solids.size, 'solid'),
    counted(materials.size, 'material'),
  ];
  out(`${path}: ${written.join(', ')} written\n`);
  return 0;
}

/** A file that is there goes only when that is asked for, and the one that was read never: by any name or link. */
async function requireFree(input: string, path: string, overwrite: boolean): Promise<void> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (!found?.isFile()) return;
  const read = await stat(input, { bigint: true });
  if (found.ino === read.ino && found.dev === read.dev) {
    throw new LanternError({
      what: 'that is the geometry itself, which would be lost',
      where: path,
      hint: 'choose another name with --out',
    });
  }
  if (overwrite) return;
  throw new LanternError({
    what: 'the file exists',
    where: path,
    hint: 'choose another name with --out, or let it go with --overwrite',
  });
}
