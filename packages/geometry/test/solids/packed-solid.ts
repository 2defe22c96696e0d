import { apply, type Matrix3, subtract, transpose, type Vector3 } from '@lantern/units';
import { compileSolid } from '../../src/scene/compile-solid.ts';
import {
  arraySections,
  type FieldType,
  fieldSize,
  leafTypes,
  opCodes,
  recordSections,
  recordSize,
  solidKinds,
} from '../../src/scene/layout.ts';
import { createSections, joinSections } from '../../src/scene/section-writer.ts';
import type { SolidCase } from './solid-cases.ts';

type Corners = readonly [Vector3, Vector3, Vector3];

const sectionNames = Object.keys(recordSections);

/** Where each field of a record is. */
const fieldOffsets = new Map(
  Object.entries(recordSections).flatMap(([section, layout]) => {
    let next = 0;
    return layout.fields.map(([name, type]) => {
      const offset = next;
      next += fieldSize(type);
      return [`${section}.${name}`, { type, offset, stride: recordSize(layout) }] as const;
    });
  }),
);

/** 1 where a line upwards from the point leaves through a triangle, -1 where it enters, otherwise 0. */
function crossingAbove(corners: Corners, [x, y, z]: Vector3): number {
  // Twice the areas, seen from above, of the point with each side; the order of its ends does not round differently.
  const sides = corners.map((a, i) => {
    const b = corners[(i + 1) % 3] ?? a;
    const isTurned = b[0] < a[0] || (b[0] === a[0] && b[1] < a[1]);
    const [p, q] = isTurned ? [b, a] : [a, b];
    const area = (q[0] - p[0]) * (y - p[1]) - (q[1] - p[1]) * (x - p[0]);
    return isTurned ? -area : area;
  }) as [number, number, number];
  if (!(sides.every((side) => side > 0) || sides.every((side) => side < 0))) return 0;
  const sum = sides[0] + sides[1] + sides[2];
  const [a, b, c] = corners;
  const height = (sides[1] * a[2] + sides[2] * b[2] + sides[0] * c[2]) / sum;
  return height > z ? Math.sign(sum) : 0;
}

/** Reads a compiled solid as an engine would, from the packed bytes. */
export class PackedSolid {
  private readonly view: DataView;
  private readonly solid: number;

  constructor({ solids, name }: Pick<SolidCase, 'solids' | 'name'>) {
    const sections = createSections();
    this.solid = compileSolid(solids, name, sections);
    this.view = new DataView(joinSections(sections));
  }

  get kind(): string | undefined {
    const kind = this.field('solid', 'kind', this.solid);
    return leafTypes[kind] ?? Object.entries(solidKinds).find(([, code]) => code === kind)?.[0];
  }

  get tolerance(): number {
    return this.field('solid', 'tolerance', this.solid);
  }

  /** The program, with the types of its leaves. */
  get program(): readonly string[] {
    return this.ops().flatMap(({ code, leaf }) => {
      if (code !== 'push' && !code.endsWith('Leaf')) return [code];
      const type = leafTypes[this.field('leaf', 'type', leaf)] ?? '';
      return code === 'push' ? [type] : [code, type];
    });
  }

  /** The number of leaves with a frame of their own. */
  get framedLeaves(): number {
    return this.ops().filter(
      ({ code, leaf }) =>
        (code === 'push' || code.endsWith('Leaf')) && this.field('leaf', 'transform', leaf) >= 0,
    ).length;
  }

  /** How many leaves the program has. */
  get leafCount(): number {
    return this.ops().filter(({ code }) => code === 'push' || code.endsWith('Leaf')).length;
  }

  /** How many leaves a ray may be tested against up to `limit` mm: those that no missed box leaves out. */
  leavesTried(at: Vector3, to: Vector3, limit: number): number {
    const ops = this.ops();
    let tried = 0;
    for (let i = 0; i < ops.length; i++) {
      const { code, leaf, box } = ops[i] as (typeof ops)[number];
      if (code === 'push' || code.endsWith('Leaf')) tried++;
      else if (code.startsWith('skipOp') && this.misses(box, at, to, limit)) i += leaf;
    }
    return tried;
  }

  private misses(box: number, at: Vector3, to: Vector3, limit: number): boolean {
    let [enter, leave] = [0, limit];
    for (let i = 0; i < 3; i++) {
      const inverse = 1 / (to[i] || 1e-100);
      const ends = [0, 3].map((side) => (this.param(box + side + i) - (at[i] ?? 0)) * inverse);
      enter = Math.max(enter, Math.min(...ends));
      leave = Math.min(leave, Math.max(...ends));
    }
    return enter > leave;
  }

  /** Whether a point is in the solid, by its program. */
  inside(point: Vector3): boolean {
    const stack: boolean[] = [];
    const ops = this.ops();
    for (let i = 0; i < ops.length; i++) {
      const { code, leaf, box } = ops[i] as (typeof ops)[number];
      if (code === 'skipEmpty') {
        if (!stack.at(-1)) i += leaf;
      } else if (code.startsWith('skip')) {
        if (this.boxHolds(box, point)) continue;
        if (code === 'skipOperand') stack.push(false);
        i += leaf;
      } else if (code === 'push') {
        stack.push(this.leafInside(leaf, point));
      } else {
        const second = code.endsWith('Leaf') ? this.leafInside(leaf, point) : stack.pop();
        const first = stack.pop() ?? false;
        if (code.startsWith('uni')) stack.push(first || second === true);
        else if (code.startsWith('intersect')) stack.push(first && second === true);
        else stack.push(first && second !== true);
      }
    }
    return stack[0] === true && stack.length === 1;
  }

  private known: readonly { code: string; leaf: number; box: number }[] | undefined;

  private ops(): readonly { code: string; leaf: number; box: number }[] {
    this.known ??= this.readOps();
    return this.known;
  }

  private readOps(): readonly { code: string; leaf: number; box: number }[] {
    const first = this.field('solid', 'firstOp', this.solid);
    const count = this.field('solid', 'opCount', this.solid);
    return Array.from({ length: count }, (_, i) => ({
      code: opCodes[this.field('op', 'code', first + i)] ?? '',
      leaf: this.field('op', 'leaf', first + i),
      box: this.field('op', 'box', first + i),
    }));
  }

  private boxHolds(box: number, point: Vector3): boolean {
    return point.every((x, i) => x >= this.param(box + i) && x <= this.param(box + 3 + i));
  }

  private leafInside(leaf: number, point: Vector3): boolean {
    const frame = this.field('leaf', 'transform', leaf);
    const [x, y, z] = frame < 0 ? point : this.toFrame(frame, point);
    const type = leafTypes[this.field('leaf', 'type', leaf)];
    const count = this.field('leaf', 'count', leaf);
    if (type === 'mesh') return this.meshInside(leaf, point);
    const p = Array.from({ length: Math.max(8, type === 'planes' ? 4 * count : 0) }, (_, i) =>
      this.param(this.field('leaf', 'params', leaf) + i),
    ) as [number, number, number, number, number, number, number, number];
    const rho = Math.hypot(x, y);
    switch (type) {
      case 'box':
        return Math.abs(x) <= p[0] && Math.abs(y) <= p[1] && Math.abs(z) <= p[2];
      case 'sphere':
        return Math.hypot(x, y, z) <= p[0];
      case 'cylinder':
        return Math.hypot(x / p[0], y / p[1]) <= 1 && z >= p[2] && z <= p[3];
      case 'frustum':
        return rho <= p[0] + ((p[1] - p[0]) * (z - p[2])) / (p[3] - p[2]) && z >= p[2] && z <= p[3];
      case 'ellipsoid':
        return Math.hypot(x / p[0], y / p[1], z / p[2]) <= 1 && z >= p[3] && z <= p[4];
      case 'planes':
        return Array.from({ length: count }, (_, i) => p.slice(4 * i, 4 * i + 4)).every(
          ([nx = 0, ny = 0, nz = 0, c = 0]) => nx * x + ny * y + nz * z <= c,
        );
      case 'halfCone':
        return z >= 0 && rho <= p[0] * z;
      case 'torus':
        return Math.hypot(rho - p[0], z) <= p[1];
      case 'hyperboloid':
        return rho * rho <= p[0] + p[1] * z * z && z >= p[2] && z <= p[3];
      case 'ellipticCone':
        return Math.hypot(p[0] * x, p[1] * y) <= p[2] * (p[3] - z) && z >= p[4] && z <= p[5];
      case 'paraboloid':
        return rho * rho <= p[0] * z + p[1] && z >= p[2] && z <= p[3];
      default:
        return (
          p[0] + p[1] * x + p[2] * y + p[3] * z + p[4] * x * z + p[5] * y * z + p[6] * z * z <= 0
        );
    }
  }

  /**
   * The surfaces of a mesh above the point, those that it leaves less those that it enters: of the hierarchy the lanes
   * whose boxes are above the point, so that a triangle outside its box is missed.
   */
  private meshInside(leaf: number, [x, y, z]: Vector3): boolean {
    const params = this.field('leaf', 'params', leaf);
    const [cx, cy, cz] = [0, 1, 2].map((i) => this.param(params + i)) as [number, number, number];
    let winding = 0;
    const open = [this.field('leaf', 'count', leaf)];
    for (let node = open.pop(); node !== undefined; node = open.pop())
      for (let lane = 0; lane < 4; lane++) {
        const of = (name: string): number => this.field('meshNode', `${name}${lane}`, node ?? 0);
        const isAbove =
          of('minX') <= x - cx &&
          of('maxX') >= x - cx &&
          of('minY') <= y - cy &&
          of('maxY') >= y - cy;
        if (!isAbove || of('maxZ') < z - cz) continue;
        const child = of('child');
        if (child >= 0) open.push(child);
        else
          for (let i = 0; i <= (~child & 7); i++)
            winding += crossingAbove(this.cornersOf((~child >> 3) + i), [x, y, z]);
      }
    return winding > 0;
  }

  private cornersOf(triangle: number): Corners {
    return ['a', 'b', 'c'].map((corner): Vector3 => {
      const vertex = 3 * this.field('triangle', corner, triangle);
      const at = (i: number): number => this.number('meshVertex', vertex + i);
      return [at(0), at(1), at(2)];
    }) as unknown as Corners;
  }

  /** The triangles of a hierarchy of triangles, each once. */
  trianglesBelow(node: number): number[] {
    return [0, 1, 2, 3].flatMap((lane) => {
      const child = this.field('meshNode', `child${lane}`, node);
      if (child >= 0) return this.trianglesBelow(child);
      const [min, max] = ['minX', 'maxX'].map((side) =>
        this.field('meshNode', `${side}${lane}`, node),
      ) as [number, number];
      if (min > max) return [];
      return Array.from({ length: (~child & 7) + 1 }, (_, i) => (~child >> 3) + i);
    });
  }

  /** Vertices of triangles below a node that stand out of the box of their lane, in words. */
  trianglesOutside(node: number): string[] {
    return [0, 1, 2, 3].flatMap((lane) => {
      const box = ['minX', 'minY', 'minZ', 'maxX', 'maxY', 'maxZ'].map((side) =>
        this.field('meshNode', `${side}${lane}`, node),
      );
      if ((box[0] ?? 0) > (box[3] ?? 0)) return [];
      const child = this.field('meshNode', `child${lane}`, node);
      const below =
        child >= 0
          ? this.trianglesBelow(child)
          : Array.from({ length: (~child & 7) + 1 }, (_, i) => (~child >> 3) + i);
      const params = this.field('leaf', 'params', 0);
      const odd = below.filter((triangle) =>
        ['a', 'b', 'c'].some((corner) => {
          const vertex = 3 * this.field('triangle', corner, triangle);
          return [0, 1, 2].some((axis) => {
            const x = this.number('meshVertex', vertex + axis) - this.param(params + axis);
            return x < (box[axis] ?? 0) || x > (box[axis + 3] ?? 0);
          });
        }),
      );
      const deeper = child >= 0 ? this.trianglesOutside(child) : [];
      return [...odd.map((triangle) => `${triangle} in lane ${lane} of ${node}`), ...deeper];
    });
  }

  private toFrame(frame: number, point: Vector3): Vector3 {
    const number = (name: string): number => this.field('transform', name, frame);
    const rotation = Array.from({ length: 9 }, (_, i) => number(`r${i}`)) as never as Matrix3;
    return apply(transpose(rotation), subtract(point, [number('tx'), number('ty'), number('tz')]));
  }

  private field(section: keyof typeof recordSections, name: string, index: number): number {
    const known = fieldOffsets.get(`${section}.${name}`);
    if (known) {
      const start = this.start(sectionNames.indexOf(section));
      return this.read(known.type, start + index * known.stride + known.offset);
    }
    throw new Error(`no field ${name}`);
  }

  private read(type: FieldType, offset: number): number {
    if (type === 'f64') return this.view.getFloat64(offset, true);
    return type === 'f32' ? this.view.getFloat32(offset, true) : this.view.getInt32(offset, true);
  }

  private param(index: number): number {
    return this.number('param', index);
  }

  private number(name: keyof typeof arraySections, index: number): number {
    const section = Object.keys(recordSections).length + Object.keys(arraySections).indexOf(name);
    const count = this.view.getUint32(8 * section + 4, true);
    return index < count ? this.view.getFloat64(this.start(section) + 8 * index, true) : 0;
  }

  private start(section: number): number {
    return this.view.getUint32(8 * section, true);
  }
}
