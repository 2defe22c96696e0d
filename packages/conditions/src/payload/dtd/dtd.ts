import type { ContentModel } from './content-model.ts';

/** What may stand inside an element. */
export type Content =
  | { readonly kind: 'empty' }
  | { readonly kind: 'any' }
  /** Text, and these elements in any order. */
  | { readonly kind: 'mixed'; readonly names: ReadonlySet<string> }
  | { readonly kind: 'children'; readonly model: ContentModel };

/** Types of attributes that payloads use; ENTITY and NOTATION are refused. */
export type AttributeType =
  | 'CDATA'
  | 'ID'
  | 'IDREF'
  | 'IDREFS'
  | 'NMTOKEN'
  | 'NMTOKENS'
  | 'enumeration';

/** An attribute as it is declared. */
export interface AttributeDeclaration {
  readonly name: string;
  readonly type: AttributeType;
  /** Of an enumeration. */
  readonly words: readonly string[];
  readonly presence: 'required' | 'implied' | 'fixed' | 'default';
  /** What stands for it where it is not given; undefined where nothing does. */
  readonly value?: string | undefined;
}

/** An element as it is declared. */
export interface ElementDeclaration {
  readonly name: string;
  /** Undefined where only its attributes are declared. */
  content?: Content | undefined;
  readonly attributes: Map<string, AttributeDeclaration>;
}

/** A document type definition (XML 1.0, section 3), of the kind that calibrations have. */
export interface Dtd {
  /** Its file, or that of the document that holds it. */
  readonly where: string;
  readonly elements: ReadonlyMap<string, ElementDeclaration>;
}

/** Elements that no other has inside: documents begin with one of them. */
export function rootElements(dtd: Dtd): readonly string[] {
  const inside = new Set<string>();
  for (const { content } of dtd.elements.values()) {
    if (content?.kind === 'children') for (const name of content.model.names) inside.add(name);
    if (content?.kind === 'mixed') for (const name of content.names) inside.add(name);
  }
  return [...dtd.elements.keys()].filter((name) => !inside.has(name));
}

/** The version that a DTD of the GLAST kind says of itself: the default of an attribute `DTDVersion`. */
export function dtdVersion(dtd: Dtd): string | undefined {
  for (const { attributes } of dtd.elements.values()) {
    const declared = attributes.get('DTDVersion')?.value;
    if (declared !== undefined) return declared;
  }
  return undefined;
}
