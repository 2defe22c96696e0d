import { Interrupted } from './errors.ts';

/** `timeout`, npm and terminals send a signal to a process and once more to its group: within this it is the same one. */
const sameSignalMilliseconds = 1000;

/**
 * A signal that Ctrl-C (or SIGTERM) aborts, so that the work stops at its next batch and closes its files. A second
 * Ctrl-C, when it is not the echo of the first, ends the process at once.
 */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  let first = Number.NEGATIVE_INFINITY;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      const reason = new Interrupted(name);
      if (!controller.signal.aborted) {
        first = performance.now();
        controller.abort(reason);
      } else if (performance.now() - first > sameSignalMilliseconds) process.exit(reason.exitCode);
    });
  }
  return controller.signal;
}
