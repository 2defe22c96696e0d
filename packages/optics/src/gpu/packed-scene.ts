import {
  type ArraySection,
  arraySections,
  type FieldType,
  fieldSize,
  type RecordSection,
  recordSections,
  recordSize,
} from '@lantern/geometry';

/** Names of the sections of a packed scene, in the order of its header. */
const sectionNames: readonly (RecordSection | ArraySection)[] = [
  ...(Object.keys(recordSections) as RecordSection[]),
  ...(Object.keys(arraySections) as ArraySection[]),
];

/** Bytes of the header, a multiple of 16: offset and count of each section. */
export const headerBytes: number = 16 * Math.ceil(sectionNames.length / 2);

/** Where a section is in a packed scene. */
export interface SectionPlace {
  /** Bytes from the scene's start, a multiple of 16. */
  readonly base: number;
  /** Records, or numbers. */
  readonly count: number;
}

/** A packed scene (geometry/src/scene/layout.ts), to be read. */
export class PackedScene {
  readonly buffer: ArrayBuffer;
  readonly #view: DataView;

  constructor(buffer: ArrayBuffer) {
    this.buffer = buffer;
    this.#view = new DataView(buffer);
  }

  section(name: RecordSection | ArraySection): SectionPlace {
    const at = 8 * sectionNames.indexOf(name);
    return { base: this.#view.getUint32(at, true), count: this.#view.getUint32(at + 4, true) };
  }

  count(name: RecordSection | ArraySection): number {
    return this.section(name).count;
  }

  /** A field of the records of a section, by the number of the record. */
  field(name: RecordSection, field: string): (record: number) => number {
    const { base } = this.section(name);
    const layout = recordSections[name];
    const size = recordSize(layout);
    let at = base;
    for (const [other, type] of layout.fields) {
      if (other === field) return this.#reader(at, size, type);
      at += fieldSize(type);
    }
    throw new RangeError(`the section ${name} has no field '${field}'`);
  }

  /** The numbers of a section that is an array. */
  array(name: ArraySection): (index: number) => number {
    const { element } = arraySections[name];
    return this.#reader(this.section(name).base, fieldSize(element), element);
  }

  #reader(at: number, stride: number, type: FieldType): (index: number) => number {
    const view = this.#view;
    if (type === 'f64') return (i) => view.getFloat64(at + i * stride, true);
    if (type === 'f32') return (i) => view.getFloat32(at + i * stride, true);
    return (i) => view.getInt32(at + i * stride, true);
  }
}
