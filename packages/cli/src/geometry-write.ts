import { readGdmlFile, writeGdmlFile } from '@lantern/geometry/node';
import type { Arguments, Command, Terminal } from './command.ts';
import { UsageError } from './errors.ts';

/** `lantern geometry write GEOMETRY --out FILE`: a detector as one plain GDML file. */
export const geometryWriteCommand: Command = {
  name: 'geometry write',
  summary: 'Write a detector as one GDML file: expressions, loops and includes resolved.',
  operands: ['GEOMETRY'],
  options: {
    out: { value: 'FILE', doc: 'The file to write; there completely or not at all.' },
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
  await writeGdmlFile(detector, path);
  const { warnings, volumes, solids, materials } = detector;
  if (args.has('json')) {
    const counts = { volumes: volumes.size, solids: solids.size, materials: materials.size };
    out(`${JSON.stringify({ file, out: path, ...counts, warnings }, null, 2)}\n`);
    return 0;
  }
  for (const warning of warnings) err(`warning: ${warning}\n`);
  out(
    `${path}: ${volumes.size} volumes, ${solids.size} solids, ${materials.size} materials written\n`,
  );
  return 0;
}
