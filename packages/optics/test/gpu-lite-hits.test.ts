import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LiteHitLayout, liteHits, liteRows } from '../src/hits/lite-hit.ts';
import { GpuHits, hitRows, type TestHit } from './gpu-hits.ts';
import { skipSoftwareGpu } from './software-gpu.ts';

const layouts = Object.values(liteHits);

/** Hits of photons 0, 1, ... in sensors 1, 2, ... */
function hitsAt(positions: readonly (readonly [number, number, number])[]): TestHit[] {
  return positions.map((position, photon) => ({
    photon,
    identity: 1 + photon,
    time: photon / 8,
    count: 1,
    mask: photon,
    position,
  }));
}

describe.skipIf(skipSoftwareGpu)('lite hits on the GPU', () => {
  let gpu: GpuHits;
  beforeAll(async () => {
    gpu = await GpuHits.open();
  });
  afterAll(() => gpu.gpu.close());

  /** Which places are not those of the CPU, as [cos θ, φ] of both. */
  async function differing(
    hits: readonly TestHit[],
    frames: Float64Array,
    lite: LiteHitLayout,
  ): Promise<number[][]> {
    const rows = hitRows(hits);
    const shaper = await gpu.shaper({ kinds: ['hits-lite'], window: 0, lite, frames });
    const shaped = await gpu.shaped(shaper, rows, [0, hits.length]);
    (await shaper.close())?.destroy();
    const cpu = liteRows(rows, frames, lite);
    const found = shaped.lite ?? new Uint32Array(0);
    expect(found.length).toBe(cpu.rows.length);
    const places: number[][] = [];
    cpu.rows.forEach((word, i) => {
      const other = found[i] ?? 0;
      if (i % 4 === 2 && word !== other)
        places.push([word >>> 16, word & 0xffff, other >>> 16, other & 0xffff]);
      else expect(other).toBe(word);
    });
    expect(shaped.behind).toBe(cpu.behind);
    return places;
  }

  test.each(layouts)(
    '[HIT13] 50,000 on turned sensors, none in another place: $name',
    async (lite) => {
      const count = 50_000;
      const frames = new Float64Array(12 * count);
      const hits = hitsAt(
        Array.from({ length: count }, (_, i) => {
          const unit = (k: number): number => (Math.sin(i * 12.9898 + k * 78.233) * 43758.5453) % 1;
          const [u, v, w] = [7 * unit(1), 7 * unit(2), 7 * unit(3)];
          const [a, b, c, d] = [Math.cos(u), Math.sin(u), Math.cos(v), Math.sin(v)];
          const [e, f] = [Math.cos(w), Math.sin(w)];
          const turn = [
            ...[a * c, a * d * f - b * e, a * d * e + b * f],
            ...[b * c, b * d * f + a * e, b * d * e - a * f],
            ...[-d, c * f, c * e],
          ];
          const origin = [20_000 * unit(4), 20_000 * unit(5), 20_000 * unit(6)];
          frames.set([...turn, ...origin], 12 * i);
          const way = [unit(7), unit(8), unit(9)];
          const length = Math.hypot(...way);
          const at = (k: number): number => (origin[k] ?? 0) + (250 * (way[k] ?? 0)) / length;
          return [at(0), at(1), at(2)] as const;
        }),
      );
      expect(await differing(hits, frames, lite)).toEqual([]);
    },
  );

  test.each(layouts)(
    '[HIT13] along the axes of sensors that stand upright, signs of 0 among them: $name',
    async (lite) => {
      const turns = [
        ...[
          [1, 0, 0, 0, 1, 0, 0, 0, 1],
          [1, 0, 0, 0, -1, 0, 0, 0, -1],
          [-1, 0, 0, 0, -1, 0, 0, 0, 1],
        ],
        ...[
          [0, 0, 1, 1, 0, 0, 0, 1, 0],
          [0, -1, 0, 1, 0, 0, 0, 0, 1],
          [1, -0, 0, -0, 1, -0, 0, -0, -1],
        ],
        // As Math.cos(Math.PI / 2) makes them.
        [6.1e-17, 0, 1, 0, 1, 0, -1, 0, 6.1e-17],
      ];
      const origins = [
        [0, 0, 0],
        [0.1, 0, -0],
        [100, -200, 300.7],
      ];
      const ways = [-1, -0, 0, 1].flatMap((x) =>
        [-1, -0, 0, 2].flatMap((y) => [-3, -0, 0, 1].map((z) => [x, y, z])),
      );
      const cases = turns.flatMap((turn) =>
        origins.flatMap((origin) => ways.map((way) => ({ turn, origin, way }))),
      );
      const frames = Float64Array.from(cases.flatMap(({ turn, origin }) => [...turn, ...origin]));
      const hits = hitsAt(
        cases.map(({ origin, way }) => {
          const at = (k: number): number =>
            way[k] === 0 ? ((origin[k] || way[k]) ?? 0) : (origin[k] ?? 0) + (way[k] ?? 0);
          return [at(0), at(1), at(2)] as const;
        }),
      );
      expect(await differing(hits, frames, lite)).toEqual([]);
    },
  );

  test('[HIT13] of no sensor, or of no place', async () => {
    const hits = [Number.NaN, Number.POSITIVE_INFINITY, 1e30, 1].map((x, photon) => ({
      ...{ photon, identity: photon < 2 ? 1 : 7 * (photon - 2), time: 0, count: 1, mask: 1 },
      position: [x, -1, 2] as const,
    }));
    const frames = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0);
    expect(await differing(hits, frames, liteHits.wide)).toEqual([]);
  });
});
