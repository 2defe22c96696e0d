/**
 * Bytes that are read from a GPU for a hit, and that its buffers take there, by the form of hits, counted:
 * `node --import ./tools/typescript.mjs packages/optics/bench/hit-bytes.ts` (after `npm run build`). On the software GPU,
 * as counting needs no other. Parts that are read are small here: else they take 32 MiB more at most.
 */
import { type HitKind, hitKinds } from '../src/hits/hit-forms.ts';
import { liteHits } from '../src/hits/lite-hit.ts';
import { GpuHits, hitRows, turnedFrames } from '../test/gpu-hits.ts';

const photons = 400_000;
const hitCount = 100_000;
const sensors = 2000;
const decay = 20;
const partBytes = 65_536;

const rows = hitRows(
  Array.from({ length: hitCount }, (_, i) => ({
    photon: (i * 7919) % photons,
    identity: 1 + ((i * 104_729) % sensors),
    time: 5 - decay * Math.log(((i * 31) % 1009) / 1009 + 1e-3),
    ...{ count: 1, mask: 0x44, position: [i % 300, i % 200, i % 100] as const },
  })),
);
const gpu = await GpuHits.open();
for (const kind of hitKinds) await tell(kind);
gpu.gpu.close();

async function tell(kind: HitKind): Promise<void> {
  const frames = turnedFrames(sensors);
  const shape = { kinds: [kind], window: 1, lite: liteHits.opticks, frames };
  const shaper = await gpu.shaper(shape, partBytes);
  const { merged, liteMerged } = await gpu.shaped(shaper, rows, [0, photons]);
  const words = kind === 'hits-merged' ? 16 : 4;
  const all = [...(merged ?? []), ...(liteMerged ?? [])];
  const count = all.reduce((sum, part) => sum + part.rows.length / words, 0);
  const perHit = (bytes: number): string => (bytes / hitCount).toFixed(2);
  console.log(
    `${kind.padEnd(16)} ${perHit(shaper.bytesRead).padStart(6)} bytes read for a hit, ${perHit(shaper.bufferBytes).padStart(7)} in its buffers${count > 0 ? `; ${count} merged hits` : ''}`,
  );
  (await shaper.close())?.destroy();
}
