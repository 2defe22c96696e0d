import { materialColumns, materialFlags } from '@lantern/geometry';
import type { Feature } from './feature-stubs.ts';
import type { PackedScene } from './packed-scene.ts';
import { far } from './scene-image.ts';

type Column = (typeof materialColumns)[number];

/** Processes that the materials have. */
export function* materialFeatures(scene: PackedScene): Iterable<Feature> {
  const flags = scene.field('material', 'flags');
  const means = [scene.field('material', 'shiftMean1'), scene.field('material', 'shiftMean2')];
  const happens = lengthsOf(scene);
  for (let i = 0; i < scene.count('material'); i++) {
    if ((flags(i) & materialFlags.reemits) !== 0) yield 'reemission';
    if ((flags(i) & materialFlags.moreProcesses) === 0) continue;
    yield 'more processes';
    // Where a number drawn is the Rayleigh rate exactly, as happens with 24 bits, it is a shift's that never happens.
    if (happens(i, 'mieLength')) yield* ['mie', 'shift'] as const;
    for (const [k, mean] of means.entries())
      if (happens(i, k === 0 ? 'shiftLength1' : 'shiftLength2')) {
        yield 'shift';
        if (mean(i) >= 0) yield 'children';
      }
  }
}

/** Whether a process of a material has a length at any energy. */
function lengthsOf(scene: PackedScene): (material: number, column: Column) => boolean {
  const [table, value] = [scene.field('material', 'table'), scene.array('materialTable')];
  const rows = scene.field('grid', 'rows')(0);
  return (material, column) => {
    const first = table(material) + materialColumns.indexOf(column);
    for (let row = 0; row < rows; row++)
      if (value(first + row * materialColumns.length) < Math.fround(far)) return true;
    return false;
  };
}
