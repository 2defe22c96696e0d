import type { Transform } from '@lantern/geometry';
import { identity3, type Matrix3, rotationX, type Vector3 } from '@lantern/units';

/** How photomultipliers stand on the inside of a cylinder about z. Lengths in mm. */
export interface Arrangement {
  /** Distance of the barrel's photomultipliers from the axis. */
  readonly radius: number;
  /** Distance of the caps' photomultipliers from the middle. */
  readonly halfHeight: number;
  /** Photomultipliers in a ring of the barrel. */
  readonly columns: number;
  readonly rows: number;
  /** Of the barrel's rings, and of the square grid on the caps. */
  readonly spacing: number;
  /** Photomultipliers of the caps stand within this distance from the axis. */
  readonly capRadius: number;
}

/** Where photomultipliers stand, looking inward along their own +z: the barrel from top to bottom, the top, the bottom. */
export function arrange(arrangement: Arrangement): Transform[] {
  return [...barrel(arrangement), ...cap(arrangement, 1), ...cap(arrangement, -1)];
}

function* barrel({ radius, columns, rows, spacing }: Arrangement): Generator<Transform> {
  for (let row = 0; row < rows; row++) {
    const z = ((rows - 1) / 2 - row) * spacing;
    for (let column = 0; column < columns; column++) {
      // None stands at the cut of the unrolled map, opposite to x.
      const phi = (2 * Math.PI * (column + (columns % 2 ? 0 : 0.5))) / columns;
      const [cos, sin] = [Math.cos(phi), Math.sin(phi)];
      // Columns of the matrix: the axes of the photomultiplier in the tank; its y points up.
      const rotation: Matrix3 = [sin, 0, -cos, -cos, 0, -sin, 0, 1, 0];
      yield at([radius * cos, radius * sin, z], rotation);
    }
  }
}

function* cap({ halfHeight, spacing, capRadius }: Arrangement, side: 1 | -1): Generator<Transform> {
  const reach = Math.floor(capRadius / spacing + 0.5);
  const rotation = side > 0 ? rotationX(Math.PI) : identity3;
  for (let i = -reach; i < reach; i++) {
    for (let j = -reach; j < reach; j++) {
      const [x, y] = [(i + 0.5) * spacing, (j + 0.5) * spacing];
      if (Math.hypot(x, y) <= capRadius) yield at([x, y, side * halfHeight], rotation);
    }
  }
}

/** To a nanometre: a file that people can read. */
function at([x, y, z]: Vector3, rotation: Matrix3): Transform {
  const tidy = (value: number): number => Math.round(value * 1e6) / 1e6;
  return { rotation, translation: [tidy(x), tidy(y), tidy(z)], scale: [1, 1, 1] };
}
