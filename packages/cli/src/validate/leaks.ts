import { readFile } from 'node:fs/promises';

/** The last run of `npm run leaks -- --record`. */
export interface LeakRecord {
  /** ISO 8601. */
  readonly date: string;
  readonly machine: string;
  /** Closed detectors, each with each finish of its mirrors. */
  readonly detectors: number;
  /** Of all photons together. */
  readonly steps: number;
  /** Photons that were outside at the end. */
  readonly leaks: number;
  readonly seconds: number;
}

/** Reads what was recorded; undefined where nothing was. */
export async function readLeaks(path: string): Promise<LeakRecord | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as LeakRecord;
  } catch {
    return undefined;
  }
}
