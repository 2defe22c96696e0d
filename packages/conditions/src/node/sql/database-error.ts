import { ConditionsError, type ConditionsErrorKind } from '../../errors.ts';
import { overlapConstraint } from './migrations.ts';

/** What the codes of PostgreSQL mean for who asked: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const meanings: readonly (readonly [
  code: RegExp,
  kind: ConditionsErrorKind,
  what: string,
  hint?: string,
])[] = [
  [
    /^23P01$/,
    'conflict',
    'it overlaps what another writer has put there',
    'look again, then ask again',
  ],
  [/^23/, 'conflict', 'the database refuses it, since another writer came first', 'ask again'],
  [/^(40001|40P01)$/, 'conflict', 'two writers stood in each other’s way', 'ask again'],
  [/^22(021|P05)$/, 'invalid', 'text that a database cannot hold', 'no NUL, no half surrogates'],
  [/^22/, 'invalid', 'a value that the database cannot hold'],
  [/^53100$/, 'unavailable', 'the disk of the database is full', 'make room, then ask again'],
  [/^55P03$/, 'unavailable', 'another writer holds the log', 'ask again later'],
  [
    /^(28|3D000|42501)/,
    'unavailable',
    'the database does not let us in',
    'name, password and rights of the URL',
  ],
  [
    /^58(P01|030)$/,
    'unavailable',
    'the disk of the database takes no more',
    'make room, then ask again',
  ],
  [/^(08|53|57P|58)/, 'unavailable', 'the database does not answer'],
  [
    /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ENOENT)/,
    'unavailable',
    'the database cannot be reached',
    'whether it runs, and its URL',
  ],
  [
    /^(ENOSPC|EDQUOT|EFBIG|EIO|EROFS)$/,
    'unavailable',
    'the disk of the database takes no more',
    'make room, then ask again',
  ],
];

/** An error of the database as one of conditions; what is none stays what it is. */
export function conditionsErrorOf(error: unknown, where: string): unknown {
  if (error instanceof ConditionsError || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const constraint = 'constraint' in error ? error.constraint : undefined;
  const meaning = meanings.find(([pattern]) => pattern.test(code)) ?? meaningOfText(error);
  if (!meaning) return error;
  const [, kind, what, hint] = meaning;
  const isOverlap = constraint === overlapConstraint;
  return new ConditionsError(kind, {
    what: isOverlap
      ? 'it overlaps a production calibration that another writer has put there'
      : what,
    where,
    given: error.message,
    hint: hint || undefined,
    cause: error,
  });
}

/** What is said without a code of its own: by the system below PostgreSQL, by PGlite, by node-postgres. */
const sayings: readonly (readonly [text: RegExp, what: string, hint?: string])[] = [
  [
    /File too large|No space left on device|Disk quota exceeded/,
    'the disk of the database takes no more',
    'make room, then ask again',
  ],
  [
    /PGlite failed to initialize|initdb/i,
    'the embedded database does not start',
    'whether its disk is full',
  ],
  [
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|PGlite is clos/i,
    'the database does not answer',
  ],
];

function meaningOfText(error: Error): (typeof meanings)[number] | undefined {
  const saying = sayings.find(([text]) => text.test(error.message));
  return saying && [/^/, 'unavailable', saying[1], saying[2] ?? ''];
}
