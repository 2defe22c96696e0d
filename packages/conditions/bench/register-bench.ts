import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Conditions, Registration } from '../src/index.ts';
import { openConditions } from '../src/node/home/open-conditions.ts';
import { noPostgres, startPostgres } from '../test/postgres-cluster.ts';

/** Registrations on the disk: rows in a database that waits for it, payloads in files. */
export interface RegisterFigures {
  /** `PGlite`, `PostgreSQL`. */
  readonly store: string;
  /** Registered at once. */
  readonly batch: number;
  /** In a second of wall time, of the middle round. */
  readonly registrations: number;
  /** Milliseconds of this process's processor time for each; PostgreSQL's own is not in it. */
  readonly processor: number;
}

/** Of PostgreSQL where its programs are there. */
export async function benchRegister(
  batches: readonly number[],
  rounds: number,
): Promise<RegisterFigures[]> {
  const figures: RegisterFigures[] = [];
  const home = await mkdtemp(join(tmpdir(), 'register-'));
  try {
    const embedded = await openConditions(home);
    figures.push(...(await measure('PGlite', embedded, batches, rounds)));
    await embedded.dispose();
    if (noPostgres === undefined) {
      const cluster = await startPostgres({});
      const conditions = await openConditions(home, { metadata: cluster.url });
      figures.push(...(await measure('PostgreSQL', conditions, batches, rounds)));
      await conditions.dispose();
      await cluster.stop();
    }
  } finally {
    await rm(home, { recursive: true });
  }
  return figures;
}

async function measure(
  store: string,
  conditions: Conditions,
  batches: readonly number[],
  rounds: number,
): Promise<RegisterFigures[]> {
  const figures: RegisterFigures[] = [];
  let count = 0;
  for (const batch of batches) {
    const rates: number[] = [];
    const costs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const many = Array.from({ length: batch }, () => registration(store, count++));
      const [start, cpu] = [performance.now(), process.cpuUsage()];
      await conditions.registerMany(many, { by: 'bench' });
      const { user, system } = process.cpuUsage(cpu);
      rates.push((1000 * batch) / (performance.now() - start));
      costs.push((user + system) / 1000 / batch);
    }
    figures.push({ store, batch, registrations: middle(rates), processor: middle(costs) });
  }
  return figures;
}

/** Production rows of 20 types, each of which ends the one before it; each with a payload of its own. */
function registration(store: string, i: number): Registration {
  const draft = {
    instrument: 'LAT',
    calibType: `Type_${i % 20}`,
    flavor: 'vanilla',
    vstart: BigInt(i) * 60_000_000_000n,
    procLevel: 'production',
    dataFmt: 'CSV',
    fmtVersion: '1',
    creator: 'calibGen v5r1',
    uid: 'expert',
    inputDesc: `run ${i}`,
  } as const;
  return { draft, bytes: new TextEncoder().encode(`${store},${i},${'0.125,'.repeat(500)}`) };
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
