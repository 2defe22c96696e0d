import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CalibrationDraft,
  Conditions,
  MemoryMetadataStore,
  MemoryPayloadStore,
  parseMoment,
} from '@lantern/conditions';
import { onTestFinished } from 'vitest';
import { application } from '../src/application.ts';
import { AuditFile } from '../src/audit/audit-log.ts';
import { LogState } from '../src/caching/log-state.ts';
import { HsfBook } from '../src/hsf/hsf-book.ts';
import { defaultSettings, type ServerSettings } from '../src/http/settings.ts';
import type { Role } from '../src/identity/identity.ts';
import { TokenFile } from '../src/identity/token-file.ts';
import { listen } from '../src/listen.ts';

/** A server of conditions in memory, with what tests ask of it. */
export interface SomeServer {
  readonly conditions: Conditions;
  readonly url: string;
  readonly folder: string;
  readonly faults: unknown[];
  /** Requests that came, in order: `GET /api/…`. */
  readonly requests: string[];
  token(...roles: Role[]): Promise<string>;
  close(): Promise<void>;
}

/** Listens on this machine until the test ends. */
export async function someServer(
  settings: Partial<ServerSettings> = {},
  conditions: Conditions = memoryConditions(),
): Promise<SomeServer> {
  const folder = await mkdtemp(join(tmpdir(), 'lantern-server-'));
  const tokens = new TokenFile(join(folder, 'tokens.json'));
  const audit = new AuditFile(join(folder, 'audit.jsonl'));
  const faults: unknown[] = [];
  const requests: string[] = [];
  const state = await LogState.open(conditions);
  const hsf = await HsfBook.open(join(folder, 'hsf.jsonl'));
  const app = application({
    hsf,
    conditions,
    state,
    version: '0',
    settings: { ...defaultSettings, ...settings },
    tokens,
    audit,
    report: (error) => faults.push(error),
  });
  const { url, close } = await listen((request, env) => {
    const { pathname, search } = new URL(request.url);
    requests.push(`${request.method} ${pathname}${search}`);
    return app.fetch(request, env);
  });
  const end = async () => {
    await close();
    await state.close();
    await audit.close();
    await hsf.close();
    await rm(folder, { recursive: true, force: true });
  };
  onTestFinished(end);
  return {
    conditions,
    url,
    folder,
    faults,
    requests,
    token: async (...roles) => (await tokens.create('tester', roles)).token,
    close: end,
  };
}

/** Empty conditions in memory. */
export function memoryConditions(): Conditions {
  return new Conditions(new MemoryMetadataStore(), new MemoryPayloadStore());
}

/** A draft with what the tests do not care about. */
export function someDraft(given: Partial<CalibrationDraft> = {}): CalibrationDraft {
  return {
    instrument: 'LAT',
    calibType: 'CAL_Ped',
    flavor: 'vanilla',
    vstart: parseMoment('2003-01-10'),
    procLevel: 'production',
    dataFmt: 'XML',
    fmtVersion: 'v1',
    ...given,
  };
}

/** Bytes of a text. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
