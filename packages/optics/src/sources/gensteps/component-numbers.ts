import { OpticsError } from '../../errors.ts';
import { scintillationOffsets } from '../../genstep-layout.ts';
import type { StepMaterial } from './step-materials.ts';
import type { StepRows } from './step-rows.ts';

/** Steps of a material and component number. */
interface Use {
  readonly material: number;
  readonly component: number;
  /** The first step of each decay time. */
  readonly decayTimes: Map<number, number>;
}

/** Times are rounded to 32 bits, and may be written in words. */
const timeTolerance = 1e-4;
/** Decay times of a component that are looked at; a file has a few. */
const mostDecayTimes = 100;
const mostComponents = 3;

/**
 * The numbers of scintillation components in a file: from 1 in Lantern; from 0 in programs that pass Geant4's or JUNO's
 * loop variable to Opticks, which does not use it. A file with a component 0 counts from 0.
 */
export class ComponentNumbers {
  readonly #where: string;
  readonly #materials: readonly StepMaterial[];
  readonly #uses = new Map<number, Use>();
  /** What is added to a number of the file. */
  #shift = 0;

  constructor(where: string, materials: readonly StepMaterial[]) {
    this.#where = where;
    this.#materials = materials;
  }

  /**
   * Takes note of a step of that material.
   *
   * @throws OpticsError for a number that none counts to
   */
  add(rows: StepRows, material: number): void {
    const component = rows.word(scintillationOffsets.component);
    if (component > mostComponents) throw this.#beyond(rows.number, component);
    if (component === 0) this.#shift = 1;
    const key = material * (mostComponents + 1) + component;
    let use = this.#uses.get(key);
    if (!use) {
      use = { material, component, decayTimes: new Map() };
      this.#uses.set(key, use);
    }
    const decayTime = rows.float(scintillationOffsets.decayTime);
    if (use.decayTimes.size < mostDecayTimes && !use.decayTimes.has(decayTime))
      use.decayTimes.set(decayTime, rows.number);
  }

  /** @throws OpticsError when a material has no such component, or the decay time is that of another one */
  finish(): void {
    for (const use of this.#uses.values()) {
      const { name = '', decayTimes } = this.#materials[use.material] ?? {};
      const component = use.component + this.#shift;
      const own = decayTimes?.get(component);
      for (const [time, step] of use.decayTimes) {
        if (own === undefined)
          throw this.#missing(use, step, name, [...(decayTimes?.keys() ?? [])]);
        const other = [...(decayTimes ?? [])].find(([n, t]) => n !== component && isNear(t, time));
        if (other && !isNear(own, time)) throw this.#contradiction(use, step, time, name, other[0]);
      }
    }
  }

  /** Makes the number of a step one from 1. */
  convert(rows: StepRows): void {
    const { component } = scintillationOffsets;
    rows.setWord(component, rows.word(component) + this.#shift);
  }

  #beyond(step: number, component: number): OpticsError {
    return new OpticsError({
      what: 'a scintillation component that there is not',
      where: `${this.#where}: step ${step}`,
      given: `${component}`,
      expected: '1 to 3, or 0 to 2',
    });
  }

  #missing({ component }: Use, step: number, name: string, known: readonly number[]): OpticsError {
    const numbers = known.map((n) => n - this.#shift);
    return new OpticsError({
      what: 'a scintillation component that the material has no spectrum of',
      where: `${this.#where}: step ${step}`,
      given: `component ${component} of '${name}'${this.#shift > 0 ? ' (counted from 0)' : ''}`,
      expected:
        numbers.length > 0 ? `one of ${numbers.join(', ')}` : 'a material that scintillates',
      hint: 'see --matline, and `lantern geometry info` for the spectra',
    });
  }

  #contradiction(
    { component }: Use,
    step: number,
    time: number,
    name: string,
    other: number,
  ): OpticsError {
    return new OpticsError({
      what: 'a scintillation step with the decay time of another component',
      where: `${this.#where}: step ${step}`,
      given: `component ${component} and ${Number(time.toPrecision(6))} ns, which is component ${other - this.#shift} of '${name}'`,
      expected: 'components counted from 1, or from 0 throughout the file',
    });
  }
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= timeTolerance * Math.max(a, b);
}
