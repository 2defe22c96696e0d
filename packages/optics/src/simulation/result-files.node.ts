import { join } from 'node:path';
import { NpyWriter } from '@lantern/formats/node';
import type { PhotonBatch } from '../engine.ts';

type RowWriter = NpyWriter<'<f4'>;

/** Which arrays are kept besides the hits. */
export interface Kept {
  readonly photons: boolean;
  /** Steps of each photon; 0: no record. */
  readonly recordSteps: number;
  readonly gensteps: boolean;
}

/** hits.npy, and photons.npy, record.npy and gensteps.npy when they are kept, while they grow. */
export class ResultFiles {
  readonly #hits: RowWriter;
  readonly #photons: RowWriter | undefined;
  readonly #records: RowWriter | undefined;
  readonly #gensteps: RowWriter | undefined;

  private constructor(
    hits: RowWriter,
    photons?: RowWriter,
    records?: RowWriter,
    gensteps?: RowWriter,
  ) {
    this.#hits = hits;
    this.#photons = photons;
    this.#records = records;
    this.#gensteps = gensteps;
  }

  /** Begins the files under their partial names. */
  static async create(
    folder: string,
    { photons, recordSteps, gensteps }: Kept,
  ): Promise<ResultFiles> {
    const begun: RowWriter[] = [];
    const begin = async (name: string, rowShape: readonly number[]): Promise<RowWriter> => {
      const writer = await NpyWriter.create(join(folder, name), { dtype: '<f4', rowShape });
      begun.push(writer);
      return writer;
    };
    try {
      return new ResultFiles(
        await begin('hits.npy', [4, 4]),
        photons ? await begin('photons.npy', [4, 4]) : undefined,
        recordSteps > 0 ? await begin('record.npy', [recordSteps, 4, 4]) : undefined,
        gensteps ? await begin('gensteps.npy', [6, 4]) : undefined,
      );
    } catch (error) {
      await Promise.all(begun.map((writer) => writer.abort()));
      throw error;
    }
  }

  get hitCount(): number {
    return this.#hits.rows;
  }

  /** Writes what a batch gives. */
  async append({ hits, photons, records }: PhotonBatch): Promise<void> {
    if (hits.length > 0) await this.#hits.append(hits);
    if (photons) await this.#photons?.append(photons);
    if (records) await this.#records?.append(records);
  }

  /** Writes generation steps: rows of 24 words. */
  async appendGensteps(rows: Float32Array): Promise<void> {
    await this.#gensteps?.append(rows);
  }

  /** Gives the files their names. */
  async finish(): Promise<void> {
    for (const writer of this.#writers()) await writer.finish();
  }

  /** Closes the files; they keep their partial names and can be read. */
  async abandon(): Promise<void> {
    await Promise.all(this.#writers().map((writer) => writer.abort()));
  }

  #writers(): RowWriter[] {
    const writers = [this.#hits, this.#photons, this.#records, this.#gensteps];
    return writers.filter((writer) => writer !== undefined);
  }
}
