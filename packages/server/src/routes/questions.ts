import {
  type Axis,
  always,
  type FieldTest,
  forever,
  type Moment,
  type Position,
  type ProcLevel,
  parseEdge,
  parseMoment,
  parseRun,
  procLevels,
  rowFields,
} from '@lantern/conditions';
import { nearest } from '@lantern/units';
import { z } from 'zod';
import { ServerError } from '../errors.ts';

/** Text of a query. */
const text = z.string().max(10_000);

/** Queries that name a position, by one of the axes, and what is known then. */
export interface PositionQuery {
  readonly time?: string | undefined;
  readonly run?: string | undefined;
  readonly asOf?: string | undefined;
}

/** The fields of a {@link PositionQuery}, for schemas. */
export const positionFields: {
  readonly time: z.ZodOptional<z.ZodString>;
  readonly run: z.ZodOptional<z.ZodString>;
  readonly asOf: z.ZodOptional<z.ZodString>;
} = {
  time: text
    .optional()
    .meta({ description: 'ISO 8601, UTC; or run', example: '2003-01-10T14:00:00Z' }),
  run: text
    .optional()
    .meta({ description: 'run, or run.subrun; instead of time', example: '123.4' }),
  asOf: text.optional().meta({ description: 'What was known then; default now' }),
};

/** @throws ServerError `malformed` without exactly one position */
export function positionOf({ time, run, asOf }: PositionQuery): {
  readonly axis: Axis;
  readonly position: Position;
  readonly asOf: Moment | undefined;
} {
  if ((time === undefined) === (run === undefined))
    throw new ServerError('malformed', {
      what: time === undefined ? 'no position' : 'two positions',
      expected: 'time=2003-01-10T14:00:00Z or run=123.4',
    });
  const moment = momentOf(asOf);
  if (run !== undefined)
    return { axis: 'run', position: run === 'open' ? always : parseRun(run, 'run'), asOf: moment };
  return { axis: 'time', position: parseEdge(time ?? '', always, 'time'), asOf: moment };
}

/** @param asOf of a query */
export function momentOf(asOf: string | undefined): Moment | undefined {
  return asOf === undefined ? undefined : parseMoment(asOf, 'asOf');
}

/** Words separated by commas; none where nothing is given. */
export function wordsOf(words: string | undefined): readonly string[] | undefined {
  return words?.split(',').filter((word) => word !== '');
}

/** @throws ServerError `malformed` for words that are no levels */
export function levelsOf(words: string | undefined): readonly ProcLevel[] | undefined {
  return wordsOf(words)?.map((word) => {
    const level = procLevels.find((name) => name === word);
    if (level) return level;
    throw new ServerError('malformed', {
      what: 'no level',
      where: 'levels',
      given: `'${word}'`,
      expected: procLevels.join(', '),
    });
  });
}

/** More stars than these in a pattern would take time without end. */
const starsAtMost = 4;

/**
 * @param given `calibType=CAL_Ped`, `vstart>=2003-01-10`, `notes~*cold*`
 * @throws ServerError `malformed`, with the nearest field
 */
export function fieldTestOf(given: string): FieldTest {
  const match = /^(\w+)(!=|<=|>=|=|<|>|~)(.*)$/su.exec(given);
  const [, name = '', sign = '', value = ''] = match ?? [];
  const field = [...rowFields.keys()].find((known) => known === name);
  if (!field) {
    const near = nearest(name || given, rowFields.keys());
    throw new ServerError('malformed', {
      what: 'no test of a field',
      where: 'where',
      given: `'${given}'`,
      expected: 'FIELD=VALUE, or with != < <= > >= ~ instead of =',
      hint: near ? `did you mean ${near}?` : undefined,
    });
  }
  const test = sign === '~' ? 'like' : (sign as FieldTest['test']);
  if (test === 'like' && (value.length > 200 || value.split('*').length - 1 > starsAtMost))
    throw new ServerError('malformed', {
      what: 'too long a pattern',
      where: 'where',
      expected: `at most 200 characters, ${starsAtMost} stars`,
    });
  if (rowFields.get(field) === 'text') return { field, test, value };
  if (field === 'serNo') return { field, test, value: Number(value) };
  return { field, test, value: parseEdge(value, field === 'vstart' ? always : forever, field) };
}
