import { childSlotWords } from './batch-places.ts';

/** What the children of one batch may take on the CPU: more is light that multiplies without end, or a batch too large. */
const mostBytes = 2 ** 30;
const fewest = 1024;
/** Each try that fails makes so much more room. */
const growth = 4;

/** How many slots for children a batch has: as many for each photon as earlier batches needed. */
export class ChildRoom {
  readonly #mostBytes: number;
  #perPhoton: number;

  /**
   * @param mean greatest mean number of photons of a shift; 0 where none makes more than one
   * @param mostBytesOfDevice of a buffer
   */
  constructor(mean: number, mostBytesOfDevice: number) {
    this.#perPhoton = mean;
    this.#mostBytes = Math.min(mostBytes, mostBytesOfDevice);
  }

  /** Slots for a batch of so many photons. */
  slots(count: number, recordSteps: number): number {
    if (this.#perPhoton === 0) return 0;
    const wanted = Math.max(fewest, Math.ceil(count * this.#perPhoton));
    return Math.min(wanted, this.#most(recordSteps));
  }

  /** More slots from now on, as those did not suffice; false when there can be no more. */
  grow(count: number, recordSteps: number): boolean {
    const slots = this.slots(count, recordSteps);
    if (slots === this.#most(recordSteps)) return false;
    this.#perPhoton = (growth * Math.max(1, slots)) / count;
    return true;
  }

  #most(recordSteps: number): number {
    return Math.floor(this.#mostBytes / (4 * childSlotWords(recordSteps)));
  }
}
