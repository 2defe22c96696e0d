import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeNpy, encodeNpy, FormatError, type NpyDtype, npyDtypes } from '@lantern/formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NpyReader } from '../src/node.ts';
import { npyBytes } from './npy-bytes.ts';
import { temporaryFolder } from './temporary-folder.ts';

const photons = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
const six = new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6).buffer);

describe('[NR1] headers of all versions and writers', () => {
  test.each([
    ['version 1', { version: 1 }],
    ['version 2', { version: 2 }],
    ['version 3', { version: 3 }],
    ['aligned to 16, as old NumPy', { alignment: 16 }],
    ['not aligned', { alignment: 1 }],
    ['Python 2', { header: "{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 3L), }" }],
    [
      'other order and quotes',
      { header: '{"shape": (2, 3), "descr": "<f4", "fortran_order": False}' },
    ],
  ])('%s', (_, options) => {
    const array = decodeNpy(npyBytes({ header: photons, data: six, ...options }), 'a.npy');
    expect(array).toEqual({ dtype: '<f4', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
  });

  test('no axis, one axis, no rows', () => {
    const one = (shape: string, data: Uint8Array) =>
      decodeNpy(npyBytes({ header: photons.replace('(2, 3)', shape), data }), 'a.npy');
    expect(one('()', six.slice(0, 4))).toMatchObject({ shape: [], data: Float32Array.of(1) });
    expect(one('(6,)', six).shape).toEqual([6]);
    expect(one('(0, 4, 4)', new Uint8Array()).data).toHaveLength(0);
  });
});

test('[NR2] element types', () => {
  for (const dtype of npyDtypes) {
    const bytes = npyBytes({ header: photons.replace('<f4', dtype).replace('(2, 3)', '(0,)') });
    expect(decodeNpy(bytes, 'a.npy').dtype).toBe(dtype);
  }
  const read = (descr: string) => () =>
    decodeNpy(npyBytes({ header: photons.replace("'<f4'", descr), data: six }), 'a.npy');
  expect(read("'>f4'")).toThrow(
    /^a\.npy: element type: given '>f4', expected one of <f4, .*astype/,
  );
  expect(read("'<c16'")).toThrow("given '<c16'");
  expect(read("[('x', '<f4'), ('y', '<f4')]")).toThrow('given a structured type');
});

test('[NR9] only what is accepted is expected', async () => {
  const path = join(await temporaryFolder(), 'a.npy');
  await writeFile(path, npyBytes({ header: photons.replace('<f4', '>f4'), data: six }));
  await expect(NpyReader.open(path, { dtype: '<f4' })).rejects.toThrow(
    /element type: given '>f4', expected '<f4' \(convert/,
  );
});

test('[NR3] Fortran order', () => {
  const read =
    (shape: string, data = six) =>
    () => {
      const header = photons.replace('False', 'True').replace('(2, 3)', shape);
      return decodeNpy(npyBytes({ header, data }), 'a.npy').shape;
    };
  expect(read('(2, 3)')).toThrow('a.npy: array in Fortran order: expected C order');
  expect(read('(1, 6, 1)')()).toEqual([1, 6, 1]);
});

describe('[NR4] damage is an error that names the file', () => {
  const whole = npyBytes({ header: photons, data: six });
  const damaged = (header: string) => npyBytes({ header, data: six });
  test.each([
    ['empty', new Uint8Array(), /^a\.npy: empty file/],
    ['text', new TextEncoder().encode('x y z'), /^a\.npy: not an NPY file/],
    ['magic alone', whole.slice(0, 6), /cut short/],
    ['half a header', whole.slice(0, 40), /cut short/],
    [
      'half the data',
      whole.slice(0, -8),
      /cut short: given 144 bytes, expected 152 for \(2, 3\) of '<f4'/,
    ],
    ['data behind', Uint8Array.of(...whole, 0), /longer than its header says: given 153 bytes/],
    ['version 9', npyBytes({ header: photons, version: 9 }), /NPY version: given 9\.0/],
    ['no dictionary', damaged('(1, 2)'), /damaged NPY header: no dictionary/],
    ['no key', damaged("{'descr': '<f4'}"), /no 'shape'/],
    ['no end', damaged("{'descr': '<f4', "), /expected a key in quotes at position/],
    ['no order', damaged(photons.replace('False', '0')), /'fortran_order' of True or False/],
    ['negative', damaged(photons.replace('2, 3', '-2, 3')), /expected a value at position/],
    ['huge', damaged(photons.replace('2, 3', '9007199254740991, 4')), /too large for any file/],
    ['deep', damaged('('.repeat(99)), /expected less nesting/],
    ['twice', damaged(photons.replace("'shape'", "'descr'")), /'descr' only once/],
    ['code', damaged('__import__("os")'), /expected a value at position 0/],
  ])('%s', (_, bytes, message) => {
    expect(() => decodeNpy(bytes, 'a.npy')).toThrow(FormatError);
    expect(() => decodeNpy(bytes, 'a.npy')).toThrow(message);
  });

  test('whatever the bytes', () => {
    const header = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...`{}()[]'",: 0123TrueFalsedescr<f4`) }),
      fc
        .array(fc.constantFrom("'descr'", ':', "'<f4'", ',', '(', ')', '9', "'shape'", '{', '}'))
        .map((t) => t.join('')),
    );
    const file = fc.record({
      header,
      version: fc.constantFrom(1, 2, 3, 7),
      data: fc.uint8Array({ maxLength: 64 }),
    });
    const mutated = fc
      .tuple(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length))
      .map(([at, value, end]) => whole.with(at, value).slice(0, end));
    fc.assert(
      fc.property(fc.oneof(file.map(npyBytes), mutated, fc.uint8Array()), (bytes) => {
        try {
          decodeNpy(bytes, 'a.npy');
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

test('[NR5] what the caller can use', () => {
  const bytes = npyBytes({ header: photons, data: six });
  const expecting = (dtype: NpyDtype, shape: (number | undefined)[]) => () =>
    decodeNpy(bytes, 'a.npy', { dtype, shape });
  expect(expecting('<f4', [undefined, 3])().shape).toEqual([2, 3]);
  expect(expecting('<f8', [2, 3])).toThrow(
    "a.npy: element type: given '<f4', expected '<f8' (convert",
  );
  expect(expecting('<f4', [undefined, 4, 4])).toThrow(
    'a.npy: shape: given (2, 3), expected (N, 4, 4)',
  );
  expect(expecting('<f4', [undefined])).toThrow('expected (N,)');
});

test('[NR6] a large claim needs a large file', () => {
  const header = photons.replace('(2, 3)', '(1000000000, 4, 4)');
  expect(() => decodeNpy(npyBytes({ header, data: six }), 'a.npy')).toThrow('cut short');
  const version2 = npyBytes({ header: photons, version: 2 });
  new DataView(version2.buffer).setUint32(8, 0xffff_ffff, true);
  expect(() => decodeNpy(version2, 'a.npy')).toThrow('a header of 4294967295 bytes');
});

test('[NW1] what is encoded is decoded the same, aligned to 64 bytes', () => {
  const array = fc.record({
    shape: fc.array(fc.nat(5), { maxLength: 4 }),
    seed: fc.integer(),
  });
  fc.assert(
    fc.property(array, ({ shape, seed }) => {
      const length = shape.reduce((product, n) => product * n, 1);
      const data = Int32Array.from({ length }, (_, i) => Math.imul(seed, i + 1));
      const bytes = encodeNpy({ dtype: '<i4', shape, data });
      expect((bytes.length - data.byteLength) % 64).toBe(0);
      expect(decodeNpy(bytes, 'a.npy')).toEqual({ dtype: '<i4', shape, data });
      expect(decodeNpy(Uint8Array.of(0, ...bytes).subarray(1), 'a.npy').data).toEqual(data);
    }),
  );
  expect(() => encodeNpy({ dtype: '<f8', shape: [2], data: new Float64Array(3) })).toThrow(
    'given 3 elements, expected as many as its shape (2,) has',
  );
});
