import { LanternError } from '@lantern/units';

/** The command line is wrong: exit code 2. */
export class UsageError extends LanternError {}

/** A signal stopped the work: the exit code is that of a process that the signal ended. */
export class Interrupted extends LanternError {
  /** 128 + the signal's number: 130 for Ctrl-C. */
  readonly exitCode: number;

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super({ what: signal === 'SIGINT' ? 'stopped by Ctrl-C' : 'stopped by SIGTERM' });
    this.exitCode = signal === 'SIGINT' ? 130 : 143;
  }
}
