import { Conditions } from '../src/conditions.ts';
import type { ConditionsEvent } from '../src/log/conditions-event.ts';
import type { Calibration } from '../src/model/calibration.ts';
import { MemoryMetadataStore } from '../src/store/memory-metadata-store.ts';
import { MemoryPayloadStore } from '../src/store/memory-payload-store.ts';
import { WarmMetadataStore } from '../src/store/warm-metadata-store.ts';
import { cpuSeconds } from './find-bench.ts';
import { linesOf, numbers, positionsOf, type Scenario } from './scenarios.ts';

/** A store that keeps all rows of a scenario in memory, and finds without tags. */
export interface WarmFigures {
  readonly scenario: string;
  readonly rows: number;
  /** Rows that it takes in from a log in a second of processor time. */
  readonly filled: number;
  /** MB of memory, of indexes too. */
  readonly memory: number;
  /** `find` with the whole row in a second of processor time, one after the other, at random positions of random types. */
  readonly finds: number;
}

/** @param seconds for the finds */
export async function benchWarm(scenario: Scenario, seconds: number): Promise<WarmFigures> {
  const rows = scenario.types * scenario.intervals;
  const before = memoryNow();
  const start = process.cpuUsage();
  const warm = await WarmMetadataStore.open(new LogOfRows(scenario), 2 ** 30);
  const filled = rows / cpuSeconds(start);
  const conditions = new Conditions(warm, new MemoryPayloadStore());
  const count = 2 ** 16;
  const positions = positionsOf(scenario, 'random', count);
  const next = numbers(3);
  const find = (i: number) =>
    conditions.find({
      instrument: 'LAT',
      calibType: `Type_${next() % scenario.types}`,
      position: positions[i % count]!,
    });
  // Indexes are made when a series was asked some times.
  for (let i = 0; i < 10 * scenario.types; i++) await find(i);
  const begin = process.cpuUsage();
  let calls = 0;
  for (; cpuSeconds(begin) < seconds; calls++) await find(calls);
  const finds = calls / cpuSeconds(begin);
  return { scenario: scenario.name, rows, filled, memory: memoryNow() - before, finds };
}

/** A log that registers the intervals of a scenario, made as it is read. */
class LogOfRows extends MemoryMetadataStore {
  readonly #events: Iterator<ConditionsEvent>;

  constructor(scenario: Scenario) {
    super();
    this.#events = registrations(scenario);
  }

  override async events(_after: number, limit: number): Promise<readonly ConditionsEvent[]> {
    const events: ConditionsEvent[] = [];
    while (events.length < limit) {
      const { value, done } = this.#events.next();
      if (done) break;
      events.push(value);
    }
    return events;
  }
}

function* registrations(scenario: Scenario): Generator<ConditionsEvent> {
  let at = 1_700_000_000_000_000_000n;
  for (const { entries, ...condition } of linesOf(scenario)) {
    for (const { begin, end, serNo, payload } of entries) {
      at += 1000n;
      const calibration: Calibration = {
        ...condition,
        serNo,
        instrument: 'LAT',
        vstart: begin,
        vend: end,
        completion: 'ok',
        procLevel: 'production',
        prodStart: at,
        locale: 'orbit',
        enterTime: at,
        creator: 'calibGen v5r1',
        uid: 'expert',
        inputDesc: '',
        notes: `run ${serNo}`,
        dataIdent: `$CALIBROOT/${condition.calibType}/${serNo}.xml`,
        dataFmt: 'XML',
        fmtVersion: 'v1r0',
        payload: { sha256: payload, size: 1_000_000 },
      };
      yield { seq: serNo, at, by: 'bench', change: { kind: 'registered', calibration } };
    }
  }
}

/** MB, of the heap and of arrays. */
function memoryNow(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}
