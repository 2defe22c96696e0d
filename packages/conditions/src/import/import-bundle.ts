import type { Conditions, Registration } from '../conditions.ts';
import { ConditionsError } from '../errors.ts';
import type { Calibration } from '../model/calibration.ts';
import type { TagState } from '../model/tag.ts';
import type { Author } from '../rules/check-author.ts';
import type { BundleCalibration, ConditionsBundle } from './conditions-bundle.ts';

/** Where an import goes: conditions in this process, or a server. */
export type ImportTarget = Pick<Conditions, 'registerMany' | 'createTag' | 'putInTag' | 'moveTag'>;

/** How an import is done. */
export interface ImportOptions {
  /** Reads the bulk data that did not come along; default: rows are registered without. */
  readonly read?: ((calibration: BundleCalibration) => Promise<Uint8Array | undefined>) | undefined;
  /** Rows registered at once; default 500. */
  readonly atOnce?: number | undefined;
  readonly onProgress?: ((done: number, all: number) => void) | undefined;
}

/** What was imported. */
export interface Imported {
  /** In the order of the bundle. */
  readonly calibrations: readonly Calibration[];
  readonly tags: readonly string[];
}

/** The legal way of a tag to the state that it has elsewhere. */
const ways: Readonly<Record<TagState, readonly TagState[]>> = {
  OPEN: [],
  TESTING: ['TESTING'],
  VALIDATED: ['TESTING', 'VALIDATED'],
  PUBLISHED: ['TESTING', 'VALIDATED', 'PUBLISHED'],
  RUNNING: ['TESTING', 'VALIDATED', 'RUNNING'],
  INVALID: ['INVALID'],
};

/**
 * Registers a bundle: calibrations in order, by the same rules as any other, then its tags.
 *
 * @throws ConditionsError what registering throws, with the other system's name of the row
 */
export async function importBundle(
  target: ImportTarget,
  { calibrations, tags }: ConditionsBundle,
  author: Author,
  { read, atOnce = 500, onProgress }: ImportOptions = {},
): Promise<Imported> {
  const done: Calibration[] = [];
  for (let start = 0; start < calibrations.length; start += atOnce) {
    const some = calibrations.slice(start, start + atOnce);
    const registrations = await Promise.all(
      some.map(async (one): Promise<Registration> => {
        const bytes = one.bytes ?? (await read?.(one));
        return bytes ? { draft: one.draft, bytes } : { draft: one.draft };
      }),
    );
    const registered = await target.registerMany(registrations, author);
    done.push(...registered.map(({ calibration }) => calibration));
    onProgress?.(done.length, calibrations.length);
  }
  for (const { name, instrument, description, state, entries } of tags) {
    await target.createTag({ name, instrument, description }, author);
    const drafts = entries.map(({ calibration, begin, end }) => {
      const row = done[calibration];
      if (row) return { serNo: row.serNo, begin, end };
      throw new ConditionsError('invalid', {
        what: 'a tag with a row that is not in the bundle',
        where: `tag ${name}`,
      });
    });
    if (drafts.length > 0) await target.putInTag(name, drafts, author);
    if (ways[state].length > 0) await target.moveTag(name, ways[state], author);
  }
  return { calibrations: done, tags: tags.map(({ name }) => name) };
}
