import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine, PhotonBatch } from '../src/engine.ts';
import { simulate } from '../src/simulation/simulate.node.ts';
import type { SimulationRequest } from '../src/simulation/simulation-request.ts';
import { StallWatch } from '../src/simulation/stall-watch.ts';
import { emptyTally } from '../src/tally.ts';
import { smallScene } from './small-detector.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

describe('watch for photons that live very long', () => {
  it('[OUT9] tells once, 5 s after the last batch', () => {
    const onStall = vi.fn();
    const watch = new StallWatch(onStall);
    vi.advanceTimersByTime(60_000);
    watch.start();
    vi.advanceTimersByTime(4500);
    watch.moved();
    vi.advanceTimersByTime(4400);
    expect(onStall).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    expect(onStall).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('[OUT9] is silent when stopped', () => {
    const onStall = vi.fn();
    const watch = new StallWatch(onStall);
    watch.start();
    watch.stop();
    vi.advanceTimersByTime(60_000);
    expect(onStall).not.toHaveBeenCalled();
  });
});

describe('warnings of a simulation', () => {
  const scene = {
    ...smallScene({
      solids: '<box name="w" x="400" y="400" z="400"/>',
      structure: '<volume name="World"><materialref ref="Vacuum"/><solidref ref="w"/></volume>',
    }),
  };
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lantern-stall-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Ten photons at once, then nothing for a minute, then `end`. */
  const slow = (end: () => void): Engine => ({
    name: 'slow',
    propagate: async (_scene, { onReady }, sink) => {
      onReady?.();
      const tally = { ...emptyTally(), photons: 10n };
      await sink({ first: 0, count: 10, tally, hits: new Float32Array(0) } satisfies PhotonBatch);
      vi.advanceTimersByTime(60_000);
      end();
      return tally;
    },
  });

  const request = (onWarning: (warning: string) => void): SimulationRequest => ({
    seed: 1n,
    threads: 1,
    geometry: 'small',
    onWarning,
    warnings: ['of the reader', 'of both'],
    source: {
      description: 'few',
      count: 20,
      batch: () => ({ kind: 'photons', photons: new Float32Array(0) }),
      warnings: () => ['of both', 'of the source'],
    },
  });

  const stalled =
    /^photons live very long here: those from number 10 on are not .* nor written before they are; --max-bounces N or --max-time NS/;

  it('[OUT8][OUT9] are in the summary, each once; that photons live very long is said at once', async () => {
    const onWarning = vi.fn();
    const { warnings } = await simulate(
      slow(() => {}),
      scene,
      request(onWarning),
      folder,
    );
    expect(warnings).toEqual([
      'of the reader',
      'of both',
      ...scene.warnings,
      'of the source',
      expect.stringMatching(stalled),
    ]);
    expect(onWarning.mock.calls).toEqual([[expect.stringMatching(stalled)]]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('[OUT8][OUT9] are in the partial summary too', async () => {
    const engine = slow(() => {
      throw new Error('stopped');
    });
    await expect(
      simulate(
        engine,
        scene,
        request(() => {}),
        folder,
      ),
    ).rejects.toThrow('stopped');
    const { warnings } = JSON.parse(readFileSync(join(folder, 'summary.partial.json'), 'utf8'));
    expect(warnings).toContainEqual(expect.stringMatching(stalled));
    expect(warnings).toContain('of the source');
    expect(vi.getTimerCount()).toBe(0);
  });
});
