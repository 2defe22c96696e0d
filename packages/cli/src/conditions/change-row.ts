import { type Calibration, type ConditionsAccess, parsePosition } from '@lantern/conditions';
import type { Arguments, Command, Terminal } from '../command.ts';
import { author, jsonOption, readSerNo, required, writerOptions } from './conditions-options.ts';
import { withConditions } from './open-conditions.ts';
import { readLevel } from './register.ts';
import { printedRow } from './row-table.ts';

const reason = { value: 'TEXT', doc: 'Why, for the log.' };
const common = { reason, ...writerOptions, json: jsonOption };

/** `lantern conditions close SERNO`: its validity ends earlier. */
export const closeCommand: Command = {
  name: 'conditions close',
  summary: 'End the validity of a calibration earlier.',
  operands: ['SERNO'],
  options: { vend: { value: 'ISO', doc: 'Where it ends, or RUN. Required.' }, ...common },
  examples: [['lantern conditions close 17 --vend 2003-02-01T00:00:00Z', 'It ends there.']],
  run: (args, terminal) =>
    change(args, terminal, async (conditions, serNo) => {
      const { axis } = await conditions.row(serNo);
      const vend = parsePosition(required(args, 'vend'), axis, '--vend');
      return await conditions.close(serNo, vend, author(args));
    }),
};

/** `lantern conditions deprecate SERNO`: it is not found any more. */
export const deprecateCommand: Command = {
  name: 'conditions deprecate',
  summary: 'Say that a calibration must not be used any more.',
  operands: ['SERNO'],
  options: { ...common, reason: { value: 'TEXT', doc: 'Why. Required.' } },
  examples: [['lantern conditions deprecate 17 --reason "wrong cable map"', 'Never found again.']],
  run: (args, terminal) =>
    change(args, terminal, async (conditions, serNo) => {
      required(args, 'reason');
      return await conditions.deprecate(serNo, author(args));
    }),
};

/** `lantern conditions promote SERNO`: another level. */
export const promoteCommand: Command = {
  name: 'conditions promote',
  summary: 'Give a calibration another level, by the rules of its type.',
  operands: ['SERNO'],
  options: {
    level: { value: 'LEVEL', doc: 'production, development, test, superseded. Required.' },
    ...common,
  },
  examples: [['lantern conditions promote 17 --level production', 'It is used from now on.']],
  run: (args, terminal) =>
    change(args, terminal, (conditions, serNo) =>
      conditions.promote(serNo, readLevel(required(args, 'level')), author(args)),
    ),
};

async function change(
  args: Arguments,
  terminal: Terminal,
  how: (conditions: ConditionsAccess, serNo: number) => Promise<Calibration>,
): Promise<number> {
  const serNo = readSerNo(args.operands[0] ?? '');
  return await withConditions(args, terminal, async (conditions) => {
    const row = await how(conditions, serNo);
    terminal.out(printedRow(args, row));
    return 0;
  });
}
