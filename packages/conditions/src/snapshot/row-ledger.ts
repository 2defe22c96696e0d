import type { ConditionsEvent } from '../log/conditions-event.ts';
import { type Calibration, procLevels, type Series } from '../model/calibration.ts';
import type { Axis, Moment, Position } from '../model/validity.ts';

/** A series on an axis. */
export interface LedgerSeries extends Series {
  readonly axis: Axis;
  /** In the order of registration. */
  readonly serNos: number[];
}

/** What a search needs to know of a row. */
export interface LedgerRow {
  readonly serNo: number;
  readonly vstart: Position;
  readonly vend: Position;
  readonly enterTime: Moment;
  /** Place in {@link procLevels}. */
  readonly level: number;
  /** Place in {@link RowLedger.completions}. */
  readonly completion: number;
  readonly isDeprecated: boolean;
}

/**
 * What the log says of all rows now, as columns by serial number: 28 bytes a row. For those who must look at every row, and
 * cannot hold them all.
 */
export class RowLedger {
  readonly series: LedgerSeries[] = [];
  readonly completions: string[] = [];
  /** Largest serial number. */
  size = 0;
  readonly #places = new Map<string, LedgerSeries>();
  readonly #completionPlaces = new Map<string, number>();
  #vstart = new BigInt64Array(1024);
  #vend = new BigInt64Array(1024);
  #enterTime = new BigInt64Array(1024);
  #level = new Uint8Array(1024);
  #completion = new Uint16Array(1024);
  #isDeprecated = new Uint8Array(1024);

  /** Takes in the next event of the log. */
  add({ change }: ConditionsEvent): void {
    switch (change.kind) {
      case 'registered':
        this.#register(change.calibration);
        break;
      case 'closed':
        this.#vend[change.serNo] = change.vend;
        break;
      case 'levelled':
        this.#level[change.serNo] = procLevels.indexOf(change.level);
        break;
      case 'deprecated':
        this.#isDeprecated[change.serNo] = 1;
        break;
    }
  }

  row(serNo: number): LedgerRow {
    return {
      serNo,
      vstart: this.#vstart[serNo]!,
      vend: this.#vend[serNo]!,
      enterTime: this.#enterTime[serNo]!,
      level: this.#level[serNo]!,
      completion: this.#completion[serNo]!,
      isDeprecated: this.#isDeprecated[serNo] === 1,
    };
  }

  #register(row: Calibration): void {
    const { serNo } = row;
    if (serNo >= this.#vstart.length) this.#grow(Math.max(serNo + 1, 2 * this.#vstart.length));
    this.#vstart[serNo] = row.vstart;
    this.#vend[serNo] = row.vend;
    this.#enterTime[serNo] = row.enterTime;
    this.#level[serNo] = procLevels.indexOf(row.procLevel);
    this.#completion[serNo] = this.#placeOfCompletion(row.completion);
    this.#isDeprecated[serNo] = row.deprecated === undefined ? 0 : 1;
    this.size = Math.max(this.size, serNo);
    this.#seriesOf(row).serNos.push(serNo);
  }

  #seriesOf({ instrument, calibType, flavor, axis }: Calibration): LedgerSeries {
    const key = JSON.stringify([instrument, calibType, flavor, axis]);
    const known = this.#places.get(key);
    if (known) return known;
    const series = { instrument, calibType, flavor, axis, serNos: [] };
    this.#places.set(key, series);
    this.series.push(series);
    return series;
  }

  #placeOfCompletion(completion: string): number {
    const known = this.#completionPlaces.get(completion);
    if (known !== undefined) return known;
    this.#completionPlaces.set(completion, this.completions.length);
    return this.completions.push(completion) - 1;
  }

  #grow(length: number): void {
    const grown = <T extends { set(from: T): void }>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.#vstart = grown(this.#vstart, new BigInt64Array(length));
    this.#vend = grown(this.#vend, new BigInt64Array(length));
    this.#enterTime = grown(this.#enterTime, new BigInt64Array(length));
    this.#level = grown(this.#level, new Uint8Array(length));
    this.#completion = grown(this.#completion, new Uint16Array(length));
    this.#isDeprecated = grown(this.#isDeprecated, new Uint8Array(length));
  }
}
