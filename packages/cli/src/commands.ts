import type { Command } from './command.ts';
import { closeCommand, deprecateCommand, promoteCommand } from './conditions/change-row.ts';
import { checkCommand } from './conditions/check.ts';
import { coverageCommand } from './conditions/coverage.ts';
import { declareCommand } from './conditions/declare.ts';
import { diffCommand } from './conditions/diff.ts';
import { explainCommand } from './conditions/explain.ts';
import { exportCommand } from './conditions/export.ts';
import { findCommand } from './conditions/find.ts';
import { importCommand } from './conditions/import.ts';
import { listCommand } from './conditions/list.ts';
import { mirrorCommand } from './conditions/mirror.ts';
import { registerCommand } from './conditions/register.ts';
import { showCommand } from './conditions/show.ts';
import { snapshotCommand } from './conditions/snapshot.ts';
import { supersedeCommand } from './conditions/supersede.ts';
import {
  tagCreateCommand,
  tagListCommand,
  tagMoveCommand,
  tagPutCommand,
  tagRemoveCommand,
  tagShowCommand,
  tagUpdateCommand,
} from './conditions/tag-commands.ts';
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
  registerCommand,
  findCommand,
  listCommand,
  showCommand,
  supersedeCommand,
  closeCommand,
  promoteCommand,
  deprecateCommand,
  checkCommand,
  declareCommand,
  tagCreateCommand,
  tagListCommand,
  tagShowCommand,
  tagPutCommand,
  tagRemoveCommand,
  tagMoveCommand,
  tagUpdateCommand,
  diffCommand,
  coverageCommand,
  explainCommand,
  snapshotCommand,
  importCommand,
  exportCommand,
  mirrorCommand,
  serveCommand,
  tokenCreateCommand,
  tokenListCommand,
  tokenRevokeCommand,
];
