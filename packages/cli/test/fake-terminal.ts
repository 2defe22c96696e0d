import type { Terminal } from '../src/command.ts';

/** A terminal that keeps what is written to it. */
export interface FakeTerminal extends Terminal {
  readonly written: { out: string; err: string };
}

/** A terminal for tests. */
export function fakeTerminal(parts: Partial<Terminal> = {}): FakeTerminal {
  const written = { out: '', err: '' };
  return {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    interactive: false,
    columns: 80,
    signal: new AbortController().signal,
    home: '.lantern',
    written,
    ...parts,
  };
}
