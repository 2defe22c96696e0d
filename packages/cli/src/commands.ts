import type { Command } from './command.ts';
import { simulateCommand } from './simulate.ts';

/** All commands of `lantern`, in the order of the help. */
export const commands: readonly Command[] = [simulateCommand];
