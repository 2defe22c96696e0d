/** The CPU engine's worker in a browser: the same kernel, the same protocol. */
import { type ToWorker, transferables } from './worker-protocol.ts';
import { createWorkerSide } from './worker-side.ts';

const answer = createWorkerSide();
self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  const reply = answer(data);
  self.postMessage(reply, { transfer: transferables(reply) });
});
