import { readFileSync } from 'node:fs';
import { LanternError } from '@lantern/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GenstepCheck } from '../src/sources/gensteps/genstep-check.ts';
import { stepMaterials } from '../src/sources/gensteps/step-materials.ts';
import { KernelWalker } from '../src/sources/gun/kernel-walker.ts';
import { wavelengthRange } from '../src/sources/wavelength-range.ts';
import { genstepDetector, genstepScene } from './genstep-detector.ts';
import { cerenkovStep, scintillationStep, stepRows, torchStep } from './genstep-rows.ts';
import { photonsOf, SourcesKernel } from './sources-kernel.ts';

const module = new WebAssembly.Module(
  readFileSync(new URL('../dist/kernel.wasm', import.meta.url)),
);
const walker = new KernelWalker(module, genstepScene);
const kernel = new SourcesKernel({
  ...genstepDetector,
  materials: new Map(
    genstepScene.materials.flatMap((name) => {
      const material = genstepDetector.materials.get(name);
      return material ? [[name, material] as const] : [];
    }),
  ),
});
const templates = [
  cerenkovStep,
  scintillationStep,
  ...[1, 2, 3, 4, 5, 6, 7].map((shape) => torchStep(shape, 30)),
  { ...torchStep(103, 30), integers: { ...torchStep(103, 30).integers, 88: 2 } },
];

const word = fc.oneof(
  fc.nat(0xffffffff),
  fc.nat(20),
  fc
    .oneof(fc.float(), fc.constantFrom(0, -0, 1, -1, 1e-38, 3e38, 0.5, 299.8, 420))
    .map((x) => new Uint32Array(Float32Array.of(x).buffer)[0] ?? 0),
);

test('[GS3] steps with any words: an error that says so, or photons that are photons', () => {
  let made = 0;
  fc.assert(
    fc.property(
      fc.nat(templates.length - 1),
      fc.array(fc.tuple(fc.nat(23), word), { minLength: 1, maxLength: 3 }),
      (which, changes) => {
        const rows = stepRows([templates[which] ?? cerenkovStep]);
        const words = new Uint32Array(rows.buffer);
        for (const [at, value] of changes) words[at] = value;
        // Counting is another matter.
        words[3] = Math.min(words[3] ?? 0, 50);
        const check = new GenstepCheck({
          where: 'file.npy',
          wavelengths: wavelengthRange(genstepDetector),
          materials: stepMaterials(genstepDetector, genstepScene),
          lines: { kind: 'scene' },
          walker,
          lookUpEvery: 1,
        });
        try {
          check.check(rows, 0);
          check.finish();
          check.convert(rows, 0);
        } catch (error) {
          if (!(error instanceof LanternError)) throw error;
          expect(error.message).toContain('file.npy: step 0');
          return;
        }
        const count = words[3] ?? 0;
        const batch = { kind: 'gensteps', steps: rows, skip: 0 } as const;
        for (const photon of photonsOf(kernel.rows(batch, 0, count))) {
          made++;
          expect([...photon.at, photon.time, photon.wavelength].every(Number.isFinite)).toBe(true);
          expect(photon.wavelength).toBeGreaterThan(0);
          expect(Math.hypot(...photon.to)).toBeCloseTo(1, 5);
          expect(Math.hypot(...photon.polarisation)).toBeCloseTo(1, 5);
        }
      },
    ),
    { numRuns: 5000 },
  );
  expect(made).toBeGreaterThan(10_000);
}, 60_000);
