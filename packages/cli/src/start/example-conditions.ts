import type { Conditions } from '@lantern/conditions';
import { parseMoment } from '@lantern/conditions';
import type { Detector } from '@lantern/geometry';
import type { ConditionUsed } from '@lantern/optics';
import { detectorOfTheMoment } from '../conditions/detector-of-the-moment.ts';
import { exampleInstrument, watertankCalibrations } from '../watertank/calibrations.ts';

/** The example's calibrations, and what its detector is by them. */
export interface ExampleConditions {
  readonly detector: Detector;
  readonly used: readonly ConditionUsed[];
  /** How many calibrations there are, and how many of them this start registered. */
  readonly all: number;
  readonly registered: number;
}

/**
 * Registers the calibrations of the example that are not there yet, and gives its detector the properties that they say
 * for a moment.
 *
 * @param home where the store of conditions is
 * @param built the example as it is built; `detector` the one of its file
 */
export async function exampleConditions(
  home: string,
  { built, detector, sensors, time }: ExampleDetector,
): Promise<ExampleConditions> {
  const { openConditions } = await import('@lantern/conditions/node');
  const conditions = await openConditions(home);
  try {
    const { all, registered } = await registerMissing(conditions, built, sensors);
    const moment = {
      instrument: exampleInstrument,
      axis: 'time',
      position: parseMoment(time, '--time'),
      at: time,
      flavor: 'vanilla',
    } as const;
    const then = await detectorOfTheMoment(detector, conditions, moment);
    return { ...then, all, registered };
  } finally {
    await conditions.dispose();
  }
}

/** The example, and when it is looked at. */
export interface ExampleDetector {
  readonly built: Detector;
  readonly detector: Detector;
  readonly sensors: number;
  /** ISO 8601. */
  readonly time: string;
}

async function registerMissing(
  conditions: Conditions,
  built: Detector,
  sensors: number,
): Promise<{ all: number; registered: number }> {
  const examples = watertankCalibrations(built, sensors);
  const there = await conditions.rows({
    tests: [{ field: 'instrument', test: '=', value: exampleInstrument }],
    limit: 10_000,
  });
  const known = new Set(
    there.map(({ calibType, flavor, vstart }) => `${calibType} ${flavor} ${vstart}`),
  );
  const missing = examples.filter(
    ({ draft: { calibType, flavor, vstart } }) => !known.has(`${calibType} ${flavor} ${vstart}`),
  );
  await conditions.registerMany(
    missing.map(({ draft, payload }) => ({ draft, bytes: payload })),
    { by: 'lantern start' },
  );
  return { all: examples.length, registered: missing.length };
}
