import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, NpyWriter, requireFolder, writeWhole } from '../src/node.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('writeWhole', () => {
  it('[FS1] writes a file, in place of one of that name, and leaves nothing else', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'a.txt');
    await writeWhole(path, 'one');
    symlinkSync(path, join(folder, 'link'));
    await writeWhole(join(folder, 'link'), 'two');
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['a.txt', 'link']);
  });

  it.skipIf(process.platform === 'win32')(
    '[FS2] never replaces what is not a regular file',
    async () => {
      const folder = await temporaryFolder();
      const fifo = join(folder, 'fifo.npy');
      execFileSync('mkfifo', [fifo]);
      symlinkSync(fifo, join(folder, 'link'));
      mkdirSync(join(folder, 'below'));
      for (const [name, kind] of [
        ['fifo.npy', 'a FIFO'],
        ['link', 'a FIFO'],
        ['below', 'a folder'],
      ] as const) {
        const path = join(folder, name);
        await expect(writeWhole(path, 'x')).rejects.toThrow(
          `${path}: cannot write: it is not a regular file: given ${kind}`,
        );
      }
      const rows = { dtype: '<f4', rowShape: [4] } as const;
      await expect(NpyWriter.create(fifo, rows)).rejects.toThrow('it is not a regular file');
      expect(lstatSync(fifo).isFIFO()).toBe(true);
      expect(readdirSync(folder).sort()).toEqual(['below', 'fifo.npy', 'link']);
    },
  );

  it('[FS3] says in words why it cannot', async () => {
    const path = join(await temporaryFolder(), 'none', 'a.txt');
    await expect(writeWhole(path, 'x')).rejects.toThrow(
      `${path}: cannot write: no such file or folder`,
    );
  });
});

describe('makeFolder', () => {
  it('[FS4] makes what is missing, and says which', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'a', 'b');
    expect(await makeFolder(path)).toEqual([join(folder, 'a'), path]);
    expect(await makeFolder(path)).toEqual([]);
    expect(existsSync(path)).toBe(true);
  });

  it('[FS5] a file in the way is an error', async () => {
    const file = join(await temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(makeFolder(file)).rejects.toThrow(
      `${file}: cannot make the folder: it is a file, not a folder`,
    );
    await expect(makeFolder(join(file, 'x', 'y'))).rejects.toThrow('a part of its path is a file');
  });

  it.skipIf(!existsSync('/proc/self'))(
    '[FS5] ends where no folder can be made',
    async () => {
      await expect(makeFolder('/proc/foo/bar')).rejects.toThrow(
        '/proc/foo/bar: cannot make the folder: no folder can be made there',
      );
    },
    5000,
  );

  it('[FS6] a folder that must be there', async () => {
    const folder = await temporaryFolder();
    await requireFolder(folder, 'the folder of tables');
    const nowhere = join(folder, 'nowhere');
    await expect(requireFolder(nowhere, 'the folder of tables', 'name it')).rejects.toThrow(
      `${nowhere}: the folder of tables does not exist (name it)`,
    );
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(requireFolder(file, 'the folder of tables')).rejects.toThrow(
      `${file}: the folder of tables is a file`,
    );
  });
});
