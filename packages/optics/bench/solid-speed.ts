/**
 * How long one solidExit or solidEnter takes, for each kind of solid, and of how many leaves the ray is tested against:
 * `node --import ./tools/typescript.mjs packages/optics/bench/solid-speed.ts [WORDS]` (after `npm run build`); WORDS choose
 * the solids by their titles.
 */
import { RandomStream, sampleIsotropic, type Vector3 } from '@lantern/units';
import { balls, drilledPlate, multiUnion } from '../../geometry/test/solids/large-cases.ts';
import { PackedSolid } from '../../geometry/test/solids/packed-solid.ts';
import { comb, type SolidCase, solidCases } from '../../geometry/test/solids/solid-cases.ts';
import { SolidKernel } from '../test/solid-kernel.ts';

const wanted = new RegExp(process.argv[2] ?? '.');
const large = [drilledPlate(1000), balls(10_000), comb(2000), multiUnion(5000)];

for (const solid of solidCases) if (wanted.test(solid.title)) tell(solid, 20_000, 20);
for (const solid of large) if (wanted.test(solid.title)) tell(solid, 1000, 5);

function tell(solid: SolidCase, rays: number, repeats: number): void {
  const kernel = new SolidKernel(solid);
  kernel.timeSolid(1, rays, repeats);
  const start = performance.now();
  kernel.timeSolid(1, rays, repeats);
  const nanoseconds = (1e6 * (performance.now() - start)) / kernel.exports.facesMet.value;
  const packed = new PackedSolid(solid);
  const tried = `${leavesTried(kernel, packed).toFixed(1)} of ${packed.leafCount}`;
  console.log(
    `${solid.title.padEnd(40)} ${nanoseconds.toFixed(1).padStart(8)} ns, ${tried.padStart(16)} leaves`,
  );
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
