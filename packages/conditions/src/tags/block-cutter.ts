import type { TagEntry } from '../model/tag.ts';

/** No block of a tag has more entries. */
export const maximumOfBlock = 1024;

/**
 * Cuts entries into blocks where the entries themselves say so (a hash of an entry ends its block with a probability of
 * 1/1024), at the latest after {@link maximumOfBlock}. So blocks do not depend on the way that a line came about, and a
 * change in the middle of a line changes the blocks around it, not all that follow. (Content-defined chunking, as in
 * prolly trees and rsync.)
 */
export class BlockCutter {
  #open: TagEntry[] = [];

  /** Whether nothing waits for the end of its block. */
  get atBoundary(): boolean {
    return this.#open.length === 0;
  }

  /** @returns the block that this entry ends, if it ends one */
  add(entry: TagEntry): readonly TagEntry[] | undefined {
    this.#open.push(entry);
    return this.#open.length === maximumOfBlock || endsBlock(entry) ? this.rest() : undefined;
  }

  /** What waits: the last block of a line. */
  rest(): readonly TagEntry[] {
    const block = this.#open;
    this.#open = [];
    return block;
  }
}

/** The finaliser of MurmurHash3, over the beginning and the serial number. */
function endsBlock({ begin, serNo }: TagEntry): boolean {
  let hash = Number(BigInt.asIntN(32, begin)) ^ Math.imul(serNo | 0, 0x9e3779b1);
  hash ^= Math.imul(Number(BigInt.asIntN(32, begin >> 32n)), 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) & (maximumOfBlock - 1)) === 0;
}
