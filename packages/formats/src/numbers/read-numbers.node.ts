import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createUnzip } from 'node:zlib';
import { FormatError } from '../errors.ts';
import { codeOf, fileError } from '../file-error.node.ts';
import { NumberScanner, type NumbersExpected } from './number-scanner.ts';

const pieceBytes = 1 << 18;

/**
 * Reads a file of decimal numbers with white space between them, plain or packed by zlib or gzip; its first bytes
 * tell. It is unpacked piece by piece, and no further than to the last number expected: a file that unpacks to
 * terabytes is an error like any other.
 *
 * @returns one of the counts expected of numbers, as 32-bit floats
 * @throws FormatError that names the file: it cannot be read, is cut short or damaged, or does not hold those numbers
 */
export async function readNumbers(
  path: string,
  expected: NumbersExpected,
): Promise<Float32Array<ArrayBuffer>> {
  const scanner = new NumberScanner(path, expected);
  try {
    const file = await open(path);
    try {
      for await (const piece of await unpacked(file)) scanner.push(piece as Uint8Array);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw inWords(error, path);
  }
  return scanner.end();
}

async function unpacked(file: FileHandle): Promise<AsyncIterable<unknown>> {
  const head = new Uint8Array(2);
  await file.read(head, 0, 2, 0);
  const bytes = file.createReadStream({ start: 0, highWaterMark: pieceBytes, autoClose: false });
  if (!isPacked(head)) return bytes;
  return pipeline(bytes, createUnzip({ chunkSize: pieceBytes }), () => undefined);
}

/** RFC 1950: 0x78, and the first two bytes a multiple of 31; RFC 1952: 1f 8b. No number begins so. */
function isPacked([first = 0, second = 0]: Uint8Array): boolean {
  return (
    (first === 0x78 && (256 * first + second) % 31 === 0) || (first === 0x1f && second === 0x8b)
  );
}

function inWords(error: unknown, where: string): unknown {
  const code = codeOf(error);
  if (code === 'Z_BUF_ERROR') {
    const hint = 'is the copy complete?';
    return new FormatError({ what: 'the packed file is cut short', where, hint, cause: error });
  }
  if (code?.startsWith('Z_')) {
    const given = error instanceof Error ? error.message : undefined;
    return new FormatError({ what: 'the packed file is damaged', where, given, cause: error });
  }
  return fileError(error, 'cannot read', where);
}
