import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createDeflate, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../src/errors.ts';
import { NumberScanner } from '../src/numbers/number-scanner.ts';
import { readNumbers } from '../src/numbers/read-numbers.node.ts';
import { temporaryFolder } from './temporary-folder.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const meaning = 'chances of a reflection';

function scan(text: string, counts: readonly number[], pieces: readonly number[] = []): number[] {
  const scanner = new NumberScanner('a.z', { counts, meaning });
  const all = bytes(text);
  let start = 0;
  for (const end of [...pieces, all.length]) {
    scanner.push(all.subarray(start, end));
    start = end;
  }
  return [...scanner.end()];
}

function message(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

describe('numbers in text', () => {
  test('[NUM1] are those that JavaScript reads, however they are written and cut into pieces', () => {
    const words =
      '0 1 -1 +2 0.5 .25 3. 1e3 -2.5E-3 0.0001234 123456.789 1.5707964 3.14159265358979312 1e-40 0000012 9007199254740993'.split(
        ' ',
      );
    const text = `\n ${words.join('\t\r\n ')}  \n`;
    const expected = words.map((word) => Math.fround(Number(word)));
    expect(scan(text, [words.length])).toEqual(expected);
    for (let cut = 0; cut < text.length; cut++) {
      expect(scan(text, [words.length], [cut, Math.min(text.length, cut + 1)])).toEqual(expected);
    }
    expect(scan('1 2', [1, 2])).toEqual([1, 2]);
    expect(scan('1', [1, 2])).toEqual([1]);
    const spare = (text: string): number[] => {
      const scanner = new NumberScanner('a.z', { counts: [2, 6], spare: 2, meaning });
      scanner.push(bytes(text));
      return [...scanner.end()];
    };
    expect(spare('1 2 3 4')).toEqual([1, 2]);
    expect(spare('1 2 3 4 5 6 7 8')).toEqual([1, 2, 3, 4, 5, 6]);
    expect(message(() => spare('1 2 3 4 5'))).toMatch(/given 5 numbers, expected 2 or 6/);
    expect(message(() => spare('1 2 3 4 5 6 7 8 9'))).toMatch(/more than 8 numbers/);
  });

  test('[NUM2] a wrong number of them, or what is none, is an error that says which and what was expected', () => {
    expect(message(() => scan('1 2 3', [4]))).toBe(
      'a.z: not the right number of values: given 3 numbers, expected 4 numbers (chances of a reflection)',
    );
    expect(message(() => scan(' \n', [4, 1500]))).toBe(
      'a.z: there are no numbers in it: given 0 numbers, expected 4 or 1,500 numbers (chances of a reflection)',
    );
    expect(message(() => scan('1 2 3 4 5', [4]))).toMatch(
      /it goes on after its last value: given more than 4 numbers/,
    );
    for (const word of [
      'x',
      '1.2.3',
      '1e',
      'nan',
      'inf',
      '-',
      '.',
      '1e999',
      '0x10',
      '1,5',
      '--1',
    ]) {
      const expected = `a.z: not a number: given '${word}' as value 3`;
      expect(message(() => scan(`1 2 ${word} 4`, [4]))).toContain(expected);
    }
    expect(message(() => scan(`1 ${'7'.repeat(200)}`, [2]))).toMatch(/not a number: given '7777/);
    expect(message(() => scan('1 \u0000\u0001é 2', [3]))).toMatch(/not a number: given '\?\?\?\?'/);
  });
});

describe('files of numbers', () => {
  const counts = [5];

  test('[NUM3] are plain, or packed by zlib or gzip', async () => {
    const folder = temporaryFolder();
    const text = '1 2.5\n-3 4e-2 5\n';
    const forms: [string, Uint8Array][] = [
      ['plain.dat', bytes(text)],
      ['zlib.z', deflateSync(text)],
      ['stored.z', deflateSync(text, { level: 0 })],
      ['gzip.gz', gzipSync(text)],
      ['eight.dat', bytes('8 2.5\n-3 4e-2 5')],
    ];
    for (const [name, content] of forms) {
      writeFileSync(join(folder, name), content);
      const numbers = await readNumbers(join(folder, name), { counts, meaning });
      expect([...numbers].slice(1)).toEqual([2.5, -3, 0.04, 5].map(Math.fround));
    }
  });

  test('[NUM4] that are missing, folders, empty, cut short or damaged are errors that name them', async () => {
    const folder = temporaryFolder();
    const packed = deflateSync(Array.from({ length: 5 }, (_, i) => `${i / 7}`).join('\n'));
    const damaged = Uint8Array.from(packed, (byte, i) => (i === 12 ? byte ^ 0x55 : byte));
    const cases: [string, Uint8Array | undefined, RegExp][] = [
      ['empty', new Uint8Array(0), /empty: there are no numbers in it: given 0 numbers/],
      ['short', packed.subarray(0, packed.length - 9), /short: the packed file is cut short/],
      ['head', packed.subarray(0, 2), /head: the packed file is cut short/],
      ['damaged', damaged, /damaged: (the packed file is damaged|not a number|not the right)/],
      ['missing', undefined, /missing: cannot read: no such file/],
    ];
    for (const [name, content, expected] of cases) {
      const path = join(folder, name);
      if (content) writeFileSync(path, content);
      await expect(readNumbers(path, { counts, meaning })).rejects.toThrow(expected);
      await expect(readNumbers(path, { counts, meaning })).rejects.toBeInstanceOf(FormatError);
    }
    await expect(readNumbers(folder, { counts, meaning })).rejects.toThrow(/it is a folder/);
    await expect(readNumbers('/dev/zero', { counts, meaning })).rejects.toThrow(/not a number/);
  });

  test('[NUM5] a file of kilobytes that unpacks to 200 MB, of numbers or of space, is an error soon and in little memory', async () => {
    const folder = temporaryFolder();
    for (const [name, piece, expected] of [
      ['numbers', '0 '.repeat(1 << 19), /goes on after its last value/],
      ['space', ' '.repeat(1 << 20), /far too much text/],
      ['digits', '0'.repeat(1 << 20), /not a number/],
    ] as const) {
      const path = join(folder, name);
      const pieces = Readable.from(Array.from({ length: 200 }, () => piece));
      await pipeline(pieces, createDeflate({ level: 1 }), createWriteStream(path));
      const before = process.memoryUsage().rss;
      const begin = performance.now();
      await expect(readNumbers(path, { counts: [1000], meaning })).rejects.toThrow(expected);
      expect(performance.now() - begin).toBeLessThan(2000);
      expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
    }
  });
});
