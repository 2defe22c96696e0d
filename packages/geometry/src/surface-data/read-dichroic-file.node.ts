import { createReadStream } from 'node:fs';
import { FormatError } from '@lantern/formats';
import { fileError } from '@lantern/formats/node';
import type { DichroicTable } from '../model/dichroic-table.ts';
import { parseDichroicText } from './dichroic-text.ts';

const mostBytes = 64 << 20;

/**
 * Reads the table of a dichroic filter: {@link parseDichroicText}. No more than 64 MiB.
 *
 * @throws FormatError that names the file
 */
export async function readDichroicFile(path: string): Promise<DichroicTable> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const piece of createReadStream(path, { end: mostBytes })) {
      pieces.push(piece as Uint8Array);
      bytes += (piece as Uint8Array).length;
    }
  } catch (error) {
    throw fileError(error, 'cannot read', path);
  }
  if (bytes > mostBytes) {
    const what = 'too large for the table of a dichroic filter';
    throw new FormatError({ what, where: path, expected: 'at most 64 MiB' });
  }
  return parseDichroicText(Buffer.concat(pieces).toString('latin1'), path);
}
