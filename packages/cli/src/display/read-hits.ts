import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readNpy } from '@lantern/formats/node';
import {
  type HitKind,
  type HitLayout,
  hitKinds,
  liteHits,
  liteHitsFor,
  type Summary,
  wholeHit,
} from '@lantern/optics';
import { LanternError } from '@lantern/units';
import type { HitTable } from './sensor-light.ts';

/** The hits of a folder, and whether the simulation was interrupted, or is still on its way. */
export interface FoundHits extends HitTable {
  readonly partial: boolean;
}

/**
 * Reads the hits that a simulation wrote, the first that are there of `hitKinds`, whole before partial ones.
 *
 * @throws {LanternError} when there are none, or they are damaged
 */
export async function readHits(folder: string, sensors: number): Promise<FoundHits> {
  for (const partial of [false, true]) {
    for (const kind of hitKinds) {
      const path = join(folder, `${kind}${partial ? '.partial' : ''}.npy`);
      if (!(await isThere(path))) continue;
      const layout = await layoutOf(folder, kind, partial, sensors);
      return { layout, rows: await readRows(path, layout), partial };
    }
  }
  throw new LanternError({
    what: 'no hits to draw',
    where: folder,
    expected: `one of ${hitKinds.map((kind) => `${kind}.npy`).join(', ')}`,
  });
}

async function readRows(path: string, layout: HitLayout): Promise<Uint32Array> {
  if (layout !== wholeHit)
    return (await readNpy(path, { dtype: '<u4', shape: [undefined, layout.words] })).data;
  const { data } = await readNpy(path, { dtype: '<f4', shape: [undefined, 4, 4] });
  return new Uint32Array(data.buffer, data.byteOffset, data.length);
}

/** Lite hits have one of two layouts. The summary says which; before there is one, the number of sensors. */
async function layoutOf(
  folder: string,
  kind: HitKind,
  partial: boolean,
  sensors: number,
): Promise<HitLayout> {
  if (!kind.startsWith('hits-lite')) return wholeHit;
  const path = join(folder, partial ? 'summary.partial.json' : 'summary.json');
  try {
    const { hitFiles } = JSON.parse(await readFile(path, 'utf8')) as Partial<Summary>;
    const name = hitFiles?.[`${kind}.npy`]?.layout;
    if (name && Object.hasOwn(liteHits, name)) return liteHits[name];
  } catch {
    // A simulation on its way has no summary yet.
  }
  return liteHitsFor(sensors);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
