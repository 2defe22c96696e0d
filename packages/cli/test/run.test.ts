import { LanternError } from '@lantern/units';
import { describe, expect, it } from 'vitest';
import type { Command } from '../src/command.ts';
import { Interrupted } from '../src/errors.ts';
import { runLantern } from '../src/run.ts';
import { fakeTerminal } from './fake-terminal.ts';

const calls: string[] = [];

const paint: Command = {
  name: 'paint',
  summary: 'Paint a wall.',
  operands: ['WALL'],
  options: {
    colour: { value: 'NAME', doc: 'Of the paint. Default: white.' },
    twice: { doc: 'Two layers.' },
  },
  examples: [['lantern paint north --colour red', 'The north wall, red.']],
  run: async (args, { home, out }) => {
    calls.push(`${args.operands[0]} ${args.option('colour')} ${args.has('twice')} ${home}`);
    out('done\n');
    return 0;
  },
};

const failing = (name: string, error: unknown): Command => ({
  name,
  summary: 'Fail.',
  operands: [],
  options: {},
  examples: [],
  run: async () => {
    throw error;
  },
});

const lantern = {
  version: '1.2.3',
  commands: [
    paint,
    failing(
      'wall check',
      new LanternError({ what: 'a crack', where: 'wall.gdml:3', given: '2 mm' }),
    ),
    failing('wall build', new TypeError('x is not a\n  function')),
    failing('wait', new Interrupted('SIGINT')),
  ],
};

async function lanternRun(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = fakeTerminal();
  const code = await runLantern(lantern, words, terminal);
  return { code, ...terminal.written };
}

describe('lantern', () => {
  it('[CLI1] runs a command with its operands and options, and gives its exit code', async () => {
    calls.length = 0;
    expect(await lanternRun('paint', 'north', '--colour=red', '--twice')).toMatchObject({
      code: 0,
      out: 'done\n',
      err: '',
    });
    await lanternRun('paint', '--colour', 'blue', '--home', 'there', '--', '-south');
    expect(calls).toEqual(['north red true .lantern', '-south blue false there']);
  });

  it.each([
    [['paint', 'north', '--color', 'red'], 'given --color (did you mean --colour?)'],
    [['paint', 'north', '--wholly'], "given --wholly ('lantern paint --help' lists its options)"],
    [['paint', 'north', '-c', 'red'], 'given -c'],
    [['paint'], 'WALL is missing: expected lantern paint WALL [options]'],
    [['paint', 'north', 'south'], "too many arguments: given 'south'"],
    [['paint', 'north', '--colour'], '--colour needs a value: expected --colour NAME'],
    [['paint', 'north', '--colour='], '--colour needs a value'],
    [['paint', 'north', '--twice=yes'], "--twice takes no value: given 'yes'"],
    [['paint', 'north', '--twice', '--twice'], '--twice is given twice'],
    [['paint', 'north', '--toString'], 'unknown option'],
    [
      ['pain'],
      "unknown command: given 'pain', expected one of paint, wall check, wall build, wait (did you mean 'lantern paint'?)",
    ],
    [['wall'], "incomplete command: given 'wall', expected one of wall check, wall build"],
    [['wall', 'chek'], "(did you mean 'lantern wall check'?)"],
    [['help', 'nothing'], "given 'nothing'"],
  ])(
    '[CLI2] exits with 2 for wrong usage, saying what and what instead: %j',
    async (words, message) => {
      const { code, out, err } = await lanternRun(...words);
      expect(err).toContain(message);
      expect(err.trimEnd().split('\n')).toHaveLength(1);
      expect({ code, out }).toEqual({ code: 2, out: '' });
    },
  );

  it.each([[['help', 'wall']], [['wall', '--help']]])(
    '[CLI13] lists the commands of a group: %j',
    async (words) => {
      const { code, out, err } = await lanternRun(...words);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(/wall check .*\n.*wall build /);
      expect(out).not.toContain('paint');
    },
  );

  it('[CLI3] exits with 1 for any other error, in one line without a stack', async () => {
    expect(await lanternRun('wall', 'check')).toEqual({
      code: 1,
      out: '',
      err: 'lantern: wall.gdml:3: a crack: given 2 mm\n',
    });
    const { code, err } = await lanternRun('wall', 'build');
    expect(code).toBe(1);
    expect(err).toContain('lantern: x is not a function\n');
    expect(err).toContain('--debug');
    expect(err).not.toContain('    at ');
  });

  it('[CLI3] shows the stack under --debug', async () => {
    const { code, err } = await lanternRun('wall', 'build', '--debug');
    expect(code).toBe(1);
    expect(err).toMatch(/^lantern: x is not a function\nTypeError: x/);
    expect(err).toContain('    at ');
  });

  it('[CLI4] exits with 130 after Ctrl-C', async () => {
    expect(await lanternRun('wait')).toMatchObject({
      code: 130,
      err: 'lantern: stopped by Ctrl-C\n',
    });
  });

  it.each([[[]], [['help']], [['--help']], [['-h']]])(
    '[CLI5] lists the commands: %j',
    async (words) => {
      const { code, out } = await lanternRun(...words);
      expect(code).toBe(0);
      expect(out).toContain('  paint       Paint a wall.\n');
    },
  );

  it.each([[['paint', '--help']], [['paint', '-h']], [['help', 'paint']]])(
    '[CLI5] shows the help of a command with its examples: %j',
    async (words) => {
      const { code, out } = await lanternRun(...words);
      expect(code).toBe(0);
      expect(out).toContain('Usage: lantern paint WALL [options]');
      expect(out).toContain('  --colour NAME  Of the paint. Default: white.\n');
      expect(out).toContain('  lantern paint north --colour red\n');
      expect(out).toContain('--home DIR');
    },
  );

  it('[CLI5] says its version', async () => {
    expect(await lanternRun('--version')).toEqual({ code: 0, out: 'lantern 1.2.3\n', err: '' });
  });
});
