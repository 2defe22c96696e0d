/**
 * A process that writes until the disk takes no more: `node fill-writer.ts HOME` registers calibrations with long notes,
 * `node fill-writer.ts --payloads FOLDER` stores payloads. It tells as JSON what it wrote, what the error was, and what can
 * be read after it.
 */
import { randomBytes } from 'node:crypto';
import { ConditionsError } from '../src/index.ts';
import { DirectoryPayloadStore } from '../src/node/files/directory-payload-store.ts';
import { openConditions } from '../src/node/home/open-conditions.ts';

/** What such a process tells. */
export interface FillReport {
  /** Serial numbers, or hashes. */
  readonly written: readonly (number | string)[];
  readonly kind: string;
  readonly message: string;
  /** Whether all that was written can still be read, by the same process. */
  readonly readable: boolean | string;
}

const [first = '', second = ''] = process.argv.slice(2);
const report = first === '--payloads' ? await fillPayloads(second) : await fillRows(first);
process.stdout.write(JSON.stringify(report));

async function fillPayloads(folder: string): Promise<FillReport> {
  const store = new DirectoryPayloadStore(folder);
  return filling(
    async (i) => (await store.put(randomBytes(100_000 * (i + 1)))).sha256,
    async (sha256) => void (await store.get(sha256)),
  );
}

async function fillRows(home: string): Promise<FillReport> {
  const conditions = await openConditions(home);
  const found = await filling(
    async (i) => {
      const draft = {
        instrument: 'LAT',
        calibType: 'long',
        flavor: 'vanilla',
        vstart: BigInt(i),
        dataFmt: 'CSV',
        fmtVersion: '1',
      };
      const many = Array.from({ length: 20 }, (_, k) => ({
        draft: { ...draft, vstart: BigInt(i * 20 + k), notes: randomBytes(32_000).toString('hex') },
      }));
      return (await conditions.registerMany(many, { by: 'filler' })).at(-1)!.calibration.serNo;
    },
    async (serNo) => void (await conditions.row(serNo)),
  );
  await conditions.dispose().catch(() => undefined);
  return found;
}

async function filling<T extends number | string>(
  write: (i: number) => Promise<T>,
  read: (what: T) => Promise<void>,
): Promise<FillReport> {
  const written: T[] = [];
  for (let i = 0; i < 2000; i++) {
    try {
      written.push(await write(i));
    } catch (error) {
      let readable: boolean | string = true;
      try {
        for (const what of written) await read(what);
      } catch (unreadable) {
        readable = String(unreadable);
      }
      const kind =
        error instanceof ConditionsError
          ? error.kind
          : `no error of conditions: ${(error as Error).name}`;
      return { written, kind, message: String((error as Error).message), readable };
    }
  }
  return { written, kind: 'none', message: 'the disk is endless', readable: true };
}
