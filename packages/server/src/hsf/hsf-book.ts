import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { ServerError } from '../errors.ts';

/** An interval of the façade: a file somewhere, and when it holds. */
export interface HsfIov {
  readonly id: number;
  readonly url: string;
  readonly checksum: string;
  readonly size: number | null;
  /** Decimal: major, minor, major end, minor end. */
  readonly range: readonly [string, string, string, string];
  readonly inserted: string;
  /** The calibration that it became when it was first attached. */
  serNo?: number | undefined;
}

/** A list of the façade: what a global tag has of one type. */
export interface HsfList {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly created: string;
  /** Id of the global tag that has it. */
  tag: number | null;
  /** Ids, in the order in which they were attached. */
  readonly iovs: Set<number>;
}

/** A global tag of the façade: a name for a tag of Lantern. */
export interface HsfTag {
  readonly id: number;
  readonly name: string;
  readonly author: string;
  readonly description: string;
  readonly created: string;
  /** The word that was given for its status; what it means is the state of the tag. */
  status: string;
  updated: string;
  /** The tag of Lantern that it is at present. */
  lantern: string;
}

/** A word that was declared. */
export interface HsfWord {
  readonly id: number;
  readonly created: string;
}

/** What happened to the façade's own things. */
export type HsfEntry = { readonly at: string } & (
  | { readonly kind: 'status'; readonly id: number; readonly name: string }
  | {
      readonly kind: 'type';
      readonly id: number;
      readonly name: string;
      readonly description: string;
    }
  | { readonly kind: 'typeGone'; readonly name: string }
  | ({ readonly kind: 'tag' } & Omit<HsfTag, 'created' | 'updated'>)
  | {
      readonly kind: 'tagIs';
      readonly id: number;
      readonly status: string;
      readonly lantern: string;
    }
  | { readonly kind: 'tagGone' | 'listGone'; readonly id: number }
  | { readonly kind: 'list'; readonly id: number; readonly type: string }
  | { readonly kind: 'listIn'; readonly id: number; readonly tag: number | null }
  | {
      readonly kind: 'listAdds' | 'listDrops';
      readonly id: number;
      readonly iovs: readonly number[];
    }
  | ({ readonly kind: 'iov' } & Omit<HsfIov, 'inserted' | 'serNo'>)
  | { readonly kind: 'iovIs'; readonly id: number; readonly serNo: number }
);
type Undated<Entry> = Entry extends HsfEntry ? Omit<Entry, 'at'> : never;

const id = z.number().int().positive();
const at = z.string();
const entrySchema: z.ZodType<HsfEntry> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('status'), id, name: z.string(), at }),
  z.object({ kind: z.literal('type'), id, name: z.string(), description: z.string(), at }),
  z.object({ kind: z.literal('typeGone'), name: z.string(), at }),
  z.object({
    kind: z.literal('tag'),
    ...{ id, name: z.string(), author: z.string(), description: z.string() },
    ...{ status: z.string(), lantern: z.string(), at },
  }),
  z.object({ kind: z.literal('tagIs'), id, status: z.string(), lantern: z.string(), at }),
  z.object({ kind: z.literal('tagGone'), id, at }),
  z.object({ kind: z.literal('list'), id, type: z.string(), at }),
  z.object({ kind: z.literal('listIn'), id, tag: id.nullable(), at }),
  z.object({ kind: z.literal('listAdds'), id, iovs: z.array(id).readonly(), at }),
  z.object({ kind: z.literal('listDrops'), id, iovs: z.array(id).readonly(), at }),
  z.object({ kind: z.literal('listGone'), id, at }),
  z.object({
    kind: z.literal('iov'),
    ...{ id, url: z.string(), checksum: z.string(), size: z.number().nullable() },
    range: z.tuple([z.string(), z.string(), z.string(), z.string()]).readonly(),
    at,
  }),
  z.object({ kind: z.literal('iovIs'), id, serNo: id, at }),
]);

/**
 * What the HSF reference service knows and Lantern does not: numbers of things, lists and intervals that are attached to
 * nothing yet, words for states. A journal that is only appended to; what global tags hold is in Lantern's tags.
 */
export class HsfBook {
  readonly statuses: Map<string, HsfWord> = new Map();
  readonly types: Map<string, HsfWord & { readonly description: string }> = new Map();
  /** By name. */
  readonly tags: Map<string, HsfTag> = new Map();
  /** By name. */
  readonly lists: Map<string, HsfList> = new Map();
  readonly iovs: Map<number, HsfIov> = new Map();
  /** All tags of Lantern that were ever global tags. */
  readonly lanternTags: Set<string> = new Set();
  /** By serial number. */
  readonly calibrations: Map<number, HsfIov> = new Map();
  readonly path: string;
  #file: FileHandle | undefined;
  #lastId = 0;
  readonly #tagById = new Map<number, HsfTag>();
  readonly #listById = new Map<number, HsfList>();

  private constructor(path: string) {
    this.path = path;
  }

  /** @throws ServerError `unavailable` for a journal that is damaged but in its last line, which a crash may have cut */
  static async open(path: string): Promise<HsfBook> {
    const book = new HsfBook(path);
    const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return '';
      throw new ServerError('unavailable', { what: 'cannot be read', where: path, cause });
    });
    const lines = text.split('\n');
    const whole = lines.slice(0, -1);
    for (const [i, line] of whole.entries()) book.#read(line, i + 1);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    book.#file = await open(path, 'a', 0o600);
    // What follows a line that was cut begins a line of its own, after one that says nothing.
    const cut = lines.at(-1) ?? '';
    if (cut !== '') await book.#file.truncate(Buffer.byteLength(text) - Buffer.byteLength(cut));
    return book;
  }

  /** The number of the next thing. */
  get nextId(): number {
    return this.#lastId + 1;
  }

  tagById(number: number): HsfTag | undefined {
    return this.#tagById.get(number);
  }

  /** Lists that a global tag has, by type. */
  listsOf(tag: HsfTag): readonly HsfList[] {
    return [...this.lists.values()].filter((list) => list.tag === tag.id);
  }

  /** Appends entries, on the disk when it resolves. One caller at a time. */
  async write(...entries: readonly Undated<HsfEntry>[]): Promise<void> {
    const now = new Date().toISOString();
    const whole = entries.map((entry) => ({ ...entry, at: now }) as HsfEntry);
    const text = whole.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    try {
      await this.#file?.appendFile(text);
      await this.#file?.datasync();
    } catch (cause) {
      throw new ServerError('unavailable', { what: 'cannot be written', where: this.path, cause });
    }
    for (const entry of whole) this.#apply(entry);
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  #read(line: string, number: number): void {
    let entry: HsfEntry;
    try {
      entry = entrySchema.parse(JSON.parse(line));
    } catch (cause) {
      const where = `${this.path}:${number}`;
      throw new ServerError('unavailable', { what: 'no entry of a journal', where, cause });
    }
    this.#apply(entry);
  }

  #apply(entry: HsfEntry): void {
    if ('id' in entry && entry.id > this.#lastId) this.#lastId = entry.id;
    const created = entry.at;
    switch (entry.kind) {
      case 'status':
        this.statuses.set(entry.name, { id: entry.id, created });
        break;
      case 'type':
        this.types.set(entry.name, { id: entry.id, description: entry.description, created });
        break;
      case 'typeGone':
        this.types.delete(entry.name);
        break;
      case 'list': {
        const { id: number, type } = entry;
        const name = `${type}_${number}`;
        const list: HsfList = { id: number, name, type, created, tag: null, iovs: new Set() };
        this.lists.set(name, list);
        this.#listById.set(number, list);
        break;
      }
      case 'iov': {
        const { kind: _, at: inserted, ...iov } = entry;
        this.iovs.set(entry.id, { ...iov, inserted });
        break;
      }
      case 'iovIs': {
        const iov = this.iovs.get(entry.id);
        if (!iov) break;
        iov.serNo = entry.serNo;
        this.calibrations.set(entry.serNo, iov);
        break;
      }
      default:
        this.#applyToTags(entry);
    }
  }

  #applyToTags(entry: HsfEntry): void {
    if (entry.kind === 'tag' || entry.kind === 'tagIs') this.lanternTags.add(entry.lantern);
    switch (entry.kind) {
      case 'tag': {
        const { kind: _, at: created, ...rest } = entry;
        const tag: HsfTag = { ...rest, created, updated: created };
        this.tags.set(entry.name, tag);
        this.#tagById.set(entry.id, tag);
        break;
      }
      case 'tagIs': {
        const tag = this.#tagById.get(entry.id);
        if (tag)
          Object.assign(tag, { status: entry.status, lantern: entry.lantern, updated: entry.at });
        break;
      }
      case 'tagGone': {
        const tag = this.#tagById.get(entry.id);
        if (tag) this.tags.delete(tag.name);
        this.#tagById.delete(entry.id);
        break;
      }
      case 'listIn': {
        const list = this.#listById.get(entry.id);
        if (list) list.tag = entry.tag;
        break;
      }
      case 'listAdds':
        for (const iov of entry.iovs) this.#listById.get(entry.id)?.iovs.add(iov);
        break;
      case 'listDrops':
        for (const iov of entry.iovs) this.#listById.get(entry.id)?.iovs.delete(iov);
        break;
      case 'listGone': {
        const list = this.#listById.get(entry.id);
        if (list) this.lists.delete(list.name);
        this.#listById.delete(entry.id);
        break;
      }
    }
  }
}
