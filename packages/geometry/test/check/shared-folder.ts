import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder `shared` beside a checkout of the repository or in it, when it is there. */
function sharedFolder(): string | undefined {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let parent = dirname(folder); parent !== folder; parent = dirname(folder)) {
    const shared = join(folder, 'shared');
    if (existsSync(join(shared, 'data', 'gdml'))) return shared;
    folder = parent;
  }
  return undefined;
}

/** The detectors of shared/data/gdml and shared/reference; none without the folder. */
export function sharedFiles(): { readonly name: string; readonly path: string }[] {
  const shared = sharedFolder();
  if (shared === undefined) return [];
  const data = join(shared, 'data', 'gdml');
  const reference = join(shared, 'reference');
  return [
    ...readdirSync(reference)
      .map((name) => ({ name, path: join(reference, name, 'geometry.gdml') }))
      .filter(({ path }) => existsSync(path)),
    ...readdirSync(data)
      .filter((name) => name.endsWith('.gdml'))
      .map((name) => ({ name, path: join(data, name) })),
  ];
}
