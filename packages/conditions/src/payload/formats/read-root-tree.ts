/// <reference path="./jsroot.d.ts" />
import { type CellValue, ChannelTable, type TableColumn } from '../channel-table.ts';
import { checkLimit, type PayloadLimits } from '../limits.ts';

/** A tree as a table: a column for each branch that holds numbers, texts or lists of numbers; a row for each entry. */
export async function readRootTree(
  tree: Readonly<Record<string, unknown>>,
  where: string,
  limits: PayloadLimits,
): Promise<ChannelTable> {
  const { TSelector, treeProcess } = await import('jsroot/tree');
  const names = branchNames(tree);
  const entries = Number(tree.fEntries ?? 0);
  checkLimit(limits, 'items', entries * names.length, 'too many values', where);
  const cells = names.map((): CellValue[] => []);
  class Reader extends TSelector {
    override Process(): void {
      for (const [i, name] of names.entries()) cells[i]?.push(cellOf(this.tgtobj[name]));
    }
  }
  const reader = new Reader();
  for (const name of names) reader.addBranch(name);
  if (entries > 0 && names.length > 0) await treeProcess(tree, reader);
  if (cells.some((column) => column.length !== entries)) {
    throw new RangeError(`a tree with ${cells[0]?.length} entries where it says ${entries}`);
  }
  const columns = names.map((name, i): readonly [string, TableColumn] => [
    name,
    packed(cells[i] ?? []),
  ]);
  return new ChannelTable([], columns, where);
}

function branchNames(tree: Readonly<Record<string, unknown>>): readonly string[] {
  const branches = tree.fBranches as { readonly arr?: readonly { readonly fName: string }[] };
  return (branches?.arr ?? []).map(({ fName }) => fName);
}

function cellOf(value: unknown): CellValue {
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return [...value];
  if (['number', 'string', 'boolean', 'bigint'].includes(typeof value)) return value as CellValue;
  return value === undefined || value === null ? null : JSON.stringify(value);
}

function packed(cells: readonly CellValue[]): TableColumn {
  return cells.every((cell) => typeof cell === 'number') ? Float64Array.from(cells) : cells;
}
