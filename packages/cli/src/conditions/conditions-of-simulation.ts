import type { Detector } from '@lantern/geometry';
import type { ConditionUsed } from '@lantern/optics';
import type { Arguments, Option, Terminal } from '../command.ts';
import { UsageError } from '../errors.ts';
import {
  asOfOption,
  axisOption,
  readAsOf,
  readAxis,
  readList,
  readPosition,
  required,
  sourceOptions,
} from './conditions-options.ts';
import { detectorOfTheMoment, opticalTypes } from './detector-of-the-moment.ts';
import { withReader } from './open-conditions.ts';

/** The options of `lantern simulate` that say what the detector is like then. */
export const simulationConditionsOptions: Readonly<Record<string, Option>> = {
  conditions: {
    value: 'INSTRUMENT',
    doc: `Take optical properties from its calibrations (${opticalTypes}…) of --time.`,
  },
  time: { value: 'ISO', doc: 'The moment that is simulated; with --axis run the run.' },
  axis: axisOption,
  tag: { value: 'LIST', doc: 'Calibrations of these tags only, the first that has one.' },
  flavor: { value: 'NAME', doc: 'Of the calibrations. Default: vanilla.' },
  'as-of': asOfOption,
  ...sourceOptions,
};

/** The detector of its file, with the properties of the moment where the options ask for them. */
export async function withConditionsOf(
  detector: Detector,
  args: Arguments,
  terminal: Terminal,
): Promise<{ readonly detector: Detector; readonly used?: readonly ConditionUsed[] }> {
  const instrument = args.option('conditions');
  if (instrument === undefined) {
    const alone = Object.keys(simulationConditionsOptions).find((name) => args.has(name));
    if (alone === undefined) return { detector };
    throw new UsageError({ what: `--${alone} without --conditions INSTRUMENT` });
  }
  const moment = {
    instrument,
    axis: readAxis(args),
    position: readPosition(args, 'time'),
    at: required(args, 'time'),
    tags: readList(args, 'tag'),
    flavor: args.option('flavor') ?? 'vanilla',
    asOf: readAsOf(args),
  };
  return await withReader(args, terminal, (reader) =>
    detectorOfTheMoment(detector, reader, moment),
  );
}
