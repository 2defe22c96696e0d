import { packScene } from '@lantern/geometry';
import { dot } from '@lantern/units';
import { describe, expect, it } from 'vitest';
import { createCpuEngine } from '../src/cpu/cpu-engine.node.ts';
import type { ChildBatch, PhotonBatch, PropagationRequest } from '../src/engine.ts';
import { photonFlags, photonOffsets, photonWords } from '../src/photon-layout.ts';
import { replayPhoton } from '../src/replay/life.ts';
import { tellLife } from '../src/replay/tell-life.ts';
import type { SourceEvent } from '../src/sources/photon-source.ts';
import { addTallies, emptyTally, type Tally } from '../src/tally.ts';
import { shiftingDetector, ultraviolet } from './shifting-detector.ts';

const photonCount = 3000;
const scene = packScene(shiftingDetector({ first: 3, second: 1.5 }));
const engine = createCpuEngine();

interface Outcome {
  readonly tally: Tally;
  readonly batches: readonly PhotonBatch[];
  readonly children: readonly ChildBatch[];
}

async function run(parts: Partial<PropagationRequest> = {}, packed = scene): Promise<Outcome> {
  const batches: PhotonBatch[] = [];
  const source = ultraviolet(photonCount);
  const request = { seed: 5n, source, threads: 1, keepPhotons: true, ...parts };
  const tally = await engine.propagate(packed, request, (batch) => {
    batches.push(batch);
  });
  return { tally, batches, children: batches.flatMap(({ children }) => children ?? []) };
}

const word = {
  flag: photonOffsets.flag / 4,
  index: photonOffsets.index / 4,
  flagMask: photonOffsets.flagMask / 4,
};

/** All rows of arrays as one, by their words. */
function join(arrays: readonly (Float32Array | Int32Array | undefined)[]): Uint32Array {
  const words = new Uint32Array(arrays.reduce((sum, rows) => sum + (rows?.length ?? 0), 0));
  let at = 0;
  for (const rows of arrays) {
    if (!rows) continue;
    words.set(new Uint32Array(rows.buffer, rows.byteOffset, rows.length), at);
    at += rows.length;
  }
  return words;
}

function column(words: Uint32Array, at: number): number[] {
  return [...words.filter((_, i) => i % photonWords === at)];
}

describe('photons that a wavelength shift makes beyond the first', () => {
  it('[ENG21] come with the batch of their photon, numbered behind the source', async () => {
    const { tally, children } = await run({ batchSize: 500 });
    const count = children.reduce((sum, batch) => sum + batch.count, 0);
    expect(count).toBeGreaterThan(photonCount);
    expect(tally.children).toBe(BigInt(count));
    let first = photonCount;
    for (const batch of children) {
      expect(batch.first).toBe(first);
      first += batch.count;
    }
    const rows = join(children.map(({ photons }) => photons));
    const numbers = Array.from({ length: count }, (_, i) => photonCount + i);
    expect(column(rows, word.index)).toEqual(numbers);
    const parents = children.flatMap((batch) => [...batch.parents].map(Number));
    expect(parents).toHaveLength(count);
    expect(parents).toEqual(parents.toSorted((a, b) => a - b));
    expect(Math.max(...parents)).toBeLessThan(photonCount);
    expect(
      column(rows, word.flagMask).every((mask) => (mask & photonFlags.BULK_REEMIT) !== 0),
    ).toBe(true);
  });

  it('[ENG21] are the same for any number of threads and any size of batches', async () => {
    const all = ({ batches, children }: Outcome): Uint32Array[] => [
      ...(['photons', 'hits', 'records', 'traces'] as const).flatMap((array) => [
        join(batches.map((batch) => batch[array])),
        join(children.map((batch) => batch[array])),
      ]),
      Uint32Array.from(children.flatMap(({ parents }) => [...parents].map(Number))),
    ];
    const parts = { recordSteps: 5 };
    const reference = await run(parts);
    const expected = all(reference);
    for (const [threads, batchSize] of [
      [2, 137],
      [1, photonCount],
    ] as const) {
      const other = await run({ ...parts, threads, batchSize });
      expect(other.tally).toEqual(reference.tally);
      all(other).forEach((words, i) => {
        expect(words.length).toBeGreaterThan(0);
        expect(
          Buffer.from(words.buffer).equals(Buffer.from(expected[i]?.buffer ?? new ArrayBuffer(0))),
        ).toBe(true);
      });
    }
  });

  it('[ENG21] are the same in a part of the source, but for their numbers', async () => {
    const ends = (children: readonly ChildBatch[], wanted: (parent: number) => boolean): number[] =>
      children.flatMap((batch) => {
        const rows = join([batch.photons]);
        return [...batch.parents].flatMap((parent, i) =>
          wanted(Number(parent))
            ? [...rows.slice(i * photonWords, i * photonWords + word.index)]
            : [],
        );
      });
    const part = await run({ first: 1000, count: 200 });
    const whole = await run();
    expect(part.children[0]?.first).toBe(photonCount);
    const wanted = (parent: number): boolean => parent >= 1000 && parent < 1200;
    expect(ends(part.children, () => true)).toEqual(ends(whole.children, wanted));
  });

  it('[ENG22] are counted: outcomes sum to all photons, hits are theirs too', async () => {
    const { tally, batches, children } = await run({ threads: 2, batchSize: 400 });
    const { absorbed, detected, surfaceAbsorbed, leftWorld, truncated } = tally;
    expect(tally.photons).toBe(BigInt(photonCount) + tally.children);
    expect(absorbed + detected + surfaceAbsorbed + leftWorld + truncated).toBe(tally.photons);
    expect(batches.map((batch) => batch.tally).reduce(addTallies, emptyTally())).toEqual(tally);
    const hits = join([...batches, ...children].map((batch) => batch.hits));
    expect(BigInt(hits.length / photonWords)).toBe(detected);
    const flags = column(hits, word.flag).map((flag) => flag & 0xffff);
    expect(new Set(flags)).toEqual(new Set([photonFlags.SURFACE_DETECT]));
    const numbers = column(hits, word.index);
    expect(numbers.some((number) => number >= photonCount)).toBe(true);
    const own = new Set(column(join(children.map(({ photons }) => photons)), word.index));
    expect(numbers.every((number) => number < photonCount || own.has(number))).toBe(true);
  });

  it('[ENG22] merged hits have those of children among them', async () => {
    const plain = await run();
    const kinds = ['hits', 'hits-merged', 'hits-lite'] as const;
    const merged = await run({ batchSize: 300, hitForms: { kinds, window: 1e9 } });
    const counts = merged.batches.flatMap((batch) =>
      (batch.merged ?? []).map(({ rows }) => (rows[photonOffsets.count / 4] ?? 0) >>> 16),
    );
    expect(BigInt(counts.reduce((sum, n) => sum + n, 0))).toBe(plain.tally.detected);
    const lite = [...merged.batches, ...merged.children].map((batch) => batch.lite?.length ?? 0);
    expect(BigInt(lite.reduce((sum, n) => sum + n, 0) / 4)).toBe(plain.tally.detected);
  });

  it('[ENG22] merged hits of a child are those of the event of its parent', async () => {
    const events = [0, 700, 1900].map((firstPhoton, number, all) => ({
      ...{ number, firstPhoton, photons: (all[number + 1] ?? photonCount) - firstPhoton },
    })) as unknown as readonly SourceEvent[];
    const source = { ...ultraviolet(photonCount), events };
    const kinds = ['hits', 'hits-merged'] as const;
    const { batches, children } = await run({
      source,
      batchSize: 300,
      hitForms: { kinds, window: 1e9 },
    });
    const merged = [0, 0, 0];
    for (const { event, rows } of batches.flatMap((batch) => batch.merged ?? [])) {
      merged[event] = (merged[event] ?? 0) + ((rows[photonOffsets.count / 4] ?? 0) >>> 16);
    }
    const parents = children.flatMap((batch) => [...batch.parents].map(Number));
    const hits = [0, 0, 0];
    for (const number of column(join([...batches, ...children].map((b) => b.hits)), word.index)) {
      const photon = number < photonCount ? number : (parents[number - photonCount] ?? 0);
      const event = [0, 700, 1900].findLastIndex((firstPhoton) => firstPhoton <= photon);
      hits[event] = (hits[event] ?? 0) + 1;
    }
    expect(merged).toEqual(hits);
    expect(Math.min(...hits)).toBeGreaterThan(0);
    const order = batches.flatMap((batch) => (batch.merged ?? []).map(({ event }) => event));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('[BULK8] go their own ways: directions of siblings have nothing to do with each other', async () => {
    const { batches, children } = await run({ maxBounces: 2, recordSteps: 3 });
    const vectors = (batch: PhotonBatch | ChildBatch, photon: number, step: number) => {
      const at = (photon * 3 + step) * photonWords + photonOffsets.dirX / 4;
      const [x = 0, y = 0, z = 0] = batch.records?.slice(at, at + 3) ?? [];
      return [x, y, z] as const;
    };
    const cosines = batches.flatMap((batch, i) => {
      const family = children[i];
      if (!family) return [];
      return [...family.parents].map((parent, child) =>
        dot(vectors(family, child, 0), vectors(batch, Number(parent) - batch.first, 1)),
      );
    });
    const mean = cosines.reduce((sum, c) => sum + c, 0) / cosines.length;
    expect(cosines.length).toBeGreaterThan(photonCount);
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(1 / 3 / cosines.length));
  });

  it('[ENG23] that multiply without end stop the propagation with the material’s name', async () => {
    const endless = packScene(shiftingDetector({ first: 3, second: 1.5 }));
    expect(endless.shiftNumbers).toEqual(new Map([['Ball', 3]]));
    const detector = shiftingDetector({ first: 3, second: 1.5 });
    const ball = detector.materials.get('Ball');
    const absorption = ball?.properties.tables.get('WLSABSLENGTH');
    if (!ball || !absorption) throw new Error('no ball');
    // It absorbs what it emits.
    const tables = new Map(ball.properties.tables);
    tables.set('WLSABSLENGTH', { ...absorption, values: absorption.values.map(() => 0.01) });
    const properties = { ...ball.properties, tables };
    const materials = new Map(detector.materials).set('Ball', { ...ball, properties });
    await expect(run({ threads: 2 }, packScene({ ...detector, materials }))).rejects.toThrow(
      /wavelength shifting multiplies light without end: photon \d+ has become more than 1000000.*3 in 'Ball'.*WLSMEANNUMBERPHOTONS/,
    );
    await expect(run({ recordSteps: 100 }, packScene({ ...detector, materials }))).rejects.toThrow(
      /more photons than the memory for a batch holds, at photon \d+.*3 in 'Ball'/,
    );
  });

  it('[REP4] are told in a replay, after their photon', async () => {
    const { batches, children } = await run();
    const [batch] = batches;
    const [family] = children;
    const parent = Number(family?.parents[0] ?? 0n);
    const request = { seed: 5n, source: ultraviolet(photonCount), threads: 1 };
    const life = await replayPhoton(engine, scene, request, parent);
    const count = [...(family?.parents ?? [])].filter((p) => Number(p) === parent).length;
    expect(life.children).toHaveLength(count);
    expect(life.children.map(({ child }) => child)).toEqual(
      Array.from({ length: count }, (_, i) => i + 1),
    );
    const rows = family?.photons ?? new Float32Array();
    life.children.forEach(({ steps }, i) => {
      const end = steps.at(-1);
      expect([...(end?.position ?? []), end?.time]).toEqual([
        ...rows.slice(i * photonWords, i * photonWords + 4),
      ]);
    });
    const own = batch?.photons?.slice(parent * photonWords, parent * photonWords + 4);
    const end = life.steps.at(-1);
    expect([...(end?.position ?? []), end?.time]).toEqual([...(own ?? [])]);
    const lines = tellLife(life, scene);
    expect(lines).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `^child 1 of photon ${parent}: shifted light of \\d.* nm in Ball of Hall/Ball at`,
        ),
      ),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^step 1: after .* shifted from 354/));
    await expect(replayPhoton(engine, scene, request, photonCount)).rejects.toThrow(
      /no such photon to replay.*parents\.npy/,
    );
  });
});
