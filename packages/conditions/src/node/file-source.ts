import { open } from 'node:fs/promises';
import { ConditionsError } from '../errors.ts';
import { type ByteSource, checkedLength } from '../snapshot/byte-source.ts';

/** @throws ConditionsError `absent` for a file that is not there, `unavailable` for one that cannot be read */
export async function fileSource(path: string): Promise<ByteSource> {
  const file = await open(path, 'r').catch((cause) => {
    const isAbsent = cause.code === 'ENOENT';
    throw new ConditionsError(isAbsent ? 'absent' : 'unavailable', {
      what: isAbsent ? 'no such file' : 'the file cannot be read',
      where: path,
      cause,
    });
  });
  const { size } = await file.stat();
  return {
    name: path,
    size,
    async read(offset, length) {
      if (offset + length > size) return checkedLength(new Uint8Array(0), length, path);
      const bytes = new Uint8Array(length);
      let at = 0;
      while (at < length) {
        const { bytesRead } = await file.read(bytes, at, length - at, offset + at);
        if (bytesRead === 0) break;
        at += bytesRead;
      }
      return checkedLength(bytes.subarray(0, at), length, path);
    },
    close: () => file.close(),
  };
}
