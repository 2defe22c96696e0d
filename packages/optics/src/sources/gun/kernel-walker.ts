import type { Scene } from '@lantern/geometry';
import type { Vector3 } from '@lantern/units';
import type { GeometryWalker } from './geometry-walker.ts';

/** What the kernel exports for a walk (kernel/wasm/walk.ts). */
interface WalkExports {
  readonly memory: WebAssembly.Memory;
  heapStart(): number;
  bindScene(base: number): void;
  walkStart(x: number, y: number, z: number, ux: number, uy: number, uz: number): number;
  walkMaterial(): number;
  walkDistance(): number;
  walkAdvance(length: number): void;
  walkCross(): number;
  walkTurn(ux: number, uy: number, uz: number): void;
}

const pageBytes = 65_536;

/** A walk by the kernel's own navigation, on an instance that holds the scene. */
export class KernelWalker implements GeometryWalker {
  readonly #kernel: WalkExports;

  constructor(module: WebAssembly.Module, scene: Scene) {
    const imports = { env: { abort: stopped } };
    const instance = new WebAssembly.Instance(module, imports);
    this.#kernel = instance.exports as unknown as WalkExports;
    const { memory } = this.#kernel;
    const base = Math.ceil(this.#kernel.heapStart() / 16) * 16;
    const missing = base + scene.buffer.byteLength - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
    new Uint8Array(memory.buffer).set(new Uint8Array(scene.buffer), base);
    this.#kernel.bindScene(base);
  }

  start(at: Vector3, direction: Vector3): boolean {
    return this.#kernel.walkStart(...at, ...direction) >= 0;
  }

  material(): number {
    return this.#kernel.walkMaterial();
  }

  distance(): number {
    return this.#kernel.walkDistance();
  }

  advance(length: number): void {
    this.#kernel.walkAdvance(length);
  }

  cross(): boolean {
    return this.#kernel.walkCross() >= 0;
  }

  turn(direction: Vector3): void {
    this.#kernel.walkTurn(...direction);
  }
}

function stopped(_message: number, _file: number, line: number, column: number): never {
  throw new Error(`the kernel stopped at ${line}:${column} while a particle was tracked`);
}
