/**
 * A process that writes until it is killed: `node kill-writer.ts HOME` registers, closes and supersedes calibrations in the
 * home, `node kill-writer.ts --payloads FOLDER` stores payloads. Each line of its output is a promise: what it names is
 * kept. First it looks whether what was promised before, on its input, is there.
 */
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { writeSync } from 'node:fs';
import { stdin } from 'node:process';
import { text } from 'node:stream/consumers';
import { type Conditions, ConditionsError } from '../src/index.ts';
import { DirectoryPayloadStore } from '../src/node/files/directory-payload-store.ts';
import { openConditions } from '../src/node/home/open-conditions.ts';

const [first = '', second = ''] = process.argv.slice(2);
const promised = (await text(stdin)).split('\n').filter(Boolean);
await (first === '--payloads' ? writePayloads(second) : writeRows(first));

/** At once, before anything else happens; a pipe that is full is waited for. */
function say(line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

async function writePayloads(folder: string): Promise<never> {
  const store = new DirectoryPayloadStore(folder);
  for (const sha256 of promised) await store.get(sha256);
  say('ready');
  for (;;) {
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let i = randomInt(1, 30); i > 0; i--) yield randomBytes(randomInt(1, 20_000));
    }
    say((await store.put(randomInt(2) ? chunks() : randomBytes(5000))).sha256);
  }
}

async function writeRows(home: string): Promise<never> {
  const conditions = await openConditions(home);
  await verify(conditions);
  say('ready');
  let { seq } = await conditions.metadata.head();
  for (;;) {
    const draft = {
      instrument: 'LAT',
      calibType: `type ${randomInt(3)}`,
      flavor: 'vanilla',
      vstart: BigInt(++seq) * 1000n + BigInt(randomInt(1000)),
      procLevel: 'production' as const,
      dataFmt: 'CSV',
      fmtVersion: '1',
    };
    const many = Array.from({ length: randomInt(1, 5) }, (_, i) => ({
      draft: { ...draft, vstart: draft.vstart + BigInt(i * 1000) },
      bytes: randomBytes(randomInt(1, 50_000)),
    }));
    seq += many.length;
    const registered = await conditions.registerMany(many, { by: 'writer' });
    say(
      registered
        .map(({ calibration }) => wordOf(calibration.serNo, calibration.payload!.sha256))
        .join('\n'),
    );
    const { calibration } = registered.at(-1)!;
    const { calibration: better } = await conditions.supersede(
      calibration.serNo,
      { draft: {}, bytes: randomBytes(100) },
      { by: 'writer' },
    );
    say(`superseded ${calibration.serNo} ${better.serNo}`);
  }
}

function wordOf(serNo: number, sha256: string): string {
  return `row ${serNo} ${sha256}`;
}

/** Whether the store keeps its promises, and is whole. */
async function verify(conditions: Conditions): Promise<void> {
  for (const line of promised) {
    const [word, serNo, other] = line.split(' ');
    const row = await conditions.row(Number(serNo));
    const holds =
      word === 'row'
        ? row.payload?.sha256 === other
        : row.procLevel === 'superseded' &&
          (await conditions.row(Number(other))).procLevel === 'production';
    if (!holds) throw new Error(`broken promise: ${line}`);
  }
  const { seq } = await conditions.metadata.head();
  const events = await conditions.metadata.events(0, seq + 1);
  if (events.length !== seq || events.some((event, i) => event.seq !== i + 1)) {
    throw new Error(`the log has ${events.length} of ${seq} events`);
  }
  for (const { change } of events) {
    if (change.kind !== 'registered') continue;
    const { serNo, payload } = change.calibration;
    await conditions.row(serNo);
    const bytes = await conditions.payload(payload!.sha256);
    const sum = createHash('sha256').update(bytes).digest('hex');
    if (sum !== payload!.sha256) throw new ConditionsError('corrupt', { what: `row ${serNo}` });
  }
}
