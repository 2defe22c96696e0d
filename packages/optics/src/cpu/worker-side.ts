import { Kernel } from './kernel.ts';
import { carryError, type FromWorker, type ToWorker } from './worker-protocol.ts';

/** What a worker does with a message, whatever kind of worker: one kernel, bound to the scene by `start`. */
export function createWorkerSide(): (message: ToWorker) => FromWorker {
  let kernel: Kernel | undefined;
  return (message) => {
    try {
      if (message.type === 'start') {
        kernel = new Kernel(message.module, message.scene, message.settings);
        return { type: 'ready' };
      }
      if (!kernel) throw new Error('a batch came before the scene');
      const { first, count, input, cuts, spare } = message;
      return {
        type: 'done',
        result: kernel.propagate(first, count, input, cuts, spare),
      };
    } catch (error) {
      return { type: 'failed', error: carryError(error) };
    }
  };
}
