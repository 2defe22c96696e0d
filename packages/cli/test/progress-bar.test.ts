import { describe, expect, it, vi } from 'vitest';
import { formatProgress, ProgressBar } from '../src/progress-bar.ts';
import { formatCount, formatDuration, formatRate, formatShare, formatTable } from '../src/table.ts';
import { fakeTerminal } from './fake-terminal.ts';

describe('progress bar', () => {
  it('[CLI6] shows the share, the time gone, the rate and the time left within the width of the terminal', () => {
    const progress = { done: 250_000, total: 1_000_000, seconds: 2, unit: 'photons' };
    const line = formatProgress(progress, 100);
    expect(line).toBe(
      '[########......................]  25 %  250,000 of 1,000,000 photons in 2 s, 125 k/s, 6 s left',
    );
    expect(formatProgress({ ...progress, done: 0, seconds: 75.7 }, 60)).toBe(
      '  0 %  0 of 1,000,000 photons in 75 s',
    );
    for (const columns of [20, 40, 60, 80, 200]) {
      expect(formatProgress(progress, columns).length).toBeLessThan(columns);
    }
  });

  it('[CLI6] draws on a terminal only, and takes its line away', () => {
    const pipe = fakeTerminal();
    new ProgressBar(pipe, 'photons').update(1, 2);
    expect(pipe.written.err).toBe('');
    const screen = fakeTerminal({ interactive: true });
    const bar = new ProgressBar(screen, 'photons');
    bar.update(1, 2);
    bar.update(2, 2);
    bar.clear();
    expect(screen.written.err.match(/photons/g)).toHaveLength(1);
    expect(screen.written.err.endsWith('\r\u001b[K')).toBe(true);
  });
});

describe('progress bar while nothing is done', () => {
  it('[CLI6] goes on to show the time, and stops when it is cleared', () => {
    vi.useFakeTimers();
    try {
      const screen = fakeTerminal({ interactive: true });
      const bar = new ProgressBar(screen, 'photons');
      bar.update(0, 1000);
      expect(screen.written.err).toContain('  0 %  0 of 1,000 photons in 0 s');
      vi.advanceTimersByTime(3000);
      expect(screen.written.err).toContain('  0 %  0 of 1,000 photons in 3 s');
      bar.clear();
      const { length } = screen.written.err;
      vi.advanceTimersByTime(3000);
      expect(screen.written.err).toHaveLength(length);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('numbers in words', () => {
  it('are short and have their unit', () => {
    expect(formatCount(1_234_567)).toBe('1,234,567');
    expect([0, 12.345, 250_000, 80.2e6, 3e9].map(formatRate)).toEqual([
      '0',
      '12.3',
      '250 k',
      '80.2 M',
      '3 G',
    ]);
    expect([0.0123, 4.24, 179.7, 200, 7500].map(formatDuration)).toEqual([
      '0.012 s',
      '4.2 s',
      '3 min 0 s',
      '3 min 20 s',
      '2 h 5 min',
    ]);
    expect(formatShare(1, 8)).toBe('12.5 %');
    expect(formatShare(0, 0)).toBe('');
  });

  it('align in a table', () => {
    expect(
      formatTable([
        ['a', '1', ''],
        ['bcd', '12', 'x'],
      ]),
    ).toBe('a     1\nbcd  12  x\n');
  });
});
