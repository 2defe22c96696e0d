import { it } from 'vitest';
import { solidCases } from './solid-cases.ts';
import { SolidKernel } from './solid-kernel.ts';
it('x', () => {
  const [title, g, steps] = JSON.parse(process.env.DBG ?? '[]');
  const k = new SolidKernel(solidCases.find((c) => c.title === title)!);
  const n = g < 0 ? k.followRays(1, steps) : k.wander(2 + g, steps, g);
  const f = k.exports.hitFace.value;
  const o = ['X', 'Y', 'Z'].map((x) => (k.exports as any)['violation' + x].value) as any;
  const d = ['Dx', 'Dy', 'Dz'].map((x) => (k.exports as any)['violation' + x].value) as any;
  console.log(n, k.violation(), 'r', Math.hypot(o[0], o[1]));
  (k.exports.hitFace as any).value = (k.exports as any).violationFace.value;
  console.log('face', (k.exports as any).violationFace.value >> 10, (k.exports as any).violationFace.value & 1023, 'n', k.normal(o).join(' '));
  const nn = k.normal(o);
  for (const e of [1e-5, 1e-7, 1e-9])
    console.log(e, k.inside(o.map((v: number, i: number) => v + e * nn[i]!)), k.inside(o.map((v: number, i: number) => v - e * nn[i]!)));
});
