import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  Conditions,
  calibrationComparison,
  glastRegistry,
  MemoryMetadataStore,
  MemoryPayloadStore,
} from '../src/index.ts';
import { readHomeDtds } from '../src/node/home/home-dtds.ts';
import { me, registered, someDraft } from './some-conditions.ts';

const production = { procLevel: 'production', calibType: 'PMT_Gain', dataFmt: 'JSON' } as const;

function readingConditions(): Conditions {
  const payloads = new MemoryPayloadStore();
  const compare = calibrationComparison(payloads, glastRegistry([]));
  return new Conditions(new MemoryMetadataStore(), payloads, compare);
}

test('[INS11][INS12] payloads are read by their format: other bytes with the same constants change nothing', async () => {
  const conditions = readingConditions();
  await conditions.declare(
    { rules: { '*': { refuseUnchanged: 'constants', refuseUnreadable: true } } },
    me,
  );
  await registered(conditions, production, '{"gain": [1.5, 2]}');
  await expect(
    registered(conditions, { ...production, vstart: 5n }, '{ "gain":[1.50,2.0] }'),
  ).rejects.toThrow('the same constants');
  await expect(
    registered(conditions, { ...production, vstart: 5n }, '{"gain": [1.5,'),
  ).rejects.toMatchObject({ kind: 'invalid' });
  await expect(
    registered(conditions, { ...production, dataFmt: 'XML', vstart: 3n }, '<a><b></a>'),
  ).rejects.toThrow('payload of calibration 2');
  await registered(conditions, { ...production, vstart: 5n }, '{"gain": [1.5, 2.5]}');
  const bad = { ...production, dataFmt: 'XML', vstart: 6n } as const;
  const bytes = new TextEncoder().encode(
    '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
  );
  await expect(conditions.register({ draft: someDraft(bad), bytes }, me)).rejects.toMatchObject({
    kind: 'invalid',
  });
  expect(await conditions.rows({ tests: [] })).toHaveLength(2);
});

test('two moments are compared down to the changed constants', async () => {
  const conditions = readingConditions();
  await registered(conditions, production, '{"gain": [1.5, 2]}');
  await conditions.createTag({ name: 'a', instrument: 'LAT' }, me);
  await conditions.putInTag('a', [{ serNo: 1 }], me);
  await registered(conditions, { ...production, vstart: 5n }, '{"gain": [1.5, 2.5]}');
  await conditions.createTag({ name: 'b', instrument: 'LAT' }, me);
  await conditions.putInTag('b', [{ serNo: 2 }], me);
  const difference = await conditions.diff({
    before: { tags: ['a'] },
    after: { tags: ['b'] },
    constants: 10,
  });
  const changes = difference.lines[0]?.changes.flatMap(({ constants }) => constants?.changed ?? []);
  expect(changes).toEqual([
    { path: 'gain[1]', before: 2, after: 2.5, difference: 0.5, relative: 0.25 },
  ]);
});

test('DTDs of a home are the files of its folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lantern-dtds-'));
  try {
    expect(await readHomeDtds(join(folder, 'none'))).toEqual([]);
    await writeFile(join(folder, 'a.dtd'), '<!ELEMENT a EMPTY>');
    await writeFile(join(folder, 'notes.txt'), '');
    expect(await readHomeDtds(folder)).toEqual([{ name: 'a.dtd', text: '<!ELEMENT a EMPTY>' }]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
