import { packScene } from '@lantern/geometry';
import { speedOfLight, wavelengthToEnergy } from '@lantern/units';
import { expect, test } from 'vitest';
import { createCpuEngine, loadKernel } from '../../src/cpu/cpu-engine.node.ts';
import { Kernel } from '../../src/cpu/kernel.ts';
import { photonFlags, photonWords } from '../../src/photon-layout.ts';
import { gunSource } from '../../src/sources/gun/gun-source.ts';
import { recordedSteps } from '../../src/validation/photon-rows.ts';
import { box, type Optics, smallDetector } from '../../src/validation/small-detector.ts';

const transparent = 1e12;

/** Air, then a slab of each index, which a particle crosses one after the other along z. */
function slabs(indices: readonly number[], constants?: Readonly<Record<string, number>>) {
  const materials: Record<string, Optics> = { Air: { RINDEX: 1, ABSLENGTH: transparent } };
  for (const [i, RINDEX] of indices.entries())
    materials[`Slab${i}`] = { RINDEX, ABSLENGTH: transparent };
  return smallDetector({
    materials,
    ...(constants && { constants: { Slab0: constants } }),
    solids: [box('hall', 1000), box('slab', 400, 400, 50)],
    world: {
      name: 'World',
      solid: 'hall',
      material: 'Air',
      inside: indices.map((_, i) => ({
        name: `slab${i}`,
        solid: 'slab',
        material: `Slab${i}`,
        at: [0, 0, 100 * i - 100] as const,
      })),
    },
  });
}

test('[BUG1] Cerenkov light has the index of the material that it is made in, whatever the row', async () => {
  const indices = [1.2, 1.6, 1.35];
  const detector = slabs(indices);
  const scene = packScene(detector);
  const source = await gunSource('mu- 50 GeV from 0 0 -400 mm towards 0 0 1, 3 events', {
    ...{ detector, scene, module: await loadKernel(), seed: 1n },
  });
  const seen = indices.map(() => 0);
  await createCpuEngine().propagate(
    scene,
    { seed: 1n, source, threads: 1, recordSteps: 1, maxBounces: 1 },
    (batch) => {
      for (let i = 0; i < batch.count; i++) {
        const [start] = recordedSteps(batch, i);
        const slab = Math.round(((start?.position[2] ?? 0) + 100) / 100);
        expect(Math.abs((start?.position[2] ?? 0) - (100 * slab - 100))).toBeLessThan(25.001);
        seen[slab] = (seen[slab] ?? 0) + 1;
        // A muon of 50 GeV scatters by a milliradian.
        expect(start?.direction[2]).toBeCloseTo(1 / (indices[slab] ?? 0), 1.5);
        expect(Math.abs((start?.direction[2] ?? 0) - 1 / (indices[slab] ?? 0))).toBeLessThan(0.005);
      }
    },
  );
  // And as many as each index gives: 1 − 1/n².
  const total = seen.reduce((sum, count) => sum + count, 0);
  const weights = indices.map((n) => 1 - 1 / n ** 2);
  const sum = weights.reduce((a, b) => a + b, 0);
  for (const [i, count] of seen.entries()) {
    const expected = (total * (weights[i] ?? 0)) / sum;
    expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected));
  }
});

test('[BUG2] workers have all of the scene: the same light as of a kernel in this thread', async () => {
  const detector = slabs([1.33, 1.5]);
  const scene = packScene(detector);
  const module = await loadKernel();
  const options = { detector, scene, module, seed: 5n };
  const source = await gunSource('mu- 4 GeV from 0 0 -300 mm towards 0.1 0 1, 2 events', options);
  const theirs: Uint8Array[] = [];
  // Light is caught in slabs with parallel faces.
  await createCpuEngine().propagate(
    scene,
    { seed: 5n, source, threads: 2, keepPhotons: true, batchSize: 700, maxBounces: 50 },
    ({ photons }) => {
      theirs.push(new Uint8Array((photons ?? new Float32Array()).buffer));
    },
  );
  const kernel = new Kernel(module, scene.buffer, {
    ...{ seed: 5n, maxBounces: 50, maxTime: Number.POSITIVE_INFINITY, recordSteps: 0 },
    keepPhotons: true,
  });
  const ours = kernel.propagate(0, source.count, await source.batch(0, source.count));
  expect(source.count).toBeGreaterThan(1000);
  const bytes = Buffer.from((ours.photons ?? new Float32Array()).buffer);
  expect(Buffer.concat(theirs).equals(bytes)).toBe(true);
});

test('[BUG4] the velocity is that of the medium after a refraction, a Fresnel, a total and a mirror’s reflection', async () => {
  // Group velocities differ from c/n: n rises with the energy.
  const at = [400, 300] as const;
  const medium = (n: number, rise: number): Optics => ({
    RINDEX: [
      [at[0], n],
      [at[1], n + rise],
    ],
    ABSLENGTH: transparent,
  });
  const detector = smallDetector({
    materials: { Glass: medium(1.5, 0.05), Water: medium(1.33, 0.02) },
    surfaces: { Mirror: { tables: { REFLECTIVITY: 1 } } },
    solids: [box('hall', 400), box('block', 100), box('plate', 100, 100, 10)],
    world: {
      name: 'World',
      solid: 'hall',
      material: 'Water',
      inside: [
        { name: 'Block', solid: 'block', material: 'Glass' },
        { name: 'Plate', solid: 'plate', material: 'Glass', skin: 'Mirror', at: [0, 0, 120] },
      ],
    },
  });
  const wavelength = 350;
  const energy = wavelengthToEnergy(wavelength);
  const [low, high] = [wavelengthToEnergy(at[0]), wavelengthToEnergy(at[1])];
  const velocity = (n: number, rise: number): number => {
    const slope = rise / (high - low);
    return speedOfLight / (n + slope * (energy - low) + energy * slope);
  };
  // Geant4's GROUPVEL is linear between the midpoints of the table: one value for a table of two points.
  const middle = (low + high) / 2;
  const tabled = (n: number, rise: number): readonly [number, number] => {
    const group = speedOfLight / (n + rise / 2 + (rise / (high - low)) * middle);
    const exact = velocity(n, rise);
    return [Math.min(group, exact) * 0.97, Math.max(group, exact) * 1.03];
  };
  const bands = { Glass: tabled(1.5, 0.05), Water: tabled(1.33, 0.02) };
  const scene = packScene(detector);
  const count = 400;
  const photons = new Float32Array(count * photonWords);
  for (let i = 0; i < count; i++) {
    const angle = (0.9 * i) / count;
    const direction = [Math.sin(angle), 0, Math.cos(angle)];
    photons.set([0, 0, 0, 0, ...direction, 0, 0, 1, 0, wavelength], i * photonWords);
  }
  const source = {
    description: 'test',
    count,
    batch: () => ({ kind: 'photons' as const, photons }),
  };
  const after = new Map<string, Set<string>>();
  const speeds = new Map<string, number[]>();
  await createCpuEngine().propagate(
    scene,
    { seed: 1n, source, threads: 1, recordSteps: 8, maxBounces: 7, batchSize: count },
    (batch) => {
      for (let i = 0; i < batch.count; i++) {
        const steps = recordedSteps(batch, i);
        for (let k = 0; k + 1 < steps.length; k++) {
          const [from, to] = [steps[k], steps[k + 1]];
          if (!from || !to) continue;
          const way = Math.hypot(...from.position.map((x, axis) => (to.position[axis] ?? 0) - x));
          if (way < 1) continue;
          const name = scene.materials[scene.volumeMaterial(scene.nodeVolume(from.node))] ?? 'none';
          const kind = `${from.flag}/${from.status}`;
          after.set(name, (after.get(name) ?? new Set()).add(kind));
          const speed = way / (to.time - from.time);
          speeds.set(name, [...(speeds.get(name) ?? []), speed]);
        }
      }
    },
  );
  for (const [name, band] of Object.entries(bands)) {
    const all = speeds.get(name) ?? [];
    // One velocity in each medium, whatever came before: the two differ by 14 %.
    expect(Math.max(...all) / Math.min(...all)).toBeLessThan(1.001);
    expect(all[0]).toBeGreaterThan(band[0]);
    expect(all[0]).toBeLessThan(band[1]);
  }
  const happened = [...(after.get('Glass') ?? []), ...(after.get('Water') ?? [])];
  expect(happened).toContain(`${photonFlags.BOUNDARY_TRANSMIT}/2`);
  expect(happened).toContain(`${photonFlags.BOUNDARY_REFLECT}/3`);
  expect(happened).toContain(`${photonFlags.BOUNDARY_REFLECT}/4`);
  expect(happened).toContain(`${photonFlags.SURFACE_SREFLECT}/7`);
});

test('[BUG6] a quarter of liquid argon’s light comes with 1400 ns', async () => {
  const spectrum = [
    [9, 0.1],
    [9.7, 1],
    [10.5, 0.1],
  ].map(([eV = 1, value = 0]): [number, number] => [1239.84 / eV, value]);
  const detector = smallDetector({
    materials: {
      Argon: {
        RINDEX: 1.4,
        ABSLENGTH: transparent,
        SCINTILLATIONCOMPONENT1: spectrum,
        SCINTILLATIONCOMPONENT2: spectrum,
      },
    },
    constants: {
      Argon: {
        SCINTILLATIONYIELD: 24_000,
        RESOLUTIONSCALE: 1,
        SCINTILLATIONYIELD1: 0.75,
        SCINTILLATIONYIELD2: 0.25,
        SCINTILLATIONTIMECONSTANT1: 7,
        SCINTILLATIONTIMECONSTANT2: 1400,
      },
    },
    solids: [box('argon', 20)],
    world: { name: 'World', solid: 'argon', material: 'Argon' },
  });
  const scene = packScene(detector);
  const source = await gunSource('mu- 1 GeV from 0 0 9 mm towards 0 0 -1, 2 events', {
    ...{ detector, scene, module: await loadKernel(), seed: 2n },
  });
  let [late, scintillation] = [0, 0];
  await createCpuEngine().propagate(
    scene,
    { seed: 2n, source, threads: 2, keepPhotons: true },
    ({ photons }) => {
      const rows = photons ?? new Float32Array();
      const words = new Uint32Array(rows.buffer);
      for (let row = 0; row < rows.length; row += photonWords) {
        if (((words[row + 15] ?? 0) & photonFlags.SCINTILLATION) === 0) continue;
        scintillation++;
        if ((rows[row + 3] ?? 0) > 100) late++;
      }
    },
  );
  const expected = 0.25 * Math.exp(-100 / 1400) + 0.75 * Math.exp(-100 / 7);
  const error = Math.sqrt((expected * (1 - expected)) / scintillation);
  expect(scintillation).toBeGreaterThan(50_000);
  expect(Math.abs(late / scintillation - expected)).toBeLessThan(4 * error);
});
