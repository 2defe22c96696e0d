import { it } from 'vitest';
import { solidCases } from '../../geometry/test/solids/solid-cases.ts';
import { SolidKernel } from './solid-kernel.ts';
it('x', () => {
  const lines = [];
  const a = performance.now();
  for (const c of solidCases) {
    const k = new SolidKernel(c);
    for (const [seed, g] of [[101, 0], [102, 3], [103, 10], [104, 14]] as const) {
      const n = k.wander(seed, 300000, g);
      if (n || k.oddNormals() > 3e-3) lines.push(`${c.title} ${g} ${n} odd ${k.oddNormals()} ${k.violation()}`);
    }
    const n = k.followRays(55, 100000);
      if (n || k.oddNormals() > 3e-3) lines.push(`${c.title} follow ${n} odd ${k.oddNormals()} ${k.violation()}`);
    for (const cosine of [0.7, 1e-2, 1e-4, 1e-5, 1e-7, 1e-8, 1e-10]) {
      const n = k.reflectInside(77, 50000, cosine);
      if (n) lines.push(`${c.title} reflect ${cosine} ${n} ${k.violation()}`);
    }
  }
  console.log(lines.join('\n'), 'time', performance.now() - a);
}, 600000);
