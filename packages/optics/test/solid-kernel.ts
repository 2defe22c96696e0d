import { readFileSync } from 'node:fs';
import type { Box3 } from '@lantern/geometry';
import type { Vector3 } from '@lantern/units';
import { compileSolid } from '../../geometry/src/scene/compile-solid.ts';
import { createSections, joinSections } from '../../geometry/src/scene/section-writer.ts';
import { solidBounds } from '../../geometry/src/solids/bounds.ts';
import type { SolidCase } from '../../geometry/test/solids/solid-cases.ts';

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly hitFace: WebAssembly.Global;
  readonly normalX: WebAssembly.Global;
  readonly normalY: WebAssembly.Global;
  readonly normalZ: WebAssembly.Global;
  readonly facesMet: WebAssembly.Global;
  readonly oddNormals: WebAssembly.Global;
  readonly insideLength: WebAssembly.Global;
  readonly violationKind: WebAssembly.Global;
  readonly violationX: WebAssembly.Global;
  readonly violationY: WebAssembly.Global;
  readonly violationZ: WebAssembly.Global;
  readonly violationDx: WebAssembly.Global;
  readonly violationDy: WebAssembly.Global;
  readonly violationDz: WebAssembly.Global;
  readonly violationT: WebAssembly.Global;
  solidsHeapStart(): number;
  bindSolids(base: number): void;
  setArena(...box: number[]): void;
  solidExit(solid: number, ...ray: number[]): number;
  solidEnter(solid: number, ...rayAndLimit: number[]): number;
  solidNormal(face: number, x: number, y: number, z: number): void;
  solidInside(solid: number, x: number, y: number, z: number): number;
  followRays(solid: number, seed: number, rays: number): number;
  wander(solid: number, seed: number, steps: number, grazing: number): number;
  reflectInside(solid: number, seed: number, bounces: number, cosine: number): number;
  timeSolid(solid: number, seed: number, rays: number, repeats: number): number;
}

const wasm = new WebAssembly.Module(
  readFileSync(new URL('../dist/kernel-testing.wasm', import.meta.url)),
);

/** One solid in the kernel. */
export class SolidKernel {
  readonly exports: Exports;
  readonly bounds: Box3;
  private readonly solid: number;

  constructor({ solids, name }: SolidCase) {
    const sections = createSections();
    this.solid = compileSolid(solids, name, sections);
    const scene = new Uint8Array(joinSections(sections));
    this.exports = new WebAssembly.Instance(wasm, { env: { abort: fail } }).exports as never;
    const { memory } = this.exports;
    const base = Math.ceil(this.exports.solidsHeapStart() / 16) * 16;
    const missing = base + scene.length - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
    new Uint8Array(memory.buffer).set(scene, base);
    this.exports.bindSolids(base);
    this.bounds = solidBounds(solids, name);
    this.exports.setArena(...this.bounds.min, ...this.bounds.max);
  }

  exit(o: Vector3, d: Vector3): number {
    return this.exports.solidExit(this.solid, ...o, ...d);
  }

  enter(o: Vector3, d: Vector3, limit: number = Number.POSITIVE_INFINITY): number {
    return this.exports.solidEnter(this.solid, ...o, ...d, limit);
  }

  /** The outward normal of the face last hit, at a point. */
  normal(point: Vector3): Vector3 {
    this.exports.solidNormal(this.exports.hitFace.value, ...point);
    const { normalX, normalY, normalZ } = this.exports;
    return [normalX.value, normalY.value, normalZ.value];
  }

  inside(point: Vector3): boolean {
    return this.exports.solidInside(this.solid, ...point) !== 0;
  }

  followRays(seed: number, rays: number): number {
    return this.exports.followRays(this.solid, seed, rays);
  }

  wander(seed: number, steps: number, grazing: number): number {
    return this.exports.wander(this.solid, seed, steps, grazing);
  }

  reflectInside(seed: number, bounces: number, cosine: number): number {
    return this.exports.reflectInside(this.solid, seed, bounces, cosine);
  }

  timeSolid(seed: number, rays: number, repeats: number): number {
    return this.exports.timeSolid(this.solid, seed, rays, repeats);
  }

  /** The share of the boundaries of the last walk whose normal does not fit what is around them. */
  oddNormals(): number {
    return this.exports.oddNormals.value / Math.max(1, this.exports.facesMet.value);
  }

  /** The first violation of the last walk, in words. */
  violation(): string {
    const names = ['Kind', 'X', 'Y', 'Z', 'Dx', 'Dy', 'Dz', 'T'] as const;
    return names.map((name) => `${name} ${this.exports[`violation${name}`].value}`).join(', ');
  }
}

function fail(): never {
  throw new Error('the kernel aborted');
}
