import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { packScene, readGdml, type Scene } from '@lantern/geometry';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCpuEngine, loadKernel } from '../src/cpu/cpu-engine.node.ts';
import { createCpuEngineOn } from '../src/cpu/cpu-engine.ts';
import { Kernel } from '../src/cpu/kernel.ts';
import type { OpenWorker } from '../src/cpu/worker-client.ts';
import { carryError, uncarryError } from '../src/cpu/worker-protocol.ts';
import { OpticsError } from '../src/errors.ts';
import { photonWords } from '../src/photon-layout.ts';
import { lightSource } from '../src/sources/light/light-source.ts';
import type { PhotonSource } from '../src/sources/photon-source.ts';

let scene: Scene;
let source: PhotonSource;

beforeAll(() => {
  const file = new URL('data/tank.gdml', import.meta.url);
  const detector = readGdml(readFileSync(file, 'utf8'), { file: 'tank.gdml' });
  scene = packScene(detector);
  source = lightSource('point at 0 0 0 mm 420 nm 1e5 photons', detector);
});

/** A worker thread that runs this text instead of the kernel. */
function workerOf(script: string): OpenWorker {
  return ({ onMessage, onFailure }) => {
    const worker = new Worker(script, {
      eval: true,
      resourceLimits: { maxOldGenerationSizeMb: 16 },
    });
    worker.on('message', onMessage);
    worker.on('error', onFailure);
    worker.on('exit', (code) => onFailure(new Error(`its thread ended with exit code ${code}`)));
    return {
      post: (message) => worker.postMessage(message),
      stop: async () => void (await worker.terminate()),
    };
  };
}

const ready = "require('node:worker_threads').parentPort.on('message', ({ type }) => {";
const reply = "require('node:worker_threads').parentPort.postMessage({ type: 'ready' })";

describe('CPU engine', () => {
  it.each([
    ['process.exit(3)', 'a worker of the CPU engine stopped: its thread ended with exit code 3'],
    ["throw new Error('broken')", 'a worker of the CPU engine stopped: broken'],
    [
      `${ready} if (type === 'start') ${reply}; else { const hog = []; for (;;) hog.push(new Array(1e5).fill(1.5)); } });`,
      /a worker of the CPU engine stopped: .*memory limit.*fewer threads/,
    ],
  ])('[ENG5] says that a worker is gone: %s', async (script, message) => {
    const engine = createCpuEngineOn({ loadKernel, openWorker: workerOf(script) });
    const propagation = engine.propagate(scene, { seed: 1n, source, threads: 2 }, () => {});
    await expect(propagation).rejects.toThrow(message);
  });

  it('[ENG4] stops at once, even while a photon never ends', async () => {
    const script = `${ready} if (type === 'start') ${reply}; else for (;;); });`;
    const engine = createCpuEngineOn({ loadKernel, openWorker: workerOf(script) });
    const signal = AbortSignal.timeout(200);
    const propagation = engine.propagate(scene, { seed: 1n, source, threads: 2, signal }, () => {});
    await expect(propagation).rejects.toThrow('timeout');
  });

  it('[ENG5] says how much memory is missing', async () => {
    const settings = {
      seed: 1n,
      maxBounces: 0,
      maxTime: Number.POSITIVE_INFINITY,
      recordSteps: 0,
      keepPhotons: false,
    };
    const kernel = new Kernel(await loadKernel(), scene.buffer, settings);
    const input = { kind: 'photons', photons: new Float32Array(photonWords) } as const;
    expect(() => kernel.propagate(0, 40_000_000, input)).toThrow(
      /not enough memory for a batch of 40000000 photons.*given a need of 48\d\d MiB.*fewer threads/,
    );
  });

  it('[ENG5] keeps what an error says on its way between threads', () => {
    const parts = { what: 'a bad thing', where: 'here', given: '1', expected: '2', hint: 'three' };
    const carried = structuredClone(carryError(new OpticsError(parts)));
    expect(uncarryError(carried)).toMatchObject({
      message: new OpticsError(parts).message,
      parts: { what: 'a bad thing', hint: 'three' },
    });
    const trap = uncarryError(
      structuredClone(carryError(new WebAssembly.RuntimeError('unreachable'))),
    );
    expect(trap.message).toMatch(/^a worker of the CPU engine failed: unreachable/);
    expect((trap.cause as Error).stack).toContain('cpu-engine.test');
  });

  it('[ENG9] holds few batches at a time, however many photons there are and however slow the sink', async () => {
    let [asked, taken, most] = [0, 0, 0];
    const counted: PhotonSource = {
      ...source,
      count: 1e12,
      batch: (first, count) => {
        most = Math.max(most, ++asked - taken);
        return source.batch(first % 1e5, count);
      },
    };
    const controller = new AbortController();
    const request = {
      seed: 1n,
      source: counted,
      threads: 2,
      batchSize: 10,
      signal: controller.signal,
    };
    const propagation = createCpuEngine().propagate(scene, request, async () => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      if (++taken === 50) controller.abort(new Error('seen enough'));
    });
    await expect(propagation).rejects.toThrow('seen enough');
    expect(most).toBeLessThanOrEqual(9);
  });
});
