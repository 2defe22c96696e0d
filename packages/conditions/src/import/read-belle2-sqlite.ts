import { ConditionsError } from '../errors.ts';
import type { TagState } from '../model/tag.ts';
import type { ConditionsBundle } from './conditions-bundle.ts';
import { type Belle2Iov, type Belle2Options, belle2Bundle } from './read-belle2.ts';

/** What basf2 writes into the header of its files. */
const applicationId = 0xb2cdb;
const schemaVersion = 1;
const states: readonly TagState[] = [
  'OPEN',
  'TESTING',
  'VALIDATED',
  'PUBLISHED',
  'RUNNING',
  'INVALID',
];

/**
 * Reads a file of metadata of basf2 (`b2conditionsdb download`: SQLite, application id 0xb2cdb, version 1): its global tags,
 * their payloads and intervals.
 *
 * @throws ConditionsError `invalid` where it is not such a file
 */
export async function readBelle2Sqlite(
  bytes: Uint8Array,
  file: string,
  options: Belle2Options = {},
): Promise<ConditionsBundle> {
  const { default: initialize } = await import('sql.js');
  const database = new (await initialize()).Database(bytes);
  const fail = (what: string, given?: string, expected?: string): never => {
    throw new ConditionsError('invalid', { what, where: file, given, expected });
  };
  const query = (sql: string): readonly (readonly unknown[])[] => {
    try {
      return database.exec(sql)[0]?.values ?? [];
    } catch (cause) {
      throw new ConditionsError('invalid', {
        what: `not a metadata file of Belle II: ${cause instanceof Error ? cause.message : cause}`,
        where: file,
        cause,
      });
    }
  };
  try {
    const id = Number(query('PRAGMA application_id')[0]?.[0]);
    if (id !== applicationId)
      fail('not a metadata file of Belle II', `application id ${id}`, String(applicationId));
    const version = Number(query('PRAGMA user_version')[0]?.[0]);
    if (version !== schemaVersion)
      fail('version of the file', String(version), String(schemaVersion));
    const tags = new Map(
      query('SELECT globalTagName, globalTagStatus FROM globaltags ORDER BY globalTagName').map(
        ([name, status]): [string, TagState] => {
          const state = states.find((known) => known === String(status));
          return [String(name), state ?? fail('state of a tag', String(status), states.join(', '))];
        },
      ),
    );
    const iovs = query(
      'SELECT globalTagName, payloadName, revision, checksum, payloadUrl, firstExp, firstRun, finalExp, finalRun FROM iov_payloads ORDER BY payloadName, revision, firstExp, firstRun, finalExp, finalRun',
    ).map(
      ([tag, name, revision, checksum, url, a, b, c, d]): Belle2Iov => ({
        tag: String(tag),
        name: String(name),
        revision: Number(revision),
        bounds: [Number(a), Number(b), Number(c), Number(d)],
        file: String(url).replace(/^\/+/, ''),
        md5: String(checksum),
        where: `${file}: ${name} revision ${revision}`,
      }),
    );
    return belle2Bundle(iovs, tags, options);
  } finally {
    database.close();
  }
}
