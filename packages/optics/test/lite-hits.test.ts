import { describe, expect, it } from 'vitest';
import { createCpuEngine } from '../src/cpu/cpu-engine.node.ts';
import type { PhotonBatch } from '../src/engine.ts';
import { type LiteHitLayout, liteHits, liteHitsFor, liteRows } from '../src/hits/lite-hit.ts';
import { photonWords } from '../src/photon-layout.ts';
import type { PhotonSource } from '../src/sources/photon-source.ts';
import { smallScene } from './small-detector.ts';

/** A ball that detects at (500, 0, 0) mm, its +z towards -x. */
const scene = smallScene({
  solids: '<box name="w" x="2000" y="2000" z="2000"/><orb name="ball" r="100"/>',
  structure: `<volume name="Ball"><materialref ref="Glass"/><solidref ref="ball"/></volume>
<volume name="World"><materialref ref="Vacuum"/><solidref ref="w"/>
<physvol name="pmt"><volumeref ref="Ball"/><position name="p" x="500" unit="mm"/>
<rotation name="r" y="90" unit="deg"/></physvol></volume>
<skinsurface name="s" surfaceproperty="detector"><volumeref ref="Ball"/></skinsurface>`,
});

/** Photons from a place to a place. */
function beams(ways: readonly (readonly [number[], number[]])[]): PhotonSource {
  const photons = new Float32Array(ways.length * photonWords);
  ways.forEach(([from, to], i) => {
    const along = to.map((x, axis) => x - (from[axis] ?? 0));
    const length = Math.hypot(...along);
    photons.set([...from, 7], i * photonWords);
    photons.set(
      along.map((x) => x / length),
      i * photonWords + 4,
    );
    photons.set([0, 1, 0, 420], i * photonWords + 8);
  });
  return {
    description: 'beams',
    count: ways.length,
    batch: (first, count) => ({
      kind: 'photons',
      photons: photons.slice(first * photonWords, (first + count) * photonWords),
    }),
  };
}

async function lite(source: PhotonSource, wide?: 'wide'): Promise<PhotonBatch> {
  const batches: PhotonBatch[] = [];
  const hitForms = { kinds: ['hits', 'hits-lite'] as const, lite: wide };
  const request = { seed: 1n, source, threads: 1, hitForms };
  await createCpuEngine().propagate(scene, request, (batch) => {
    batches.push(batch);
  });
  const [batch] = batches;
  if (!batch) throw new Error('no batch');
  return batch;
}

function place(rows: Uint32Array, row: number, layout: LiteHitLayout): [number, number] {
  const word = rows[4 * row + 2] ?? 0;
  const cosTheta = layout.leastCosTheta + ((1 - layout.leastCosTheta) * (word >>> 16)) / 0xffff;
  return [cosTheta, Math.PI * (2 * ((word & 0xffff) / 0xffff) - 1)];
}

describe('lite hits', () => {
  it('[HIT4] say sensor, time and flags of the hit, and where it is in the sensor’s frame', async () => {
    const [y, z] = [30, -40];
    const x = 500 - Math.sqrt(1e4 - y * y - z * z);
    const way: [number[], number[]] = [
      [-500, y, z],
      [x, y, z],
    ];
    const { hits, lite: rows = new Uint32Array(0), behind } = await lite(beams([way]));
    const words = new Uint32Array(hits.buffer);
    expect([scene.sensorCount, hits.length, rows.length, behind]).toEqual([1, 16, 4, 0]);
    expect([...scene.sensors()][0]?.direction[0]).toBeCloseTo(-1, 12);
    expect(rows[0]).toBe((1 << 16) | 1);
    expect(rows[1]).toBe(words[3]);
    expect(rows[3]).toBe(words[15]);
    const [cosTheta, phi] = place(rows, 0, liteHits.opticks);
    expect(Math.abs(cosTheta - (500 - x) / 100)).toBeLessThan(0.51 / 0xffff + 1e-6);
    // Its frame has y up and x along the world's z.
    expect(Math.abs(phi - Math.atan2(y, z))).toBeLessThan((0.51 / 0xffff) * 2 * Math.PI + 1e-6);
  });

  it('[HIT4] keep cos theta at 0 and count, where a hit is on the back; wide ones say it', async () => {
    const way: [number[], number[]] = [
      [900, 0, 50],
      [500, 0, 50],
    ];
    const cosine = -Math.sqrt(0.75);
    const front = await lite(beams([way]));
    expect(front.behind).toBe(1);
    expect(place(front.lite ?? new Uint32Array(0), 0, liteHits.opticks)[0]).toBe(0);
    const wide = await lite(beams([way]), 'wide');
    expect(wide.behind).toBe(0);
    expect(wide.lite?.[0]).toBe((1 << 24) | 1);
    const [cosTheta, phi] = place(wide.lite ?? new Uint32Array(0), 0, liteHits.wide);
    expect(Math.abs(cosTheta - cosine)).toBeLessThan(2 / 0xffff);
    expect(Math.abs(phi)).toBeLessThan(2e-4);
  });

  it('[HIT5] have 24 bits for the identity where 16 do not suffice', () => {
    expect(liteHitsFor(65_535)).toBe(liteHits.opticks);
    expect(liteHitsFor(65_536)).toBe(liteHits.wide);
    expect(liteHitsFor(3, 'wide')).toBe(liteHits.wide);
    const identity = 2 ** 24 - 1;
    const hit = new Uint32Array(photonWords);
    hit[13] = identity;
    const frames = new Float64Array(12 * identity);
    frames.set([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1], 12 * (identity - 1));
    const { rows } = liteRows(hit, frames, liteHits.wide);
    expect((rows[0] ?? 0) & liteHits.wide.identityMask).toBe(identity);
    expect(place(rows, 0, liteHits.wide)[0]).toBe(-1);
  });
});
