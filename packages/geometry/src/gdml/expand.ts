import type { Vector3 } from '@lantern/units';
import type { Solid } from '../model/solid.ts';
import type { Transform } from '../model/transform.ts';
import type { Volume } from '../model/volume.ts';
import { acyclicOrder } from './acyclic-order.ts';
import { composeTransforms } from './compose-transforms.ts';
import type {
  Content,
  Draft,
  DraftDivision,
  DraftParameterised,
  DraftReplica,
  DraftVolume,
} from './draft.ts';
import type { GdmlLimits } from './limits.ts';
import { divisionSize, divisionSlice, replicaSlice, type Slice } from './slices.ts';
import type { Warnings } from './warnings.ts';
import { errorAt, placeOf, suggestion, type XmlElement } from './xml-element.ts';

/** A placement without its id. */
export interface Placed {
  readonly name: string;
  /** Whether the file gave the name. */
  readonly named: boolean;
  readonly volume: string;
  readonly copyNumber: number;
  readonly transform: Transform;
}

/** A volume whose contents are written out as placements. */
export interface ExpandedVolume extends Omit<Volume, 'placements'> {
  readonly placed: readonly Placed[];
}

/**
 * Writes out replicas, divisions, parameterised volumes and assemblies as placements. Copies with solids of their own
 * get volumes of their own, which the draft then holds with the skins of the volume that they are copies of.
 *
 * @throws {GdmlError} for volumes that contain themselves or are not there, and for too many placements
 */
export function expandVolumes(
  draft: Draft,
  limits: GdmlLimits,
  warnings: Warnings,
): ExpandedVolume[] {
  return new Expansion(draft, limits, warnings).all();
}

class Expansion {
  readonly #draft: Draft;
  readonly #limits: GdmlLimits;
  readonly #warnings: Warnings;
  readonly #assemblies = new Map<string, readonly Placed[]>();
  #count = 0;

  constructor(draft: Draft, limits: GdmlLimits, warnings: Warnings) {
    this.#draft = draft;
    this.#limits = limits;
    this.#warnings = warnings;
  }

  all(): ExpandedVolume[] {
    const { volumes } = this.#draft;
    const order = acyclicOrder(
      volumes.keys(),
      (name) => this.#needs(name),
      (cycle) => {
        const xml = volumes.get(cycle[0] ?? '')?.xml;
        const what = 'the volume contains itself';
        const given = cycle.length > 9 ? [...cycle.slice(0, 4), '…', ...cycle.slice(-4)] : cycle;
        throw xml ? errorAt(xml, what, { given: given.join(' > ') }) : new Error(what);
      },
    );
    for (const name of order) {
      const volume = volumes.get(name);
      if (volume?.assembly) this.#assemblies.set(name, this.#contents(volume));
    }
    const expanded: ExpandedVolume[] = [];
    // Copies with solids of their own are added to the map while it is walked, and walked too.
    for (const volume of volumes.values()) {
      if (volume.assembly) continue;
      const { name, solid, material, auxiliaries } = volume;
      expanded.push({ name, solid, material, auxiliaries, placed: this.#contents(volume) });
    }
    return expanded;
  }

  #needs(name: string): string[] {
    const contents = this.#draft.volumes.get(name)?.contents ?? [];
    return [...new Set(contents.map((content) => this.#volume(content.volume, content.xml).name))];
  }

  #volume(name: string, xml: XmlElement): DraftVolume {
    const volume = this.#draft.volumes.get(name);
    if (!volume)
      throw errorAt(xml, `there is no volume ${name}`, {
        hint: suggestion(name, this.#draft.volumes.keys()),
      });
    return volume;
  }

  #contents(mother: DraftVolume): Placed[] {
    const placed: Placed[] = [];
    for (const content of mother.contents) {
      switch (content.kind) {
        case 'physvol':
          this.#place(content, mother, placed);
          break;
        case 'replicavol':
          this.#replicate(content, mother, placed);
          break;
        case 'divisionvol':
          this.#divide(content, mother, placed);
          break;
        default:
          this.#parameterise(content, placed);
      }
    }
    return placed;
  }

  #place(content: Content & { kind: 'physvol' }, mother: DraftVolume, placed: Placed[]): void {
    const { name, volume, transform, xml } = content;
    const assembly = this.#assemblies.get(volume);
    if (!assembly) {
      this.#add(placed, content, volume, content.copyNumber, transform);
      return;
    }
    // Copy numbers of an imprint go on from the number of daughters (G4AssemblyVolume::MakeImprint).
    const first = placed.length + 1;
    this.#spend(assembly.length, xml);
    for (const [index, part] of assembly.entries()) {
      const composed = composeTransforms(transform, part.transform);
      if (!composed) {
        const given = `${part.volume} in ${volume} in ${mother.name}`;
        throw errorAt(xml, 'scaling a turned volume along one axis makes a shear', { given });
      }
      const copyNumber = first + index;
      const partName = part.named ? part.name : `${part.volume}_${copyNumber}`;
      const isAlone = name !== '' && assembly.length === 1;
      placed.push({
        name: isAlone ? name : partName,
        named: part.named || isAlone,
        volume: part.volume,
        copyNumber,
        transform: this.#unscaled(composed, xml),
      });
    }
  }

  #replicate(replica: DraftReplica, mother: DraftVolume, placed: Placed[]): void {
    const { axis, offset, count, xml } = replica;
    this.#spend(count, xml);
    if (offset !== 0 && axis !== 'phi' && axis !== 'rho') {
      this.#warnings.add(
        placeOf(xml),
        'the offset is not used: Geant4 centres replicas along x, y, z',
      );
    }
    const solid = this.#solidOf(mother, xml);
    for (let index = 0; index < count; index++) {
      this.#addSlice(placed, replica, index, replicaSlice(replica, index, solid));
    }
  }

  #divide(division: DraftDivision, mother: DraftVolume, placed: Placed[]): void {
    const solid = this.#solidOf(mother, division.xml);
    const { count, width } = divisionSize(division, solid);
    this.#spend(count, division.xml);
    for (let index = 0; index < count; index++) {
      this.#addSlice(placed, division, index, divisionSlice(division, width, index, solid));
    }
  }

  #parameterise(content: DraftParameterised, placed: Placed[]): void {
    for (const [index, copy] of content.copies.entries())
      this.#addSlice(placed, content, index, copy);
  }

  #addSlice(
    placed: Placed[],
    content: DraftReplica | DraftDivision | DraftParameterised,
    index: number,
    slice: Slice,
  ): void {
    const { volume, xml } = content;
    if (this.#assemblies.has(volume)) {
      throw errorAt(xml, `${volume} is an assembly`, { expected: 'a volume, with a solid' });
    }
    const own = slice.solid ? this.#withSolid(this.#volume(volume, xml), slice.solid, xml) : volume;
    this.#add(placed, content, own, index, slice.transform);
  }

  #add(
    placed: Placed[],
    content: Content,
    volume: string,
    copyNumber: number,
    transform: Transform,
  ): void {
    const { name, xml } = content;
    placed.push({
      name: name === '' ? `${volume}_${copyNumber}` : name,
      named: name !== '',
      volume,
      copyNumber,
      transform: this.#unscaled(transform, xml),
    });
  }

  /** A placement reflects or not; a scale besides has no effect in Geant4, and none with a reflection there. */
  #unscaled(transform: Transform, xml: XmlElement): Transform {
    const { scale } = transform;
    // What rounding made of 1 is 1 (fScalePrecision of G4ReflectionFactory).
    if (scale.every((factor) => Math.abs(factor) === 1)) return transform;
    const given = scale.join(', ');
    const signs: Vector3 = [Math.sign(scale[0]), Math.sign(scale[1]), Math.sign(scale[2])];
    const isUnit = scale.every((factor) => Math.abs(Math.abs(factor) - 1) < 1e-8);
    if (!isUnit && signs[0] * signs[1] * signs[2] < 0)
      throw errorAt(xml, 'a volume cannot be placed scaled and reflected (nor in Geant4)', {
        given: `scale ${given}`,
        expected: '1 or -1 along each axis',
        hint: 'scale the solid instead: <scaledSolid>',
      });
    if (!isUnit)
      this.#warnings.add(
        placeOf(xml),
        `the scale ${given} is not used: Geant4 places volumes as they are; scale the solid instead`,
      );
    return { ...transform, scale: signs };
  }

  #solidOf(mother: DraftVolume, xml: XmlElement): Solid {
    const solid = this.#draft.solids.get(mother.solid);
    if (!solid) throw errorAt(xml, 'the mother has no solid', { given: mother.name });
    return solid;
  }

  /** The volume with that solid: itself, an earlier copy, or a new one. */
  #withSolid(volume: DraftVolume, solid: Solid, xml: XmlElement): string {
    const { solids, volumes, skins, places } = this.#draft;
    const shape = (other: Solid | undefined): string => JSON.stringify({ ...other, name: '' });
    const wanted = shape(solid);
    for (let copy = 0; ; copy++) {
      const name = copy === 0 ? volume.name : `${volume.name}_${copy}`;
      const known = volumes.get(name);
      if (known && known.contents === volume.contents && shape(solids.get(known.solid)) === wanted)
        return name;
      if (known || solids.has(name)) continue;
      solids.set(name, { ...solid, name });
      volumes.set(name, { ...volume, name, solid: name });
      for (const kind of ['solid', 'volume'])
        places.set(`${kind}:${name}`, { file: xml.file, line: xml.line });
      for (const skin of skins.filter((other) => other.volume === volume.name)) {
        skins.push({ ...skin, name: `${skin.name}_${name}`, volume: name });
      }
      return name;
    }
  }

  #spend(placements: number, xml: XmlElement): void {
    this.#count += placements;
    if (this.#count > this.#limits.placements) {
      throw errorAt(xml, `more than ${this.#limits.placements} placements`);
    }
  }
}
