import type { ChannelTable } from '../channel-table.ts';
import { type Constant, constantsOf, type HasConstants } from '../constants.ts';
import type { GlastHeader } from './glast-header.ts';

/** A calibration of the GLAST LAT that is one table of constants by channel. */
export class GlastTable implements HasConstants {
  readonly header: GlastHeader;
  readonly channels: ChannelTable;
  /** Numbers that hold for all of it: cuts, numbers of bays. */
  readonly common: Readonly<Record<string, number>>;

  constructor(
    header: GlastHeader,
    channels: ChannelTable,
    common: Readonly<Record<string, number>> = {},
  ) {
    this.header = header;
    this.channels = channels;
    this.common = common;
  }

  *constants(): Generator<Constant> {
    yield* constantsOf(this.common);
    yield* this.channels.constants();
  }
}
