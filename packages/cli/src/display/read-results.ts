import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readNpy } from '@lantern/formats/node';
import { LanternError } from '@lantern/units';
import type { SensorPlace } from './sensor-map.ts';

/** What a simulation wrote of its hits. */
export interface HitResults {
  /** Rows of 16 words. */
  readonly hits: Float32Array;
  readonly sensors: readonly SensorPlace[];
  /** Of a simulation that was interrupted, or is still on its way. */
  readonly partial: boolean;
}

/**
 * Reads `hits.npy` (or `hits.partial.npy`) and `sensors.json` of a simulation.
 *
 * @throws {LanternError} when one of them is missing or damaged
 */
export async function readHitResults(folder: string): Promise<HitResults> {
  const path = join(folder, 'sensors.json');
  let sensors: unknown;
  try {
    sensors = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new LanternError({
      what: 'cannot read the sensors of a simulation',
      where: path,
      expected: 'a folder that `lantern simulate` wrote',
      cause,
    });
  }
  if (!Array.isArray(sensors) || !sensors.every(isSensorPlace) || sensors.length === 0) {
    throw new LanternError({
      what: 'no sensors to draw',
      where: path,
      expected: 'a list of sensors with identity and position',
    });
  }
  const partial =
    !(await isThere(join(folder, 'hits.npy'))) && (await isThere(join(folder, 'hits.partial.npy')));
  const { data } = await readNpy(join(folder, partial ? 'hits.partial.npy' : 'hits.npy'), {
    dtype: '<f4',
    shape: [undefined, 4, 4],
  });
  return { hits: data, sensors, partial };
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

function isSensorPlace(value: unknown): value is SensorPlace {
  const { identity, position } = (value ?? {}) as Partial<Record<keyof SensorPlace, unknown>>;
  return (
    typeof identity === 'number' &&
    Array.isArray(position) &&
    position.length === 3 &&
    position.every((x) => typeof x === 'number')
  );
}
