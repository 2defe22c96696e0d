import { describe, expect, test } from 'vitest';
import { comparePayloads } from '../../src/payload/compare-payloads.ts';
import { BadStrips } from '../../src/payload/glast/bad-strips.ts';
import { mergeBadStrips, updateBadStrips } from '../../src/payload/glast/bad-strips-service.ts';
import { glastRegistry } from '../../src/payload/glast/glast-registry.ts';
import { glastBytes, glastDtdFiles, withoutGlast } from './glast-folder.ts';

const plane = { row: 0, col: 1, tray: 2, which: 'top' } as const;
const dead = new BadStrips(
  'dead',
  [],
  [
    {
      ...plane,
      strips: new Map([
        [5, 2],
        [7, 4 + 8],
      ]),
    },
  ],
);
const hot = new BadStrips(
  'hot',
  [{ row: 3, col: 3, all: 1 }],
  [
    {
      ...plane,
      strips: new Map([
        [7, 1 + 16],
        [3, 4],
      ]),
    },
  ],
);

test('[BLK11] merged strips have the flags of both lists and the worse grade', () => {
  const merged = mergeBadStrips(dead, hot);
  expect([...merged.constants()]).toEqual([
    ['row=3/col=3/all', 1],
    ['row=0/col=1/tray=2/top/strip=3', 4],
    ['row=0/col=1/tray=2/top/strip=5', 2],
    ['row=0/col=1/tray=2/top/strip=7', 1 + 4 + 16],
  ]);
  expect(merged.badness(0, 1, 2, 'top', 6)).toBeUndefined();
  expect(merged.badness(3, 3, 0, 'bot', 6)).toBe(1);
});

test('[BLK11] the list is merged again when a serial number changes, and only then', () => {
  const first = updateBadStrips(undefined, { serNo: 1, strips: dead }, { serNo: 2, strips: hot });
  const same = updateBadStrips(first, { serNo: 1, strips: dead }, { serNo: 2, strips: hot });
  expect(same).toBe(first);
  const newHot = new BadStrips('hot', [], []);
  const next = updateBadStrips(same, { serNo: 1, strips: dead }, { serNo: 4, strips: newHot });
  expect(next.strips.listed).toBe(2);
  const newDead = updateBadStrips(next, { serNo: 5, strips: hot }, { serNo: 4, strips: newHot });
  expect([newDead.deadSerNo, newDead.hotSerNo, newDead.strips.listed]).toEqual([5, 4, 2]);
});

describe.skipIf(withoutGlast !== undefined)('the lists of GLAST', () => {
  test('[BLK11] merge, and differ strip by strip', async () => {
    const registry = glastRegistry(glastDtdFiles());
    const list = async (file: string, calibType: string): Promise<BadStrips> => {
      const bytes = glastBytes(file);
      const input = { bytes, calibType, dataFmt: 'XML', fmtVersion: 'v3r0', where: file };
      return (await registry.convert(input)).value as BadStrips;
    };
    const [deadList, hotList] = [
      await list('test/testDead1.xml', 'TKR_DeadChan'),
      await list('test/testHot.xml', 'TKR_HotChan'),
    ];
    expect(mergeBadStrips(deadList, hotList).listed).toBe(deadList.listed + hotList.listed);
    const later = await list('test/testHot2.xml', 'TKR_HotChan');
    const { added, removed } = comparePayloads(hotList, later);
    expect(added.slice(0, 3)).toEqual([
      ['row=2/col=3/all', 1],
      ['row=0/col=1/tray=3/top/strip=8', 2],
      ['row=0/col=1/tray=3/top/strip=17', 2],
    ]);
    expect(removed[0]).toEqual(['row=2/col=2/all', 4]);
  });
});
