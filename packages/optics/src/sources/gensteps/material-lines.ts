import { nearest } from '@lantern/units';
import { OpticsError } from '../../errors.ts';
import { WordsError } from '../words/word-reader.ts';

/**
 * How the third word of a step (Opticks: matline) says its material: by the index in the scene; by numbers that stand
 * for names; or not at all, and the place of the step tells.
 */
export type MaterialLines =
  | { readonly kind: 'scene' }
  | { readonly kind: 'auto' }
  | {
      readonly kind: 'named';
      /** Index in the scene by number. */
      readonly indices: ReadonlyMap<number, number>;
      /** Where the names were given, for messages. */
      readonly from: string;
    };

const option = '--matline';
const example = '--matline Water=3,Acrylic=7';

/**
 * Understands the value of `--matline`: `auto`, or names with numbers. A material may have several numbers.
 *
 * @param materials of the scene, by index
 * @throws WordsError for what is no name or no number
 */
export function parseMaterialLines(text: string, materials: readonly string[]): MaterialLines {
  if (text.trim() === 'auto') return { kind: 'auto' };
  const pairs = text.split(',').map((part): readonly [string, number] => {
    const cut = part.lastIndexOf('=');
    return [part.slice(0, Math.max(0, cut)).trim(), lineNumber(part.slice(cut + 1), option)];
  });
  return namedLines(pairs, materials, option);
}

/**
 * The same from the JSON file beside a file of generation steps: `{"Water": 3, "Acrylic": [7, 9]}`.
 *
 * @throws OpticsError when it is not of that form
 */
export function readMaterialLines(
  json: string,
  materials: readonly string[],
  from: string,
): MaterialLines {
  let names: unknown;
  try {
    names = JSON.parse(json);
  } catch (cause) {
    throw new OpticsError({ what: 'not JSON', where: from, expected: '{"Water": 3}', cause });
  }
  if (typeof names !== 'object' || names === null || Array.isArray(names)) {
    throw new OpticsError({ what: 'no names', where: from, expected: '{"Water": 3}' });
  }
  const pairs = Object.entries(names).flatMap(([name, lines]: [string, unknown]) =>
    (Array.isArray(lines) ? lines : [lines]).map((line: unknown): readonly [string, number] => [
      name,
      lineNumber(String(line), from),
    ]),
  );
  return namedLines(pairs, materials, from);
}

/** The names and numbers of a scene's materials, as `readMaterialLines` reads them. */
export function formatMaterialLines(materials: readonly string[]): string {
  return `${JSON.stringify(Object.fromEntries(materials.map((name, i) => [name, i])), undefined, 2)}\n`;
}

function namedLines(
  pairs: readonly (readonly [name: string, line: number])[],
  materials: readonly string[],
  from: string,
): MaterialLines {
  const indices = new Map<number, number>();
  for (const [name, line] of pairs) {
    const index = materials.indexOf(name);
    // A file written for another detector may name what is not here; only a step of it is wrong.
    if (index < 0 && from !== option) continue;
    if (index < 0) throw unknownMaterial(name, materials);
    const before = indices.get(line);
    if (before !== undefined && before !== index) {
      throw wrong(from, {
        what: 'one number for two materials',
        given: `${line} for '${materials[before]}' and '${name}'`,
        expected: 'a number for each',
      });
    }
    indices.set(line, index);
  }
  return { kind: 'named', indices, from };
}

function lineNumber(text: string, from: string): number {
  const value = /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
  if (value < 2 ** 32) return value;
  throw wrong(from, {
    what: 'not the number of a material',
    given: `'${text.trim()}'`,
    expected: `an integer from 0, as in ${example}, or auto`,
  });
}

/** Of an option: a wrong usage. */
function wrong(
  where: string,
  parts: { what: string; given: string; expected: string },
): OpticsError {
  return where === option
    ? new WordsError({ ...parts, where })
    : new OpticsError({ ...parts, where });
}

function unknownMaterial(name: string, materials: readonly string[]): WordsError {
  const near = nearest(name, materials);
  return new WordsError({
    what: 'no such material in the detector',
    where: option,
    given: `'${name}'`,
    expected: `one of ${materials.join(', ')}`,
    hint: near === undefined ? undefined : `did you mean '${near}'?`,
  });
}
