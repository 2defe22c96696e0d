import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Condition } from '../src/index/tag-index.ts';
import type { TagEntry, TagLine } from '../src/model/tag.ts';
import { always, earlier, forever, type Interval, later } from '../src/model/validity.ts';
import { MemoryPayloadStore } from '../src/store/memory-payload-store.ts';
import { byPriority } from '../src/tags/by-priority.ts';
import { gapsIn, touching, within, without } from '../src/tags/intervals.ts';
import { encodeTagBlock, TagBlock } from '../src/tags/tag-block.ts';
import { decodeLine, decodeRoot } from '../src/tags/tag-nodes.ts';
import { TagTree } from '../src/tags/tag-tree.ts';

const pedestals: Condition = { calibType: 'CAL_Ped', flavor: 'vanilla', axis: 'time' };
const everything: Interval = { begin: always, end: forever };

/** The lists that a tree has to agree with: one entry for each position of 0 .. 59, or none. */
const numbers = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 60, maxLength: 60 });

describe('tree of blocks', () => {
  test('[TREE1] says what a plain sorted list says, after any splices', async () => {
    await fc.assert(
      fc.asyncProperty(
        numbers,
        fc.array(fc.tuple(position, position, numbers), { maxLength: 6 }),
        async (first, cuts) => {
          const tree = new TagTree(new MemoryPayloadStore());
          let list = entriesOf(first);
          let root = await tree.build([{ ...pedestals, entries: list }]);
          for (const [a, b, values] of cuts) {
            const range = { begin: earlier(a, b), end: later(a, b) + 1n };
            const entries = within(entriesOf(values), range);
            list = joined([...without(list, range), ...entries]);
            root = await tree.splice(root, [{ key: pedestals, range, entries }]);
          }
          expect(await tree.entries(root, pedestals)).toEqual(list);
          expect(root).toBe(await tree.build([{ ...pedestals, entries: list }]));
          for (let p = -1n; p <= 61n; p++) {
            const answer = await tree.at(root, pedestals, p);
            const held = list.find(({ begin, end }) => begin <= p && p < end);
            expect(answer.entry).toEqual(held);
            const gap = gapsIn(list, everything).find(({ begin, end }) => begin <= p && p < end);
            expect(answer.validity).toEqual(held ? { begin: held.begin, end: held.end } : gap);
          }
          const range = { begin: 10n, end: 30n };
          expect(await tree.entries(root, pedestals, range)).toEqual(touching(list, range));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('[TREE2] has the same root for the same entries, however they came about, over many blocks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1500, max: 4000 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 1, max: 1200 })), {
          maxLength: 5,
        }),
        async (size, holes) => {
          const store = new MemoryPayloadStore();
          const tree = new TagTree(store);
          const whole = many(size);
          const first = await tree.build([{ ...pedestals, entries: whole }]);
          let root = first;
          let left: readonly TagEntry[] = whole;
          for (const [from, length] of holes) {
            const range = { begin: BigInt(from) * 10n, end: BigInt(from + length) * 10n };
            root = await tree.splice(root, [{ key: pedestals, range, entries: [] }]);
            left = without(left, range);
          }
          expect(root).toBe(await tree.build([{ ...pedestals, entries: left }]));
          const again = { begin: 0n, end: BigInt(size) * 10n };
          expect(await tree.splice(root, [{ key: pedestals, range: again, entries: whole }])).toBe(
            first,
          );
          for (const hash of await tree.blockHashes(first, pedestals)) {
            expect((await tree.block(hash)).size).toBeLessThanOrEqual(1024);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  test('[TREE3] an entry at the end writes one block, its line and the root', async () => {
    const store = new MemoryPayloadStore();
    const tree = new TagTree(store);
    const lines = ['A', 'B', 'C'].map(
      (calibType): TagLine => ({ ...pedestals, calibType, entries: many(20_000) }),
    );
    const root = await tree.build(lines);
    const before = new Set(await keysOf(store));
    const key = { ...pedestals, calibType: 'B' };
    const entry = { begin: 200_000n, end: forever, serNo: 20_001, payload: '' };
    const next = await tree.splice(root, [
      { key, range: { begin: entry.begin, end: forever }, entries: [entry] },
    ]);
    const written = (await keysOf(store)).filter((hash) => !before.has(hash));
    expect(written.length).toBeLessThanOrEqual(3);
    expect(await tree.entries(next, key)).toEqual([...lines[1]!.entries, entry]);
    expect((await tree.at(next, key, 1n)).entry?.serNo).toBe(1);
    expect(await tree.entries(root, key)).toEqual(lines[1]!.entries);
  });

  test('[TREE4] a change in the middle writes the blocks around it, not those that follow', async () => {
    const store = new MemoryPayloadStore();
    const tree = new TagTree(store);
    const root = await tree.build([{ ...pedestals, entries: many(50_000) }]);
    const blocks = (await tree.blockHashes(root, pedestals)).length;
    expect(blocks).toBeGreaterThan(60);
    const range = { begin: 100_000n, end: 100_005n };
    const next = await tree.splice(root, [
      { key: pedestals, range, entries: [{ ...range, serNo: 77_777, payload: '' }] },
    ]);
    const old = new Set(await tree.blockHashes(root, pedestals));
    const changed = (await tree.blockHashes(next, pedestals)).filter((hash) => !old.has(hash));
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.length).toBeLessThan(10);
  });

  test('[TREE5] entries of one calibration that touch are one; a line without entries is none', async () => {
    const tree = new TagTree(new MemoryPayloadStore());
    const empty = await tree.writeEmpty();
    const put = (root: string, begin: bigint, end: bigint, serNo: number) =>
      tree.splice(root, [
        { key: pedestals, range: { begin, end }, entries: [{ begin, end, serNo, payload: '' }] },
      ]);
    const parts = await put(await put(await put(empty, 0n, 10n, 1), 20n, 30n, 1), 10n, 20n, 1);
    expect(parts).toBe(await put(empty, 0n, 30n, 1));
    expect((await tree.lines(parts))[0]).toMatchObject({ entries: 1 });
    expect(await tree.splice(parts, [{ key: pedestals, range: everything, entries: [] }])).toBe(
      empty,
    );
    expect(await tree.at(empty, pedestals, 5n)).toEqual({ validity: everything });
  });

  test('[TREE6] what is not there or not what was written is told, not used', async () => {
    const store = new MemoryPayloadStore();
    const tree = new TagTree(store);
    await expect(tree.lines('0'.repeat(64))).rejects.toMatchObject({ kind: 'absent' });
    const { sha256 } = await store.put(
      new TextEncoder().encode('{"format":"lantern tag 1","rows":[["A"]]}'),
    );
    await expect(tree.lines(sha256)).rejects.toMatchObject({ kind: 'corrupt' });
    const good = encodeTagBlock(many(3));
    const swapped = encodeTagBlock([...many(3)].reverse());
    for (const bytes of [
      new Uint8Array(),
      good.slice(0, 100),
      swapped,
      new Uint8Array(good.length),
    ]) {
      expect(() => TagBlock.decode(bytes, 'a block')).toThrow(/a block: .*block of a tag/);
    }
    const wrong = [
      'null',
      '[]',
      '{"format":"lantern tag line 1","rows":[["x",1,"y"]]}',
      '\u0000',
      '{"rows":3}',
    ];
    for (const text of wrong) {
      expect(() => decodeLine(new TextEncoder().encode(text), 'a line')).toThrow(
        /a line: part of a tag/,
      );
      expect(() => decodeRoot(new TextEncoder().encode(text), 'a root')).toThrow(
        /a root: part of a tag/,
      );
    }
  });

  test('[TREE6] a block is read where it lies, at any address', () => {
    const bytes = encodeTagBlock(many(5));
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(TagBlock.decode(shifted.subarray(3), 'a block').entries()).toEqual(many(5));
  });
});

describe('intervals by priority', () => {
  test('[TREE7] each position has the first of the items that hold there', () => {
    const item = fc
      .tuple(position, position)
      .map(([a, b]) => ({ begin: earlier(a, b), end: later(a, b) + 1n }));
    fc.assert(
      fc.property(fc.array(item, { maxLength: 12 }), (items) => {
        const pieces = byPriority(items);
        for (let p = -1n; p < 62n; p++) {
          const holds = ({ begin, end }: Interval) => begin <= p && p < end;
          expect(pieces.filter(holds).map((piece) => piece.item)).toEqual(
            items.filter(holds).slice(0, 1),
          );
        }
        for (const [i, piece] of pieces.entries()) {
          const next = pieces[i + 1];
          if (next)
            expect(
              piece.end < next.begin || (piece.end === next.begin && piece.item !== next.item),
            ).toBe(true);
        }
      }),
    );
  });
});

const position = fc.integer({ min: 0, max: 60 }).map(BigInt);

/** Runs of equal numbers become entries; 0 is a gap. */
function entriesOf(values: readonly number[]): TagEntry[] {
  const cells = values.map((serNo, i) => ({
    begin: BigInt(i),
    end: BigInt(i) + 1n,
    serNo,
    payload: serNo === 2 ? 'ab'.repeat(32) : '',
  }));
  return joined(cells.filter(({ serNo }) => serNo > 0));
}

/** Plainly, and apart from the code that is tested. */
function joined(entries: readonly TagEntry[]): TagEntry[] {
  const sorted = [...entries].sort((a, b) => Number(a.begin - b.begin));
  const list: TagEntry[] = [];
  for (const entry of sorted) {
    const last = list.at(-1);
    const goesOn = last?.end === entry.begin && last.serNo === entry.serNo;
    if (goesOn) list[list.length - 1] = { ...last, end: entry.end };
    else list.push(entry);
  }
  return list;
}

function many(size: number): TagEntry[] {
  return Array.from({ length: size }, (_, i) => ({
    begin: BigInt(i) * 10n,
    end: BigInt(i) * 10n + 10n,
    serNo: i + 1,
    payload: '',
  }));
}

async function keysOf(store: MemoryPayloadStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of store.list()) keys.push(key);
  return keys;
}
