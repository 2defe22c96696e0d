/**
 * How long one solidExit or solidEnter takes, for each kind of solid, and of how many leaves the ray is tested against;
 * for two large ones also how much longer when all of them are tested. The best of several times of CPU:
 * `node --import ./tools/typescript.mjs packages/optics/bench/solid-speed.ts [WORDS]` (after `npm run build`); WORDS choose
 * the solids by their titles.
 */
import { RandomStream, sampleIsotropic, type Vector3 } from '@lantern/units';
import { balls, drilledPlate, multiUnion } from '../../geometry/test/solids/large-cases.ts';
import { PackedSolid } from '../../geometry/test/solids/packed-solid.ts';
import { comb, type SolidCase, solidCases } from '../../geometry/test/solids/solid-cases.ts';
import { ProgramPair, type SolidInKernel } from '../test/program-pair.ts';
import { SolidKernel } from '../test/solid-kernel.ts';

const wanted = new RegExp(process.argv[2] ?? '.');
const large = [comb(2000), multiUnion(5000)];
/** Of these it is told also what it costs to test all leaves. */
const compared = [drilledPlate(1000), balls(10_000)];

for (const solid of solidCases) if (wanted.test(solid.title)) tell(solid, 20_000, 20, false);
for (const solid of large) if (wanted.test(solid.title)) tell(solid, 1000, 5, false);
for (const solid of compared) if (wanted.test(solid.title)) tell(solid, 1000, 1, true);

function tell(solid: SolidCase, rays: number, repeats: number, beside: boolean): void {
  const pair = new ProgramPair(solid.solids, solid.name);
  const nanoseconds = bestOf(7, pair.compiled, rays, repeats);
  const packed = new PackedSolid(solid);
  const tried = `${leavesTried(new SolidKernel(solid), packed).toFixed(1)} of ${packed.leafCount}`;
  const times = beside ? (bestOf(3, pair.plain, rays / 10, repeats) / nanoseconds).toFixed(0) : '';
  console.log(
    `${solid.title.padEnd(40)} ${nanoseconds.toFixed(1).padStart(8)} ns, ${tried.padStart(16)} leaves${times && `, ${times} times as fast as all`}`,
  );
}

/** The shortest CPU time of a call, ns; the first time is to warm up. */
function bestOf(count: number, solid: SolidInKernel, rays: number, repeats: number): number {
  solid.timeSolid(1, rays, repeats);
  const times = Array.from({ length: count }, () => {
    const start = process.cpuUsage();
    const calls = solid.timeSolid(1, rays, repeats);
    return (1000 * process.cpuUsage(start).user) / calls;
  });
  return Math.min(...times);
}

/** The mean over rays from anywhere in the box of the solid, however far. */
function leavesTried({ bounds: { min, max } }: SolidKernel, packed: PackedSolid): number {
  const random = new RandomStream(9, 1);
  const count = 200;
  let tried = 0;
  for (let i = 0; i < count; i++) {
    const at = min.map((x, k) => x + random.uniform() * ((max[k] ?? 0) - x));
    tried += packed.leavesTried(
      at as unknown as Vector3,
      sampleIsotropic(random),
      Number.POSITIVE_INFINITY,
    );
  }
  return tried / count;
}
