import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { nearest } from '@lantern/units';
import { z } from 'zod';
import { ServerError } from '../errors.ts';
import { type Identity, isRole, type Role } from './identity.ts';
import { hashOfToken, makeToken } from './token.ts';

/** What is kept of a token; the token itself is not. */
export interface TokenRecord {
  /** The first eight digits of its hash. */
  readonly id: string;
  /** Whom it is for. */
  readonly name: string;
  /** SHA-256, 64 hexadecimal digits. */
  readonly hash: string;
  readonly roles: readonly Role[];
  /** ISO 8601, UTC; as are the others. */
  readonly created: string;
  readonly expires: string | null;
  readonly revoked: string | null;
}

interface Tokens {
  readonly version: 1;
  readonly tokens: readonly TokenRecord[];
}

const fileSchema: z.ZodType<Tokens> = z.object({
  version: z.literal(1),
  tokens: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      hash: z.string().regex(/^[0-9a-f]{64}$/),
      roles: z.array(z.custom<Role>((word) => typeof word === 'string' && isRole(word))),
      created: z.string(),
      expires: z.string().nullable(),
      revoked: z.string().nullable(),
    }),
  ),
});

/** How old what is known of the file may be, milliseconds: a revocation holds after this. */
const trustedFor = 1000;

/**
 * The tokens of a server: a JSON file with their hashes, readable by its owner alone. `lantern token` writes it while a
 * server reads it: whole files change places, and one writes at a time.
 */
export class TokenFile {
  readonly path: string;
  #known = new Map<string, TokenRecord>();
  #stamp = '';
  #checked = Number.NEGATIVE_INFINITY;
  #refreshing: Promise<void> | undefined;

  /** @param path `<home>/server/tokens.json`; there need not be one */
  constructor(path: string) {
    this.path = path;
  }

  /**
   * @param name whom it is for: stands in the log and the audit
   * @param expires undefined: never
   * @returns the token, which is shown this once, and what is kept
   */
  async create(
    name: string,
    roles: readonly Role[],
    expires?: Date,
  ): Promise<{ readonly token: string; readonly record: TokenRecord }> {
    if (!/^[\w.@+-]{1,80}$/.test(name))
      throw new ServerError('malformed', {
        what: 'a name that cannot be used',
        given: `'${name}'`,
        expected: '1 to 80 letters, digits and . @ + - _',
      });
    const token = makeToken();
    const hash = hashOfToken(token);
    const record: TokenRecord = {
      id: hash.slice(0, 8),
      name,
      hash,
      roles: [...roles],
      created: new Date().toISOString(),
      expires: expires?.toISOString() ?? null,
      revoked: null,
    };
    await this.#change((tokens) => [...tokens, record]);
    return { token, record };
  }

  /** All that were ever made, oldest first. */
  async list(): Promise<readonly TokenRecord[]> {
    return (await this.#read()).tokens;
  }

  /**
   * @param id of one token, or the name of all of somebody's
   * @returns those that were valid until now
   * @throws ServerError when there is none
   */
  async revoke(id: string): Promise<readonly TokenRecord[]> {
    const now = new Date().toISOString();
    const revoked: TokenRecord[] = [];
    await this.#change((tokens) => {
      if (!tokens.some((token) => token.id === id || token.name === id)) {
        const near = nearest(
          id,
          tokens.flatMap((token) => [token.id, token.name]),
        );
        throw new ServerError('malformed', {
          what: 'there is no such token',
          given: `'${id}'`,
          expected: 'the id or the name of a token',
          hint: near ? `did you mean '${near}'?` : "'lantern token list' shows them",
        });
      }
      return tokens.map((token) => {
        if ((token.id !== id && token.name !== id) || token.revoked !== null) return token;
        const changed = { ...token, revoked: now };
        revoked.push(changed);
        return changed;
      });
    });
    return revoked;
  }

  /** @returns whose token it is; undefined when it is unknown, revoked or expired */
  async identify(token: string): Promise<Identity | undefined> {
    const hash = hashOfToken(token);
    if (performance.now() - this.#checked >= trustedFor) await this.#refreshed();
    // One that was made just now is in the file already.
    if (!this.#known.has(hash)) await this.#refreshed();
    const record = this.#known.get(hash);
    if (!record || record.revoked !== null) return undefined;
    if (record.expires !== null && Date.parse(record.expires) <= Date.now()) return undefined;
    return { who: record.name, by: 'token', roles: record.roles };
  }

  #refreshed(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #refresh(): Promise<void> {
    const found = await stat(this.path).catch(() => undefined);
    const stamp = found ? `${found.mtimeMs} ${found.size} ${found.ino}` : '';
    if (stamp !== this.#stamp) {
      const { tokens } = await this.#read();
      this.#known = new Map(tokens.map((record) => [record.hash, record]));
      this.#stamp = stamp;
    }
    this.#checked = performance.now();
  }

  async #read(): Promise<Tokens> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { version: 1, tokens: [] };
      throw new ServerError('unavailable', {
        what: 'the tokens cannot be read',
        where: this.path,
        cause,
      });
    }
    try {
      return fileSchema.parse(JSON.parse(text));
    } catch (cause) {
      throw new ServerError('unavailable', {
        what: 'not a file of tokens',
        where: this.path,
        hint: 'nobody is let in with a token until it is repaired or taken away',
        cause,
      });
    }
  }

  async #change(edit: (tokens: readonly TokenRecord[]) => readonly TokenRecord[]): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    const unlock = await lock(`${this.path}.lock`);
    try {
      const { tokens } = await this.#read();
      const text = JSON.stringify({ version: 1, tokens: edit(tokens) }, null, 2);
      const partial = `${this.path}.partial`;
      const file = await open(partial, 'w', 0o600);
      try {
        await file.writeFile(`${text}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(partial, this.path);
    } finally {
      await unlock();
    }
  }
}

/** One writer at a time; a lock that is older than ten seconds is of a process that died. */
async function lock(path: string): Promise<() => Promise<void>> {
  for (const start = Date.now(); ; ) {
    try {
      await (await open(path, 'wx')).close();
      return () => rm(path, { force: true });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
      const age = await stat(path).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age > 10_000) await rm(path, { force: true });
      else if (Date.now() - start > 15_000)
        throw new ServerError('unavailable', {
          what: 'another process is writing the tokens',
          where: path,
        });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
