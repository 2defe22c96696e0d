import { apply, type Matrix3, subtract, transpose, type Vector3 } from '@lantern/units';
import { compileSolid } from '../../src/scene/compile-solid.ts';
import {
  arraySections,
  fieldSize,
  leafTypes,
  opCodes,
  recordSections,
  recordSize,
  solidKinds,
} from '../../src/scene/layout.ts';
import { createSections, joinSections } from '../../src/scene/section-writer.ts';
import type { SolidCase } from './solid-cases.ts';

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
    const count = this.field('leaf', 'count', leaf);
    const p = Array.from({ length: Math.max(8, 4 * count) }, (_, i) =>
      this.param(this.field('leaf', 'params', leaf) + i),
    ) as [number, number, number, number, number, number, number, number];
    const rho = Math.hypot(x, y);
    switch (leafTypes[this.field('leaf', 'type', leaf)]) {
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
      default:
        return rho * rho <= p[0] + p[1] * z * z && z >= p[2] && z <= p[3];
    }
  }

  private toFrame(frame: number, point: Vector3): Vector3 {
    const number = (name: string): number => this.field('transform', name, frame);
    const rotation = Array.from({ length: 9 }, (_, i) => number(`r${i}`)) as never as Matrix3;
    return apply(transpose(rotation), subtract(point, [number('tx'), number('ty'), number('tz')]));
  }

  private field(section: keyof typeof recordSections, name: string, index: number): number {
    const layout = recordSections[section];
    const start = this.start(Object.keys(recordSections).indexOf(section));
    let offset = start + index * recordSize(layout);
    for (const [field, type] of layout.fields) {
      if (field === name)
        return type === 'f64'
          ? this.view.getFloat64(offset, true)
          : this.view.getInt32(offset, true);
      offset += fieldSize(type);
    }
    throw new Error(`no field ${name}`);
  }

  private param(index: number): number {
    const section =
      Object.keys(recordSections).length + Object.keys(arraySections).indexOf('param');
    const count = this.view.getUint32(8 * section + 4, true);
    return index < count ? this.view.getFloat64(this.start(section) + 8 * index, true) : 0;
  }

  private start(section: number): number {
    return this.view.getUint32(8 * section, true);
  }
}
