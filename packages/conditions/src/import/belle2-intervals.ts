import { ConditionsError } from '../errors.ts';
import { runPosition } from '../model/run-position.ts';
import { always, forever, type Interval } from '../model/validity.ts';

/**
 * An interval of Belle II, (first experiment, first run, final experiment, final run), both ends in it, -1 for open ends, as
 * a half-open interval on the axis `run`, the experiment as run and the run as sub-run.
 *
 * @throws ConditionsError `invalid` where the end is before the beginning
 */
export function belle2Interval(
  [firstExp, firstRun, finalExp, finalRun]: readonly [number, number, number, number],
  where: string,
): Interval {
  const begin = firstExp < 0 ? always : runPosition(firstExp, Math.max(firstRun, 0));
  const end =
    finalExp < 0
      ? forever
      : finalRun < 0
        ? runPosition(finalExp + 1)
        : runPosition(finalExp, finalRun) + 1n;
  if (begin < end) return { begin, end };
  throw new ConditionsError('invalid', {
    what: 'an interval that ends before it begins',
    where,
    given: [firstExp, firstRun, finalExp, finalRun].join(','),
  });
}

/** The inverse, for exports. */
export function belle2Bounds({ begin, end }: Interval): readonly [number, number, number, number] {
  const experiment = (position: bigint): number => Number(position >> 32n);
  const run = (position: bigint): number => Number(position & 0xffff_ffffn);
  const [firstExp, firstRun] = begin === always ? [0, 0] : [experiment(begin), run(begin)];
  if (end === forever) return [firstExp, firstRun, -1, -1];
  if (run(end) === 0) return [firstExp, firstRun, experiment(end) - 1, -1];
  return [firstExp, firstRun, experiment(end), run(end) - 1];
}
