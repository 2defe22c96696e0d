import { ConditionsError } from '../errors.ts';
import { calibrationToJson } from '../json/calibration-json.ts';
import { MemoryMetadataStore } from '../store/memory-metadata-store.ts';
import type { MetadataReader } from '../store/metadata-store.ts';
import { allRows } from './all-rows.ts';
import type { Finding } from './finding.ts';

const page = 1_000;

/**
 * Tells the log again from its first event, and compares what it says with what the store answers: rows and tags that were
 * changed behind its back. [CHK6]
 */
export async function checkLog(reader: MetadataReader): Promise<Finding[]> {
  const { seq, at } = await reader.head();
  const told = new MemoryMetadataStore();
  for (let after = 0; after < seq; ) {
    const events = await reader.events(after, Math.min(page, seq - after));
    const early = events.find(
      ({ change, at: when }) =>
        change.kind === 'registered' && change.calibration.enterTime !== when,
    );
    if (early) return [wrong(`event ${early.seq} registers a calibration of another time`)];
    try {
      if (events.length === 0) return [wrong(`no event ${after + 1} of ${seq}`)];
      await told.follow(events);
    } catch (error) {
      if (!(error instanceof ConditionsError)) throw error;
      return [wrong(`after event ${after}: ${error.message}`)];
    }
    after += events.length;
  }
  return [...(await compareRows(reader, told, at)), ...(await compareTags(reader, told, at))];
}

async function compareRows(
  reader: MetadataReader,
  told: MetadataReader,
  at: bigint,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const seen = new Set<number>();
  for await (const row of allRows(reader, at)) {
    seen.add(row.serNo);
    const other = await told.row(row.serNo);
    const isSame = other && text(calibrationToJson(other)) === text(calibrationToJson(row));
    if (!isSame)
      findings.push(wrong(`calibration ${row.serNo} is not what the log says`, row.serNo));
  }
  for await (const { serNo } of allRows(told)) {
    if (!seen.has(serNo))
      findings.push(wrong(`calibration ${serNo} of the log is not there`, serNo));
  }
  return findings;
}

async function compareTags(
  reader: MetadataReader,
  told: MetadataReader,
  at: bigint,
): Promise<Finding[]> {
  const describe = (tag: object) =>
    text(
      Object.fromEntries(
        Object.entries(tag)
          .sort()
          .map(([key, value]) => [key, plain(value)]),
      ),
    );
  const [there, said] = [await reader.tags(at), await told.tags()];
  const names = new Set([...there, ...said].map(({ name }) => name));
  return [...names].flatMap((name) => {
    const [a, b] = [there, said].map((tags) => tags.find((tag) => tag.name === name));
    return a && b && describe(a) === describe(b)
      ? []
      : [wrong(`tag '${name}' is not what the log says`)];
  });
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}` : value;
}

function text(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => plain(one));
}

function wrong(what: string, ...serNos: number[]): Finding {
  return {
    kind: 'log',
    severity: 'error',
    text: what,
    serNos,
    hint: 'the store was changed by other means; bring it back from a mirror or a backup',
  };
}
