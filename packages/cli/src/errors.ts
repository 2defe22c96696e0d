import { LanternError } from '@lantern/units';
import type { Terminal } from './command.ts';

/** The command line is wrong: exit code 2. */
export class UsageError extends LanternError {}

/** A signal stopped the work: the exit code is that of a process that the signal ended. */
export class Interrupted extends LanternError {
  /** 128 + the signal's number: 130 for Ctrl-C. */
  readonly exitCode: number;
  readonly signal: 'SIGINT' | 'SIGTERM';
  /** Shows, after the line that says so, what was done until then. */
  readonly report: ((terminal: Terminal) => void) | undefined;

  constructor(signal: 'SIGINT' | 'SIGTERM', report?: (terminal: Terminal) => void) {
    super({ what: signal === 'SIGINT' ? 'stopped by Ctrl-C' : 'stopped by SIGTERM' });
    this.signal = signal;
    this.report = report;
    this.exitCode = signal === 'SIGINT' ? 130 : 143;
  }
}
