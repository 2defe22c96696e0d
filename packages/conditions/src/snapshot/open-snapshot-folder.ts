import { ConditionsError } from '../errors.ts';
import { intervalFromJson } from '../json/answer-json.ts';
import { eventFromJson } from '../json/event-json.ts';
import { eventSchema } from '../json/schemas.ts';
import type { ConditionsEvent } from '../log/conditions-event.ts';
import { procLevels } from '../model/calibration.ts';
import { parseMoment } from '../model/time.ts';
import { sha256Of } from '../payload/sha256.ts';
import { MemoryPayloadStore } from '../store/memory-payload-store.ts';
import type { MetadataStore } from '../store/metadata-store.ts';
import type { PayloadStore } from '../store/payload-store.ts';
import { TagTree } from '../tags/tag-tree.ts';
import {
  type FolderHeader,
  folderFiles,
  folderHeaderSchema,
  parseEntries,
} from './folder-layout.ts';
import { FolderPayloads } from './folder-payloads.ts';
import { serNoOf } from './log-blocks.ts';
import { RowLedger } from './row-ledger.ts';
import { parseJson } from './snapshot-header.ts';
import { SnapshotMetadata, type SnapshotParts, type SnapshotSeries } from './snapshot-metadata.ts';

/** The files of a folder, wherever they are. */
export interface FolderSource {
  /** Of the folder, for errors. */
  readonly name: string;
  /** @throws ConditionsError `absent` for a file that is not there */
  read(path: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** A folder that is open: the stores of a `Conditions` that can be read only. */
export interface OpenFolder {
  readonly header: FolderHeader;
  readonly metadata: MetadataStore;
  readonly payloads: PayloadStore;
}

/**
 * Opens a snapshot that is a folder. All its text is read and checked; payloads are read when they are asked for. Tags have
 * the lines that they have at its moment, not those of before.
 *
 * @throws ConditionsError `corrupt` for a file that is not what was written, or is missing
 */
export async function openSnapshotFolder(source: FolderSource): Promise<OpenFolder> {
  const sums = await readSums(source);
  const read = async (path: string) => {
    const bytes = await source.read(path);
    await checkSum(source, path, bytes, sums);
    return bytes;
  };
  const header = parseFolderHeader(await read(folderFiles.header), source.name);
  const events = parseLog(await read(folderFiles.log), `${source.name}/${folderFiles.log}`);
  for (const { path } of header.series) await read(path);
  const blocks = new MemoryPayloadStore();
  for (const { name, root, lines } of header.tags) {
    const tagLines = [];
    for (const { path, ...condition } of lines) {
      const text = new TextDecoder().decode(await read(path));
      const entries = parseEntries(text, condition.axis, `${source.name}/${path}`);
      tagLines.push({ ...condition, entries });
    }
    const found = await new TagTree(blocks).build(tagLines);
    if (found !== root) {
      throw new ConditionsError('corrupt', {
        what: 'the lines of a tag are not those that it had',
        where: `${source.name}, tag ${name}`,
        given: found,
        expected: root,
      });
    }
  }
  return {
    header,
    metadata: new SnapshotMetadata(partsOf(source.name, header, events)),
    payloads: new FolderPayloads(source, header, sums, blocks),
  };
}

function partsOf(
  name: string,
  header: FolderHeader,
  events: readonly ConditionsEvent[],
): SnapshotParts {
  const { scope, seq } = header;
  const ledger = new RowLedger();
  const byRow = new Map<number, ConditionsEvent[]>();
  for (const event of events) {
    ledger.add(event);
    const serNo = serNoOf(event);
    if (serNo === undefined) continue;
    const known = byRow.get(serNo);
    if (known) known.push(event);
    else byRow.set(serNo, [event]);
  }
  return {
    name,
    seq,
    asOf: seq === 0 ? 0n : parseMoment(header.asOf, name),
    isWhole: scope.tags === null && scope.range === null,
    hasAllSeries: scope.tags === null,
    range: scope.range
      ? { axis: scope.range.axis, ...intervalFromJson(scope.range, scope.range.axis) }
      : undefined,
    series: ledger.series.map((series): SnapshotSeries => {
      const { instrument, calibType, flavor, axis, serNos } = series;
      const its = header.series.find(
        (other) =>
          other.instrument === instrument &&
          other.calibType === calibType &&
          other.flavor === flavor &&
          other.axis === axis,
      );
      return {
        instrument,
        calibType,
        flavor,
        axis,
        rows: serNos.length,
        covers: its?.covers ? intervalFromJson(its.covers, axis) : undefined,
        read: async () =>
          serNos.map((serNo) => {
            const { level, completion, isDeprecated, ...row } = ledger.row(serNo);
            return {
              ...row,
              procLevel: procLevels[level]!,
              completion: ledger.completions[completion]!,
              ...(isDeprecated && { deprecated: '' }),
            };
          }),
      };
    }),
    tagEvents: events.filter(({ change }) => 'tag' in change),
    vocabularyEvents: events.filter(({ change }) => change.kind === 'vocabulariesDeclared'),
    async *log(after) {
      for (const event of events) if (event.seq > after) yield event;
    },
    eventsOf: async (serNo) => byRow.get(serNo) ?? [],
    close: () => Promise.resolve(),
  };
}

/** Paths and the hashes of their contents. */
async function readSums(source: FolderSource): Promise<ReadonlyMap<string, string>> {
  const text = new TextDecoder().decode(await source.read(folderFiles.sums));
  const sums = new Map<string, string>();
  for (const [i, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const [, sha256, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (!sha256 || !path || path.startsWith('/') || path.split('/').includes('..')) {
      throw new ConditionsError('corrupt', {
        what: 'no line of hashes',
        where: `${source.name}/${folderFiles.sums}:${i + 1}`,
        given: JSON.stringify(line.slice(0, 80)),
      });
    }
    sums.set(path, sha256);
  }
  return sums;
}

async function checkSum(
  source: FolderSource,
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
  sums: ReadonlyMap<string, string>,
): Promise<void> {
  const [found, expected] = [await sha256Of(bytes), sums.get(path)];
  if (found === expected) return;
  throw new ConditionsError('corrupt', {
    what: expected ? 'the file is not what was written' : 'the file has no hash',
    where: `${source.name}/${path}`,
    given: `SHA-256 ${found}`,
    expected,
    hint: 'write the folder again; it is not made to be edited',
  });
}

function parseFolderHeader(bytes: Uint8Array, name: string): FolderHeader {
  const where = `${name}/${folderFiles.header}`;
  const result = folderHeaderSchema.safeParse(parseJson(bytes, where));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ConditionsError('corrupt', {
    what: 'the header of a snapshot is not as it should be',
    where: `${where}, ${issue?.path.join('.')}`,
    given: issue?.message,
  });
}

function parseLog(bytes: Uint8Array, where: string): ConditionsEvent[] {
  const events: ConditionsEvent[] = [];
  for (const [i, line] of new TextDecoder().decode(bytes).split('\n').entries()) {
    if (line === '') continue;
    try {
      events.push(eventFromJson(eventSchema.parse(JSON.parse(line))));
    } catch (cause) {
      throw new ConditionsError('corrupt', { what: 'no event', where: `${where}:${i + 1}`, cause });
    }
  }
  return events;
}
