import { describe, expect, test } from 'vitest';
import {
  leafTypes,
  opCodes,
  recordSections,
  recordSize,
  solidKinds,
} from '../../geometry/src/scene/layout.ts';
import { createCpuEngine } from '../src/cpu/cpu-engine.node.ts';
import { boundaryStatuses, bulkProcesses, stepTrace } from '../src/step-trace.ts';
import { galleryCases, prepareTwinCase } from '../src/validation/twin-cases.ts';

/** Values of a 32-bit field of all records of a section. */
function fieldOf(
  buffer: ArrayBuffer,
  section: keyof typeof recordSections,
  field: string,
): number[] {
  const view = new DataView(buffer);
  const header = 8 * Object.keys(recordSections).indexOf(section);
  const layout = recordSections[section];
  let offset = 0;
  for (const [name, type] of layout.fields) {
    if (name === field) break;
    offset += type === 'f64' ? 8 : 4;
  }
  const start = view.getUint32(header, true);
  return Array.from({ length: view.getUint32(header + 4, true) }, (_, i) =>
    view.getInt32(start + i * recordSize(layout) + offset, true),
  );
}

/** What photons met in a gallery, on the CPU. */
async function visit(name: string) {
  const one = galleryCases.find((each) => each.name === name);
  if (!one) throw new Error(`no case ${name}`);
  const { scene, source } = prepareTwinCase(one, 600);
  const nodes = new Set<number>();
  const surfaces = new Set<string>();
  const statuses = new Set<number>();
  const tally = await createCpuEngine().propagate(
    scene,
    { seed: 5n, source, threads: 2, recordSteps: one.steps, maxBounces: one.steps },
    ({ traces = new Int32Array() }) => {
      for (let i = 0; i < traces.length / 2; i++) {
        const { node, surface, status } = stepTrace(traces, i);
        nodes.add(node);
        statuses.add(status);
        surfaces.add(scene.surfaces[surface] ?? '');
      }
    },
  );
  return { scene, tally, nodes, surfaces, statuses };
}

describe('the galleries, where two engines are compared', () => {
  test('[TWIN5] have every primitive, every operation and every kind of solid', () => {
    const scenes = galleryCases.map((one) => prepareTwinCase(one, 1).scene.buffer);
    const all = (section: keyof typeof recordSections, field: string): Set<number> =>
      new Set(scenes.flatMap((buffer) => fieldOf(buffer, section, field)));
    const leaves = all('leaf', 'type');
    expect(leafTypes.filter((_, i) => !leaves.has(i))).toEqual([]);
    const codes = all('op', 'code');
    expect(opCodes.filter((_, i) => !codes.has(i))).toEqual([]);
    const kinds = all('solid', 'kind');
    expect(Object.values(solidKinds).filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  test.each(['solids-convex', 'solids-bent', 'solids-composed', 'media', 'lights'])(
    '[TWIN5] photons enter every exhibit: %s',
    async (name) => {
      const { scene, nodes, tally } = await visit(name);
      const missed = Array.from({ length: scene.nodeCount }, (_, node) => node)
        .filter((node) => !nodes.has(node) && !scene.nodePath(node).endsWith('Dark'))
        .map((node) => scene.nodePath(node));
      expect(missed).toEqual([]);
      expect(Number(tally.truncated) / Number(tally.photons)).toBeLessThan(0.4);
    },
  );

  test('[TWIN5] photons meet every surface, all that a boundary does and every process of a material', async () => {
    const statuses = new Set<number>();
    for (const name of ['surfaces-classic', 'surfaces-films', 'surfaces-tables', 'media']) {
      const visited = await visit(name);
      for (const status of visited.statuses) statuses.add(status);
      expect(visited.scene.surfaces.filter((surface) => !visited.surfaces.has(surface))).toEqual(
        [],
      );
    }
    const missed = boundaryStatuses.filter((_, i) => !statuses.has(i + 1));
    // Six finishes of LBNL stand for the 24.
    expect(missed.filter((status) => status === 'look-up')).toHaveLength(18);
    expect(missed.filter((status) => status !== 'look-up')).toEqual([
      'not at a boundary',
      'same material',
      'step too small',
    ]);
    for (const process of Object.values(bulkProcesses)) expect(statuses).toContain(process);
  });
});
