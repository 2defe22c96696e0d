import { readFileSync } from 'node:fs';
import { type PackOptions, packScene, readGdml, type Scene } from '@lantern/geometry';
import { Kernel } from '../src/cpu/kernel.ts';
import { photonFlags, photonWords } from '../src/photon-layout.ts';
import { stepTrace } from '../src/step-trace.ts';

/** Solids and volumes of a small detector, in GDML; everything else is the same for all of them. */
export interface SmallDetector {
  readonly solids: string;
  /** From the innermost to the world, which must be called `World`. */
  readonly structure: string;
  /** More matrices, and materials that use them. */
  readonly define?: string;
  readonly materials?: string;
}

/** Materials: Vacuum (n = 1), Water (1.33), Glass (1.5), Black (1 mm absorption, n = 1), Clear (n = 1.5), Steel (no index). */
export function smallScene(
  { solids, structure, define, materials }: SmallDetector,
  options: PackOptions = {},
): Scene {
  const flat = (name: string, value: number): string =>
    `<matrix name="${name}" coldim="2" values="1*eV ${value} 10*eV ${value}"/>`;
  const material = (name: string, properties: string): string =>
    `<material name="${name}" state="solid"><D value="1"/><fraction n="1" ref="H"/>${properties}</material>`;
  const index = (ref: string): string => `<property name="RINDEX" ref="${ref}"/>`;
  return packScene(
    readGdml(
      `<?xml version="1.0"?><gdml><define>
${flat('ONE', 1)}${flat('N133', 1.33)}${flat('N150', 1.5)}${flat('MM', 1)}${flat('ZERO', 0)}${define ?? ''}
</define><materials>
<element name="H" formula="H" Z="1"><atom value="1.008"/></element>
${material('Vacuum', index('ONE'))}
${material('Water', index('N133'))}
${material('Glass', index('N150'))}
${material('Clear', index('N150'))}
${material('Black', `${index('ONE')}<property name="ABSLENGTH" ref="MM"/>`)}
${material('Steel', '')}${materials ?? ''}
</materials><solids>
${solids}
<opticalsurface name="detector" model="glisur" finish="polished" type="dielectric_metal" value="1">
<property name="REFLECTIVITY" ref="ZERO"/><property name="EFFICIENCY" ref="ONE"/></opticalsurface>
<opticalsurface name="absorber" model="glisur" finish="polished" type="dielectric_metal" value="1">
<property name="REFLECTIVITY" ref="ZERO"/></opticalsurface>
<opticalsurface name="mirror" model="glisur" finish="polished" type="dielectric_metal" value="1">
<property name="REFLECTIVITY" ref="ONE"/></opticalsurface>
</solids><structure>
${structure}
</structure><setup name="Default" version="1.0"><world ref="World"/></setup></gdml>`,
      { file: 'small.gdml' },
    ),
    options,
  );
}

/** A photon to start: position mm, direction of any length. */
export interface Start {
  readonly at: readonly [number, number, number];
  readonly to: readonly [number, number, number];
  readonly wavelength?: number;
  /** Flags that it starts with; none: TORCH. */
  readonly mask?: number;
}

/** The end of a photon, or one of its steps. */
export interface PhotonState {
  readonly at: readonly [number, number, number];
  readonly to: readonly [number, number, number];
  readonly time: number;
  readonly wavelength: number;
  readonly flag: number;
  /** The surface met + 1, 0 for none, and whether the photon met the face of its own volume. */
  readonly surface: number;
  readonly leaves: boolean;
  readonly mask: number;
  readonly identity: number;
}

/** A photon's end and the steps of its life, with the node after each step. */
export interface Life {
  readonly end: PhotonState;
  readonly steps: readonly (PhotonState & { readonly node: number; readonly status: number })[];
}

const module: WebAssembly.Module = new WebAssembly.Module(
  readFileSync(new URL('../dist/kernel.wasm', import.meta.url)),
);

/** Follows photons through a scene on one kernel, with up to `recordSteps` steps of each. */
export function follow(
  scene: Scene,
  starts: readonly Start[],
  recordSteps = 32,
  maxBounces = 64,
  maxTime = Number.POSITIVE_INFINITY,
): { lives: Life[]; tally: Readonly<Record<string, number | bigint>> } {
  const kernel = new Kernel(module, scene.buffer, {
    seed: 1n,
    maxBounces,
    maxTime,
    recordSteps,
    keepPhotons: true,
  });
  const photons = new Float32Array(starts.length * photonWords);
  const words = new Uint32Array(photons.buffer);
  starts.forEach(({ at, to, wavelength, mask }, i) => {
    const size = Math.hypot(...to);
    const u = to.map((x) => x / size);
    const side = Math.abs(u[0] ?? 0) < 0.9 ? [1, 0, 0] : [0, 1, 0];
    photons.set([...at, 0, ...u, 0, ...side, wavelength ?? 500], i * photonWords);
    words[i * photonWords + 15] = mask ?? 0;
  });
  const result = kernel.propagate(0, starts.length, { kind: 'photons', photons });
  const ends = result.photons ?? new Float32Array(0);
  const records = result.records ?? new Float32Array(0);
  const traces = result.traces ?? new Int32Array(0);
  const lives = starts.map((_, i): Life => {
    const steps: (PhotonState & { node: number; status: number })[] = [];
    for (let k = 0; k < recordSteps; k++) {
      const state = stateOf(records, i * recordSteps + k);
      if (state.mask === 0) break;
      const { node, status } = stepTrace(traces, i * recordSteps + k);
      steps.push({ ...state, node, status });
    }
    return { end: stateOf(ends, i), steps };
  });
  return { lives, tally: { ...result.tally } };
}

function stateOf(rows: Float32Array<ArrayBuffer>, row: number): PhotonState {
  const f = (k: number): number => rows[row * photonWords + k] ?? 0;
  const words = new Uint32Array(rows.buffer, rows.byteOffset, rows.length);
  const w = (k: number): number => words[row * photonWords + k] ?? 0;
  return {
    at: [f(0), f(1), f(2)],
    time: f(3),
    to: [f(4), f(5), f(6)],
    wavelength: f(11),
    flag: w(12) & 0xffff,
    surface: (w(12) >>> 16) & 0x7fff,
    leaves: w(12) >>> 31 === 1,
    identity: w(13) & 0xffffff,
    mask: w(15),
  };
}

/** The flags of each step after the start, by name. */
export function flagsOf(life: Life): string[] {
  const names = new Map(Object.entries(photonFlags).map(([name, bit]) => [bit as number, name]));
  return life.steps.slice(1).map(({ flag }) => names.get(flag) ?? `${flag}`);
}
