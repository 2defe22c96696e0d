import { packScene } from '@lantern/geometry';
import { perpendicular, RandomStream, sampleIsotropic } from '@lantern/units';
import { expect, test } from 'vitest';
import { createCpuEngine } from '../../src/cpu/cpu-engine.node.ts';
import { photonWords } from '../../src/photon-layout.ts';
import type { PhotonSource } from '../../src/sources/photon-source.ts';
import { photonsOf } from '../../src/validation/photon-rows.ts';
import { box, smallDetector } from '../../src/validation/small-detector.ts';

function ball(index: number) {
  return packScene(
    smallDetector({
      materials: {
        Air: { RINDEX: 1, ABSLENGTH: 500 },
        Ball: { RINDEX: index, ABSLENGTH: 300, RAYLEIGH: 100 },
      },
      solids: [box('hall', 1000), { type: 'orb', name: 'ball', r: 100 }],
      world: {
        name: 'World',
        solid: 'hall',
        material: 'Air',
        inside: [{ name: 'Ball', solid: 'ball', material: 'Ball' }],
      },
    }),
  );
}

const start = (photon: number) => {
  const direction = sampleIsotropic(new RandomStream(9n, photon));
  return { direction, polarisation: perpendicular(direction) };
};

async function rowsOf(
  index: number,
  source: PhotonSource,
  request: { readonly first?: number; readonly count?: number; readonly batchSize?: number },
) {
  const rows: number[] = [];
  const tally = await createCpuEngine().propagate(
    ball(index),
    { seed: 4n, source, threads: 2, keepPhotons: true, ...request },
    ({ photons }) => {
      rows.push(...(photons ?? []));
    },
  );
  return { rows: Float32Array.from(rows), tally };
}

test('[BUG11] photons beyond number 2³² in slices of any size: none is lost, each has its number and its own life', async () => {
  const beyond = 2 ** 32 - 300;
  const all = photonsOf(2 ** 33, start);
  const whole = await rowsOf(1.33, all, { first: beyond, count: 600 });
  const slices = await rowsOf(1.33, all, { first: beyond, count: 600, batchSize: 37 });
  expect(slices.tally.digest).toBe(whole.tally.digest);
  expect(slices.rows).toEqual(whole.rows);
  const { tally } = whole;
  expect(tally.photons).toBe(600n);
  expect(tally.absorbed + tally.leftWorld).toBe(600n);
  expect(tally.lost).toBe(0n);
  const words = new Uint32Array(whole.rows.buffer);
  for (let i = 0; i < 600; i++) {
    const [identity = 0, low = 0] = [words[i * photonWords + 13], words[i * photonWords + 14]];
    // The index has 40 bits: eight of them over the identity.
    expect((identity >>> 24) * 2 ** 32 + low).toBe(beyond + i);
  }
  // Photon i and photon i + 2³² start alike here, and live differently.
  const folded = await rowsOf(
    1.33,
    photonsOf(2 ** 33, (i) => start(i % 2 ** 32)),
    { first: 2 ** 32, count: 200 },
  );
  const early = await rowsOf(1.33, photonsOf(2 ** 33, start), { first: 0, count: 200 });
  let same = 0;
  for (let i = 0; i < 200; i++)
    if (folded.rows[i * photonWords] === early.rows[i * photonWords]) same++;
  expect(same).toBeLessThan(5);
});

test('[BUG12] two engines at once in one process do not know of each other', async () => {
  const source = photonsOf(20_000, start);
  const [first, second] = [await rowsOf(1.33, source, {}), await rowsOf(1.6, source, {})];
  const together = await Promise.all([
    rowsOf(1.33, source, {}),
    rowsOf(1.6, source, {}),
    rowsOf(1.33, source, { batchSize: 999 }),
  ]);
  expect(together.map(({ tally }) => tally.digest)).toEqual([
    first.tally.digest,
    second.tally.digest,
    first.tally.digest,
  ]);
  expect(first.tally.digest).not.toBe(second.tally.digest);
});
