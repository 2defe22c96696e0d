/** The `lantern` command: started by bin/lantern.js. */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { commands } from './commands.ts';
import { interruptSignal } from './interrupts.ts';
import { processTerminal } from './process-terminal.ts';
import { runLantern } from './run.ts';

const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
const { version } = JSON.parse(manifest) as { readonly version: string };
const terminal = processTerminal(interruptSignal());
process.exitCode = await runLantern({ commands, version }, process.argv.slice(2), terminal);
