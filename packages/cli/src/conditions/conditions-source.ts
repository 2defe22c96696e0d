import { type ConditionsSource, parseMoment } from '@lantern/conditions';
import { UsageError } from '../errors.ts';

/** What stands for a source in the help. */
export const sourceNotes: string = [
  'A source of conditions is TAG, or TAG,TAG of which the first that has an entry wins, or',
  "instrument=NAME for the rows of an instrument as 'find' takes them; @ISO behind it: as it was then.",
].join('\n');

const rows = 'instrument=';

/**
 * A source in words: `LAT-2003-1`, `fixes,LAT-2003-1`, `instrument=LAT@2003-01-11`.
 *
 * @throws UsageError where nothing is named; ConditionsError for a moment that is none
 */
export function parseSource(text: string): ConditionsSource {
  const at = text.lastIndexOf('@');
  const [name, moment] = at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
  const asOf = moment === undefined ? undefined : parseMoment(moment, text);
  if (name.startsWith(rows) && name.length > rows.length) {
    return { instrument: name.slice(rows.length), asOf };
  }
  const tags = name.split(',').map((tag) => tag.trim());
  if (tags.every((tag) => tag !== '')) return { tags, asOf };
  throw new UsageError({
    what: 'no source of conditions',
    given: `'${text}'`,
    expected: 'TAG, TAG,TAG or instrument=NAME',
  });
}
