import { type Matrix3, transpose, type Vector3 } from '@lantern/units';
import type { Transform } from '../model/transform.ts';
import { rotationAngles, withoutReflection } from './rotation-angles.ts';
import type { XmlWriter } from './xml-writer.ts';

/** Writes where a `<physvol>` stands; GDML's angles are those of the inverse rotation there. */
export function writePlacement(xml: XmlWriter, transform: Transform, name: string): void {
  const { rotation, scale } = withoutReflection(transform.rotation, transform.scale);
  writePosition(xml, 'position', transform.translation, `${name}_pos`);
  writeRotation(xml, 'rotation', transpose(rotation), `${name}_rot`);
  writeScale(xml, scale, `${name}_scl`);
}

/** Writes where a solid stands in another: `<position>` and `<rotation>` with a prefix. */
export function writeSolidPlace(
  xml: XmlWriter,
  transform: Transform,
  prefix: '' | 'first',
  name: string,
): void {
  writePosition(xml, `${prefix}position`, transform.translation, `${name}_${prefix}pos`);
  writeRotation(xml, `${prefix}rotation`, transform.rotation, `${name}_${prefix}rot`);
}

/** Writes a `<scale>`, if it scales. */
export function writeScale(xml: XmlWriter, [x, y, z]: Vector3, name: string): void {
  if (x !== 1 || y !== 1 || z !== 1) xml.element('scale', { name, x, y, z });
}

function writePosition(xml: XmlWriter, tag: string, [x, y, z]: Vector3, name: string): void {
  if (x !== 0 || y !== 0 || z !== 0) xml.element(tag, { name, x, y, z, unit: 'mm' });
}

function writeRotation(xml: XmlWriter, tag: string, matrix: Matrix3, name: string): void {
  const { angles, unit } = rotationAngles(matrix);
  const [x, y, z] = angles;
  if (x !== 0 || y !== 0 || z !== 0) xml.element(tag, { name, x, y, z, unit });
}
