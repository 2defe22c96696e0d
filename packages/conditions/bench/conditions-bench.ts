import { benchFinds, type FindFigures } from './find-bench.ts';
import { benchLoad, type LoadFigures } from './load-bench.ts';
import { scenarios } from './scenarios.ts';
import { benchWarm, type WarmFigures } from './warm-bench.ts';

/** What conditions do in one process, on one core. */
export interface ConditionsFigures {
  readonly finds: readonly FindFigures[];
  readonly loads: readonly LoadFigures[];
  readonly warm: readonly WarmFigures[];
}

/** How long to measure. */
export interface ConditionsEffort {
  /** Seconds for each figure in each round. */
  readonly seconds: number;
  readonly rounds: number;
  /** How many of the scenarios, from the smallest. */
  readonly scenarios: number;
}

/** Some minutes. */
export const fullConditionsEffort: ConditionsEffort = { seconds: 0.3, rounds: 5, scenarios: 5 };

/** So little that only errors show. */
export const quickConditionsEffort: ConditionsEffort = { seconds: 0.01, rounds: 1, scenarios: 3 };

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
  return { finds, loads, warm };
}
