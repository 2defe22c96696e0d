import type { Draft } from './draft.ts';
import { readIncluded } from './entities.ts';
import { mergeModule } from './merge-module.ts';
import type { Reading } from './scope.ts';
import type { ReadModule } from './structure.ts';
import { errorAt, placeOf, suggestion, type XmlElement } from './xml-element.ts';

type ReadDraft = (text: string, file: string, reading: Reading, readModule: ReadModule) => Draft;

/** The GDML files that `<file>` elements name; each is read once. */
export class Modules {
  readonly #reading: Reading;
  readonly #readDraft: ReadDraft;
  /** In the order in which they were finished: a module comes after those it includes. */
  readonly #drafts = new Map<string, Draft>();

  constructor(reading: Reading, readDraft: ReadDraft) {
    this.#reading = reading;
    this.#readDraft = readDraft;
  }

  /**
   * Reads a module, if that was not done yet, and gives the name by which a placement refers to its volume until
   * {@link mergeInto} knows the final one.
   *
   * @param volume the volume; else the world of the module's setup
   * @param open the modules being read, outermost first
   */
  refer(
    path: string,
    volume: string | undefined,
    xml: XmlElement,
    open: readonly string[],
  ): string {
    const { includeDepth } = this.#reading.limits;
    if (open.includes(path))
      throw errorAt(xml, 'the file includes itself', { given: [...open, path].join(' > ') });
    if (open.length >= includeDepth)
      throw errorAt(xml, `more than ${includeDepth} files inside each other`);
    let draft = this.#drafts.get(path);
    if (!draft) {
      const text = readIncluded(this.#reading.include, path, placeOf(xml));
      const inner = [...open, path];
      draft = this.#readDraft(text, path, this.#reading, (p, v, x) => this.refer(p, v, x, inner));
      this.#drafts.set(path, draft);
    }
    const [first] = draft.worlds.values();
    const name = volume ?? (draft.worlds.get('Default') ?? first)?.volume;
    if (name === undefined || !draft.volumes.has(name)) {
      const what =
        name === undefined ? `${path} sets up no world` : `there is no volume ${name} in ${path}`;
      throw errorAt(xml, what, {
        hint: name === undefined ? undefined : suggestion(name, draft.volumes.keys()),
      });
    }
    return token(path, name);
  }

  /** Moves what the modules declare into the draft of the main file, under names of their own. */
  mergeInto(main: Draft): void {
    const finalNames = new Map<string, string>();
    for (const [path, draft] of this.#drafts) {
      const renamed = mergeModule(main, draft, stemOf(path), finalNames);
      for (const name of draft.volumes.keys()) finalNames.set(token(path, name), renamed(name));
    }
    if (finalNames.size === 0) return;
    for (const volume of main.volumes.values()) {
      const contents = volume.contents.map((content) => ({
        ...content,
        volume: finalNames.get(content.volume) ?? content.volume,
      }));
      main.volumes.set(volume.name, { ...volume, contents });
    }
  }
}

function token(path: string, volume: string): string {
  return `\0${path}\0${volume}`;
}

function stemOf(path: string): string {
  return path.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '');
}
