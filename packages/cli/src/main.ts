/** The `lantern` command: started by bin/lantern.js. */
import process from 'node:process';
import { commands } from './commands.ts';
import { interruptSignal } from './interrupts.ts';
import { processTerminal } from './process-terminal.ts';
import { runLantern } from './run.ts';
import { version } from './version.ts';

const terminal = processTerminal(interruptSignal());
process.exitCode = await runLantern({ commands, version }, process.argv.slice(2), terminal);
