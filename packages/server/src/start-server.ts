import { join } from 'node:path';
import type { Conditions } from '@lantern/conditions';
import { application } from './application.ts';
import { AuditFile } from './audit/audit-log.ts';
import { LogState } from './caching/log-state.ts';
import { HsfBook } from './hsf/hsf-book.ts';
import type { ServerSettings } from './http/settings.ts';
import { TokenFile } from './identity/token-file.ts';
import { type Listening, type ListenOptions, listen } from './listen.ts';

/** A server to start. */
export interface ServerParts extends ListenOptions {
  /** What it serves; whoever opened it closes it, after the server. */
  readonly conditions: Conditions;
  /** Of Lantern. */
  readonly version: string;
  /** The folder for all state: its tokens, audit and settings are in `<home>/server`. */
  readonly home: string;
  readonly settings: ServerSettings;
  /** Told of every fault of the server's own. */
  report(error: unknown, incident: string): void;
}

/** Starts a server with the tokens, the audit and the façades of a home. @throws ServerError as `listen` does */
export async function startServer(parts: ServerParts): Promise<Listening> {
  const { conditions, home, settings, version, report } = parts;
  const folder = join(home, 'server');
  const audit = new AuditFile(join(folder, 'audit.jsonl'));
  const tokens = new TokenFile(join(folder, 'tokens.json'));
  const hsf =
    settings.hsfInstrument === undefined
      ? undefined
      : await HsfBook.open(join(folder, 'hsf.jsonl'));
  const state = await LogState.open(conditions);
  const app = application({ conditions, state, settings, tokens, audit, hsf, version, report });
  const close = async () => {
    await state.close();
    await audit.close();
    await hsf?.close();
  };
  try {
    const listening = await listen((request, env) => app.fetch(request, env), parts);
    return {
      ...listening,
      close: async () => {
        await listening.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
