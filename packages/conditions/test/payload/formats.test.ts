import { gzipSync } from 'node:zlib';
import { encodeNpy } from '@lantern/formats';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { ConditionsError } from '../../src/errors.ts';
import { ChannelTable } from '../../src/payload/channel-table.ts';
import { constantsOf } from '../../src/payload/constants.ts';
import { NumberArray } from '../../src/payload/formats/number-array.ts';
import { defaultPayloadLimits } from '../../src/payload/limits.ts';
import { readPayload } from '../../src/payload/read-payload.ts';

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const read = (
  dataFmt: string,
  bytes: Uint8Array,
  limits = defaultPayloadLimits,
): Promise<unknown> =>
  readPayload({ bytes, calibType: 'X', dataFmt, fmtVersion: '1', where: 'file' }, { limits });

const parquet = (): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'channel', data: [1, 2, 3], type: 'INT32' },
        { name: 'gain', data: [1.5, 2.5, 3.5], type: 'DOUBLE' },
        { name: 'name', data: ['a', 'b', 'c'], type: 'STRING' },
        { name: 'time', data: [1n, 2n, 2n ** 60n], type: 'INT64' },
      ],
    }),
  );
const npy = encodeNpy({ dtype: '<f8', shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) });
const samples: Readonly<Record<string, () => Uint8Array>> = {
  JSON: () => text('{"gains": [1, 2.5, {"a": "b"}], "on": true}'),
  CSV: () => text('channel,gain,name\n1,2.5,"a ""b"""\n2,3.5,c\n'),
  NPY: () => npy,
  Parquet: parquet,
  XML: () => text('<a><b n="1"/></a>'),
  'JSON.gz': () => gzipSync('{"gains": [1, 2]}'),
};

describe('formats of payloads', () => {
  test('[BLK6] JSON is what it holds; what would be rounded or is too deep is refused', async () => {
    expect(await read('JSON', samples.JSON?.() ?? text(''))).toEqual({
      gains: [1, 2.5, { a: 'b' }],
      on: true,
    });
    await expect(read('JSON', text('{\n"a": 12345678901234567890}'))).rejects.toThrow(
      'file:2: a whole number that would be rounded: given 12345678901234567890 (write it as a string)',
    );
    await expect(read('JSON', text('["12345678901234567890", 1e300]'))).resolves.toBeDefined();
    await expect(read('JSON', text('['.repeat(200_000)))).rejects.toThrow(
      'arrays and objects inside each other',
    );
    await expect(read('JSON', text('{"a": \n nan}'))).rejects.toThrow(/^file(:2)?: not JSON/);
    await expect(read('JSON', text(' '))).rejects.toThrow('file: the file is empty');
  });

  test('[BLK6] CSV becomes columns of numbers or text, by what they hold', async () => {
    const csv =
      '# PMT gains\nchannel,gain,name,serial,note\n1,2.5,"a, b",9007199254740993,\n2,-3e2,c,1,x\n';
    const table = await read('CSV', text(csv));
    if (!(table instanceof ChannelTable)) throw new Error('not a table');
    expect([...table.columns]).toEqual([
      ['channel', Float64Array.of(1, 2)],
      ['gain', Float64Array.of(2.5, -300)],
      ['name', ['a, b', 'c']],
      ['serial', BigInt64Array.of(9007199254740993n, 1n)],
      ['note', ['', 'x']],
    ]);
    expect(table.number('gain', 1)).toBe(-300);
    const gaps = (await read('CSV', text('a,b\n1,\n,2\n'))) as ChannelTable;
    expect([...gaps.columns.values()]).toEqual([
      [1, null],
      [null, 2],
    ]);
  });

  test('[BLK6] a CSV file that is not sound is an error with its line', async () => {
    await expect(read('CSV', text('a,b\n1,2\n3\n'))).rejects.toThrow(
      /^file:3: not a sound CSV table/,
    );
    await expect(read('CSV', text('a,b\n1,"2\n'))).rejects.toThrow('not a sound CSV table');
    await expect(read('CSV', text(''))).rejects.toThrow('the file is empty');
    await expect(read('CSV', text('a,a\n1,2\n'))).rejects.toThrow(
      "two columns of the same name: given 'a'",
    );
    await expect(read('CSV', text('a,\n1,2\n'))).rejects.toThrow('a column without a name');
  });

  test('[BLK6] NPY becomes numbers with a shape', async () => {
    const array = await read('npy', npy);
    if (!(array instanceof NumberArray)) throw new Error('not an array');
    expect(array.shape).toEqual([2, 3]);
    expect([...array.constants()].slice(3)).toEqual([
      ['[1,0]', 4],
      ['[1,1]', 5],
      ['[1,2]', 6],
    ]);
    await expect(read('NPY', npy.subarray(0, 100))).rejects.toThrow(ConditionsError);
  });

  test('[BLK6] Parquet becomes columns; integers that a number cannot hold are bigints', async () => {
    const table = await read('Parquet', parquet());
    if (!(table instanceof ChannelTable)) throw new Error('not a table');
    expect([...table.columns]).toEqual([
      ['channel', Float64Array.of(1, 2, 3)],
      ['gain', Float64Array.of(1.5, 2.5, 3.5)],
      ['name', ['a', 'b', 'c']],
      ['time', BigInt64Array.of(1n, 2n, 2n ** 60n)],
    ]);
    const limits = { ...defaultPayloadLimits, items: 11 };
    await expect(read('Parquet', parquet(), limits)).rejects.toThrow('too many values: given 12');
    await expect(read('Parquet', parquet().subarray(1))).rejects.toThrow(ConditionsError);
    await expect(read('Parquet', text('PAR1'))).rejects.toThrow('file: not a sound Parquet file');
  });

  test('[BLK5] compressed payloads are read; one that is cut short or grows without end is refused', async () => {
    const xml = await read('XML.gz', gzipSync('<a><b n="1"/></a>'));
    expect([...constantsOf(xml)]).toContainEqual(['children[0]/attributes/n', '1']);
    expect(await read('JSON.gz', gzipSync('[1]'))).toEqual([1]);
    const bomb = gzipSync(new Uint8Array(50_000_000));
    expect(bomb.length).toBeLessThan(60_000);
    const limits = { ...defaultPayloadLimits, bytes: 1_000_000 };
    await expect(read('XML.gz', bomb, limits)).rejects.toThrow(
      'the payload grows beyond the limit',
    );
    await expect(read('XML.gz', gzipSync('<a/>').subarray(0, 15))).rejects.toThrow(
      'file: gzip data cut short',
    );
    await expect(read('XML.gz', text('<a/>'))).rejects.toThrow('file: not gzip data, or damaged');
    await expect(read('XML', new Uint8Array(1_000_001), limits)).rejects.toThrow(
      'the payload is too large',
    );
  });

  test('[BLK6] a format that is none names those there are', async () => {
    await expect(read('XMl', text('<a/>'))).resolves.toBeDefined();
    await expect(read('XLM', text('<a/>'))).rejects.toThrow("given 'XLM', expected XML, JSON");
    await expect(read('HDF5.gz', text(''))).rejects.toThrow('no such payload format');
  });

  test.each(Object.keys(samples))(
    '[BLK7] %s: whatever the bytes, nothing but a ConditionsError comes of them',
    async (format) => {
      const sound = samples[format]?.() ?? text('');
      const change = fc.record({ at: fc.nat(sound.length), byte: fc.nat(255), cut: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), async (changes) => {
          let bytes = sound.slice();
          for (const { at, byte, cut } of changes) {
            // hyparquet believes the counts inside pages: a wrong one may keep it busy for hours.
            if (cut || format === 'Parquet') bytes = bytes.slice(0, at);
            else bytes[at] = byte;
          }
          try {
            await read(format, bytes, { ...defaultPayloadLimits, bytes: 1e7, items: 1e6 });
          } catch (error) {
            expect(error).toBeInstanceOf(ConditionsError);
          }
        }),
        { numRuns: 200 },
      );
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), async (bytes) => {
          await read(format, bytes).catch((error) => expect(error).toBeInstanceOf(ConditionsError));
        }),
        { numRuns: 100 },
      );
    },
  );
});
