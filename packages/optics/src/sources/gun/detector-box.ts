import { type Box3, type Detector, solidBounds, type Transform } from '@lantern/geometry';
import type { Vector3 } from '@lantern/units';
import { OpticsError } from '../../errors.ts';

/** Inside the world by this part of its size, so that a start on the box is not outside by rounding. */
const inset = 1e-6;

/** The box around everything that the world holds, the world's own where it holds nothing; in the world's frame, mm. */
export function detectorBox(detector: Detector): Box3 {
  const world = detector.volumes.get(detector.world);
  if (!world) throw new OpticsError({ what: 'a detector without a world', given: detector.world });
  const own = shrink(solidBounds(detector.solids, world.solid));
  let box: Box3 | undefined;
  for (const { volume, transform } of world.placements) {
    const solid = detector.volumes.get(volume)?.solid;
    if (solid === undefined) continue;
    const placed = place(transform, solidBounds(detector.solids, solid));
    box = box ? join(box, placed) : placed;
  }
  return box ? overlap(box, own) : own;
}

function shrink({ min, max }: Box3): Box3 {
  return {
    min: mapAxes((i) => min[i] + inset * (max[i] - min[i])),
    max: mapAxes((i) => max[i] - inset * (max[i] - min[i])),
  };
}

function join(a: Box3, b: Box3): Box3 {
  return {
    min: mapAxes((i) => Math.min(a.min[i], b.min[i])),
    max: mapAxes((i) => Math.max(a.max[i], b.max[i])),
  };
}

function overlap(a: Box3, b: Box3): Box3 {
  return {
    min: mapAxes((i) => Math.max(a.min[i], b.min[i])),
    max: mapAxes((i) => Math.min(a.max[i], b.max[i])),
  };
}

/** The box around the turned and moved box. */
function place({ rotation, translation, scale }: Transform, { min, max }: Box3): Box3 {
  const centre = mapAxes((i) => 0.5 * (min[i] + max[i]) * scale[i]);
  const half = mapAxes((i) => 0.5 * Math.abs((max[i] - min[i]) * scale[i]));
  const row = (i: number, v: Vector3, size: (x: number) => number): number =>
    size(rotation[3 * i] ?? 0) * v[0] +
    size(rotation[3 * i + 1] ?? 0) * v[1] +
    size(rotation[3 * i + 2] ?? 0) * v[2];
  const middle = mapAxes((i) => row(i, centre, (x) => x) + translation[i]);
  const reach = mapAxes((i) => row(i, half, Math.abs));
  return { min: mapAxes((i) => middle[i] - reach[i]), max: mapAxes((i) => middle[i] + reach[i]) };
}

function mapAxes(value: (axis: 0 | 1 | 2) => number): Vector3 {
  return [value(0), value(1), value(2)];
}
