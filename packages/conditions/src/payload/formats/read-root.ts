/// <reference path="./jsroot.d.ts" />
import type { RootDirectory, RootFile } from 'jsroot/io';
import { ConditionsError } from '../../errors.ts';
import { checkLimit, defaultPayloadLimits, type PayloadLimits } from '../limits.ts';
import { shorten } from '../xml/xml-element.ts';
import { readRootTree } from './read-root-tree.ts';
import { rootObject } from './root-object.ts';

/** The objects of a ROOT file by path: `run7/gains`. */
export type RootObjects = ReadonlyMap<string, unknown>;

/**
 * Reads a ROOT file by jsroot: histograms with their edges and contents, trees as tables, other objects with their
 * members. Of objects with several cycles the last is read.
 *
 * @throws ConditionsError `invalid` where it is not a ROOT file, damaged, or passes a limit
 */
export async function readRoot(
  bytes: Uint8Array,
  where: string,
  limits: PayloadLimits = defaultPayloadLimits,
): Promise<RootObjects> {
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== 'root') {
    throw new ConditionsError('invalid', {
      what: bytes.length === 0 ? 'the file is empty' : 'not a ROOT file',
      where,
      expected: "'root' at its start",
    });
  }
  try {
    const objects = new Map<string, unknown>();
    const file = await open(bytes, where);
    await readDirectory(file, file, '', objects, { limits, where });
    return objects;
  } catch (cause) {
    if (cause instanceof ConditionsError) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ConditionsError('invalid', {
      what: `not a sound ROOT file: ${shorten(message)}`,
      where,
      cause,
    });
  }
}

async function open(bytes: Uint8Array, where: string): Promise<RootFile> {
  const [{ FileProxy, openFile }, { internals }, { decompress }] = await Promise.all([
    import('jsroot/io'),
    import('jsroot/core'),
    import('fzstd'),
  ]);
  // jsroot would load a package of 65 MB for it in Node.
  internals._ZstdStream = { decompress };
  const buffer = bytes.slice().buffer;
  class Bytes extends FileProxy {
    override async openFile(): Promise<boolean> {
      return true;
    }

    override getFileName(): string {
      return where;
    }

    override getFileSize(): number {
      return buffer.byteLength;
    }

    override async readBuffer(position: number, length: number): Promise<DataView> {
      if (!(position >= 0 && length >= 0 && position < buffer.byteLength)) {
        throw new RangeError(`cut short: ${length} bytes at ${position} of ${buffer.byteLength}`);
      }
      return new DataView(buffer, position, Math.min(length, buffer.byteLength - position));
    }
  }
  return openFile(new Bytes());
}

interface ReadingFile {
  readonly limits: PayloadLimits;
  readonly where: string;
}

async function readDirectory(
  file: RootFile,
  directory: RootDirectory,
  above: string,
  objects: Map<string, unknown>,
  context: ReadingFile,
): Promise<void> {
  const { limits, where } = context;
  checkLimit(limits, 'depth', above.split('/').length, 'folders inside folders', where);
  for (const { fName, fClassName, fCycle, fObjlen } of directory.fKeys) {
    const path = `${above}${fName}`;
    if ((above === '' && fName === 'StreamerInfo') || fClassName === 'TFile') continue;
    const last = directory.fKeys.filter((key) => key.fName === fName).map((key) => key.fCycle);
    if (fCycle < Math.max(...last)) continue;
    const place = `${where}: ${shorten(path)}`;
    checkLimit(limits, 'bytes', fObjlen, 'an object grows beyond the limit', place);
    const read = await file.readObject(path, fCycle);
    if (/^TDirectory/.test(fClassName)) {
      await readDirectory(file, read as never, `${path}/`, objects, context);
    } else if (/^T(?:Tree|NtupleD?|Chain)$/.test(fClassName)) {
      objects.set(path, await readRootTree(read, place, limits));
    } else objects.set(path, rootObject(read, limits.depth));
    checkLimit(limits, 'items', objects.size, 'too many objects', where);
  }
}
