import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  bundleFileReader,
  payloadFileReader,
  readPayloadFolder,
} from '../src/node/payload-files.ts';
import { defaultPayloadLimits } from '../src/payload/limits.ts';

const home = await mkdtemp(join(tmpdir(), 'lantern-payload-files-'));
await mkdir(join(home, 'in', 'Cal'), { recursive: true });
await writeFile(join(home, 'in', 'Cal', 'a.xml'), '<a/>');
await writeFile(join(home, 'in', 'b.dtd'), '');
await writeFile(join(home, 'secret'), 'secret');
await symlink(join(home, 'secret'), join(home, 'in', 'link'));
afterAll(() => rm(home, { recursive: true }));

const draft = {} as never;
const inside = join(home, 'in');

test('[ADR4] files of a folder by path; links are passed over, sizes limited', async () => {
  const files = await readPayloadFolder(inside);
  expect([...files.keys()].sort()).toEqual(['Cal/a.xml', 'b.dtd']);
  await expect(readPayloadFolder(inside, { ...defaultPayloadLimits, bytes: 3 })).rejects.toThrow(
    'a folder too large',
  );
  await expect(readPayloadFolder(join(home, 'none'))).rejects.toMatchObject({ kind: 'absent' });
});

test('[ADR4] a link does not lead out of the folders', async () => {
  const read = payloadFileReader([inside]);
  expect(new TextDecoder().decode(await read(join(inside, 'Cal', 'a.xml')))).toBe('<a/>');
  await expect(read(join(inside, 'link'))).rejects.toMatchObject({ kind: 'forbidden' });
  await expect(read(join(inside, 'none'))).rejects.toMatchObject({ kind: 'absent' });
});

test('[ADR4] files that come along are checked against their MD5; missing ones are left out', async () => {
  const read = bundleFileReader(inside);
  const md5 = createHash('md5').update('<a/>').digest('hex');
  expect(await read({ draft, id: 'x', file: 'Cal/a.xml', md5 })).toBeDefined();
  await expect(read({ draft, id: 'x', file: 'Cal/a.xml', md5: '00' })).rejects.toMatchObject({
    kind: 'corrupt',
  });
  expect(await read({ draft, id: 'x', file: 'none.root' })).toBeUndefined();
  await expect(read({ draft, id: 'x', file: '../secret' })).rejects.toMatchObject({
    kind: 'forbidden',
  });
});
