import { join } from 'node:path';
import type { NpyDtype } from '@lantern/formats';
import { NpyWriter } from '@lantern/formats/node';
import type { ChildBatch, PhotonBatch } from '../engine.ts';
import { type HitKind, hitKinds } from '../hits/hit-forms.ts';
import { wholeHit } from '../hits/hit-layout.ts';
import type { LiteHitLayout } from '../hits/lite-hit.ts';
import { ChildrenLast } from './children-last.node.ts';
import { MergedFile } from './merged-file.node.ts';

/** Which arrays are kept. */
export interface Kept {
  readonly hits: readonly HitKind[];
  readonly photons: boolean;
  /** Steps of each photon; 0: no record. */
  readonly recordSteps: number;
  readonly gensteps: boolean;
  /** Of lite hits. */
  readonly lite: LiteHitLayout;
  /** Of merged hits, ns. */
  readonly window: number;
}

type FloatWriter = ChildrenLast<'<f4'>;
type WordWriter = ChildrenLast<'<u4'>;

/** The writers of the arrays that are kept. */
interface Writers {
  readonly hits?: FloatWriter | undefined;
  readonly lite?: WordWriter | undefined;
  readonly merged?: FloatWriter | undefined;
  readonly liteMerged?: WordWriter | undefined;
  readonly photons?: FloatWriter | undefined;
  readonly records?: FloatWriter | undefined;
  readonly gensteps?: FloatWriter | undefined;
}

/** The NPY files of a simulation while they grow. */
export class ResultFiles {
  readonly #writers: Writers;
  readonly #merged: MergedFile | undefined;
  readonly #liteMerged: MergedFile | undefined;
  readonly #parentsPath: string;
  /** Begun when there is a child. */
  #parents: NpyWriter<'<u8'> | undefined;

  private constructor(folder: string, writers: Writers, { lite, window }: Kept) {
    this.#writers = writers;
    this.#parentsPath = join(folder, 'parents.npy');
    const { merged, liteMerged } = writers;
    this.#merged =
      merged &&
      new MergedFile(wholeHit, window, (rows) => merged.append(new Float32Array(rows.buffer)));
    this.#liteMerged =
      liteMerged && new MergedFile(lite, window, (rows) => liteMerged.append(rows));
  }

  /** Begins the files under their partial names. */
  static async create(folder: string, kept: Kept): Promise<ResultFiles> {
    const begun: { abort(): Promise<unknown> }[] = [];
    const begin = async <D extends NpyDtype>(
      wanted: boolean,
      name: string,
      dtype: D,
      rowShape: readonly number[],
    ): Promise<ChildrenLast<D> | undefined> => {
      if (!wanted) return undefined;
      const writer = await ChildrenLast.create(join(folder, name), { dtype, rowShape });
      begun.push(writer);
      return writer;
    };
    const { hits, photons, recordSteps } = kept;
    const wants = (kind: HitKind): boolean => hits.includes(kind);
    try {
      return new ResultFiles(
        folder,
        {
          hits: await begin(wants('hits'), 'hits.npy', '<f4', [4, 4]),
          lite: await begin(wants('hits-lite'), 'hits-lite.npy', '<u4', [4]),
          merged: await begin(wants('hits-merged'), 'hits-merged.npy', '<f4', [4, 4]),
          liteMerged: await begin(wants('hits-lite-merged'), 'hits-lite-merged.npy', '<u4', [4]),
          photons: await begin(photons, 'photons.npy', '<f4', [4, 4]),
          records: await begin(recordSteps > 0, 'record.npy', '<f4', [recordSteps, 4, 4]),
          gensteps: await begin(kept.gensteps, 'gensteps.npy', '<f4', [6, 4]),
        },
        kept,
      );
    } catch (error) {
      await Promise.all(begun.map((writer) => writer.abort()));
      throw error;
    }
  }

  /** Rows of each file of hits so far. */
  get hitRows(): Readonly<Partial<Record<HitKind, number>>> {
    const { hits, lite, merged, liteMerged } = this.#writers;
    const writers = [hits, lite, merged, liteMerged];
    return Object.fromEntries(
      hitKinds.flatMap((kind, i) => {
        const writer = writers[i];
        return writer ? [[kind, writer.rows]] : [];
      }),
    );
  }

  /** Writes what a batch gives. */
  async append(batch: PhotonBatch): Promise<void> {
    const { hits, lite, photons, records } = this.#writers;
    await hits?.append(batch.hits);
    await lite?.append(batch.lite);
    await this.#merged?.append(batch.merged ?? []);
    await this.#liteMerged?.append(batch.liteMerged ?? []);
    await photons?.append(batch.photons);
    await records?.append(batch.records);
    if (batch.children) await this.#appendChildren(batch.children);
  }

  async #appendChildren(children: ChildBatch): Promise<void> {
    const { hits, lite, photons, records } = this.#writers;
    await hits?.appendChildren(children.hits);
    await lite?.appendChildren(children.lite);
    await photons?.appendChildren(children.photons);
    await records?.appendChildren(children.records);
    this.#parents ??= await NpyWriter.create(this.#parentsPath, { dtype: '<u8', rowShape: [] });
    await this.#parents.append(children.parents);
  }

  /** Writes generation steps: rows of 24 words. */
  async appendGensteps(rows: Float32Array): Promise<void> {
    await this.#writers.gensteps?.append(rows);
  }

  /** Gives the files their names. */
  async finish(): Promise<void> {
    await this.#flush();
    for (const writer of this.#all()) await writer.finish();
  }

  /** Closes the files; they keep their partial names and can be read. */
  async abandon(): Promise<void> {
    // After an error of writing there may be no room for these either.
    await this.#flush().catch(() => {});
    await Promise.all(this.#all().map((writer) => writer.abort()));
  }

  /** Writes what is still merging. */
  async #flush(): Promise<void> {
    await this.#merged?.flush();
    await this.#liteMerged?.flush();
  }

  #all(): { finish(): Promise<void>; abort(): Promise<unknown> }[] {
    const writers = [...Object.values(this.#writers), this.#parents];
    return writers.filter((writer) => writer !== undefined);
  }
}
