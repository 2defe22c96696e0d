import { availableParallelism } from 'node:os';
import { type Engine, genstepSource } from '@lantern/optics';
import { type EngineRun, runEngine } from './engine-run.ts';
import { median } from './figures.ts';
import type { GenstepCase } from './genstep-cases.ts';
import { scaledSteps, smallEvents } from './genstep-rows.ts';

/** How much to measure. */
export interface EngineEffort {
  readonly rounds: number;
  /** Photons of a run; undefined: as many as take `seconds`, but no more than `most`. */
  readonly photons?: number | undefined;
  readonly seconds: number;
  readonly most: number;
  /** Photons of the first runs, which say how fast it is. */
  readonly pilot: number;
  /** Events of `photonsOfEvent` photons. */
  readonly events: number;
  /** Photons of a batch of the engine; undefined: by the engine. */
  readonly batchSize?: number | undefined;
}

/** What is measured of an engine on a detector, and beside it of the CPU engine on all cores in the same rounds. */
export interface EngineCaseFigures {
  readonly name: string;
  readonly gun: string;
  readonly maxSteps: number | undefined;
  readonly photons: number;
  /** Medians of the runs. */
  readonly photonsPerSecond: number;
  readonly stepsPerPhoton: number;
  /** The first run, with nothing compiled before, and the median of the others. */
  readonly firstStart: number;
  readonly start: number;
  readonly overCpu: number | undefined;
  readonly overPeer: { readonly ratio: number; readonly name: string } | undefined;
  readonly events: EventFigures;
  readonly runs: readonly EngineRun[];
  readonly cpu: readonly EngineRun[];
}

/** Small events, ms for each. */
export interface EventFigures {
  readonly events: number;
  readonly photonsOfEach: number;
  /** Gathered in one call. */
  readonly gathered: number;
  /** The same photons as one event: the difference is what an event costs. */
  readonly asOne: number;
  readonly overhead: number;
  /** In a call of its own, starting the engine anew. */
  readonly alone: number;
}

const photonsOfEvent = 1000;
const hitForms = { kinds: ['hits-merged'], window: 1 } as const;

/**
 * Measures an engine on a detector.
 *
 * @param cpu another engine to compare with; undefined where the engine is that one
 * @param onRun told before each run
 */
export async function benchEngine(
  engine: Engine,
  cpu: Engine | undefined,
  theCase: GenstepCase,
  effort: EngineEffort,
  onRun: (words: string) => void,
): Promise<EngineCaseFigures> {
  const { name, gun, scene, steps, maxSteps, peer } = theCase;
  const threads = availableParallelism();
  const shine = (who: Engine, photons: number): Promise<EngineRun> => {
    onRun(`${name}: ${photons} photons, ${who.name}`);
    const source = genstepSource(scaledSteps(steps, photons), { description: gun });
    const { batchSize } = who === engine ? effort : {};
    return runEngine(who, scene, source, threads, { maxBounces: maxSteps, batchSize });
  };
  const first = await shine(engine, effort.pilot);
  const photons = effort.photons ?? enough(await shine(engine, effort.pilot), effort);
  const ofCpu = cpu && enough(await shine(cpu, effort.pilot), { ...effort, seconds: 3 });
  const [runs, cpuRuns]: EngineRun[][] = [[], []];
  for (let round = 0; round < effort.rounds; round++) {
    runs?.push(await shine(engine, photons));
    if (cpu && ofCpu) cpuRuns?.push(await shine(cpu, ofCpu));
  }
  const rate = medianOf(runs, ({ photonsPerSecond }) => photonsPerSecond);
  return {
    name,
    gun,
    maxSteps,
    photons,
    photonsPerSecond: rate,
    stepsPerPhoton: medianOf(runs, ({ stepsPerPhoton }) => stepsPerPhoton),
    firstStart: first.start,
    start: medianOf(runs, ({ start }) => start),
    overCpu: cpu && rate / medianOf(cpuRuns, ({ photonsPerSecond }) => photonsPerSecond),
    overPeer: peer && { ratio: rate / peer.photonsPerSecond, name: peer.name },
    events: await benchEvents(engine, theCase, effort, onRun),
    runs: runs ?? [],
    cpu: cpuRuns ?? [],
  };
}

function medianOf(runs: readonly EngineRun[] | undefined, value: (run: EngineRun) => number) {
  return median((runs ?? []).map(value));
}

/** Photons that take about so many seconds. */
function enough({ photonsPerSecond }: EngineRun, { seconds, most }: EngineEffort): number {
  const wanted = Math.min(most, photonsPerSecond * seconds);
  return Math.max(1000, Number(wanted.toPrecision(2)));
}

/** Events of few photons with hits merged event by event, beside as many photons of one event. */
async function benchEvents(
  engine: Engine,
  { name, scene, steps, maxSteps }: GenstepCase,
  { rounds, events }: EngineEffort,
  onRun: (words: string) => void,
): Promise<EventFigures> {
  const threads = availableParallelism();
  onRun(`${name}: ${events} events of ${photonsOfEvent} photons, ${engine.name}`);
  const many = smallEvents(steps, events, photonsOfEvent);
  const { events: _, ...one } = many;
  const merged = { hitForms, maxBounces: maxSteps };
  const single = smallEvents(steps, 1, photonsOfEvent);
  const [gathered, asOne, alone]: number[][] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    gathered?.push((await runEngine(engine, scene, many, threads, merged)).propagate);
    asOne?.push((await runEngine(engine, scene, one, threads, merged)).propagate);
    alone?.push((await runEngine(engine, scene, single, threads, merged)).total);
  }
  const each = (times: number[] | undefined, count: number) => (1000 * median(times ?? [])) / count;
  return {
    events,
    photonsOfEach: photonsOfEvent,
    gathered: each(gathered, events),
    asOne: each(asOne, events),
    overhead: each(gathered, events) - each(asOne, events),
    alone: each(alone, 1),
  };
}
