import { Mirror } from '@lantern/conditions';
import type { Arguments, Command, Terminal } from '../command.ts';
import { ProgressBar } from '../progress-bar.ts';

/** `lantern conditions mirror URL`: all that a server has, for this home. */
export const mirrorCommand: Command = {
  name: 'conditions mirror',
  summary: 'Copy what a server has into the home, or what is new there since the last time.',
  operands: ['URL'],
  options: {},
  notes:
    "Rows, tags and payloads, under the same numbers: the answers are those of the server. It may be\nstopped at any moment, and goes on where it was. 'lantern serve --mirror URL' does the same for ever,\nand serves it.",
  examples: [['lantern conditions mirror https://conditions.experiment', 'For a laptop.']],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const servers = (args.operands[0] ?? '').split(',');
  const { token, signal } = terminal;
  const { openConditions } = await import('@lantern/conditions/node');
  const conditions = await openConditions(terminal.home);
  const bar = new ProgressBar(terminal, 'events');
  try {
    const { metadata, payloads } = conditions;
    let lacking = 0;
    const missing = (): void => {
      lacking++;
    };
    const mirror = new Mirror({ servers, token, metadata, payloads, missing });
    const { seq: before } = await metadata.head();
    for (;;) {
      signal.throwIfAborted();
      const { seq, of } = await mirror.step();
      bar.update(seq, of);
      if (seq < of) continue;
      bar.clear();
      terminal.out(`${seq - before} new events, ${seq} in all\n`);
      if (lacking > 0) terminal.err(`${lacking} payloads are not on the server either\n`);
      return 0;
    }
  } finally {
    bar.clear();
    await conditions.dispose();
  }
}
