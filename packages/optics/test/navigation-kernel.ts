import { readFileSync } from 'node:fs';
import type { Vector3 } from '@lantern/units';

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly px: WebAssembly.Global;
  readonly py: WebAssembly.Global;
  readonly pz: WebAssembly.Global;
  readonly dx: WebAssembly.Global;
  readonly dy: WebAssembly.Global;
  readonly dz: WebAssembly.Global;
  readonly node: WebAssembly.Global;
  readonly farNormalX: WebAssembly.Global;
  readonly farNormalY: WebAssembly.Global;
  readonly farNormalZ: WebAssembly.Global;
  solidsHeapStart(): number;
  bindSolids(base: number): void;
  navigateFrom(...ray: number[]): number;
  navigateOn(limit: number): number;
  navigateLook(): number;
  navigateCross(): void;
  navigateTurn(...direction: number[]): void;
}

const path =
  process.env.LANTERN_TESTING_KERNEL ?? new URL('../dist/kernel-testing.wasm', import.meta.url);
const wasm = new WebAssembly.Module(readFileSync(path));

/** The kernel's navigation through one scene, boundary by boundary, in 64 bits. */
export class NavigationKernel {
  readonly exports: Exports;

  constructor(scene: ArrayBufferLike) {
    this.exports = new WebAssembly.Instance(wasm, { env: { abort: fail } }).exports as never;
    const { memory } = this.exports;
    const base = Math.ceil(this.exports.solidsHeapStart() / 16) * 16;
    const missing = base + scene.byteLength - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
    new Uint8Array(memory.buffer).set(new Uint8Array(scene), base);
    this.exports.bindSolids(base);
  }

  /** Position in the frame of the node. */
  get position(): Vector3 {
    const { px, py, pz } = this.exports;
    return [px.value, py.value, pz.value];
  }

  /** Direction in the frame of the node. */
  get direction(): Vector3 {
    const { dx, dy, dz } = this.exports;
    return [dx.value, dy.value, dz.value];
  }

  get node(): number {
    return this.exports.node.value;
  }

  /** The normal of the boundary looked at, against the photon, in the frame of the node. */
  get normal(): Vector3 {
    const { farNormalX, farNormalY, farNormalZ } = this.exports;
    return [farNormalX.value, farNormalY.value, farNormalZ.value];
  }
}

function fail(): never {
  throw new Error('the kernel aborted');
}
