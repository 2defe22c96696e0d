import type { OpticsError } from '../../errors.ts';
import {
  cerenkovOffsets,
  genstepKinds,
  genstepOffsets,
  scintillationOffsets,
  trackOffsets,
} from '../../genstep-layout.ts';
import type { GeometryWalker } from '../gun/geometry-walker.ts';
import { ComponentNumbers } from './component-numbers.ts';
import type { MaterialLines } from './material-lines.ts';
import { frameKind, kindInWords, presentKind } from './opticks-kinds.ts';
import { type FieldCheck, StepFields, stepError } from './step-fields.ts';
import { materialsOfStep } from './step-location.ts';
import { greatestBetween, type StepMaterial } from './step-materials.ts';
import { StepRows } from './step-rows.ts';

/** What generation steps are checked against. */
export interface GenstepCheckOptions extends FieldCheck {
  /** Of the scene, by index. */
  readonly materials: readonly StepMaterial[];
  readonly lines: MaterialLines;
  readonly walker: GeometryWalker;
  /** Of so many steps one is looked up in the detector: is it in its material? 1: all. */
  readonly lookUpEvery: number;
}

/** How far 1 - 1/(n beta)² may be above maxSin2: rounding of 32-bit numbers, near the threshold and far from it. */
const [sineRounding, sineTolerance] = [2e-6, 1e-3];
/** So many steps of each kind and material are looked up in any case. */
const firstLookUps = 100;
/** 2³² over the golden ratio: multiples of it are spread evenly (Knuth, TAOCP 3, 6.4). */
const golden = 0x9e3779b1;
/** A maxSin2 so many times too large means another index; energies would be drawn in vain. */
const mostSurplus = 1000;

/**
 * Checks generation steps and turns them, in place, into what the kernel reads: present kinds, materials by their index
 * in the scene, components from 1. First `check` every row of a file, then `finish`; after that `convert` rows again.
 */
export class GenstepCheck {
  /** Steps of the kind FRAME, which make no light. */
  frames = 0;
  readonly #options: GenstepCheckOptions;
  readonly #fields: StepFields;
  readonly #components: ComponentNumbers;
  readonly #lookedUp = new Map<number, number>();
  #greatest = { material: -1, low: 0, high: 0, index: 0 };

  constructor(options: GenstepCheckOptions) {
    this.#options = options;
    this.#fields = new StepFields(options);
    this.#components = new ComponentNumbers(options.where, options.materials);
  }

  /**
   * Checks rows of 24 words, the first of which has this number in its file. FRAME steps lose their number of photons.
   *
   * @throws OpticsError naming the first step that is none, the field, what was given and what is expected
   */
  check(floats: Float32Array<ArrayBuffer>, first: number): void {
    const rows = new StepRows(floats, first);
    for (; rows.index < rows.count; rows.index++) this.#checkOne(rows);
  }

  /** @throws OpticsError when scintillation steps name components that their materials do not have */
  finish(): void {
    this.#components.finish();
  }

  /** Turns rows that were checked before into what the kernel reads. */
  convert(floats: Float32Array<ArrayBuffer>, first: number): void {
    const rows = new StepRows(floats, first);
    for (; rows.index < rows.count; rows.index++) {
      const kind = presentKind(rows.word(genstepOffsets.kind));
      if (kind === undefined) {
        rows.setWord(genstepOffsets.photons, 0);
        continue;
      }
      rows.setWord(genstepOffsets.kind, kind);
      if (kind === genstepKinds.TORCH || rows.photons === 0) continue;
      rows.setWord(genstepOffsets.material, this.#materialOf(rows, kind));
      if (kind === genstepKinds.SCINTILLATION) this.#components.convert(rows);
    }
  }

  #checkOne(rows: StepRows): void {
    const given = rows.word(genstepOffsets.kind);
    if (given === frameKind) {
      this.frames++;
      rows.setWord(genstepOffsets.photons, 0);
      return;
    }
    const kind = presentKind(given);
    if (kind === undefined) throw this.#kindError(rows, given);
    if (rows.photons === 0) return;
    this.#fields.common(rows);
    if (kind === genstepKinds.TORCH) {
      this.#fields.torch(rows);
      return;
    }
    if (kind === genstepKinds.CERENKOV) this.#fields.cerenkov(rows);
    else this.#fields.scintillation(rows);
    this.#requireNoLegacyFields(rows, given);
    const material = this.#materialOf(rows, kind);
    if (kind === genstepKinds.CERENKOV) this.#requireLight(rows, material);
    else this.#components.add(rows, material);
    if (this.#options.lines.kind !== 'auto' && this.#isChosen(rows.number, kind, material))
      this.#requirePlace(rows, material);
  }

  /** Whether to look a step up: the first of each kind and material, and by chance one of so many. */
  #isChosen(number: number, kind: number, material: number): boolean {
    const key = 32 * material + kind;
    const seen = this.#lookedUp.get(key) ?? 0;
    // Not every n-th: Cerenkov and scintillation steps may come in turns.
    const chance = (Math.imul(number + 1, golden) >>> 0) / 2 ** 32;
    if (seen >= firstLookUps && chance * this.#options.lookUpEvery >= 1) return false;
    this.#lookedUp.set(key, seen + 1);
    return true;
  }

  /** In the scene, of a Cerenkov or scintillation step. */
  #materialOf(rows: StepRows, kind: number): number {
    const { lines, materials } = this.#options;
    const line = rows.word(genstepOffsets.material);
    if (lines.kind === 'auto') return this.#materialThere(rows, kind);
    const index = lines.kind === 'scene' ? line : (lines.indices.get(line) ?? -1);
    if (index >= 0 && index < materials.length) return index;
    throw this.#lineError(rows, line);
  }

  /** The first material at the step's place that can make such light. */
  #materialThere(rows: StepRows, kind: number): number {
    const { materials } = this.#options;
    const found = [...this.#materialsOf(rows)];
    const can = ({ index, decayTimes }: StepMaterial): boolean =>
      kind === genstepKinds.CERENKOV ? index !== undefined : decayTimes.size > 0;
    const material = found.find((i) => can(materials[i] ?? { name: '', decayTimes: new Map() }));
    if (material !== undefined) return material;
    const need = kind === genstepKinds.CERENKOV ? 'RINDEX' : 'a scintillation spectrum';
    throw stepError(this.#options.where, rows, {
      what: 'no material there that makes this light',
      given: this.#placeInWords(rows, found),
      expected: `a material with ${need}`,
    });
  }

  #materialsOf(rows: StepRows): Generator<number, void, undefined> {
    const at = rows.vector(genstepOffsets.x);
    return materialsOfStep(this.#options.walker, at, rows.vector(trackOffsets.deltaX));
  }

  #requirePlace(rows: StepRows, material: number): void {
    for (const found of this.#materialsOf(rows)) if (found === material) return;
    const { where, materials, lines } = this.#options;
    throw stepError(where, rows, {
      what: 'a step that is not in its material',
      given:
        `material '${materials[material]?.name}' (matline ${rows.word(genstepOffsets.material)}) ` +
        `for ${this.#placeInWords(rows, [...this.#materialsOf(rows)])}`,
      expected: 'the material that is there',
      hint:
        lines.kind === 'named'
          ? `the numbers of ${lines.from} are not those of this file, or the detector is another one; --matline auto takes the material at each step's place`
          : "--matline NAME=NUMBER,... says which number (Opticks: the row of its boundary table) is which material; --matline auto takes the material at each step's place",
    });
  }

  #placeInWords(rows: StepRows, found: readonly number[]): string {
    const at = rows.vector(genstepOffsets.x).map((x) => Number(x.toPrecision(7)));
    const names = [...new Set(found)].map((i) => `'${this.#options.materials[i]?.name}'`);
    const place = names.length > 0 ? `in ${names.join(' or ')}` : 'outside the world';
    return `a step from (${at.join(', ')}) mm, ${place}`;
  }

  /** Frank and Tamm: there is light, and no more of it at any energy than maxSin2 says. */
  #requireLight(rows: StepRows, material: number): void {
    const { where, materials } = this.#options;
    const { name = '', index } = materials[material] ?? {};
    if (!index) {
      throw stepError(where, rows, {
        what: 'Cerenkov light in a material without RINDEX',
        given: `'${name}' (matline ${rows.word(genstepOffsets.material)})`,
        expected: 'a material with a refractive index',
        hint: 'see --matline',
      });
    }
    const o = cerenkovOffsets;
    const [low, high] = [rows.float(o.wavelengthLow), rows.float(o.wavelengthHigh)];
    const g = this.#greatest;
    if (g.material !== material || g.low !== low || g.high !== high)
      this.#greatest = { material, low, high, index: greatestBetween(index, low, high) };
    const greatest = this.#greatest.index;
    const cosine = rows.float(o.betaInverse) / greatest;
    const sine2 = (1 - cosine) * (1 + cosine);
    const maxSin2 = rows.float(o.maxSin2);
    const isEnough = sine2 * (1 - sineTolerance) <= maxSin2 + sineRounding;
    const isMuch = maxSin2 > mostSurplus * (sine2 + sineRounding);
    if (sine2 > -sineRounding && isEnough && !isMuch) return;
    throw stepError(where, rows, {
      what: `the angle of the Cerenkov light contradicts the refractive index of '${name}'`,
      given: `1/beta ${rows.float(o.betaInverse)}, maxSin2 ${maxSin2}`,
      expected: `1/beta below ${greatest} and maxSin2 ${Math.max(0, sine2).toPrecision(6)}, or a little more`,
      hint: 'the step was made in another material (see --matline), or with another index of it',
    });
  }

  /** A word that Lantern reads as the rise time; an older kind kept something else there. */
  #requireNoLegacyFields(rows: StepRows, given: number): void {
    const value = rows.float(scintillationOffsets.riseTime);
    const isOld = given === 2 || given === 4 || given === 5;
    if (!isOld || value === 0) return;
    throw stepError(this.#options.where, rows, {
      what: 'a slower component within the step',
      given: `ratio ${value} in kind ${kindInWords(given)}`,
      expected: '0: a step for each decay time',
    });
  }

  #kindError(rows: StepRows, given: number): OpticsError {
    const isInput = given === 14 || given === 19 || given === 20;
    return stepError(this.#options.where, rows, {
      what: 'a kind of step that holds no light',
      given: kindInWords(given),
      expected:
        'Cerenkov (15, 1, 3, 18), scintillation (16, 2, 4, 5), torch (6), or FRAME (17), which is skipped',
      hint: isInput ? 'photons that are made already come with --photons' : undefined,
    });
  }

  #lineError(rows: StepRows, line: number): OpticsError {
    const { where, materials, lines } = this.#options;
    const known = materials.map(({ name }, i) => `${name}=${i}`).join(', ');
    return stepError(where, rows, {
      what: 'a number that is no material',
      given: `matline ${line}`,
      expected:
        lines.kind === 'named'
          ? `one of ${[...lines.indices.keys()].join(', ')}, as ${lines.from} says`
          : `the index of a material in the detector (${known})`,
      hint: "--matline NAME=NUMBER,... says which number is which material; --matline auto takes the material at each step's place",
    });
  }
}
