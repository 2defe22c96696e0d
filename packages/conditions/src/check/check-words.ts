import { nearest } from '@lantern/units';
import type { Calibration } from '../model/calibration.ts';
import type { Vocabularies } from '../model/vocabularies.ts';
import type { Finding } from './finding.ts';

/** A field with words, and where they are declared. */
const wordFields = [
  ['instrument', 'instruments'],
  ['calibType', 'calibTypes'],
  ['flavor', 'flavors'],
  ['completion', 'completions'],
  ['dataFmt', 'dataFmts'],
  ['locale', 'locales'],
] as const satisfies readonly (readonly [keyof Calibration, keyof Vocabularies])[];

/** How much more common a word must be for a rare one to be taken for it. */
const muchMore = 3;

/** Gathers the words of rows and says which are misspelt: those not declared; where none are, rare ones near common ones. [CHK4] */
export class WordCheck {
  readonly #serNos = new Map<string, Map<string, number[]>>();

  add(row: Calibration): void {
    for (const [field] of wordFields) {
      if (row[field] === '') continue;
      const words = this.#serNos.get(field) ?? new Map<string, number[]>();
      this.#serNos.set(field, words);
      const serNos = words.get(row[field]);
      if (serNos) serNos.push(row.serNo);
      else words.set(row[field], [row.serNo]);
    }
  }

  findings(vocabularies: Vocabularies): Finding[] {
    return wordFields.flatMap(([field, list]) => {
      const words = this.#serNos.get(field) ?? new Map<string, number[]>();
      const declared = vocabularies[list];
      return [...words].flatMap(([word, serNos]): Finding[] => {
        if (declared)
          return declared.includes(word) ? [] : [undeclared(field, word, serNos, declared)];
        const near = [...words.keys()].find(
          (other) =>
            (words.get(other)?.length ?? 0) >= muchMore * serNos.length &&
            areNearlyOne(word, other) &&
            !differInDigitsOnly(word, other),
        );
        return near === undefined ? [] : [misspelt(field, word, serNos, near)];
      });
    });
  }
}

function undeclared(
  field: string,
  word: string,
  serNos: readonly number[],
  words: readonly string[],
): Finding {
  const near = nearest(word, words);
  return {
    kind: 'word',
    severity: 'warning',
    text: `${field} '${word}' is not declared`,
    serNos,
    hint: near ? `did you mean '${near}'?` : `declared are ${words.slice(0, 20).join(', ')}`,
  };
}

function misspelt(field: string, word: string, serNos: readonly number[], near: string): Finding {
  return {
    kind: 'word',
    severity: 'note',
    text: `${field} '${word}' is rare, and much like '${near}'`,
    serNos,
    hint: 'declared words keep misspelt ones out',
  };
}

/** Names that count on purpose: EM and EM2, v1r0 and v2r0. */
function differInDigitsOnly(a: string, b: string): boolean {
  return a.replaceAll(/\d/g, '') === b.replaceAll(/\d/g, '');
}

/** Whether upper and lower case, one letter, or two letters that changed places, make the difference. */
function areNearlyOne(a: string, b: string): boolean {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  if (a === b || Math.abs(x.length - y.length) > 1) return false;
  let first = 0;
  while (first < x.length && x[first] === y[first]) first++;
  const [restX, restY] = [x.slice(first), y.slice(first)];
  const swapped = `${restX[1] ?? ''}${restX[0] ?? ''}${restX.slice(2)}`;
  return (
    swapped === restY ||
    restX.slice(1) === restY.slice(1) ||
    restX.slice(1) === restY ||
    restX === restY.slice(1)
  );
}
