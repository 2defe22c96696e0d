import { join } from 'node:path';
import { NpyWriter } from '@lantern/formats/node';
import type { PhotonBatch } from '../engine.ts';

type RowWriter = NpyWriter<'<f4'>;

/** Which arrays are kept besides the hits. */
export interface Kept {
  readonly photons: boolean;
  /** Steps of each photon; 0: no record. */
  readonly recordSteps: number;
}

/** hits.npy, and photons.npy and record.npy when they are kept, while they grow. */
export class ResultFiles {
  readonly #hits: RowWriter;
  readonly #photons: RowWriter | undefined;
  readonly #records: RowWriter | undefined;

  private constructor(hits: RowWriter, photons?: RowWriter, records?: RowWriter) {
    this.#hits = hits;
    this.#photons = photons;
    this.#records = records;
  }

  /** Begins the files under their partial names. */
  static async create(folder: string, { photons, recordSteps }: Kept): Promise<ResultFiles> {
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

  /** Gives the files their names. */
  async finish(): Promise<void> {
    for (const writer of this.#writers()) await writer.finish();
  }

  /** Closes the files; they keep their partial names and can be read. */
  async abandon(): Promise<void> {
    await Promise.all(this.#writers().map((writer) => writer.abort()));
  }

  #writers(): RowWriter[] {
    return [this.#hits, this.#photons, this.#records].filter((writer) => writer !== undefined);
  }
}
