import { leafTypes, opCodes } from '@lantern/geometry';
import type { PackedScene } from './packed-scene.ts';

/** What the program of a solid needs at most, for any ray or point. */
export interface ProgramRoom {
  /** Intervals in all lists at once, and in the result of an operation that is being made. */
  readonly intervals: number;
  /** Lists on the stack. */
  readonly lists: number;
}

/**
 * Follows the program of a solid with lists as long as they may get. A convex leaf gives one interval, the others of
 * leafTypes two, a mesh what its crossings give. A union, subtraction or intersection of lists has no more intervals than
 * its operands together (each step of an intersection uses one up, and the last two go together: one less), and is made
 * beside them; so is what is left of a list of several, less a leaf. What a program skips would be shorter lists.
 *
 * @param meshIntervals that a mesh gives at most, by its leaf
 */
export function programRoom(
  scene: PackedScene,
  solid: number,
  meshIntervals: (leaf: number) => number,
): ProgramRoom {
  const [code, operand] = [scene.field('op', 'code'), scene.field('op', 'leaf')];
  const type = scene.field('leaf', 'type');
  const first = scene.field('solid', 'firstOp')(solid);
  const end = first + scene.field('solid', 'opCount')(solid);
  const lists: number[] = [];
  const most = { intervals: 0, lists: 0 };
  const use = (beside: number, more = 0): void => {
    const all = lists.reduce((sum, length) => sum + length, 0);
    most.intervals = Math.max(most.intervals, all + beside);
    most.lists = Math.max(most.lists, lists.length + more);
  };
  for (let op = first; op < end; op++) {
    const leaf = operand(op);
    const top = lists.at(-1) ?? 0;
    switch (opCodes[code(op)]) {
      case 'push':
        lists.push(intervalsOf(leafTypes[type(leaf)], () => meshIntervals(leaf)));
        break;
      case 'uniteLeaf':
        lists[lists.length - 1] = top + 1;
        break;
      case 'subtractLeaf':
        // A list of one is cut in its place.
        if (top > 1) use(1 + top + 1, 1);
        lists[lists.length - 1] = top + 1;
        break;
      case 'union':
      case 'subtraction':
        combine(lists, use, 0);
        break;
      case 'intersection':
        combine(lists, use, 1);
        break;
    }
    use(0);
  }
  return most;
}

/** The two lists on top become one of as many intervals, less some; it is made beside them. */
function combine(lists: number[], use: (beside: number) => void, less: number): void {
  const [first = 0, second = 0] = lists.slice(-2);
  const length = Math.max(0, first + second - less);
  use(length);
  lists.splice(-2, 2, length);
}

function intervalsOf(type: (typeof leafTypes)[number] | undefined, ofMesh: () => number): number {
  if (type === 'mesh') return ofMesh();
  return type === 'torus' || type === 'hyperboloid' || type === 'ruled' ? 2 : 1;
}
