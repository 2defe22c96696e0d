import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Conditions } from '../../conditions.ts';
import { ConditionsError } from '../../errors.ts';
import { calibrationComparison } from '../../payload/compare-calibrations.ts';
import { glastRegistry } from '../../payload/glast/glast-registry.ts';
import type { PayloadStore } from '../../store/payload-store.ts';
import { DirectoryPayloadStore } from '../files/directory-payload-store.ts';
import { fileErrorOf } from '../files/file-error.ts';
import { type Database, openPglite, openPostgres } from '../sql/database.ts';
import { SqlMetadataStore } from '../sql/sql-metadata-store.ts';
import { folderOf, type HomeConfig, readHomeConfig } from './home-config.ts';
import { readHomeDtds } from './home-dtds.ts';
import { HomeLock } from './home-lock.ts';

/**
 * Opens the conditions under a home: by default PGlite in `<home>/conditions/db`, which one process at a time has open, and
 * payloads in `<home>/conditions/payloads`; elsewhere where `<home>/conditions/config.json` or the settings say so. What is
 * not there is made. DTDs of XML payloads are those of `<home>/conditions/dtds`. Close it with `dispose`.
 *
 * @param settings stand before those of the file
 * @throws ConditionsError `unavailable` where another process has it open, or a database does not answer; `invalid` for a
 * configuration that makes no sense
 */
export async function openConditions(home: string, settings: HomeConfig = {}): Promise<Conditions> {
  const folder = join(home, 'conditions');
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw fileErrorOf(error, folder);
  }
  const config: HomeConfig = { ...(await readHomeConfig(folder)), ...settings };
  const payloads = await openPayloads(config.payloads ?? 'payloads', folder);
  const registry = glastRegistry(await readHomeDtds(join(folder, 'dtds')));
  const database =
    config.metadata === undefined
      ? await openEmbedded(folder)
      : await openPostgres(config.metadata, { schema: config.schema });
  const compare = calibrationComparison(payloads, registry);
  return new Conditions(new SqlMetadataStore(database), payloads, compare);
}

/** How long a command waits for another one that is about to end, ms. */
const patience = 5_000;

async function openEmbedded(folder: string): Promise<Database> {
  const lock = await HomeLock.take(folder, patience);
  try {
    const database = await openPglite(join(folder, 'db'));
    return {
      ...database,
      close: async () => {
        try {
          await database.close();
        } finally {
          await lock.release();
        }
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * The store of payloads that a text names: a folder, or `s3://bucket/prefix?endpoint=URL&region=NAME`, with the credentials
 * that the AWS SDK finds.
 *
 * @param folder what a relative folder is relative to
 * @throws ConditionsError `invalid`
 */
export async function openPayloads(location: string, folder: string): Promise<PayloadStore> {
  if (!/^[a-z0-9+.-]{2,}:\/\//i.test(location)) {
    return new DirectoryPayloadStore(folderOf(location, folder));
  }
  const url = URL.canParse(location) ? new URL(location) : undefined;
  if (url?.protocol !== 's3:' || url.hostname === '') {
    throw new ConditionsError('invalid', {
      what: 'no place for payloads',
      given: `'${location}'`,
      expected: 'a folder, or s3://bucket/prefix?endpoint=URL&region=NAME',
    });
  }
  const { S3PayloadStore } = await import('../s3/s3-payload-store.ts');
  const prefix = url.pathname.slice(1);
  return new S3PayloadStore({
    bucket: url.hostname,
    prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`,
    endpoint: url.searchParams.get('endpoint') ?? undefined,
    region: url.searchParams.get('region') ?? undefined,
  });
}
