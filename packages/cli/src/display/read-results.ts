import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requireFolder } from '@lantern/formats/node';
import { LanternError } from '@lantern/units';
import { readHits } from './read-hits.ts';
import type { HitTable } from './sensor-light.ts';
import type { SensorPlace } from './sensor-map.ts';

/** What a simulation wrote of its hits. */
export interface HitResults {
  readonly hits: HitTable;
  readonly sensors: readonly SensorPlace[];
  /** Of a simulation that was interrupted, or is still on its way. */
  readonly partial: boolean;
}

/**
 * Reads the hits, of whatever kind, and `sensors.json` of a simulation.
 *
 * @throws {LanternError} when the folder or one of them is missing or damaged
 */
export async function readHitResults(folder: string): Promise<HitResults> {
  await requireFolder(folder, 'the folder of results', 'name one that `lantern simulate` wrote');
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
  const { partial, ...hits } = await readHits(folder, sensors.length);
  return { hits, sensors, partial };
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
