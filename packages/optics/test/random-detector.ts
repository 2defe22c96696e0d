import {
  type Detector,
  type Placement,
  readGdml,
  type Solid,
  type Volume,
} from '@lantern/geometry';
import {
  apply,
  identity3,
  type Matrix3,
  RandomStream,
  rotationAbout,
  rotationX,
  rotationY,
  rotationZ,
  sampleIsotropic,
  type Vector3,
} from '@lantern/units';
import { fillers } from './random-fillers.ts';
import type { Fill } from './random-filling.ts';

/** Materials of random detectors. */
export type RandomMaterials = 'same index' | 'three indices';

const flat = (name: string, value: number): string =>
  `<matrix name="${name}" coldim="2" values="1*eV ${value} 10*eV ${value}"/>`;
const material = (name: string, ref: string): string =>
  `<material name="${name}" state="solid"><D value="1"/><fraction n="1" ref="H"/><property name="RINDEX" ref="${ref}"/></material>`;
const surface = (name: string, properties: string, finish = 'polished'): string =>
  `<opticalsurface name="${name}" model="unified" finish="${finish}" type="dielectric_metal" value="0.1">${properties}</opticalsurface>`;

const base: Detector = readGdml(
  `<?xml version="1.0"?><gdml><define>${flat('N0', 1)}${flat('N1', 1.33)}${flat('N2', 1.5)}${flat('R', 0.98)}</define>
<materials><element name="H" formula="H" Z="1"><atom value="1.008"/></element>
${material('M0', 'N0')}${material('M1', 'N1')}${material('M2', 'N2')}</materials>
<solids><box name="b" x="1" y="1" z="1"/>
${surface('mirror', '<property name="REFLECTIVITY" ref="R"/>')}
${surface('white', '<property name="REFLECTIVITY" ref="R"/>', 'ground')}
</solids><structure><volume name="W"><materialref ref="M0"/><solidref ref="b"/></volume></structure>
<setup name="Default" version="1.0"><world ref="W"/></setup></gdml>`,
  { file: 'random.gdml' },
);

/** What a daughter is: a volume and where it stands in its mother. */
export interface Piece {
  readonly volume: string;
  readonly at: Vector3;
  readonly turn?: Matrix3;
  /** 1 or -1 along each axis. */
  readonly mirror?: Vector3;
}

/** The detector that is being made, with the random numbers it is made of. */
export class Draft {
  readonly random: RandomStream;
  readonly solids: Map<string, Solid> = new Map();
  readonly volumes: Map<string, Volume> = new Map();
  /** The ways to fill a box. */
  readonly fillers: readonly { readonly name: string; readonly fill: Fill }[] = fillers;
  readonly skins: { name: string; surface: string; volume: string }[] = [];
  /** Daughters that may still be placed. */
  budget: number;
  /** Daughters of one mother: about so many at most, one of these numbers. */
  readonly most: readonly number[];
  readonly #materials: RandomMaterials;

  constructor(seed: number, materials: RandomMaterials, budget: number, most: readonly number[]) {
    this.random = new RandomStream(seed, 0);
    this.budget = budget;
    this.most = most;
    this.#materials = materials;
  }

  /** A number in (low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.random.uniform();
  }

  /** An integer from low to high. */
  whole(low: number, high: number): number {
    return low + Math.floor((high - low + 1) * this.random.uniform());
  }

  chance(p: number): boolean {
    return this.random.uniform() < p;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.whole(0, list.length - 1)] as T;
  }

  /** Any rotation; sometimes by right angles only. */
  rotation(): Matrix3 {
    if (this.chance(0.25))
      return this.pick([rotationX, rotationY, rotationZ])((this.whole(1, 3) * Math.PI) / 2);
    return rotationAbout(sampleIsotropic(this.random), this.between(0, 2 * Math.PI));
  }

  /** Adds a solid, all but its name; the name. */
  solid(shape: Record<string, unknown> & { type: Solid['type'] }): string {
    const name = `s${this.solids.size}`;
    this.solids.set(name, { ...shape, name } as unknown as Solid);
    return name;
  }

  /** Adds a volume; the name. */
  volume(solid: string, pieces: readonly Piece[]): string {
    const name = `v${this.volumes.size}`;
    const { random } = this;
    const material =
      this.#materials === 'same index' ? 'M0' : `M${Math.floor(3 * random.uniform())}`;
    const placements = pieces.map(
      ({ volume, at, turn, mirror }, i): Placement => ({
        id: `${name}_${i}`,
        name: `${name}_${i}`,
        volume,
        copyNumber: i,
        transform: { rotation: turn ?? identity3, translation: at, scale: mirror ?? [1, 1, 1] },
      }),
    );
    this.volumes.set(name, { name, solid, material, placements, auxiliaries: [] });
    if (this.#materials === 'three indices' && this.chance(0.15))
      this.skins.push({
        name: `${name}_skin`,
        surface: this.pick(['mirror', 'white']),
        volume: name,
      });
    return name;
  }

  /** All of the pieces turned and moved together. */
  moved(pieces: readonly Piece[], turn: Matrix3, at: Vector3 = [0, 0, 0]): Piece[] {
    return pieces.map((piece) => {
      const [x, y, z] = apply(turn, piece.at);
      return {
        volume: piece.volume,
        at: [x + at[0], y + at[1], z + at[2]],
        turn: piece.turn ? product(turn, piece.turn) : turn,
      };
    });
  }
}

function product(a: Matrix3, b: Matrix3): Matrix3 {
  const column = (k: number): Vector3 => apply(a, [b[k] ?? 0, b[k + 3] ?? 0, b[k + 6] ?? 0]);
  const [p, q, r] = [column(0), column(1), column(2)];
  return [p[0], q[0], r[0], p[1], q[1], r[1], p[2], q[2], r[2]];
}

/** A detector of volumes without overlaps, many of which touch; the same for the same seed. */
export function randomDetector(
  seed: number,
  materials: RandomMaterials,
  options: { depth?: number; budget?: number; most?: number; only?: string } = {},
): Detector {
  const { depth = 4, budget = 250, most, only } = options;
  const draft = new Draft(seed, materials, budget, most ? [most] : [4, 8, 30, 200]);
  const half: Vector3 = [draft.between(50, 400), draft.between(50, 400), draft.between(50, 400)];
  const solid = draft.solid({ type: 'box', x: 2 * half[0], y: 2 * half[1], z: 2 * half[2] });
  const chosen = fillers.filter(({ name }) => only === undefined || name === only);
  const pieces = draft.pick(chosen).fill(draft, half, draft.whole(1, depth));
  const world = draft.volume(solid, pieces);
  return {
    ...base,
    solids: draft.solids,
    volumes: draft.volumes,
    surfaces: base.surfaces,
    skinSurfaces: draft.skins.filter(({ volume }) => volume !== world),
    world,
  };
}
