import type { PropagationRequest } from '../engine.ts';
import { OpticsError } from '../errors.ts';
import { type HitForms, hasMerged } from '../hits/hit-forms.ts';

const largestInt32 = 2 ** 31 - 1;
const largestSeed = 2n ** 64n - 1n;

/** @throws OpticsError that names the field of a request that makes no sense */
export function checkRequest(request: PropagationRequest): void {
  const { seed, source, threads, first = 0, count, batchSize } = request;
  const { maxBounces, maxTime, recordSteps } = request;
  if (seed < 0n || seed > largestSeed) fail('seed', seed, 'an integer from 0 to 2^64 - 1');
  integer('number of threads', threads, 1, 1024);
  integer('first photon', first, 0, source.count);
  integer('number of photons', count, 0, source.count - first);
  integer('batch size', batchSize, 1, 2 ** 24);
  integer('limit of bounces', maxBounces, 1, largestInt32);
  integer('number of recorded steps', recordSteps, 0, 2 ** 24);
  checkForms(request.hitForms);
  if (maxTime !== undefined && !(maxTime > 0))
    fail('limit of time', maxTime, 'a positive number of ns');
}

function checkForms({ kinds, window }: HitForms = { kinds: [] }): void {
  if (window !== undefined && !(window > 0 && window < Number.POSITIVE_INFINITY))
    fail('window of merged hits', window, 'a positive number of ns');
  if (hasMerged(kinds) && window === undefined)
    fail('window of merged hits', 'none', 'a positive number of ns');
}

function integer(what: string, value: number | undefined, low: number, high: number): void {
  if (value === undefined) return;
  if (!Number.isInteger(value) || value < low || value > high) {
    fail(what, value, `an integer from ${low} to ${high}`);
  }
}

function fail(what: string, given: bigint | number | string, expected: string): never {
  throw new OpticsError({ what: `wrong ${what}`, given: String(given), expected });
}
