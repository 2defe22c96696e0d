/** Bulk data to be read, with what their metadata say of them. */
export interface PayloadInput {
  readonly bytes: Uint8Array;
  readonly calibType: string;
  /** XML, JSON, CSV, NPY, Parquet, ROOT; with `.gz` behind it where they are compressed. */
  readonly dataFmt: string;
  readonly fmtVersion: string;
  /** A file name or `serNo 12`, for errors. */
  readonly where: string;
}
