import { readFileSync } from 'node:fs';
import type { Solid } from '@lantern/geometry';
import type { Vector3 } from '@lantern/units';
import { compileSolid, writeLeaf } from '../../geometry/src/scene/compile-solid.ts';
import { absorbFrame } from '../../geometry/src/scene/compile-solid-absorb.ts';
import type { Shape } from '../../geometry/src/scene/compile-solid-shape.ts';
import { solidShape } from '../../geometry/src/scene/compile-solid-tree.ts';
import { opCodes, solidKinds } from '../../geometry/src/scene/layout.ts';
import {
  createSections,
  joinSections,
  type SceneSections,
} from '../../geometry/src/scene/section-writer.ts';
import { solidBounds } from '../../geometry/src/solids/bounds.ts';

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly hitFace: WebAssembly.Global;
  readonly facesMet: WebAssembly.Global;
  readonly normalX: WebAssembly.Global;
  readonly normalY: WebAssembly.Global;
  readonly normalZ: WebAssembly.Global;
  solidsHeapStart(): number;
  bindSolids(base: number): void;
  setArena(...box: number[]): void;
  timeSolid(solid: number, seed: number, rays: number, repeats: number): number;
  solidExit(solid: number, ...ray: number[]): number;
  solidEnter(solid: number, ...rayAndLimit: number[]): number;
  solidNormal(face: number, x: number, y: number, z: number): void;
  solidInside(solid: number, x: number, y: number, z: number): number;
}

const wasm = new WebAssembly.Module(
  readFileSync(new URL('../dist/kernel-testing.wasm', import.meta.url)),
);

/** What a ray meets: how far away, and the normal there. */
export interface Met {
  readonly t: number;
  readonly normal: Vector3;
}

/** One solid twice: as it is compiled, and as the plain program of its tree, every leaf of which is met. */
export class ProgramPair {
  readonly compiled: SolidInKernel;
  readonly plain: SolidInKernel;

  constructor(solids: ReadonlyMap<string, Solid>, name: string) {
    const sections = createSections();
    const compiled = compileSolid(solids, name, sections);
    const plain = writePlain(solidShape(solids, name), sections);
    const scene = new Uint8Array(joinSections(sections));
    const exports = new WebAssembly.Instance(wasm, {
      env: {
        abort: () => {
          throw new Error('the kernel aborted');
        },
      },
    }).exports as unknown as Exports;
    const base = Math.ceil(exports.solidsHeapStart() / 16) * 16;
    const missing = base + scene.length - exports.memory.buffer.byteLength;
    if (missing > 0) exports.memory.grow(Math.ceil(missing / 65536));
    new Uint8Array(exports.memory.buffer).set(scene, base);
    exports.bindSolids(base);
    const { min, max } = solidBounds(solids, name);
    exports.setArena(...min, ...max);
    this.compiled = new SolidInKernel(exports, compiled);
    this.plain = new SolidInKernel(exports, plain);
  }
}

/** A solid of a scene in the kernel. */
export class SolidInKernel {
  readonly #exports: Exports;
  readonly #solid: number;

  constructor(exports: Exports, solid: number) {
    this.#exports = exports;
    this.#solid = solid;
  }

  exit(at: Vector3, to: Vector3): Met {
    return this.#met(at, to, this.#exports.solidExit(this.#solid, ...at, ...to));
  }

  enter(at: Vector3, to: Vector3, limit: number): Met {
    return this.#met(at, to, this.#exports.solidEnter(this.#solid, ...at, ...to, limit));
  }

  inside(point: Vector3): boolean {
    return this.#exports.solidInside(this.#solid, ...point) !== 0;
  }

  /** Leaves and enters along random rays, each so many times; how often in all. */
  timeSolid(seed: number, rays: number, repeats: number): number {
    this.#exports.timeSolid(this.#solid, seed, rays, repeats);
    return Number(this.#exports.facesMet.value);
  }

  #met(at: Vector3, to: Vector3, t: number): Met {
    if (t === Number.POSITIVE_INFINITY) return { t, normal: [0, 0, 0] };
    const point = [0, 1, 2].map((i) => (at[i] ?? 0) + t * (to[i] ?? 0));
    this.#exports.solidNormal(this.#exports.hitFace.value, ...(point as [number, number, number]));
    const { normalX, normalY, normalZ } = this.#exports;
    return { t, normal: [normalX.value, normalY.value, normalZ.value] };
  }
}

/** The tree as it stands: operands, then the operation. */
function writePlain(shape: Shape, sections: SceneSections): number {
  const firstOp = sections.op.count;
  writeOps(shape, sections);
  return sections.solid.append({
    tolerance: Math.max(1e-9, 1e-12 * shape.reach),
    firstOp,
    opCount: sections.op.count - firstOp,
    kind: solidKinds.program,
  });
}

function writeOps(shape: Shape, sections: SceneSections): void {
  if (shape.kind === 'leaf') {
    const leaf = writeLeaf(absorbFrame(shape), sections);
    sections.op.append({ code: opCodes.indexOf('push'), leaf });
    return;
  }
  writeOps(shape.first, sections);
  writeOps(shape.second, sections);
  sections.op.append({ code: opCodes.indexOf(shape.code) });
}
