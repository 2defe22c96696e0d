import { arraySections, fieldSize, leafTypes, recordSections, recordSize } from '@lantern/geometry';
import { headerBytes, PackedScene } from './packed-scene.ts';
import { greatestCoordinates } from './scene-extent.ts';

/** Infinity on the GPU; the constant FAR of wide.wgsl. */
export const far = 1e30;

/**
 * Where boxes end that have no end, and where empty ones begin, mm: far beyond any detector, and no overflow when it is
 * divided by the least component of a direction (reciprocal() of box-numbers.ts: 1e-30).
 */
const boxFar = 1e8;

/** A scene as the GPU's memory holds it. */
export interface SceneImage {
  /** Its length is a multiple of 16. */
  readonly buffer: ArrayBuffer;
  /** So many bytes from its start are `struct Sections`, as a uniform buffer. */
  readonly sectionsBytes: number;
  /** Where the spectrum of lights is in it, bytes: a setting of each launch. */
  readonly spectrumAt: number;
}

/**
 * The packed scene for the GPU: the same sections in the same places, but each number of 64 bits is the pair of its
 * nearest 32-bit number and the nearest to what is left, which is the number to 2⁻⁴⁸; infinities are `far`; and the
 * tolerances of solids are what that arithmetic needs. Behind the sections is the spectrum of lights, if there is one, as
 * the section `spectrum` is.
 */
export function sceneImage(
  scene: ArrayBuffer,
  lightSpectrum: Float64Array = new Float64Array(0),
): SceneImage {
  const spectrumAt = align(scene.byteLength);
  const buffer = new ArrayBuffer(align(spectrumAt + lightSpectrum.byteLength));
  new Uint8Array(buffer).set(new Uint8Array(scene));
  new Float64Array(buffer, spectrumAt, lightSpectrum.length).set(lightSpectrum);
  raiseTolerances(new PackedScene(scene), buffer);
  const packed = new PackedScene(buffer);
  for (const [name, record] of entries(recordSections)) {
    const { base, count } = packed.section(name);
    const size = recordSize(record);
    const wides = record.fields.filter(([, type]) => type === 'f64').length;
    const reals = record.fields.filter(([, type]) => type === 'f32').length;
    // Fields of 64 bits come first; the sections of boxes have those of 32 bits first.
    splitNumbers(buffer, base, count, size, wides);
    if (name === 'hierarchy' || name === 'meshNode') boundBoxes(buffer, base, count, size, reals);
  }
  for (const [name, { element }] of entries(arraySections)) {
    const { base, count } = packed.section(name);
    if (element === 'f64') splitNumbers(buffer, base, 1, count * fieldSize(element), count);
    else if (element === 'f32') clampNumbers(new Float32Array(buffer, base, count));
  }
  splitNumbers(buffer, spectrumAt, 1, lightSpectrum.byteLength, lightSpectrum.length);
  return { buffer, sectionsBytes: headerBytes, spectrumAt };
}

function entries<K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] {
  return Object.entries(record) as [K, V][];
}

function align(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}

/** Splits the first `wides` numbers of each of `count` records of `size` bytes. */
function splitNumbers(
  buffer: ArrayBuffer,
  base: number,
  count: number,
  size: number,
  wides: number,
): void {
  if (wides === 0) return;
  const from = new Float64Array(buffer, base, (count * size) / 8);
  const to = new Float32Array(buffer, base, (count * size) / 4);
  const stride = size / 8;
  for (let record = 0; record < count; record++)
    for (let i = record * stride; i < record * stride + wides; i++) {
      const number = from[i] as number;
      const x = Math.min(far, Math.max(-far, number));
      const high = Math.fround(x);
      to[2 * i] = high;
      to[2 * i + 1] = Math.abs(x) === far ? 0 : x - high;
    }
}

/** The bounds at the beginning of each record of a hierarchy. */
function boundBoxes(
  buffer: ArrayBuffer,
  base: number,
  count: number,
  size: number,
  bounds: number,
): void {
  const numbers = new Float32Array(buffer, base, (count * size) / 4);
  for (let first = 0; first < numbers.length; first += size / 4)
    for (let i = first; i < first + bounds; i++) {
      const x = numbers[i] as number;
      if (Math.abs(x) === Number.POSITIVE_INFINITY) numbers[i] = x > 0 ? boxFar : -boxFar;
    }
}

function clampNumbers(numbers: Float32Array): void {
  for (let i = 0; i < numbers.length; i++) {
    const x = numbers[i] as number;
    if (x > far) numbers[i] = far;
    else if (x < -far) numbers[i] = -far;
  }
}

/**
 * Lengths that are rounding along a ray. In the packed scene they are 1e-12 of a solid's reach, 1e-9 mm at least
 * (SOL16 of geometry); the former is 128 roundings of 2⁻⁴⁷, what the pairs' arithmetic is off by. But a ray comes to a solid
 * from the frames around it, where its position is off by that part of the coordinates there, however small the solid is:
 * of the advance along the ray, the change of frames (a sum of four) and the depth below a face, eight roundings together.
 * In 64 bits that is 1e-9 mm a thousand kilometres away, in pairs 18 m. So it is 2⁻⁴⁴ of the greatest coordinate, too.
 */
function raiseTolerances(scene: PackedScene, buffer: ArrayBuffer): void {
  const numbers = new DataView(buffer);
  const solid = scene.section('solid');
  const size = recordSize(recordSections.solid);
  const greatest = greatestCoordinates(scene);
  const [type, params] = [scene.field('leaf', 'type'), scene.field('leaf', 'params')];
  const tolerance = scene.field('solid', 'tolerance');
  const needs = Float64Array.from(greatest, (mm, i) => Math.max(tolerance(i), 2 ** -44 * mm));
  needs.forEach((mm, i) => {
    numbers.setFloat64(solid.base + i * size, mm, true);
  });
  const mesh = leafTypes.indexOf('mesh');
  const param = scene.section('param').base;
  // A mesh has the tolerance of its solid as its seventh number.
  leavesOfSolids(scene, (leaf, i) => {
    if (type(leaf) === mesh)
      numbers.setFloat64(param + 8 * (params(leaf) + 6), needs[i] as number, true);
  });
}

/** Calls for each leaf of each solid. */
function leavesOfSolids(scene: PackedScene, call: (leaf: number, solid: number) => void): void {
  const first = scene.field('solid', 'leaf');
  const count = scene.count('solid');
  for (let i = 0; i < count; i++) {
    const end = i + 1 < count ? first(i + 1) : scene.count('leaf');
    for (let leaf = first(i); leaf < end; leaf++) call(leaf, i);
  }
}
