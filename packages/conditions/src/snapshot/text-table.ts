import { ConditionsError } from '../errors.ts';

/** A table as text that `less` and `git diff` read well: a line of names, then a line for each row, cells between tabs. */
export function formatTable(
  names: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return [names, ...rows].map((row) => `${row.map(escaped).join('\t')}\n`).join('');
}

/**
 * The rows of {@link formatTable}.
 *
 * @throws ConditionsError `corrupt` with the number of the line that has other cells
 */
export function parseTable(text: string, names: readonly string[], where: string): string[][] {
  const [head, ...lines] = text.split('\n');
  const fail = (line: number, given: string): never => {
    throw new ConditionsError('corrupt', {
      what: 'no line of this table',
      where: `${where}:${line}`,
      given: JSON.stringify(given.slice(0, 80)),
      expected: `${names.length} cells: ${names.join(', ')}`,
    });
  };
  if (head !== names.map(escaped).join('\t')) fail(1, head ?? '');
  if (lines.pop() !== '') fail(lines.length + 2, 'a last line without an end');
  return lines.map((line, i) => {
    const cells = line.split('\t');
    if (cells.length !== names.length) fail(i + 2, line);
    return cells.map(unescaped);
  });
}

/** Tabs, ends of lines and backslashes as in C. */
function escaped(cell: string): string {
  return cell.replace(/[\\\t\n\r]/g, (sign) => escapes[sign]!);
}

function unescaped(cell: string): string {
  return cell.replace(/\\([\\tnr])/g, (_, letter: string) => signs[letter]!);
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};
const signs: Readonly<Record<string, string>> = { '\\': '\\', t: '\t', n: '\n', r: '\r' };
