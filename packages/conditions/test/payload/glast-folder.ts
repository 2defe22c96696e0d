import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DtdFile } from '../../src/payload/dtd/dtd-catalog.ts';

/** The real calibrations of the GLAST LAT, beside the repository. */
export const glastFolder: string = fileURLToPath(
  new URL('../../../../../shared/data/glast-calibrations/', import.meta.url),
);

/** Why tests of them are skipped; undefined where they are there. */
export const withoutGlast: string | undefined = existsSync(glastFolder)
  ? undefined
  : 'put the calibrations at ../shared/data/glast-calibrations';

/** `Cal/CalPed_LAT_ideal.xml` … */
export function glastDocuments(): readonly string[] {
  return filesOf(glastFolder, '').filter((path) => path.endsWith('.xml'));
}

/** All DTDs, as an experiment supplies them. */
export function glastDtdFiles(): readonly DtdFile[] {
  const names = readdirSync(glastFolder).filter((name) => name.endsWith('.dtd'));
  return names.sort().map(dtdFile);
}

/** A file of the folder. */
export function glastBytes(path: string): Uint8Array {
  return readFileSync(join(glastFolder, path));
}

function dtdFile(name: string): DtdFile {
  return { name: basename(name), text: readFileSync(join(glastFolder, name), 'utf8') };
}

function filesOf(folder: string, prefix: string): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? filesOf(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
    )
    .sort();
}
