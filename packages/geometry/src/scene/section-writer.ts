import {
  type ArrayLayout,
  type ArraySection,
  arraySections,
  type FieldType,
  fieldSize,
  type RecordLayout,
  type RecordSection,
  recordSections,
  recordSize,
} from './layout.ts';

/** Bytes that grow as they are written. */
class Bytes {
  private buffer = new ArrayBuffer(1024);
  view: DataView = new DataView(this.buffer);
  length = 0;

  extend(size: number): number {
    const start = this.length;
    this.length += size;
    if (this.length > this.buffer.byteLength) {
      const larger = new ArrayBuffer(Math.max(this.length, 2 * this.buffer.byteLength));
      new Uint8Array(larger).set(new Uint8Array(this.buffer, 0, start));
      this.buffer = larger;
      this.view = new DataView(larger);
    }
    return start;
  }

  /** Appends bytes as they are; where they begin. */
  add(bytes: Uint8Array): number {
    const start = this.extend(bytes.length);
    new Uint8Array(this.buffer).set(bytes, start);
    return start;
  }

  copyTo(target: Uint8Array): void {
    target.set(new Uint8Array(this.buffer, 0, this.length));
  }
}

function put(view: DataView, offset: number, type: FieldType, value: number): void {
  if (type === 'f64') view.setFloat64(offset, value, true);
  else if (type === 'f32') view.setFloat32(offset, value, true);
  else view.setInt32(offset, value, true);
}

function get(view: DataView, offset: number, type: FieldType): number {
  if (type === 'f64') return view.getFloat64(offset, true);
  return type === 'f32' ? view.getFloat32(offset, true) : view.getInt32(offset, true);
}

/** Writes the records of one section; fields not given are 0. */
export class RecordWriter {
  readonly bytes: Bytes = new Bytes();
  private readonly size: number;
  private readonly offsets = new Map<string, readonly [number, FieldType]>();

  constructor(layout: RecordLayout) {
    this.size = recordSize(layout);
    let offset = 0;
    for (const [name, type] of layout.fields) {
      this.offsets.set(name, [offset, type]);
      offset += fieldSize(type);
    }
  }

  /** A field of a record that is written already. */
  read(index: number, field: string): number {
    const place = this.offsets.get(field);
    if (!place) throw new Error(`no field '${field}'`);
    return get(this.bytes.view, index * this.size + place[0], place[1]);
  }

  /** Number of records so far. */
  get count(): number {
    return this.bytes.length / this.size;
  }

  /** Appends a record; its index. */
  append(values: Readonly<Record<string, number>>): number {
    const index = this.count;
    this.bytes.extend(this.size);
    this.update(index, values);
    return index;
  }

  /** Appends whole records as bytes, little-endian; the index of the first. */
  appendBytes(bytes: Uint8Array): number {
    return this.bytes.add(bytes) / this.size;
  }

  /**
   * Sets fields of a record that exists.
   *
   * @throws RangeError for a field that the layout does not have
   */
  update(index: number, values: Readonly<Record<string, number>>): void {
    const start = index * this.size;
    for (const name in values) {
      const field = this.offsets.get(name);
      if (!field) throw new RangeError(`the layout has no field '${name}'`);
      put(this.bytes.view, start + field[0], field[1], values[name] ?? 0);
    }
  }
}

/** Writes a section of plain numbers. */
export class NumberWriter {
  readonly bytes: Bytes = new Bytes();
  private readonly element: FieldType;
  private readonly size: number;

  constructor(layout: ArrayLayout) {
    this.element = layout.element;
    this.size = fieldSize(layout.element);
  }

  /** Number of numbers so far. */
  get count(): number {
    return this.bytes.length / this.size;
  }

  /** Appends numbers; the index of the first. */
  append(...values: readonly number[]): number {
    const first = this.count;
    for (const value of values) {
      const offset = this.bytes.extend(this.size);
      put(this.bytes.view, offset, this.element, value);
    }
    return first;
  }

  /** Appends an array of any length; the index of its first number. */
  appendAll(values: ArrayLike<number>): number {
    const first = this.count;
    let offset = this.bytes.extend(values.length * this.size);
    for (let i = 0; i < values.length; i++, offset += this.size) {
      put(this.bytes.view, offset, this.element, values[i] ?? 0);
    }
    return first;
  }
}

/** All sections of a scene while it is packed. */
export type SceneSections = Readonly<Record<RecordSection, RecordWriter>> &
  Readonly<Record<ArraySection, NumberWriter>>;

/** Empty sections. */
export function createSections(): SceneSections {
  const records = Object.entries(recordSections).map(
    ([name, layout]) => [name, new RecordWriter(layout)] as const,
  );
  const arrays = Object.entries(arraySections).map(
    ([name, layout]) => [name, new NumberWriter(layout)] as const,
  );
  return Object.fromEntries([...records, ...arrays]) as unknown as SceneSections;
}

/**
 * One block of bytes: a header with (offset, count) of each section in the order of the layout, as unsigned 32-bit
 * words, then the sections, each aligned to 16 bytes.
 */
export function joinSections(sections: SceneSections): ArrayBuffer {
  const writers: readonly (RecordWriter | NumberWriter)[] = [
    ...Object.keys(recordSections),
    ...Object.keys(arraySections),
  ].map((name) => sections[name as keyof SceneSections] as RecordWriter | NumberWriter);
  const align = (size: number): number => Math.ceil(size / 16) * 16;
  let size = align(8 * writers.length);
  const starts = writers.map((writer) => {
    const start = size;
    size = align(size + writer.bytes.length);
    return start;
  });
  const buffer = new ArrayBuffer(size);
  const view = new DataView(buffer);
  writers.forEach((writer, i) => {
    const start = starts[i] ?? 0;
    view.setUint32(8 * i, start, true);
    view.setUint32(8 * i + 4, writer.count, true);
    writer.bytes.copyTo(new Uint8Array(buffer, start, writer.bytes.length));
  });
  return buffer;
}
