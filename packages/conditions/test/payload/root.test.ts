import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConditionsError } from '../../src/errors.ts';
import { ChannelTable } from '../../src/payload/channel-table.ts';
import { constantsOf } from '../../src/payload/constants.ts';
import type { RootHistogram } from '../../src/payload/formats/root-object.ts';
import { defaultPayloadLimits } from '../../src/payload/limits.ts';
import { readPayload } from '../../src/payload/read-payload.ts';
import { rootFile, th1d, tObjString } from './root/root-file.ts';
import { rootTree } from './root/root-tree.ts';

const read = async (
  bytes: Uint8Array,
  limits = defaultPayloadLimits,
): Promise<ReadonlyMap<string, unknown>> =>
  (await readPayload(
    { bytes, calibType: 'X', dataFmt: 'ROOT', fmtVersion: '1', where: 'gains.root' },
    { limits },
  )) as ReadonlyMap<string, unknown>;
const sound = rootFile([th1d('gain', 0, 4, [0, 1, 2.5, 3, 4, 0]), tObjString('note', 'made up')]);

test('[BLK12] histograms have their edges and contents, texts are texts', async () => {
  const objects = await read(sound);
  expect([...objects.keys()]).toEqual(['gain', 'note']);
  const histogram = objects.get('gain') as RootHistogram;
  expect(histogram).toEqual({
    title: 'a histogram',
    edges: [Float64Array.of(0, 1, 2, 3, 4)],
    contents: Float64Array.of(0, 1, 2.5, 3, 4, 0),
    squares: Float64Array.of(0, 1, 6.25, 9, 16, 0),
    entries: 6,
  });
  expect(objects.get('note')).toBe('made up');
  expect(new Map(constantsOf(objects)).get('gain/contents[2]')).toBe(2.5);
});

test('[BLK12] a tree is a table: a row for each entry, lists where a branch has several numbers', async () => {
  const tree = rootTree('pedestals', [
    { name: 'channel', length: 1, values: [7, 8, 9] },
    { name: 'avg', length: 1, values: [100.5, -2, 1e-3] },
    { name: 'shape', length: 2, values: [1, 2, 3, 4, 5, 6] },
  ]);
  const table = (await read(rootFile([tree]))).get('pedestals');
  if (!(table instanceof ChannelTable)) throw new Error('not a table');
  expect([...table.columns]).toEqual([
    ['channel', Float64Array.of(7, 8, 9)],
    ['avg', Float64Array.of(100.5, -2, 1e-3)],
    [
      'shape',
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ],
  ]);
  expect(table.keyedBy(['channel'], 'x').number('avg', 8)).toBe(-2);
});

test('[BLK12] what is no ROOT file, cut short or too large is refused', async () => {
  await expect(read(new Uint8Array())).rejects.toThrow('gains.root: the file is empty');
  await expect(read(new TextEncoder().encode('PAR1'))).rejects.toThrow(
    'gains.root: not a ROOT file',
  );
  const limits = { ...defaultPayloadLimits, bytes: sound.length };
  await expect(read(sound, limits)).resolves.toBeDefined();
  await expect(read(sound, { ...limits, bytes: sound.length - 1 })).rejects.toThrow(
    'the payload is too large',
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(sound.length - 1), async (length) => {
      await expect(read(sound.slice(0, length))).rejects.toBeInstanceOf(ConditionsError);
    }),
    { numRuns: 30 },
  );
});
