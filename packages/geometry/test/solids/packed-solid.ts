import { apply, type Matrix3, subtract, transpose, type Vector3 } from '@lantern/units';
import { solidAngle } from '../../src/mesh/solid-angle.ts';
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

/** Reads a compiled solid as an engine would, from the packed bytes. */
export class PackedSolid {
  private readonly view: DataView;
  private readonly solid: number;
  private readonly corners = new Map<number, readonly Corners[]>();

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

  /** The number of triangles of the scene. */
  get triangleCount(): number {
    const section = Object.keys(recordSections).indexOf('triangle');
    return this.view.getUint32(8 * section + 4, true);
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
    if (type === 'mesh') return this.meshInside(count, point);
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

  /** The triangles of a mesh seen from the point cover the sphere. */
  private meshInside(root: number, point: Vector3): boolean {
    let sum = 0;
    for (const corners of this.cornersBelow(root)) sum += solidAngle(corners, point);
    return Math.abs(sum) > 2 * Math.PI;
  }

  private cornersBelow(root: number): readonly Corners[] {
    const known = this.corners.get(root);
    if (known) return known;
    const made = this.trianglesBelow(root).map(
      (triangle) =>
        ['a', 'b', 'c'].map((corner): Vector3 => {
          const vertex = 3 * this.field('triangle', corner, triangle);
          const at = (i: number): number => this.number('meshVertex', vertex + i);
          return [at(0), at(1), at(2)];
        }) as unknown as Corners,
    );
    this.corners.set(root, made);
    return made;
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
