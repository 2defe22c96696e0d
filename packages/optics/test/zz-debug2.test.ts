import { it } from 'vitest';
import { solidCases } from './solid-cases.ts';
import { SolidKernel } from './solid-kernel.ts';
it('x', () => {
  const k = new SolidKernel(solidCases.find((c) => c.title === 'torus, nearly closed')!);
  const p = [-0.0031194249679451502, -0.009501052185854064, -0.0020623135989801256];
  const d = [-0.3055068209277511, -0.9305036276335357, 0.20206083570907438] as any;
  {
    const dd = d.map((v: number) => -v) as any;
    for (const off of [97.93813056195019]) {
      let o = p.map((v, i) => v + off * d[i]) as any;
      for (let s = 0; s < 4; s++) { const t = s % 2 ? k.enter(o, dd) : k.exit(o, dd); console.log('rev exit', t); o = o.map((v: number, i: number) => v + t * dd[i]); }
      o = p.map((v, i) => v - (49.97957833857978+50-49.97957833857978 + 49.95) * d[i]) as any;
      for (let m = 0; m < 30; m++) { const t = k.exit(o, dd); o = o.map((v: number, i: number) => v + t * dd[i]); }
      console.log('in', k.inside(o));
      for (let s = 0; s < 4; s++) { const t = s % 2 ? k.enter(o, d) : k.exit(o, d); console.log('fwd exit', t); o = o.map((v: number, i: number) => v + t * d[i]); }
    }
  }
  for (const back of [50, 1, 0.1, 0.03, 0.02, 0.015]) {
    let o = p.map((v, i) => v - back * d[i]) as any;
    let ins = k.inside(o);
    const out: any[] = [];
    for (let s = 0; s < 6; s++) {
      const t = ins ? k.exit(o, d) : k.enter(o, d);
      out.push(ins ? 'exit' : 'enter', t);
      if (t === Infinity) break;
      o = o.map((v: number, i: number) => v + t * d[i]);
      ins = !ins;
    }
    console.log(back, out.join(' '));
  }
});
