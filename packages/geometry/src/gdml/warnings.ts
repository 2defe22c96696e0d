import { type GdmlPlace, placeInWords } from '../errors.ts';

/** Collects warnings; the same thing said of many places becomes one line with a count. */
export class Warnings {
  readonly #first = new Map<string, { readonly place: GdmlPlace; count: number }>();

  /** Notes `text` about a place; warnings with the same text and kind of element are counted together. */
  add(place: GdmlPlace, text: string): void {
    const kind = /^<[^\s>]*/.exec(place.element)?.[0] ?? '';
    const key = `${kind} ${place.file} ${text}`;
    const known = this.#first.get(key);
    if (known) known.count++;
    else this.#first.set(key, { place, count: 1 });
  }

  /** The warnings in the order of their first place. */
  list(): string[] {
    return [...this.#first].map(([key, { place, count }]) => {
      const text = key.slice(key.indexOf(place.file) + place.file.length + 1);
      const more = count > 1 ? ` (and ${count - 1} more like it)` : '';
      return `${placeInWords(place)}: ${text}${more}`;
    });
  }
}
