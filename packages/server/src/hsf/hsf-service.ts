import {
  type Author,
  type CalibrationDraft,
  type Conditions,
  ConditionsError,
  type ProcLevel,
  type Tag,
  type TagState,
} from '@lantern/conditions';
import { nearest } from '@lantern/units';
import type { HsfBook, HsfIov, HsfList, HsfTag } from './hsf-book.ts';
import { hsfOfPosition, hsfOpen, positionOfHsf } from './hsf-moment.ts';

/** What the words for the status of a global tag mean; other words are for tags that are still open. */
const stateOfStatus: Readonly<Record<string, TagState>> = {
  unlocked: 'OPEN',
  locked: 'RUNNING',
  frozen: 'PUBLISHED',
};
const pathTo: Readonly<Record<string, Partial<Record<TagState, readonly TagState[]>>>> = {
  RUNNING: { OPEN: ['TESTING', 'VALIDATED', 'RUNNING'], TESTING: ['VALIDATED', 'RUNNING'] },
  PUBLISHED: {
    OPEN: ['TESTING', 'VALIDATED', 'PUBLISHED'],
    TESTING: ['VALIDATED', 'PUBLISHED'],
    VALIDATED: ['PUBLISHED'],
    RUNNING: ['PUBLISHED'],
  },
};
/** Rows of any other level than production may overlap: in the façade the global tags alone say what holds. */
const level: ProcLevel = 'development';

/** An interval that a global tag has at a place. */
export interface HsfAnswer {
  readonly type: string;
  readonly url: string;
  readonly checksum: string;
  readonly size: number | null;
  readonly begin: readonly [bigint, bigint];
  readonly end: readonly [bigint, bigint];
}

/**
 * The HSF reference service's way of working on Lantern's conditions. A global tag is a tag: unlocked is OPEN, locked RUNNING,
 * frozen PUBLISHED, so that Lantern's own guards hold. What those do not allow but the reference service's clients do is done
 * with another tag under the same name: unlocking a locked one and deleting leave what was as it was.
 */
export class HsfService {
  readonly book: HsfBook;
  readonly #conditions: Conditions;
  readonly #instrument: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(conditions: Conditions, book: HsfBook, instrument: string) {
    this.book = book;
    this.#conditions = conditions;
    this.#instrument = instrument;
  }

  /** Does one change after the other. */
  inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#last.then(change, change);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** @throws ConditionsError `absent` with the nearest name */
  tag(name: string): HsfTag {
    return named(this.book.tags, name, 'GlobalTag');
  }

  list(name: string): HsfList {
    return named(this.book.lists, name, 'PayloadList');
  }

  type(name: string): string {
    named(this.book.types, name, 'PayloadType');
    return name;
  }

  async createTag(
    {
      name,
      status,
      author,
      description,
    }: Record<'name' | 'status' | 'author' | 'description', string>,
    by: Author,
  ): Promise<HsfTag> {
    named(this.book.statuses, status, 'GlobalTagStatus');
    if (this.book.tags.has(name)) throw conflict(`GlobalTag ${name} already exists`);
    const lantern = await this.#freeName(name);
    await this.#conditions.createTag(
      { name: lantern, instrument: this.#instrument, description },
      by,
    );
    const id = this.book.nextId;
    const tag = { kind: 'tag', id, name, author, description, status, lantern } as const;
    await this.book.write(tag);
    await this.#reach(this.tag(name), status, by);
    return this.tag(name);
  }

  async cloneTag(source: string, name: string, by: Author): Promise<HsfTag> {
    const from = this.tag(source);
    if (this.book.tags.has(name)) throw conflict(`GlobalTag ${name} already exists`);
    const lantern = await this.#freeName(name);
    const { description, author } = from;
    await this.#conditions.createTag({ name: lantern, clone: from.lantern, description }, by);
    let id = this.book.nextId;
    const tag = {
      kind: 'tag',
      id,
      name,
      author,
      description,
      status: 'unlocked',
      lantern,
    } as const;
    const lists = this.book.listsOf(from).flatMap(({ type, iovs }) => {
      id++;
      return [
        { kind: 'list', id, type },
        { kind: 'listAdds', id, iovs: [...iovs] },
        { kind: 'listIn', id, tag: tag.id },
      ] as const;
    });
    await this.book.write(tag, ...lists);
    return this.tag(name);
  }

  async changeStatus(name: string, status: string, by: Author): Promise<HsfTag> {
    named(this.book.statuses, status, 'GlobalTagStatus');
    const tag = this.tag(name);
    await this.#reach(tag, status, by);
    return tag;
  }

  /** Of Lantern the tag stays, INVALID: what was done with it can be told. */
  async deleteTag(name: string, by: Author): Promise<void> {
    const tag = this.tag(name);
    const { state } = await this.#conditions.tag(tag.lantern);
    if (state !== 'OPEN')
      throw conflict(`GlobalTag ${name} is ${wordFor(state)}: it is not deleted`);
    await this.#conditions.moveTag(tag.lantern, ['INVALID'], by);
    const lists = this.book.listsOf(tag).map(({ id }) => ({ kind: 'listGone', id }) as const);
    await this.book.write({ kind: 'tagGone', id: tag.id }, ...lists);
  }

  async attachList(listName: string, tagName: string, by: Author): Promise<HsfList> {
    const [list, tag] = [this.list(listName), this.tag(tagName)];
    if (list.tag === tag.id) return list;
    const [before] = this.book.listsOf(tag).filter(({ type }) => type === list.type);
    const { state } = await this.#conditions.tag(tag.lantern);
    if (state === 'PUBLISHED' || (state === 'RUNNING' && before))
      throw conflict(`GlobalTag ${tagName} is ${wordFor(state)}: its lists stay`);
    if (before && before.iovs.size > 0)
      await this.#conditions.removeFromTag(tag.lantern, [{ calibType: list.type }], by);
    for (const id of list.iovs) await this.#put(tag, list.type, id, by);
    await this.book.write(
      ...(before ? [{ kind: 'listIn', id: before.id, tag: null } as const] : []),
      { kind: 'listIn', id: list.id, tag: tag.id },
    );
    return list;
  }

  async deleteList(name: string, by: Author): Promise<void> {
    const list = this.list(name);
    const tag = list.tag === null ? undefined : this.book.tagById(list.tag);
    if (tag && list.iovs.size > 0)
      await this.#conditions.removeFromTag(tag.lantern, [{ calibType: list.type }], by);
    else if (tag) await this.#requireOpen(tag);
    await this.book.write({ kind: 'listGone', id: list.id });
  }

  async deleteType(name: string): Promise<void> {
    this.type(name);
    const users = [...this.book.lists.values()].filter(({ type }) => type === name);
    if (users.length > 0) throw conflict(`PayloadType ${name} is used by ${users.length} lists`);
    await this.book.write({ kind: 'typeGone', name });
  }

  async createIov(
    iov: Omit<HsfIov, 'id' | 'inserted' | 'range'> & { readonly range: readonly bigint[] },
  ): Promise<HsfIov> {
    const [major = 0n, minor = 0n, majorEnd = hsfOpen, minorEnd = hsfOpen] = iov.range;
    const begin = positionOfHsf({ major, minor });
    if (positionOfHsf({ major: majorEnd, minor: minorEnd }, true) <= begin)
      throw invalid(
        `${iov.url} PayloadIOV ending IOVs should be greater than starting`,
        `${major}.${minor} to ${majorEnd}.${minorEnd}`,
      );
    const id = this.book.nextId;
    const range = [`${major}`, `${minor}`, `${majorEnd}`, `${minorEnd}`] as const;
    await this.book.write({ kind: 'iov', id, ...iov, range });
    return this.#iov(id);
  }

  async attachIov(listName: string, id: number, by: Author): Promise<HsfIov> {
    const [list, iov] = [this.list(listName), this.#iov(id)];
    const tag = list.tag === null ? undefined : this.book.tagById(list.tag);
    if (tag) await this.#put(tag, list.type, id, by);
    await this.book.write({ kind: 'listAdds', id: list.id, iovs: [id] });
    return iov;
  }

  async deleteIov(
    tagName: string,
    type: string,
    range: readonly bigint[],
    by: Author,
  ): Promise<void> {
    const tag = this.tag(tagName);
    const list = this.book.listsOf(tag).find((one) => one.type === type);
    const isMeant = (id: number) =>
      range.every((integer, i) => this.book.iovs.get(id)?.range[i] === String(integer));
    const ids = [...(list?.iovs ?? [])].filter(isMeant);
    const [last] = ids.slice(-1);
    if (!list || last === undefined)
      throw absent(`PayloadIOV ${range.join(', ')} of ${type} in ${tagName} doesn't exist`);
    const { begin, end } = rangeOf(this.#iov(last));
    await this.#conditions.removeFromTag(tag.lantern, [{ calibType: type, begin, end }], by);
    await this.book.write({ kind: 'listDrops', id: list.id, iovs: ids });
  }

  /** What a global tag, or any tag of Lantern by runs, has at a place. */
  async resolve(name: string, major: bigint, minor: bigint): Promise<readonly HsfAnswer[]> {
    const isNative = !this.book.tags.has(name) && !this.book.lanternTags.has(name);
    const lantern = isNative ? name : this.tag(name).lantern;
    const position = positionOfHsf({ major, minor });
    const { lines } = await this.#conditions.resolve({ tags: [lantern], axis: 'run', position });
    return Promise.all(
      lines.map(({ serNo, calibType, validity }) => this.#answer(serNo, calibType, validity)),
    );
  }

  /** The tag of Lantern that a global tag is. */
  lanternTag(tag: HsfTag): Promise<Tag> {
    return this.#conditions.tag(tag.lantern);
  }

  /** How many entries it has. */
  async entriesOf(tag: HsfTag): Promise<number> {
    const { root } = await this.lanternTag(tag);
    const lines = await this.#conditions.tagTree.lines(root);
    return lines.reduce((sum, { entries }) => sum + entries, 0);
  }

  async #answer(
    serNo: number,
    type: string,
    validity: { readonly begin: bigint; readonly end: bigint },
  ): Promise<HsfAnswer> {
    const iov = this.book.calibrations.get(serNo);
    const begin = hsfOfPosition(validity.begin);
    const own = iov && rangeOf(iov).end === validity.end ? iov.range : undefined;
    const end = hsfOfPosition(validity.end);
    const place: Pick<HsfAnswer, 'type' | 'begin' | 'end'> = {
      type,
      begin: [begin.major, begin.minor],
      end: own ? [BigInt(own[2]), BigInt(own[3])] : [end.major, end.minor],
    };
    if (iov) return { ...place, url: iov.url, checksum: iov.checksum, size: iov.size };
    const { dataIdent, payload } = await this.#conditions.row(serNo);
    const url = dataIdent || `/api/conditions/payloads/${payload?.sha256}`;
    return { ...place, url, checksum: payload?.sha256 ?? '', size: payload?.size ?? null };
  }

  /** Puts an interval into a tag: over what is there while it is open, at the end while it runs. */
  async #put({ lantern }: HsfTag, type: string, id: number, by: Author): Promise<void> {
    const { state } = await this.#conditions.tag(lantern);
    if (state !== 'OPEN' && state !== 'RUNNING')
      throw conflict(`GlobalTag is ${wordFor(state)}: nothing is attached to it`);
    const serNo = await this.#registered(this.#iov(id), type, by);
    const mode = state === 'OPEN' ? 'replace' : 'append';
    await this.#conditions.putInTag(lantern, [{ serNo }], by, mode);
  }

  async #registered(iov: HsfIov, calibType: string, by: Author): Promise<number> {
    if (iov.serNo !== undefined && (await this.#conditions.row(iov.serNo)).calibType === calibType)
      return iov.serNo;
    const { begin: vstart, end: vend } = rangeOf(iov);
    const draft: CalibrationDraft = {
      ...{ instrument: this.#instrument, calibType, flavor: 'vanilla', vstart, vend },
      axis: 'run',
      ...{ procLevel: level, dataIdent: iov.url, dataFmt: formatOf(iov.url), fmtVersion: '1' },
      ...{ creator: 'hsf', notes: JSON.stringify({ checksum: iov.checksum, size: iov.size }) },
    };
    const { calibration } = await this.#conditions.register({ draft }, by);
    await this.book.write({ kind: 'iovIs', id: iov.id, serNo: calibration.serNo });
    return calibration.serNo;
  }

  async #reach(tag: HsfTag, status: string, by: Author): Promise<void> {
    const { state } = await this.#conditions.tag(tag.lantern);
    const wanted = stateOfStatus[status] ?? 'OPEN';
    let { lantern } = tag;
    if (state === 'RUNNING' && wanted === 'OPEN') {
      lantern = await this.#freeName(tag.name);
      await this.#conditions.createTag({ name: lantern, clone: tag.lantern }, by);
    } else if (state !== wanted) {
      const path = wanted === 'OPEN' ? undefined : pathTo[wanted]?.[state];
      await this.#conditions.moveTag(lantern, path ?? [wanted], by);
    }
    await this.book.write({ kind: 'tagIs', id: tag.id, status, lantern });
  }

  async #requireOpen({ name, lantern }: HsfTag): Promise<void> {
    const { state } = await this.#conditions.tag(lantern);
    if (state !== 'OPEN') throw conflict(`GlobalTag ${name} is ${wordFor(state)}`);
  }

  /** `cli_gt`, or `cli_gt+2` where that name was used before: names are given once. */
  async #freeName(name: string): Promise<string> {
    for (let n = 1; ; n++) {
      const free = n === 1 ? name : `${name}+${n}`;
      if (!(await this.#conditions.metadata.tag(free))) return free;
    }
  }

  #iov(id: number): HsfIov {
    const iov = this.book.iovs.get(id);
    if (iov) return iov;
    throw absent(`PayloadIOV ${id} doesn't exist`);
  }
}

function rangeOf({ range }: HsfIov): { readonly begin: bigint; readonly end: bigint } {
  const [major, minor, majorEnd, minorEnd] = range.map(BigInt);
  return {
    begin: positionOfHsf({ major: major ?? 0n, minor: minor ?? 0n }),
    end: positionOfHsf({ major: majorEnd ?? hsfOpen, minor: minorEnd ?? hsfOpen }, true),
  };
}

function wordFor(state: TagState): string {
  const [word] = Object.entries(stateOfStatus).find(([, one]) => one === state) ?? [state];
  return word;
}

/** `root`, of `alignment_v1.root`. */
function formatOf(url: string): string {
  return /\.(\w{1,10})$/.exec(url)?.[1] ?? 'file';
}

function named<T>(all: ReadonlyMap<string, T>, name: string, kind: string): T {
  const found = all.get(name);
  if (found !== undefined) return found;
  const near = nearest(name, all.keys());
  throw absent(`${kind} ${name} doesn't exist`, near && `did you mean ${near}?`);
}

function absent(what: string, hint?: string): ConditionsError {
  return new ConditionsError('absent', { what, hint });
}

function conflict(what: string): ConditionsError {
  return new ConditionsError('conflict', { what });
}

function invalid(what: string, given: string): ConditionsError {
  return new ConditionsError('invalid', { what, given });
}
