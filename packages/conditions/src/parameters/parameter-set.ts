import { ConditionsError } from '../errors.ts';
import { canonicalJson, type Json } from '../json/canonical-json.ts';

/** Values by name, in groups of any depth. */
export interface Parameters {
  readonly [name: string]: Json;
}

/** All parameters of a run of some software: what it would take to do it again. */
export interface ParameterSet {
  /** Program: `reconstruction`. */
  readonly software: string;
  /** Of the program. */
  readonly version: string;
  readonly parameters: Parameters;
}

/** What `fmtVersion` says of their payloads. */
export const parameterSetFormat = 'parameters-1';

/** The calibration type of the parameter sets of a program: each has its own rules and lines in tags. */
export function parameterType(software: string): string {
  return `parameters.${software}`;
}

/**
 * The bytes of a set: canonical JSON, so that equal sets are one payload and are found by it. [PAR1]
 *
 * @throws ConditionsError `invalid` for numbers that JSON has not
 */
export function encodeParameterSet({
  software,
  version,
  parameters,
}: ParameterSet): Uint8Array<ArrayBuffer> {
  try {
    return new TextEncoder().encode(canonicalJson({ software, version, parameters }));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new ConditionsError('invalid', {
      what: 'a parameter that JSON cannot say',
      where: `parameters of ${software}`,
      given: cause.message,
      cause,
    });
  }
}

/**
 * The set that bytes hold.
 *
 * @param where for errors: the payload or file
 * @throws ConditionsError `invalid` where they are no parameter set
 */
export function decodeParameterSet(bytes: Uint8Array, where: string): ParameterSet {
  const fail = (what: string, cause?: unknown): never => {
    const expected = '{"software": …, "version": …, "parameters": {…}}';
    throw new ConditionsError('invalid', { what, where, expected, cause });
  };
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    return fail('a parameter set that is not JSON', cause);
  }
  if (!isObject(json)) return fail('a parameter set that is no object');
  const { software, version, parameters } = json;
  if (typeof software !== 'string' || software === '')
    return fail('a parameter set without software');
  if (typeof version !== 'string') return fail('a parameter set without a version');
  if (!isObject(parameters)) return fail('a parameter set without parameters');
  // JSON.parse makes nothing else.
  return { software, version, parameters: parameters as Parameters };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
