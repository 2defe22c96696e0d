import type { Engine } from '../engine.ts';
import { createCpuEngineOn } from './cpu-engine.ts';
import type { OpenWorker } from './worker-client.ts';
import type { FromWorker } from './worker-protocol.ts';

const workerUrl = new URL('../../dist/cpu/worker.browser.js', import.meta.url);
const kernelUrl = new URL('../../dist/kernel.wasm', import.meta.url);

/** The CPU engine on a browser's workers; faster where the page is cross-origin isolated, right everywhere. */
export function createCpuEngine(): Engine {
  return createCpuEngineOn({
    loadKernel: () => WebAssembly.compileStreaming(fetch(kernelUrl)),
    openWorker,
  });
}

const openWorker: OpenWorker = ({ onMessage, onFailure }) => {
  const worker = new Worker(workerUrl, { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => onMessage(data));
  worker.addEventListener('messageerror', () => onFailure(new Error('a message was lost')));
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    onFailure(new Error(event.message || 'it could not be loaded'));
  });
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    stop: async () => worker.terminate(),
  };
};
