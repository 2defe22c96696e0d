import type { Command } from './command.ts';
import { displayCommand } from './display/display.ts';
import { geometryCheckCommand } from './geometry-check.ts';
import { geometryInfoCommand } from './geometry-info.ts';
import { geometryWriteCommand } from './geometry-write.ts';
import { gpusCommand } from './gpus.ts';
import { serveCommand } from './server/serve.ts';
import { tokenCreateCommand } from './server/token-create.ts';
import { tokenListCommand } from './server/token-list.ts';
import { tokenRevokeCommand } from './server/token-revoke.ts';
import { simulateCommand } from './simulate.ts';
import { startCommand } from './start/start.ts';
import { validateCommand } from './validate/validate.ts';

/** All commands of `lantern`, in the order of the help. */
export const commands: readonly Command[] = [
  startCommand,
  simulateCommand,
  displayCommand,
  gpusCommand,
  validateCommand,
  geometryInfoCommand,
  geometryCheckCommand,
  geometryWriteCommand,
  serveCommand,
  tokenCreateCommand,
  tokenListCommand,
  tokenRevokeCommand,
];
