import { benchFinds, type FindFigures } from './find-bench.ts';
import { benchLoad, type LoadFigures } from './load-bench.ts';
import { benchRegister, type RegisterFigures } from './register-bench.ts';
import { scenarios } from './scenarios.ts';
import { benchTags, type TagFigures } from './tag-bench.ts';
import { benchWarm, type WarmFigures } from './warm-bench.ts';

/** What conditions do in one process, on one core; registrations and tags on the disk. */
export interface ConditionsFigures {
  readonly finds: readonly FindFigures[];
  readonly loads: readonly LoadFigures[];
  readonly warm: readonly WarmFigures[];
  readonly registrations: readonly RegisterFigures[];
  readonly tags: TagFigures;
}

/** How long to measure. */
export interface ConditionsEffort {
  /** Seconds for each figure in each round. */
  readonly seconds: number;
  readonly rounds: number;
  /** How many of the scenarios, from the smallest. */
  readonly scenarios: number;
  /** Registered at once. */
  readonly batches: readonly number[];
  /** Intervals of each of 100 types of the tag that is cloned, and how often. */
  readonly intervals: number;
  readonly clones: number;
}

/** Some minutes. */
export const fullConditionsEffort: ConditionsEffort = {
  ...{ seconds: 0.3, rounds: 5, scenarios: 5 },
  ...{ batches: [1000, 5000], intervals: 5000, clones: 200 },
};

/** So little that only errors show. */
export const quickConditionsEffort: ConditionsEffort = {
  ...{ seconds: 0.01, rounds: 1, scenarios: 3 },
  ...{ batches: [10], intervals: 10, clones: 2 },
};

/** @param report is told what is being measured */
export async function benchConditions(
  effort: ConditionsEffort,
  report: (words: string) => void,
): Promise<ConditionsFigures> {
  const chosen = scenarios.slice(0, effort.scenarios);
  const finds: FindFigures[] = [];
  for (const scenario of chosen) {
    report(`conditions: finds, ${scenario.name}`);
    finds.push(...benchFinds(scenario, effort.seconds, effort.rounds));
  }
  const loads: LoadFigures[] = [];
  const warm: WarmFigures[] = [];
  for (const scenario of chosen.slice(-2)) {
    report(`conditions: a snapshot, ${scenario.name}`);
    loads.push(await benchLoad(scenario, effort.rounds));
    report(`conditions: a warm store, ${scenario.name}`);
    warm.push(await benchWarm(scenario, 10 * effort.seconds));
  }
  report('conditions: registrations');
  const registrations = await benchRegister(effort.batches, effort.rounds);
  report('conditions: tags on the disk');
  const tags = await benchTags(100, effort.intervals, effort.clones);
  return { finds, loads, warm, registrations, tags };
}
