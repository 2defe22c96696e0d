import { readFileSync } from 'node:fs';
import type {
  Detector,
  DichroicTable,
  Material,
  OpticalSurface,
  SurfaceData,
} from '@lantern/geometry';
import type { Vector3 } from '@lantern/units';
import { packOptics } from '../../geometry/src/scene/pack-optics.ts';
import { createSections, joinSections } from '../../geometry/src/scene/section-writer.ts';

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly [global: string]: unknown;
  physicsHeapStart(): number;
  bindPhysics(base: number): void;
  physicsStream(...words: number[]): void;
  startPhoton(...state: number[]): void;
  prepareSamples(...parameters: number[]): void;
  takeSamples(kind: number, count: number, out: number): void;
  fillWords(count: number, out: number): void;
  fillDraws(count: number, out: number): void;
  turnBy(part: number): void;
  energyRow(wavelength: number): void;
  materialAt(material: number): void;
  surfaceAt(surface: number): void;
  emissionBelow(first: number, count: number, energy: number): number;
  approach(n1: number, n2: number, x: number, y: number, z: number): number;
  face(x: number, y: number, z: number): void;
  meetLayers(...stack: number[]): void;
  catchesAtNormal(...stack: number[]): number;
  reflectByLayers(): void;
  refractByLayers(n1: number, n2: number): void;
  transmission(): number;
  refract(): void;
  reflect(): void;
}

/** A table as pairs of (energy in eV, value), or one value for all energies. */
export type TableInWords = number | readonly (readonly [energy: number, value: number])[];

/** Properties: numbers in `constants`, everything else tables. */
export interface OpticsInWords {
  readonly constants?: Readonly<Record<string, number>>;
  readonly tables?: Readonly<Record<string, TableInWords>>;
}

/** A surface in words; unified, dielectric_dielectric and polished unless told. */
export interface SurfaceInWords extends OpticsInWords {
  readonly model?: OpticalSurface['model'];
  readonly type?: OpticalSurface['type'];
  readonly finish?: string;
  readonly value?: number;
  readonly dichroic?: DichroicTable;
}

/** A detector of materials and surfaces alone. */
export interface OpticalDetector {
  readonly materials?: Readonly<Record<string, OpticsInWords>>;
  readonly surfaces?: Readonly<Record<string, SurfaceInWords>>;
}

/** What one call of a sampler of the kernel did. */
export interface PhysicsSample {
  readonly direction: Vector3;
  readonly polarisation: Vector3;
  readonly time: number;
  readonly wavelength: number;
  readonly outcome: number;
  readonly status: number;
}

/** The samplers of kernel/wasm/testing/physics.ts. */
export const samplers = {
  rayleigh: 0,
  shift: 1,
  lambert: 2,
  facet: 3,
  isotropic: 4,
  boundary: 5,
  delay: 6,
  mie: 7,
  poisson: 8,
  reemit: 9,
} as const;

/** Outcomes of `boundary`, by their numbers in kernel/wasm/outcome.ts. */
export const outcomes = ['pass', 'transmit', 'reflect', 'absorb', 'detect'] as const;

/** A photon's start: direction, polarisation, wavelength in nm. */
export interface PhotonStart {
  readonly direction: Vector3;
  readonly polarisation: Vector3;
  readonly wavelength?: number;
}

const rowNumbers = 10;
const wasm = new WebAssembly.Module(
  readFileSync(new URL('../dist/kernel-testing.wasm', import.meta.url)),
);

/** The physics of the kernel, with the optics of a detector bound. */
export class PhysicsKernel {
  readonly exports: Exports;
  private readonly free: number;

  /** What the packer found doubtful. */
  readonly warnings: readonly string[];

  constructor(detector: OpticalDetector = {}, surfaceData: SurfaceData = {}) {
    const sections = createSections();
    const { materials = {}, surfaces = {} } = detector;
    const described = describe(detector);
    const names = [Object.keys(materials), Object.keys(surfaces)] as const;
    this.warnings = packOptics(described, ...names, sections, undefined, surfaceData);
    const scene = new Uint8Array(joinSections(sections));
    this.exports = new WebAssembly.Instance(wasm, { env: { abort } }).exports as never;
    const base = align(this.exports.physicsHeapStart());
    this.free = align(base + scene.length);
    this.reserve(0);
    new Uint8Array(this.exports.memory.buffer).set(scene, base);
    this.exports.bindPhysics(base);
    this.stream(1, 0);
  }

  /** Number of a mutable global of the kernel. */
  global(name: string): number {
    return (this.exports[name] as WebAssembly.Global).value;
  }

  /** The first number of a stream is next. */
  stream(seed: number, item: number, purpose = 0): void {
    const high = (n: number): number => Math.floor(n / 2 ** 32);
    this.exports.physicsStream(seed, high(seed), item, high(item), purpose);
  }

  words(count: number): Uint32Array {
    this.reserve(4 * count);
    this.exports.fillWords(count, this.free);
    return new Uint32Array(this.exports.memory.buffer, this.free, count).slice();
  }

  draws(count: number): Float64Array {
    this.reserve(8 * count);
    this.exports.fillDraws(count, this.free);
    return new Float64Array(this.exports.memory.buffer, this.free, count).slice();
  }

  start({ direction, polarisation, wavelength = 400 }: PhotonStart): void {
    this.exports.startPhoton(...direction, ...polarisation, wavelength);
  }

  /** Direction and polarisation of the photon now. */
  photon(): { readonly direction: Vector3; readonly polarisation: Vector3 } {
    const at = (names: readonly [string, string, string]): Vector3 => [
      this.global(names[0]),
      this.global(names[1]),
      this.global(names[2]),
    ];
    return { direction: at(['dx', 'dy', 'dz']), polarisation: at(['ex', 'ey', 'ez']) };
  }

  /** Many samples, each from the same start. */
  sample(
    kind: keyof typeof samplers,
    count: number,
    start: PhotonStart,
    options: {
      readonly from?: number;
      readonly to?: number;
      readonly surface?: number;
      readonly value?: number;
      readonly normal?: Vector3;
    } = {},
  ): PhysicsSample[] {
    const { from = 0, to = 0, surface = -1, value = 0, normal = [0, 0, 1] } = options;
    this.reserve(8 * rowNumbers * count);
    this.start(start);
    this.exports.prepareSamples(from, to, surface, value, ...normal);
    this.exports.takeSamples(samplers[kind], count, this.free);
    const rows = new Float64Array(this.exports.memory.buffer, this.free, rowNumbers * count);
    return Array.from({ length: count }, (_, i) => sampleAt(rows, i * rowNumbers));
  }

  private reserve(bytes: number): void {
    const { memory } = this.exports;
    const missing = this.free + bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
  }
}

function sampleAt(rows: Float64Array, first: number): PhysicsSample {
  const at = (i: number): number => rows[first + i] ?? Number.NaN;
  return {
    direction: [at(0), at(1), at(2)],
    polarisation: [at(3), at(4), at(5)],
    time: at(6),
    wavelength: at(7),
    outcome: at(8),
    status: at(9),
  };
}

function align(address: number): number {
  return Math.ceil(address / 16) * 16;
}

function abort(): never {
  throw new Error('the kernel aborted');
}

/** A detector with these materials and surfaces, and no volumes. */
export function describe({ materials = {}, surfaces = {} }: OpticalDetector): Detector {
  const entries = Object.entries(materials).map(
    ([name, optics]) => [name, material(name, optics)] as const,
  );
  return {
    name: 'optics',
    isotopes: new Map(),
    elements: new Map(),
    materials: new Map(entries),
    solids: new Map(),
    volumes: new Map(),
    surfaces: new Map(
      Object.entries(surfaces).map(([name, words]) => [name, surface(name, words)] as const),
    ),
    skinSurfaces: [],
    borderSurfaces: [],
    world: 'World',
    userInfo: [],
    warnings: [],
    places: new Map(),
  };
}

function material(name: string, optics: OpticsInWords): Material {
  return {
    name,
    formula: name,
    state: 'solid',
    density: 1,
    temperature: 293.15,
    pressure: 101_325,
    components: [],
    properties: properties(optics),
  };
}

function surface(name: string, words: SurfaceInWords): OpticalSurface {
  return {
    name,
    model: words.model ?? 'unified',
    type: words.type ?? 'dielectric_dielectric',
    finish: words.finish ?? 'polished',
    value: words.value ?? (words.model === 'glisur' ? 1 : 0),
    properties: properties(words),
    ...(words.dichroic ? { dichroic: words.dichroic } : {}),
  };
}

function properties({ constants = {}, tables = {} }: OpticsInWords): Material['properties'] {
  const table = (words: TableInWords): readonly (readonly [number, number])[] =>
    typeof words === 'number'
      ? [
          [1, words],
          [10, words],
        ]
      : words;
  return {
    constants: new Map(Object.entries(constants)),
    tables: new Map(
      Object.entries(tables).map(([name, words]) => [
        name,
        {
          energies: Float64Array.from(table(words), ([energy]) => energy * 1e-6),
          values: Float64Array.from(table(words), ([, value]) => value),
        },
      ]),
    ),
  };
}
