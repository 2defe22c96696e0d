import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { NpyWriter, readNpy, writeNpy } from '@lantern/formats/node';
import { expect, test } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

/** Runs a Python script with numpy as np and the arguments in a; returns what it prints. */
function python(script: string, ...args: string[]): string {
  const program = `import sys, warnings; warnings.simplefilter('error'); import numpy as np; a = sys.argv[1:]\n${script}`;
  const { status, stdout, stderr } = spawnSync('python3', ['-c', program, ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr || 'python3 cannot be started');
  return stdout.trim();
}

function hasNumpy(): boolean {
  try {
    python('np.zeros(1)');
    return true;
  } catch {
    return false;
  }
}

/** In CI it must be there. */
const canSkip = !hasNumpy() && !process.env.CI;
const reason = 'needs python3 with numpy';

test('[NW1] NumPy reads what is written, whole, by rows and partial', async ({ skip }) => {
  skip(canSkip, reason);
  const folder = temporaryFolder();
  const whole = join(folder, 'whole.npy');
  await writeNpy(whole, {
    dtype: '<i8',
    shape: [2, 3],
    data: BigInt64Array.of(1n, 2n, 3n, 4n, 5n, -6n),
  });
  const show = 'x = np.load(a[0]); print(x.dtype.str, x.shape, x.tolist(), x.flags.aligned)';
  expect(python(show, whole)).toBe('<i8 (2, 3) [[1, 2, 3], [4, 5, -6]] True');

  const writer = await NpyWriter.create(join(folder, 'rows.npy'), {
    dtype: '<f4',
    rowShape: [1, 2],
  });
  const show2 = 'x = np.load(a[0], mmap_mode="r"); print(x.dtype.str, x.shape, x.tolist())';
  expect(python(show2, writer.partialPath)).toBe('<f4 (0, 1, 2) []');
  await writer.append(Float32Array.of(1.5, 2));
  await writer.append(Float32Array.of(3, 4, 5, 6));
  expect(python(show2, writer.partialPath)).toBe(
    '<f4 (3, 1, 2) [[[1.5, 2.0]], [[3.0, 4.0]], [[5.0, 6.0]]]',
  );
  await writer.finish();
  expect(python(show2, writer.path)).toContain('<f4 (3, 1, 2)');
});

test('[NR1][NR2][NR3] what NumPy writes is read', async ({ skip }) => {
  skip(canSkip, reason);
  const folder = temporaryFolder();
  const save = `
for i, t in enumerate(['<f4', '<f8', '<i8', '<u8', '<i4', '<u4', '<i2', '<u2', '|i1', '|u1']):
  np.save(f'{a[0]}/{i}.npy', np.arange(6, dtype=t).reshape(1, 2, 3))
np.save(f'{a[0]}/scalar.npy', np.float32(7))
np.save(f'{a[0]}/fortran.npy', np.asfortranarray(np.zeros((2, 3), '<f4')))
for v in (1, 2, 3):
  with open(f'{a[0]}/v{v}.npy', 'wb') as f:
    np.lib.format.write_array(f, np.arange(3, dtype='<f4'), version=(v, 0))
`;
  python(save, folder);
  for (let i = 0; i < 10; i++) {
    const { shape, data } = await readNpy(join(folder, `${i}.npy`));
    expect([shape, Array.from(data, Number)]).toEqual([
      [1, 2, 3],
      [0, 1, 2, 3, 4, 5],
    ]);
  }
  expect(await readNpy(join(folder, 'scalar.npy'))).toEqual({
    dtype: '<f4',
    shape: [],
    data: Float32Array.of(7),
  });
  await expect(readNpy(join(folder, 'fortran.npy'))).rejects.toThrow('Fortran');
  for (const v of [1, 2, 3]) expect((await readNpy(join(folder, `v${v}.npy`))).shape).toEqual([3]);
});
