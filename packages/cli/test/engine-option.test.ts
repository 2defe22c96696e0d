import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GpuFacts } from '@lantern/optics';
import { listGpus } from '@lantern/optics/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadVulkan, setup } from '../../../tools/software-vulkan.mjs';
import { gpusCommand } from '../src/gpus.ts';
import { runLantern } from '../src/run.ts';
import { simulateCommand } from '../src/simulate.ts';
import { fakeTerminal } from './fake-terminal.ts';
import { tankFile } from './tank.ts';

setup();
loadVulkan();
const gpus: readonly GpuFacts[] = await listGpus().catch(() => []);
const hasGpu = gpus.some(({ isSoftware, refusal }) => !isSoftware && refusal === undefined);
const hasSoftware = gpus.some(({ isSoftware }) => isSoftware);
// In CI a missing software GPU is a failure; elsewhere it is said and skipped.
const withSoftware = describe.skipIf(!hasSoftware && !process.env.CI);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-engine-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function lantern(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = fakeTerminal({ home: join(folder, 'home') });
  const commands = [simulateCommand, gpusCommand];
  const code = await runLantern({ commands, version: '0' }, words, terminal);
  return { code, ...terminal.written };
}

const simulate = (...words: string[]): ReturnType<typeof lantern> =>
  lantern('simulate', tankFile, '--light', 'point at 0 0 0 mm 420 nm 500 photons', ...words);

describe('--engine', () => {
  it.each([
    ['gup', 'did you mean gpu?'],
    ['CPU', 'did you mean cpu?'],
    ['cpu:2', 'did you mean cpu?'],
    ['auto:2', 'did you mean auto?'],
    ['gpu:', 'did you mean gpu?'],
    ['cuda', ''],
  ])('[CLI16] wrong usage exits with 2: %s', async (word, hint) => {
    const { code, err } = await simulate('--engine', word);
    expect(err).toContain(
      `wrong --engine: given '${word}', expected cpu, gpu, gpu:NAME, gpu:software or auto`,
    );
    expect(err).toContain(hint);
    expect(code).toBe(2);
  });

  it('[CLI16] takes the cores without being asked, and says nothing of it', async () => {
    const out = join(folder, 'cores');
    const { code, err } = await simulate('--out', out);
    expect([code, err]).toEqual([0, '']);
    const named = await simulate('--out', join(folder, 'named'), '--engine', 'cpu');
    expect([named.code, named.err]).toEqual([0, '']);
    const summary = (name: string): Record<string, unknown> =>
      JSON.parse(readFileSync(join(folder, name, 'summary.json'), 'utf8'));
    expect(summary('cores')).toMatchObject({ engine: 'cpu' });
    expect(summary('cores')).not.toHaveProperty('adapter');
    expect(summary('named').digest).toBe(summary('cores').digest);
  });

  it.skipIf(hasGpu)(
    '[CLI16] auto takes the cores where there is no GPU, and says why',
    async () => {
      const out = join(folder, 'auto');
      const { code, err } = await simulate('--out', out, '--engine', 'auto');
      expect(err).toMatch(/^engine: cpu, as (no GPU was found|the package webgpu)/);
      expect(code).toBe(0);
      const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
      expect(summary.engine).toBe('cpu');
    },
  );

  it('[CLI16] a GPU that is not there is one line, and nothing is written', async () => {
    const { code, err } = await simulate('--engine', 'gpu:Voodoo 2');
    expect(err).toMatch(
      /^lantern: .*(no such GPU: given 'Voodoo 2'|no GPU was found|package webgpu).*\n$/,
    );
    expect(code).toBe(1);
    const { out } = await simulate('--engine', 'gpu:Voodoo 2', '--json');
    expect(out).toBe('');
  });
});

withSoftware('lantern gpus (wants a software GPU: SwiftShader of Chromium, or llvmpipe)', () => {
  it('[CLI17] lists what there is, and what it is used by', async () => {
    const { code, out } = await lantern('gpus');
    const number = gpus.findIndex(({ isSoftware }) => isSoftware);
    expect(out).toContain(`${number + 1}  ${gpus[number]?.name}\n`);
    expect(out).toMatch(
      /used by .*--engine gpu:software; it is no GPU, but a program on the processor\n/,
    );
    expect(out).toMatch(/arithmetic +exact: (no )?fused multiply and add/);
    expect(out).toMatch(/largest buffer .* [GM]iB\n/);
    expect(code).toBe(hasGpu ? 0 : 1);
  });

  it('[CLI17] lists them as JSON', async () => {
    const { out } = await lantern('gpus', '--json');
    expect(JSON.parse(out)).toEqual(gpus);
  });
});
