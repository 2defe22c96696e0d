import {
  type ArraySection,
  arraySections,
  fieldSize,
  type RecordSection,
  recordSections,
  recordSize,
} from '@lantern/geometry';

/** Tables of 32-bit numbers that physics reads. */
const shakenArrays: readonly ArraySection[] = ['materialTable', 'surfaceTable', 'filmTable'];
/** Records whose 64-bit fields are numbers of physics. */
const shakenRecords: readonly RecordSection[] = ['material', 'surface', 'layer'];

/**
 * A packed scene whose numbers of physics are all a little off: indices, lengths, probabilities, thicknesses; geometry
 * stays. Equal numbers stay equal, and 0 and 1 stay themselves, since they are switches: an equal index does not
 * reflect, a polish of 1 has no facets.
 *
 * @param buffer sections of layout.ts
 * @param size of the largest relative change
 * @param variant which of many ways
 */
export function shakenScene(buffer: ArrayBuffer, size: number, variant: number): ArrayBuffer {
  const copy = buffer.slice(0);
  const view = new DataView(copy);
  const sections = [...Object.keys(recordSections), ...Object.keys(arraySections)];
  const rangeOf = (name: string): readonly [start: number, count: number] => {
    const header = 8 * sections.indexOf(name);
    return [view.getUint32(header, true), view.getUint32(header + 4, true)];
  };
  for (const name of shakenArrays) {
    const [start, count] = rangeOf(name);
    for (let at = start; at < start + 4 * count; at += 4)
      view.setFloat32(at, shaken(view.getFloat32(at, true), size, variant), true);
  }
  for (const name of shakenRecords) {
    const [start, count] = rangeOf(name);
    const layout = recordSections[name];
    const wide = layout.fields.filter(([, type]) => type === 'f64').length;
    for (let i = 0; i < count; i++)
      for (let k = 0; k < wide; k++) {
        const at = start + i * recordSize(layout) + k * fieldSize('f64');
        view.setFloat64(at, shaken(view.getFloat64(at, true), size, variant), true);
      }
  }
  return copy;
}

const bits = new DataView(new ArrayBuffer(8));

/** The value times 1 + size r, r from -1 to 1 by the value itself. */
function shaken(value: number, size: number, variant: number): number {
  if (value === 0 || value === 1 || !Number.isFinite(value)) return value;
  bits.setFloat64(0, value);
  let hash = Math.imul(bits.getInt32(0) ^ Math.imul(bits.getInt32(4), 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ Math.imul(variant + 1, 0xc2b2ae35), 0x27d4eb2f);
  hash ^= hash >>> 13;
  return value * (1 + size * (hash / 2 ** 31));
}
