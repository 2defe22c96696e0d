import { ConditionsError } from '../errors.ts';
import { intervalFromJson } from '../json/answer-json.ts';
import { eventFromJson } from '../json/event-json.ts';
import type { ConditionsEvent } from '../log/conditions-event.ts';
import { procLevels } from '../model/calibration.ts';
import { parseMoment } from '../model/time.ts';
import { sha256Of } from '../payload/sha256.ts';
import type { MetadataStore } from '../store/metadata-store.ts';
import type { PayloadStore } from '../store/payload-store.ts';
import { NodeCache } from '../tags/node-cache.ts';
import type { ByteSource } from './byte-source.ts';
import { decodeLogBlock, type LogBlock, parseLogDirectory, serNoOf } from './log-blocks.ts';
import { PayloadDirectory } from './payload-directory.ts';
import { decodeSeries } from './series-columns.ts';
import {
  firstLine,
  lastLineBytes,
  parseHeader,
  parseJson,
  parseLastLine,
  type Section,
  type SnapshotHeader,
} from './snapshot-header.ts';
import { SnapshotMetadata, type SnapshotParts } from './snapshot-metadata.ts';
import { SnapshotPayloads } from './snapshot-payloads.ts';

/** A snapshot that is open: the stores of a `Conditions` that can be read only. */
export interface OpenSnapshot {
  readonly header: SnapshotHeader;
  readonly metadata: MetadataStore;
  readonly payloads: PayloadStore;
}

const cacheBytes = 2 ** 26;

/**
 * Opens a snapshot file. Only its header is read; every other part when it is asked for, and checked against its hash then.
 *
 * @throws ConditionsError `corrupt` for a file that is none, is cut off or was changed
 */
export async function openSnapshot(source: ByteSource): Promise<OpenSnapshot> {
  const header = await readHeader(source);
  const parts = new FileParts(source, header);
  return {
    header,
    metadata: new SnapshotMetadata(parts),
    payloads: new SnapshotPayloads(source, header, () => parts.directory()),
  };
}

async function readHeader(source: ByteSource): Promise<SnapshotHeader> {
  const { name, size } = source;
  const isLongEnough = size > firstLine.length + lastLineBytes;
  const begin = isLongEnough ? decodeText(await source.read(0, firstLine.length)) : '';
  if (begin !== firstLine) {
    throw new ConditionsError('corrupt', {
      what: 'no snapshot of conditions of version 1',
      where: name,
      given: begin ? JSON.stringify(begin.slice(0, 40)) : `${size} bytes`,
      expected: `'${firstLine.slice(0, 29)}'`,
    });
  }
  const last = decodeText(await source.read(size - lastLineBytes, lastLineBytes));
  const section = parseLastLine(last, size, name);
  const header = parseHeader(await readSection(source, section, 'header'), `${name}, header`);
  const sections = [
    header.log,
    header.rowBlocks,
    header.payloads,
    ...header.series.map((one) => one.section),
  ];
  const outside = sections.find(({ offset, length }) => offset + length > section.offset);
  if (!outside) return header;
  throw new ConditionsError('corrupt', {
    what: 'the header names a part outside the file',
    where: name,
    given: `${outside.offset} + ${outside.length} bytes`,
    expected: `before ${section.offset}`,
  });
}

/** The parts of a file, each read when it is asked for. */
class FileParts implements SnapshotParts {
  readonly name: string;
  readonly seq: number;
  readonly asOf: bigint;
  readonly header: SnapshotHeader;
  readonly isWhole: boolean;
  readonly hasAllSeries: boolean;
  readonly series: SnapshotParts['series'];
  readonly tagEvents: readonly ConditionsEvent[];
  readonly vocabularyEvents: readonly ConditionsEvent[];
  readonly range: SnapshotParts['range'];
  readonly #source: ByteSource;
  readonly #blocks: NodeCache<readonly ConditionsEvent[]> = new NodeCache(cacheBytes);
  #log: Promise<readonly LogBlock[]> | undefined;
  #rowBlocks: Promise<Uint32Array> | undefined;
  #directory: Promise<PayloadDirectory> | undefined;

  constructor(source: ByteSource, header: SnapshotHeader) {
    const { scope } = header;
    this.#source = source;
    this.header = header;
    this.name = source.name;
    this.seq = header.seq;
    this.asOf = header.seq === 0 ? 0n : parseMoment(header.asOf, source.name);
    this.hasAllSeries = scope.tags === null;
    this.isWhole = scope.tags === null && scope.range === null;
    this.range = scope.range
      ? { axis: scope.range.axis, ...intervalFromJson(scope.range, scope.range.axis) }
      : undefined;
    this.series = header.series.map(({ section, covers, ...series }) => ({
      ...series,
      covers: covers ? intervalFromJson(covers, series.axis) : undefined,
      read: async () => {
        const where = `${source.name}, ${series.calibType}`;
        const bytes = await readSection(source, section, series.calibType);
        const rows = decodeSeries(bytes, series.rows, header.completions.length, where);
        return rows.map(({ level, completion, isDeprecated, ...row }) => ({
          ...row,
          procLevel: procLevels[level]!,
          completion: header.completions[completion]!,
          ...(isDeprecated && { deprecated: '' }),
        }));
      },
    }));
    this.tagEvents = header.tags.map(eventFromJson);
    this.vocabularyEvents = header.vocabularies.map(eventFromJson);
  }

  /** The directory of payloads. */
  directory(): Promise<PayloadDirectory> {
    this.#directory ??= readSection(this.#source, this.header.payloads, 'payloads').then(
      (bytes) => new PayloadDirectory(bytes, this.#source.size, this.name),
    );
    return this.#directory;
  }

  async *log(after: number): AsyncIterable<ConditionsEvent> {
    for (const [number, [, last]] of (await this.#readLog()).entries()) {
      if (last <= after) continue;
      for (const event of await this.#block(number)) if (event.seq > after) yield event;
    }
  }

  async eventsOf(serNo: number): Promise<readonly ConditionsEvent[]> {
    this.#rowBlocks ??= readSection(this.#source, this.header.rowBlocks, 'rows').then(
      (bytes) => new Uint32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4)),
    );
    const pairs = await this.#rowBlocks;
    let [low, high] = [0, pairs.length >>> 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (pairs[2 * middle]! < serNo) low = middle + 1;
      else high = middle;
    }
    const events: ConditionsEvent[] = [];
    for (; pairs[2 * low] === serNo; low++) {
      const block = await this.#block(pairs[2 * low + 1]!);
      events.push(...block.filter((event) => serNoOf(event) === serNo));
    }
    return events;
  }

  close(): Promise<void> {
    return this.#source.close();
  }

  async #block(number: number): Promise<readonly ConditionsEvent[]> {
    const where = `${this.name}, block ${number} of the log`;
    const block = (await this.#readLog())[number];
    if (!block) throw new ConditionsError('corrupt', { what: 'there is no such block', where });
    return this.#blocks.get(String(number), async () => {
      const [, , offset, length, textLength, sha256] = block;
      const bytes = await readSection(this.#source, { offset, length, sha256 }, `block ${number}`);
      return { value: await decodeLogBlock(bytes, block, where), bytes: 4 * textLength };
    });
  }

  #readLog(): Promise<readonly LogBlock[]> {
    this.#log ??= readSection(this.#source, this.header.log, 'log').then((bytes) =>
      parseLogDirectory(parseJson(bytes, this.name), this.name),
    );
    return this.#log;
  }
}

/** @throws ConditionsError `corrupt` where the bytes are not those that were written */
async function readSection(
  source: ByteSource,
  { offset, length, sha256 }: Section,
  part: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await source.read(offset, length);
  const found = await sha256Of(bytes);
  if (found === sha256) return bytes;
  throw new ConditionsError('corrupt', {
    what: 'a part of the snapshot is not what was written',
    where: `${source.name}, ${part}`,
    given: `SHA-256 ${found}`,
    expected: sha256,
    hint: 'copy the file again',
  });
}

function decodeText(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
