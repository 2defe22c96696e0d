/** Wider than this a name is cut in a table; the JSON has it whole. */
const widestCell = 32;

/** How a column stands: `l` to the left, `r` to the right. */
export type Alignment = 'l' | 'r';

/** Columns two spaces apart, each as wide as its widest cell, at most 32 characters; every line indented. */
export function alignColumns(
  rows: readonly (readonly string[])[],
  alignment: readonly Alignment[],
  indent = '  ',
): string {
  const cells = rows.map((row) => row.map(cut));
  const widths = alignment.map((_, i) => Math.max(0, ...cells.map((row) => row[i]?.length ?? 0)));
  return cells
    .map((row) => {
      const line = row.map((cell, i) =>
        alignment[i] === 'r' ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0),
      );
      return `${indent}${line.join('  ')}`.trimEnd().concat('\n');
    })
    .join('');
}

/** Pointers that Geant4 appends make names differ at their ends: the middle is left out. */
function cut(cell: string): string {
  if (cell.length <= widestCell) return cell;
  const kept = widestCell - 1;
  return `${cell.slice(0, Math.ceil(kept / 2))}…${cell.slice(-Math.floor(kept / 2))}`;
}

/** The text in lines of at most `width` characters, broken at spaces, each line indented. */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines.map((l) => `${indent}${l}\n`).join('');
}

/** The width of text for a terminal: 60 to 100 characters. */
export function textWidth(columns: number): number {
  return Math.min(100, Math.max(60, columns));
}

/** `1 warning`, `2 warnings`. */
export function counted(n: number, thing: string): string {
  return `${n.toLocaleString('en-US')} ${thing}${n === 1 ? '' : 's'}`;
}

/** At most four significant digits: `1.333`, `1.2e+7`. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}
