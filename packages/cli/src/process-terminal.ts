import process from 'node:process';
import type { Terminal } from './command.ts';

const defaultColumns = 80;

/** The folder for all state where nothing else is said. */
export const defaultHome = '.lantern';

/** The terminal that the process has. Settings are read here, once. */
export function processTerminal(signal: AbortSignal): Terminal {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', endOnClosedPipe);
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    interactive: process.stderr.isTTY === true,
    columns: process.stderr.columns || defaultColumns,
    signal,
    home: process.env.LANTERN_HOME || defaultHome,
    realSurfaceFolder: process.env.G4REALSURFACEDATA || undefined,
    dichroicFile: process.env.G4DICHROICDATA || undefined,
    server: process.env.LANTERN_SERVER || undefined,
    token: process.env.LANTERN_TOKEN || undefined,
  };
}

/** Whoever reads the output may stop early: `lantern … | head`. */
function endOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}
