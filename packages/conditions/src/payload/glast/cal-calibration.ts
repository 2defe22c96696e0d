import type { ChannelTable } from '../channel-table.ts';
import { type Constant, constantsOf, type HasConstants } from '../constants.ts';
import type { CalDimension } from './cal-dimension.ts';
import type { GlastHeader } from './glast-header.ts';

/** The tables of a calorimeter calibration. */
export interface CalTables {
  /** By row, col, layer, xtal, face and mostly range or diode: avg, sig, slope … as its type has them. */
  readonly channels: ChannelTable;
  /** What is kept in more detail than `channels`: by range (thresholds), by end (MeV per DAC). */
  readonly details?: ChannelTable | undefined;
}

/** A calorimeter calibration in memory: pedestals, gains, muon slopes, asymmetries, thresholds. */
export class CalCalibration implements HasConstants {
  readonly header: GlastHeader;
  readonly dimension: CalDimension;
  readonly channels: ChannelTable;
  readonly details: ChannelTable | undefined;
  /** DAC settings by range, where there are any. */
  readonly dacs: ReadonlyMap<string, Float64Array>;
  /** Positions along a crystal, where there are any. */
  readonly positions: Float64Array;

  constructor(
    header: GlastHeader,
    dimension: CalDimension,
    { channels, details }: CalTables,
    dacs: ReadonlyMap<string, Float64Array> = new Map(),
    positions: Float64Array = new Float64Array(),
  ) {
    this.header = header;
    this.dimension = dimension;
    this.channels = channels;
    this.details = details;
    this.dacs = dacs;
    this.positions = positions;
  }

  *constants(): Generator<Constant> {
    yield* constantsOf(this.dacs, 'dac');
    yield* constantsOf(this.positions, 'xpos');
    yield* this.channels.constants();
    if (this.details) yield* this.details.constants();
  }
}
