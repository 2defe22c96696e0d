import { Interrupted } from './errors.ts';

/**
 * A signal that Ctrl-C (or SIGTERM) aborts, so that the work stops at its next batch and closes its files. A second
 * Ctrl-C ends the process at once.
 */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      const reason = new Interrupted(name);
      if (controller.signal.aborted) process.exit(reason.exitCode);
      controller.abort(reason);
    });
  }
  return controller.signal;
}
