import { readFile } from 'node:fs/promises';
import { NpyReader } from '@lantern/formats/node';
import type { Detector, Scene } from '@lantern/geometry';
import { OpticsError } from '../../errors.ts';
import { genstepWords } from '../../genstep-layout.ts';
import { lastAtMost, photonStarts, selectSteps } from '../genstep-source.ts';
import type { GeometryWalker } from '../gun/geometry-walker.ts';
import { KernelWalker } from '../gun/kernel-walker.ts';
import type { PhotonSource, SourceBatch } from '../photon-source.ts';
import { wavelengthRange } from '../wavelength-range.ts';
import { GenstepCheck } from './genstep-check.ts';
import { type MaterialLines, parseMaterialLines, readMaterialLines } from './material-lines.ts';
import { stepMaterials } from './step-materials.ts';

/** What a file of generation steps is read with. */
export interface GenstepFileOptions {
  readonly detector: Detector;
  readonly scene: Scene;
  /** The compiled kernel (kernel.wasm), by whose navigation steps are looked up in the detector. */
  readonly module: WebAssembly.Module;
  /** How steps say their material: `auto`, or `Water=3,Acrylic=7`; by the file beside it, or the scene's index without. */
  readonly materialLines?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told how many steps have been checked, now and then. */
  readonly onProgress?: ((checked: number, steps: number) => void) | undefined;
}

/** The size of a row's index: 40 bits. */
const mostPhotons = 2 ** 40;
/** Steps that are counted together: what is kept of a file is one number for so many. */
const blockSteps = 256;
/** Steps read at once while the file is checked. */
const chunkSteps = 256 * blockSteps;
/** About so many steps are looked up in the detector. */
const lookUps = 100_000;

/**
 * Photons from an NPY file of generation steps: (G, 6, 4) little-endian float32 in Opticks' layout (genstep-layout.ts).
 * The file is read once to check every step and to count the photons, then piece by piece as batches are asked for, so
 * that it may be larger than the memory: 8 bytes stay for 256 steps.
 *
 * @throws FormatError when the file is missing, damaged or of another shape; OpticsError for the first step that is
 * none, or is not in its material: see `GenstepCheck`
 */
export async function openGenstepFile(
  path: string,
  options: GenstepFileOptions,
): Promise<PhotonSource> {
  const { detector, scene, module } = options;
  const lines = await materialLines(path, options);
  const reader = await NpyReader.open(path, { dtype: '<f4', shape: [undefined, 6, 4], shapeHint });
  try {
    const walker: GeometryWalker = new KernelWalker(module, scene);
    const check = new GenstepCheck({
      where: path,
      wavelengths: wavelengthRange(detector),
      materials: stepMaterials(detector, scene),
      lines,
      walker,
      lookUpEvery: Math.max(1, Math.ceil(reader.rows / lookUps)),
    });
    const starts = await countPhotons(reader, check, options);
    return new GenstepFile(reader, check, starts);
  } catch (error) {
    await reader.close();
    throw error;
  }
}

/** A file of photons in place of generation steps. */
function shapeHint(shape: readonly number[]): string | undefined {
  const isPhotons = shape.length === 3 && shape[1] === 4 && shape[2] === 4;
  return isPhotons ? 'these are photons: --photons FILE takes them' : undefined;
}

/** The file of names beside a file of steps: gensteps.npy has gensteps.materials.json. */
function materialsBeside(path: string): string {
  return `${path.replace(/\.npy$/i, '')}.materials.json`;
}

async function materialLines(
  path: string,
  { materialLines: text, scene }: GenstepFileOptions,
): Promise<MaterialLines> {
  if (text !== undefined) return parseMaterialLines(text, scene.materials);
  const beside = materialsBeside(path);
  const json = await readFile(beside, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  return json === undefined ? { kind: 'scene' } : readMaterialLines(json, scene.materials, beside);
}

/** Number of the first photon of each block, and of all photons at the end. */
async function countPhotons(
  reader: NpyReader<'<f4'>,
  check: GenstepCheck,
  { signal, onProgress }: GenstepFileOptions,
): Promise<Float64Array> {
  const starts = new Float64Array(Math.ceil(reader.rows / blockSteps) + 1);
  let [photons, block] = [0, 0];
  for (let first = 0; first < reader.rows; first += chunkSteps) {
    signal?.throwIfAborted();
    const rows = new Float32Array(await reader.read(first, chunkSteps));
    check.check(rows, first);
    for (let at = 0; at < rows.length; at += blockSteps * genstepWords) {
      photons += photonStarts(rows.subarray(at, at + blockSteps * genstepWords)).at(-1) ?? 0;
      starts[++block] = photons;
    }
    onProgress?.(Math.min(first + chunkSteps, reader.rows), reader.rows);
  }
  check.finish();
  if (photons > 0 && photons <= mostPhotons) return starts;
  throw new OpticsError({
    what: photons > 0 ? 'too many photons' : 'a file without photons',
    where: reader.path,
    given: `${photons} photons in ${reader.rows} steps`,
    expected: '1 to 2^40',
  });
}

/** A file that was checked. */
class GenstepFile implements PhotonSource {
  readonly description: string;
  readonly count: number;
  readonly #reader: NpyReader<'<f4'>;
  readonly #check: GenstepCheck;
  readonly #starts: Float64Array;

  constructor(reader: NpyReader<'<f4'>, check: GenstepCheck, starts: Float64Array) {
    this.description = `gensteps ${reader.path}`;
    this.count = starts.at(-1) ?? 0;
    this.#reader = reader;
    this.#check = check;
    this.#starts = starts;
  }

  async batch(first: number, count: number): Promise<SourceBatch> {
    const from = lastAtMost(this.#starts, first);
    const to = Math.min(lastAtMost(this.#starts, first + count - 1) + 1, this.#starts.length - 1);
    const rows = await this.#rows(from * blockSteps, (to - from) * blockSteps);
    const starts = photonStarts(rows);
    const offset = this.#starts[from] ?? 0;
    if (starts.at(-1) !== (this.#starts[to] ?? 0) - offset) throw this.#changed();
    return selectSteps(rows, starts, first - offset, count);
  }

  async *gensteps(): AsyncGenerator<Float32Array<ArrayBuffer>, void, undefined> {
    for (let first = 0; first < this.#reader.rows; first += chunkSteps)
      yield await this.#rows(first, chunkSteps);
  }

  warnings(): readonly string[] {
    const { frames } = this.#check;
    if (frames === 0) return [];
    const steps = `${frames} step${frames === 1 ? '' : 's'}`;
    return [`${this.#reader.path}: ${steps} of kind 17 (FRAME) skipped: they make no light`];
  }

  close(): Promise<void> {
    return this.#reader.close();
  }

  async #rows(first: number, count: number): Promise<Float32Array<ArrayBuffer>> {
    const rows = new Float32Array(await this.#reader.read(first, count));
    this.#check.convert(rows, first);
    return rows;
  }

  #changed(): OpticsError {
    return new OpticsError({
      what: 'the file of generation steps has changed while it was read',
      where: this.#reader.path,
      hint: 'write it to another name first, then rename it',
    });
  }
}
