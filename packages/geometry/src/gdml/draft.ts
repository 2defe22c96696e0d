import type { SourcePlace } from '../model/detector.ts';
import type { Element, Isotope, Material } from '../model/material.ts';
import type { Solid } from '../model/solid.ts';
import type { OpticalSurface, SkinSurface } from '../model/surface.ts';
import type { Transform } from '../model/transform.ts';
import type { Auxiliary } from '../model/volume.ts';
import { errorAt, type XmlElement } from './xml-element.ts';

/** A volume as the file has it: what it contains is not yet written out as placements. */
export interface DraftVolume {
  readonly name: string;
  /** An assembly has neither solid nor material. */
  readonly assembly: boolean;
  readonly solid: string;
  readonly material: string;
  readonly contents: readonly Content[];
  readonly auxiliaries: readonly Auxiliary[];
  readonly xml: XmlElement;
}

/** What a volume contains. */
export type Content = DraftPlacement | DraftReplica | DraftDivision | DraftParameterised;

/** A `<physvol>`. */
export interface DraftPlacement {
  readonly kind: 'physvol';
  /** Empty where the file gives none. */
  readonly name: string;
  readonly volume: string;
  readonly copyNumber: number;
  readonly transform: Transform;
  readonly xml: XmlElement;
}

/** The directions along which volumes are replicated and divided. */
export type Axis = 'x' | 'y' | 'z' | 'rho' | 'phi';

/** A `<replicavol>`; width and offset in mm or rad. */
export interface DraftReplica {
  readonly kind: 'replicavol';
  readonly name: string;
  readonly volume: string;
  readonly count: number;
  readonly axis: Axis;
  readonly width: number;
  readonly offset: number;
  readonly xml: XmlElement;
}

/** A `<divisionvol>`: a count or a width of 0 is to be found from the other. */
export interface DraftDivision {
  readonly kind: 'divisionvol';
  readonly name: string;
  readonly volume: string;
  readonly count: number;
  readonly axis: Axis;
  readonly width: number;
  readonly offset: number;
  readonly xml: XmlElement;
}

/** A `<paramvol>`: copies of a volume, each with its own place and, where given, its own solid. */
export interface DraftParameterised {
  readonly kind: 'paramvol';
  readonly name: string;
  readonly volume: string;
  readonly copies: readonly { readonly transform: Transform; readonly solid: Solid | undefined }[];
  readonly xml: XmlElement;
}

/** A `<bordersurface>`, with the names of physical volumes. */
export interface DraftBorder {
  readonly name: string;
  readonly surface: string;
  readonly from: string;
  readonly to: string;
  readonly xml: XmlElement;
}

/** What one file says, references still by name and unchecked. */
export class Draft {
  readonly isotopes: Map<string, Isotope> = new Map();
  readonly elements: Map<string, Element> = new Map();
  readonly materials: Map<string, Material> = new Map();
  readonly solids: Map<string, Solid> = new Map();
  readonly surfaces: Map<string, OpticalSurface> = new Map();
  readonly volumes: Map<string, DraftVolume> = new Map();
  readonly skins: (SkinSurface & { readonly xml: XmlElement })[] = [];
  readonly borders: DraftBorder[] = [];
  readonly userInfo: Auxiliary[] = [];
  /** Where each thing was declared, by `kind:name`. */
  readonly places: Map<string, SourcePlace> = new Map();
  /** The element of each thing, by `kind:name`. */
  readonly origins: Map<string, XmlElement> = new Map();
  /** The world of each `<setup>`. */
  readonly worlds: Map<string, { readonly volume: string; readonly xml: XmlElement }> = new Map();

  /** Remembers where a thing is declared; names are identities: a second one is an error that names both lines. */
  declare(kind: string, name: string, xml: XmlElement): void {
    const key = `${kind}:${name}`;
    const earlier = this.origins.get(key);
    if (earlier) {
      throw errorAt(xml, `there are two ${kind}s of this name`, {
        hint: `the other is in ${earlier.file}:${earlier.line}`,
      });
    }
    this.note(kind, name, xml);
  }

  /** Remembers where a thing is said. */
  note(kind: string, name: string, xml: XmlElement): void {
    const key = `${kind}:${name}`;
    this.origins.set(key, xml);
    this.places.set(key, { file: xml.file, line: xml.line });
  }
}
