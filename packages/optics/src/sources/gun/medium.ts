import type { Detector, PropertyTable, Scene } from '@lantern/geometry';
import { OpticsError } from '../../errors.ts';
import { greatestIndex } from './frank-tamm.ts';
import { particleYields } from './particle-yield.ts';
import { type Scintillator, scintillatorOf } from './scintillator.ts';
import { type Substance, substanceOf } from './substance.ts';

/** A material as a particle that makes light meets it. */
export interface Medium {
  /** Its index in the scene. */
  readonly material: number;
  readonly substance: Substance;
  /** RINDEX with more than one energy: where Cerenkov light can be. */
  readonly index?: PropertyTable | undefined;
  /** Of `index`. */
  readonly greatestIndex: number;
  readonly scintillator?: Scintillator | undefined;
}

/** The media of a scene by material index, each made when a particle first comes there. */
export class Media {
  readonly #detector: Detector;
  readonly #names: readonly string[];
  readonly #byParticle: boolean;
  readonly #made = new Map<number, Medium>();

  /** @param byParticle whether materials scintillate by kind of particle: see `scintillatorOf` */
  constructor(detector: Detector, scene: Pick<Scene, 'materials'>, byParticle = false) {
    this.#detector = detector;
    this.#names = scene.materials;
    this.#byParticle = byParticle;
  }

  /** Those where particles have been. */
  visited(): Iterable<Medium> {
    return this.#made.values();
  }

  /** Materials where particles have been whose yields by kind of particle are there and were not asked for. */
  unusedYields(): string[] {
    if (this.#byParticle) return [];
    return [...this.#made.keys()]
      .map((material) => this.#names[material] ?? '')
      .filter((name) => {
        const properties = this.#detector.materials.get(name)?.properties;
        return properties && particleYields(properties, []).size > 0;
      });
  }

  /** @throws OpticsError for a material without elements or with an index that is not positive */
  get(material: number): Medium {
    const known = this.#made.get(material);
    if (known) return known;
    const medium = this.#make(material);
    this.#made.set(material, medium);
    return medium;
  }

  #make(material: number): Medium {
    const name = this.#names[material] ?? '';
    const description = this.#detector.materials.get(name);
    if (!description) throw new OpticsError({ what: 'no such material', given: `'${name}'` });
    const rindex = description.properties.tables.get('RINDEX');
    const index = rindex && rindex.energies.length > 1 ? checked(rindex, name) : undefined;
    return {
      material,
      substance: substanceOf(this.#detector, description),
      index,
      greatestIndex: index ? greatestIndex(index) : 1,
      scintillator: scintillatorOf(description.properties, this.#byParticle),
    };
  }
}

function checked(table: PropertyTable, name: string): PropertyTable {
  const bad = table.values.findIndex((value) => !(value > 0 && Number.isFinite(value)));
  if (bad < 0) return table;
  throw new OpticsError({
    what: 'a refractive index that cannot be',
    where: `material '${name}': RINDEX`,
    given: `${table.values[bad]} at ${(table.energies[bad] ?? 0) * 1e6} eV`,
    expected: 'a number above 0',
  });
}
