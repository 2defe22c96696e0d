/** The CPU engine's worker thread in Node. */
import { parentPort } from 'node:worker_threads';
import { type ToWorker, transferables } from './worker-protocol.ts';
import { createWorkerSide } from './worker-side.ts';

const answer = createWorkerSide();
parentPort?.on('message', (message: ToWorker) => {
  const reply = answer(message);
  parentPort?.postMessage(reply, transferables(reply));
});
