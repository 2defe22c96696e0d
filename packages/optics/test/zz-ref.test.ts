import { test } from 'vitest';
import { readFileSync } from 'node:fs';
import { packScene, readGdml } from '@lantern/geometry';
import { groupVelocity } from '../../geometry/src/scene/group-velocity.ts';
import { Kernel } from '../src/cpu/kernel.ts';
const variants: Record<string, (v: (m: string) => any, set: (m: string, t: any) => void) => void> = {
  base: () => {}, 
  
};
test.each(['scintball','bigball'].flatMap((c) => Object.keys(variants).map((v) => [c, v] as const)))('%s %s', (c, name) => {
  const dir = `/work/shared/reference/${c}`;
  const det = readGdml(readFileSync(`${dir}/geometry.gdml`, 'utf8'), { file: c });
  const orig = new Map([...det.materials].map(([m, x]) => [m, x.properties.tables.get('RINDEX') && groupVelocity(x.properties.tables.get('RINDEX')!)]));
  variants[name]!((m) => orig.get(m), (m, t) => (det.materials.get(m)!.properties.tables as any).set('GROUPVEL', t));
  const scene = packScene(det);
  const raw = readFileSync(`${dir}/photons.npy`); const off = 10 + raw.readUInt16LE(8);
  const photons = new Float32Array(raw.buffer.slice(raw.byteOffset + off, raw.byteOffset + raw.length));
  const n = photons.length / 16;
  if (name === 'base') { const rr: number[] = []; for (let i = 0; i < 10; i++) console.log([...photons.slice(16*i,16*i+12)].map(x=>x.toFixed(2)).join(' ')); }
  const k = new Kernel(new WebAssembly.Module(readFileSync('/tmp/phys/k.wasm')), scene.buffer, { seed: 5n, maxBounces: 0, maxTime: Infinity, recordSteps: 0, keepPhotons: true });
  const r = k.propagate(0, n, { kind: 'photons', photons });
  const e = JSON.parse(readFileSync(`${dir}/expected.json`, 'utf8'));
  const ph = r.photons!; const w = new Uint32Array(ph.buffer);
  for (const [o, fl] of [['absorbed', 8], ['detected', 0x40], ['surfaceAbsorbed', 0x80]] as const) {
  const h = e.distributions[o].t_ns; const B = h.counts.length; const c2 = new Array(B).fill(0);
    for (let i = 0; i < n; i++) if ((w[16 * i + 12]! & 0xffff) === fl) { let b = Math.floor((ph[16 * i + 3]! - h.lo) / (h.hi - h.lo) * B); b = Math.max(0, Math.min(B - 1, b)); c2[b]++; }
    const A = c2.reduce((x, y) => x + y, 0), C = h.counts.reduce((x: number, y: number) => x + y, 0);
    let chi = 0, nd = -1; for (let i = 0; i < B; i++) { const s = c2[i] + h.counts[i]; if (s > 10) { chi += (Math.sqrt(C / A) * c2[i] - Math.sqrt(A / C) * h.counts[i]) ** 2 / s; nd++; } }
  console.log(c2.map((x,i)=>`${(h.lo+(i+.5)*(h.hi-h.lo)/B).toFixed(1)}:${x}/${(h.counts[i]*A/C).toFixed(0)}`).join(' '), 'sum', C, e.outcomes[o]); console.log(c, name, o, (chi/nd).toFixed(2), h.lo, h.hi, Object.keys(e.distributions[o]).join());
  }
});
