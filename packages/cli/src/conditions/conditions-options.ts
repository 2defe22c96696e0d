import { userInfo } from 'node:os';
import {
  type Axis,
  type Moment,
  type Position,
  parseMoment,
  parsePosition,
} from '@lantern/conditions';
import { nearest } from '@lantern/units';
import type { Arguments, Option } from '../command.ts';
import { UsageError } from '../errors.ts';

/** Where the calibrations are: of all commands that read them. */
export const sourceOptions: Readonly<Record<string, Option>> = {
  server: {
    value: 'URL',
    doc: 'A server in place of the store under HOME; several, apart by commas, are tried in turn.',
    details: 'Default: LANTERN_SERVER, if set. With a token: LANTERN_TOKEN.',
  },
  snapshot: { value: 'FILE', doc: 'A snapshot (file or folder) in place of a store: no network.' },
};

/** Of commands that change something. */
export const writerOptions: Readonly<Record<string, Option>> = {
  server: sourceOptions.server ?? { doc: '' },
  by: { value: 'NAME', doc: 'Who does it, for the log. Default: the name of the user.' },
};

/** What people want to know of a calibration. */
export const informationOptions: Readonly<Record<string, Option>> = {
  creator: { value: 'NAME', doc: 'The procedure that made it.' },
  locale: { value: 'PLACE', doc: 'Where the instrument was.' },
  'input-desc': { value: 'TEXT', doc: 'What it was made from.' },
  notes: { value: 'TEXT', doc: 'Anything else.' },
};

/** As JSON. */
export const jsonOption: Option = { doc: 'Print JSON, and nothing else.' };

/** What an answer may know of. */
export const asOfOption: Option = {
  value: 'ISO',
  doc: 'Answer as it was answered at that moment. Default: now.',
};

/** What validity is counted in. */
export const axisOption: Option = {
  value: 'AXIS',
  doc: 'time (default; positions in ISO 8601), or run (positions are RUN or RUN.SUBRUN).',
};

/** What belongs together. */
export const seriesOptions: Readonly<Record<string, Option>> = {
  instrument: { value: 'NAME', doc: 'The instrument. Required.' },
  type: { value: 'TYPE', doc: 'The type of calibration. Required.' },
  flavor: { value: 'NAME', doc: 'Default: vanilla.' },
};

/** @throws UsageError where a required option is absent */
export function required(args: Arguments, name: string): string {
  const value = args.option(name);
  if (value !== undefined) return value;
  throw new UsageError({ what: `--${name} is missing`, hint: '--help shows how' });
}

/** @throws UsageError for another than the two */
export function readAxis(args: Arguments): Axis {
  const axis = args.option('axis') ?? 'time';
  if (axis === 'time' || axis === 'run') return axis;
  throw new UsageError({ what: 'wrong --axis', given: `'${axis}'`, expected: 'time or run' });
}

/** @throws ConditionsError where it is no position on the axis */
export function readPosition(args: Arguments, name: string): Position {
  return parsePosition(required(args, name), readAxis(args), `--${name}`);
}

/** Undefined where it is absent. */
export function readOptionalPosition(
  args: Arguments,
  name: string,
  axis: Axis = readAxis(args),
): Position | undefined {
  const text = args.option(name);
  return text === undefined ? undefined : parsePosition(text, axis, `--${name}`);
}

/** Of `--as-of`. */
export function readAsOf(args: Arguments): Moment | undefined {
  const text = args.option('as-of');
  return text === undefined ? undefined : parseMoment(text, '--as-of');
}

/** Words apart by commas. */
export function readList(args: Arguments, name: string): readonly string[] | undefined {
  const words = args.option(name)?.split(',');
  return words?.map((word) => word.trim()).filter((word) => word !== '');
}

/** A serial number. */
export function readSerNo(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new UsageError({
    what: 'no serial number',
    given: `'${text}'`,
    expected: "an integer from 1, as 'lantern conditions list' shows them",
  });
}

/** Who changes something. */
export function author(args: Arguments): { readonly by: string; readonly reason: string } {
  return { by: args.option('by') ?? userName(), reason: args.option('reason') ?? '' };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A process without an entry among the users of the system, as in containers.
    return 'unknown';
  }
}

/** Words apart by commas, each of which is one of those given. */
export function wordsAmong<Word extends string>(
  name: string,
  text: string,
  words: readonly Word[],
): readonly Word[] {
  return text.split(',').map((part) => {
    const found = words.find((word) => word === part.trim());
    if (found) return found;
    const near = nearest(part.trim(), words);
    throw new UsageError({
      what: `wrong --${name}`,
      given: `'${part.trim()}'`,
      expected: words.join(', '),
      hint: near ? `did you mean ${near}?` : undefined,
    });
  });
}
