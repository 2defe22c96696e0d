import { type Finding, formatInterval } from '@lantern/conditions';
import type { Arguments, Command, Terminal } from '../command.ts';
import { UsageError } from '../errors.ts';
import { counted, textWidth, wrap } from '../geometry-text.ts';
import { asOfOption, jsonOption, readAsOf } from './conditions-options.ts';

/** `lantern conditions check`: what concerns several rows, or the store as a whole. */
export const checkCommand: Command = {
  name: 'conditions check',
  summary:
    'Look for gaps, overlaps, rows out of reach, payloads missing or changed, misspelt words.',
  operands: [],
  options: {
    instrument: { value: 'NAME', doc: 'Of this instrument only.' },
    type: { value: 'TYPE', doc: 'Of this type only.' },
    flavor: { value: 'NAME', doc: 'Of this flavor only.' },
    payloads: {
      value: 'HOW',
      doc: 'read: hash all of them (default); look: only whether they are there; skip.',
    },
    log: { doc: 'Tell the whole log again, and compare it with what the store answers.' },
    'as-of': asOfOption,
    json: jsonOption,
  },
  notes: 'The exit code is 1 when there is an error.',
  examples: [
    ['lantern conditions check', 'Everything.'],
    ['lantern conditions check --type CAL_Ped --payloads skip', 'One type, its rows only.'],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const { openConditions } = await import('@lantern/conditions/node');
  const conditions = await openConditions(terminal.home);
  try {
    const findings: Finding[] = [];
    const question = {
      instrument: args.option('instrument'),
      calibType: args.option('type'),
      flavor: args.option('flavor'),
      payloads: readDepth(args.option('payloads')),
      log: args.has('log'),
      asOf: readAsOf(args),
    };
    for await (const finding of conditions.check(question)) {
      terminal.signal.throwIfAborted();
      findings.push(finding);
      if (!args.has('json')) terminal.out(inWords(finding, terminal.columns));
    }
    if (args.has('json')) terminal.out(`${JSON.stringify(findings.map(toJson), undefined, 2)}\n`);
    else terminal.out(total(findings));
    return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
  } finally {
    await conditions.dispose();
  }
}

const depths = ['read', 'look', 'skip'] as const;

function readDepth(text = 'read'): (typeof depths)[number] {
  const depth = depths.find((word) => word === text);
  if (depth) return depth;
  throw new UsageError({
    what: 'wrong --payloads',
    given: `'${text}'`,
    expected: depths.join(', '),
  });
}

function inWords({ severity, text, hint }: Finding, columns: number): string {
  const line = `${severity}: ${text}${hint ? ` (${hint})` : ''}`;
  return wrap(line, textWidth(columns));
}

function toJson({ interval, series, ...finding }: Finding): unknown {
  return {
    ...finding,
    series,
    interval: interval && series ? formatInterval(interval, series.axis) : undefined,
  };
}

function total(findings: readonly Finding[]): string {
  const counts = (['error', 'warning', 'note'] as const).map((kind) => {
    const n = findings.filter(({ severity }) => severity === kind).length;
    return counted(n, kind);
  });
  return findings.length === 0 ? 'nothing found\n' : `${counts.join(', ')}\n`;
}
