import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { FormatError } from '@lantern/formats';
import { readNpy } from '@lantern/formats/node';
import { RandomStream } from '@lantern/units';
import { expect, test } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

const hook = new URL('../../../tools/typescript.mjs', import.meta.url).href;
const script = fileURLToPath(new URL('endless-writer.ts', import.meta.url));

/** A process that writes, finishes and begins again until it is killed. */
function startWriter(path: string) {
  const flags = ['--conditions=@lantern/source', '--import', hook];
  return spawn(process.execPath, [...flags, script, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** What the name holds: nothing, a whole file as the writer makes it, or something else. */
async function state(path: string): Promise<string> {
  if (!existsSync(path)) return 'absent';
  const { shape, data } = await readNpy(path, { dtype: '<f4' });
  const isWhole = shape[0] === 5000 && data.every((value, i) => value === i % 4096);
  return isWhole ? 'whole' : `wrong: ${shape}`;
}

test('[NW5] killed at any moment', { timeout: 120_000 }, async () => {
  const folder = temporaryFolder();
  const random = new RandomStream(5, 0);
  const seen: string[] = [];
  for (let attempt = 0; attempt < 12; attempt++) {
    const path = join(folder, `hits-${attempt}.npy`);
    const writer = startWriter(path);
    await once(writer.stdout, 'data');
    await setTimeout(random.uniform() * 40);
    const exit = once(writer, 'exit');
    writer.kill('SIGKILL');
    await exit;
    seen.push(await state(path));
    const partial = join(folder, `hits-${attempt}.partial.npy`);
    if (!existsSync(partial)) continue;
    // Killed between the rows and the header, or before the header: an error, but no crash and no false rows.
    await readNpy(partial).catch((error: unknown) => expect(error).toBeInstanceOf(FormatError));
  }
  expect(seen.filter((s) => s !== 'absent' && s !== 'whole')).toEqual([]);
  expect(seen).toContain('whole');
});
