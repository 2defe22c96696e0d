import { opCodes } from '@lantern/geometry';

const names: readonly (typeof opCodes)[number][] = [
  'push',
  'uniteLeaf',
  'intersectLeaf',
  'subtractLeaf',
];

/** Codes of the operations of solid programs that meet a leaf. */
export const leafOperations: ReadonlySet<number> = new Set(
  names.map((name) => opCodes.indexOf(name)),
);
