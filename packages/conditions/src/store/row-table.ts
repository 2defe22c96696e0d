import { bytesToHex, hexToBytes } from '../index/hex.ts';
import { type Calibration, procLevels } from '../model/calibration.ts';
import { always, type Moment } from '../model/validity.ts';

const rowsPerChunk = 16_384;
const heapBytes = 2 ** 22;
const hashBytes = 32;
/** For moments that a row has not. */
const never = always;

/** What many rows have in common. */
type Template = Pick<
  Calibration,
  | 'instrument'
  | 'calibType'
  | 'flavor'
  | 'axis'
  | 'completion'
  | 'locale'
  | 'creator'
  | 'uid'
  | 'dataFmt'
  | 'fmtVersion'
>;

/** Columns of some rows. */
class RowChunk {
  readonly template = new Uint32Array(rowsPerChunk);
  readonly vstart = new BigInt64Array(rowsPerChunk);
  readonly vend = new BigInt64Array(rowsPerChunk);
  readonly enterTime = new BigInt64Array(rowsPerChunk);
  readonly prodStart = new BigInt64Array(rowsPerChunk);
  readonly prodEnd = new BigInt64Array(rowsPerChunk);
  readonly changed = new BigInt64Array(rowsPerChunk);
  readonly level = new Uint8Array(rowsPerChunk);
  /** Bytes of the payload; NaN where there is none. */
  readonly size = new Float64Array(rowsPerChunk);
  readonly hash = new Uint8Array(hashBytes * rowsPerChunk);
  readonly heap = new Uint32Array(rowsPerChunk);
  readonly text = new Uint32Array(rowsPerChunk);
  readonly textLength = new Uint32Array(rowsPerChunk);
}

/**
 * Rows by serial number in about 110 bytes and their texts each, where objects take a thousand: for those who hold millions.
 * What many rows say alike is kept once.
 */
export class RowTable {
  readonly #chunks: (RowChunk | undefined)[] = [];
  readonly #templates: Template[] = [];
  readonly #templatePlaces = new Map<string, number>();
  readonly #deprecated = new Map<number, string>();
  /** Texts of rows, one after the other. */
  readonly #heaps: Uint8Array<ArrayBuffer>[] = [];
  #heapEnd = 0;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();

  /** Adds a row. @param at when it was registered */
  add(row: Calibration, at: Moment): void {
    const { serNo, payload } = row;
    const [chunk, i] = [this.#chunkFor(serNo), serNo % rowsPerChunk];
    chunk.template[i] = this.#placeOf(row);
    chunk.vstart[i] = row.vstart;
    chunk.enterTime[i] = row.enterTime;
    chunk.size[i] = payload ? payload.size : Number.NaN;
    if (payload) hexToBytes(payload.sha256, chunk.hash, hashBytes * i, hashBytes);
    this.#addTexts(chunk, i, JSON.stringify([row.inputDesc, row.notes, row.dataIdent]));
    this.change(row, at);
  }

  /** Keeps what a change may change of a row that is there. */
  change(row: Calibration, at: Moment): void {
    const [chunk, i] = [this.#chunkFor(row.serNo), row.serNo % rowsPerChunk];
    chunk.vend[i] = row.vend;
    chunk.prodStart[i] = row.prodStart ?? never;
    chunk.prodEnd[i] = row.prodEnd ?? never;
    chunk.level[i] = procLevels.indexOf(row.procLevel);
    chunk.changed[i] = at;
    if (row.deprecated !== undefined) this.#deprecated.set(row.serNo, row.deprecated);
  }

  /** When a row last changed; undefined for one that is not there. */
  changed(serNo: number): Moment | undefined {
    const chunk = this.#chunks[Math.floor(serNo / rowsPerChunk)];
    return chunk?.template[serNo % rowsPerChunk] ? chunk.changed[serNo % rowsPerChunk] : undefined;
  }

  get(serNo: number): Calibration | undefined {
    const chunk = this.#chunks[Math.floor(serNo / rowsPerChunk)];
    const i = serNo % rowsPerChunk;
    const template = chunk && this.#templates[chunk.template[i]! - 1];
    if (!template) return undefined;
    const [prodStart, prodEnd] = [chunk.prodStart[i]!, chunk.prodEnd[i]!];
    const [inputDesc, notes, dataIdent] = this.#texts(chunk, i);
    const deprecated = this.#deprecated.get(serNo);
    const size = chunk.size[i]!;
    return {
      ...template,
      serNo,
      vstart: chunk.vstart[i]!,
      vend: chunk.vend[i]!,
      procLevel: procLevels[chunk.level[i]!]!,
      ...(prodStart !== never && { prodStart }),
      ...(prodEnd !== never && { prodEnd }),
      enterTime: chunk.enterTime[i]!,
      inputDesc,
      notes,
      dataIdent,
      ...(!Number.isNaN(size) && {
        payload: { sha256: bytesToHex(chunk.hash, hashBytes * i, hashBytes), size },
      }),
      ...(deprecated !== undefined && { deprecated }),
    };
  }

  #chunkFor(serNo: number): RowChunk {
    const number = Math.floor(serNo / rowsPerChunk);
    const known = this.#chunks[number];
    if (known) return known;
    const chunk = new RowChunk();
    this.#chunks[number] = chunk;
    return chunk;
  }

  /** From 1: 0 is no row. */
  #placeOf(row: Calibration): number {
    const { instrument, calibType, flavor, axis, completion, locale, creator, uid } = row;
    const { dataFmt, fmtVersion } = row;
    const words = [instrument, calibType, flavor, axis, completion, locale, creator, uid];
    const key = JSON.stringify([...words, dataFmt, fmtVersion]);
    const known = this.#templatePlaces.get(key);
    if (known !== undefined) return known;
    const template = { instrument, calibType, flavor, axis, completion, locale, creator, uid };
    const place = this.#templates.push({ ...template, dataFmt, fmtVersion });
    this.#templatePlaces.set(key, place);
    return place;
  }

  #addTexts(chunk: RowChunk, i: number, texts: string): void {
    const bytes = this.#encoder.encode(texts);
    let heap = this.#heaps.at(-1);
    if (!heap || this.#heapEnd + bytes.length > heap.length) {
      heap = new Uint8Array(Math.max(heapBytes, bytes.length));
      this.#heaps.push(heap);
      this.#heapEnd = 0;
    }
    heap.set(bytes, this.#heapEnd);
    chunk.heap[i] = this.#heaps.length - 1;
    chunk.text[i] = this.#heapEnd;
    chunk.textLength[i] = bytes.length;
    this.#heapEnd += bytes.length;
  }

  #texts(chunk: RowChunk, i: number): [string, string, string] {
    const at = chunk.text[i]!;
    const bytes = this.#heaps[chunk.heap[i]!]!.subarray(at, at + chunk.textLength[i]!);
    return JSON.parse(this.#decoder.decode(bytes));
  }
}
