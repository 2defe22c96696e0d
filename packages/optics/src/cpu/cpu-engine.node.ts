import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Engine } from '../engine.ts';
import { OpticsError } from '../errors.ts';
import { createCpuEngineOn } from './cpu-engine.ts';
import type { OpenWorker } from './worker-client.ts';
import type { FromWorker } from './worker-protocol.ts';

// The same two levels up from src/cpu, where tests run, and from dist/cpu: workers always run what is built.
const workerUrl = new URL('../../dist/cpu/worker.node.js', import.meta.url);
const kernelUrl = new URL('../../dist/kernel.wasm', import.meta.url);

/** The CPU engine on Node's worker threads. */
export function createCpuEngine(): Engine {
  return createCpuEngineOn({ loadKernel, openWorker });
}

/** @throws OpticsError when the kernel has not been built */
export async function loadKernel(): Promise<WebAssembly.Module> {
  const path = fileURLToPath(kernelUrl);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await readFile(path));
  } catch (cause) {
    throw new OpticsError({
      what: 'the kernel is not built',
      where: path,
      hint: 'run `npm run build`',
      cause,
    });
  }
  return WebAssembly.compile(bytes);
}

const openWorker: OpenWorker = ({ onMessage, onFailure }) => {
  // Flags of the process, such as conditions of the test runner, are not the workers'.
  const worker = new Worker(workerUrl, { execArgv: [], stdout: false, stderr: false });
  let stopping = false;
  worker.on('message', (message: FromWorker) => onMessage(message));
  worker.on('messageerror', onFailure);
  worker.on('error', onFailure);
  worker.on('exit', (code) => {
    if (!stopping) onFailure(new Error(`its thread ended with exit code ${code}`));
  });
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    stop: async () => {
      stopping = true;
      await worker.terminate();
    },
  };
};
