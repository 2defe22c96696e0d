import type { CalibrationDraft } from '../model/calibration.ts';
import type { TagState } from '../model/tag.ts';
import type { Interval } from '../model/validity.ts';

/** A calibration of another system. */
export interface BundleCalibration {
  readonly draft: CalibrationDraft;
  /** What names it there: a serial number, a hash, name and revision. */
  readonly id: string;
  /** Its bulk data, where they came along. */
  readonly bytes?: Uint8Array | undefined;
  /** Where they are there, relative to what is imported, if they did not. */
  readonly file?: string | undefined;
  /** MD5 of that file, in hexadecimal digits, where the other system knows it. */
  readonly md5?: string | undefined;
}

/** A tag of another system. */
export interface BundleTag {
  readonly name: string;
  readonly instrument: string;
  readonly description: string;
  readonly state: TagState;
  /** What it has, by number in `calibrations`; without overlaps within a condition. */
  readonly entries: readonly (Interval & { readonly calibration: number })[];
}

/** What another system knows, made ready to be registered here, in order. */
export interface ConditionsBundle {
  readonly calibrations: readonly BundleCalibration[];
  readonly tags: readonly BundleTag[];
}
