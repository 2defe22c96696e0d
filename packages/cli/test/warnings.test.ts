import { describe, expect, it } from 'vitest';
import { ProgressBar } from '../src/progress-bar.ts';
import { Warnings } from '../src/warnings.ts';
import { fakeTerminal } from './fake-terminal.ts';

describe('warnings', () => {
  it('[CLI11] are shown each once, in one line, above the bar', () => {
    const terminal = fakeTerminal({ interactive: true });
    const bar = new ProgressBar(terminal, 'photons');
    bar.update(1, 2);
    const warnings = new Warnings(terminal);
    warnings.show(['one', 'two\n  lines', 'one'], bar);
    warnings.show(['one'], bar);
    bar.clear();
    warnings.close('');
    const lines = terminal.written.err.split('\n');
    expect(lines.map((line) => line.split('\u001b[K').at(-1))).toEqual([
      'warning: one',
      'warning: two lines',
      '',
    ]);
    expect(lines[2]).toContain('1 of 2 photons');
  });

  it('[CLI11] are ten at most, then their number', () => {
    const terminal = fakeTerminal();
    const warnings = new Warnings(terminal);
    warnings.show(Array.from({ length: 13 }, (_, i) => `number ${i}`));
    warnings.close(', all in summary.json');
    const lines = terminal.written.err.trimEnd().split('\n');
    expect(lines).toHaveLength(11);
    expect(lines[9]).toBe('warning: number 9');
    expect(lines[10]).toBe('warning: and 3 more warnings, all in summary.json');
  });
});
