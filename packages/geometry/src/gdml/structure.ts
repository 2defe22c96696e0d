import type { Auxiliary } from '../model/volume.ts';
import { readAuxiliary } from './auxiliary.ts';
import { readPlacing } from './compound-solids.ts';
import { readDefine } from './define.ts';
import type { Content, Draft, DraftPlacement } from './draft.ts';
import { readLoop } from './loop.ts';
import { readParameterised } from './paramvol.ts';
import { type Placing, placementTransform } from './placing.ts';
import { readDivision, readReplica } from './replicavol.ts';
import type { Scope } from './scope.ts';
import {
  attribute,
  errorAt,
  onlyChild,
  requiredAttribute,
  shorten,
  unknownElement,
  type XmlElement,
} from './xml-element.ts';

const nameOnly = new Set(['name']);
const refOnly = new Set(['ref']);
const physvolAttributes = new Set(['name', 'copynumber']);
const fileAttributes = new Set(['name', 'volname']);
const surfaceAttributes = new Set(['name', 'surfaceproperty']);
const volumeChildren = [
  'materialref',
  'solidref',
  'physvol',
  'replicavol',
  'divisionvol',
  'paramvol',
  'loop',
  'auxiliary',
];

/** Reads another GDML file's volume; gives the name it has in this detector. */
export type ReadModule = (path: string, volume: string | undefined, xml: XmlElement) => string;

/** Reads `<structure>`. */
export function readStructure(
  xml: XmlElement,
  scope: Scope,
  draft: Draft,
  readModule: ReadModule,
): void {
  for (const child of xml.children) {
    switch (child.name) {
      case 'define':
        readDefine(child, scope);
        break;
      case 'volume':
      case 'assembly':
        readVolume(child, scope, draft, readModule);
        break;
      case 'skinsurface':
        readSkin(child, scope, draft);
        break;
      case 'bordersurface':
        readBorder(child, scope, draft);
        break;
      case 'loop':
        readLoop(child, scope, () => readStructure(child, scope, draft, readModule));
        break;
      default:
        throw unknownElement(child, xml, [
          'volume',
          'assembly',
          'skinsurface',
          'bordersurface',
          'loop',
        ]);
    }
  }
}

/** What is being gathered of a volume, loops included. */
interface OpenVolume {
  solid: string | undefined;
  material: string | undefined;
  readonly contents: Content[];
  readonly auxiliaries: Auxiliary[];
}

function readVolume(xml: XmlElement, scope: Scope, draft: Draft, readModule: ReadModule): void {
  scope.expectAttributes(xml, nameOnly);
  const name = scope.declaredName(xml);
  draft.declare('volume', name, xml);
  const assembly = xml.name === 'assembly';
  const open: OpenVolume = { solid: undefined, material: undefined, contents: [], auxiliaries: [] };
  readContents(xml, scope, open, readModule);
  const { solid, material, contents, auxiliaries } = open;
  if (!assembly && (solid === undefined || material === undefined)) {
    throw errorAt(xml, `<${solid === undefined ? 'solidref' : 'materialref'} ref="…"/> is missing`);
  }
  if (assembly && (solid !== undefined || material !== undefined)) {
    scope.warn(xml, 'an assembly has neither solid nor material; those given are not used');
  }
  draft.volumes.set(name, {
    name,
    assembly,
    solid: solid ?? '',
    material: material ?? '',
    contents,
    auxiliaries,
    xml,
  });
}

function readContents(
  xml: XmlElement,
  scope: Scope,
  open: OpenVolume,
  readModule: ReadModule,
): void {
  const { spent, limits } = scope.reading;
  for (const child of xml.children) {
    switch (child.name) {
      case 'materialref':
        open.material = onlyReference(child, open.material, scope);
        break;
      case 'solidref':
        open.solid = onlyReference(child, open.solid, scope);
        break;
      case 'physvol':
        if (++spent.placements > limits.placements) {
          throw errorAt(child, `more than ${limits.placements} placements`);
        }
        open.contents.push(readPlacement(child, scope, readModule));
        break;
      case 'replicavol':
        open.contents.push(readReplica(child, scope));
        break;
      case 'divisionvol':
        open.contents.push(readDivision(child, scope));
        break;
      case 'paramvol':
        open.contents.push(readParameterised(child, scope));
        break;
      case 'auxiliary':
        open.auxiliaries.push(readAuxiliary(child, scope));
        break;
      case 'loop':
        readLoop(child, scope, () => readContents(child, scope, open, readModule));
        break;
      default:
        throw unknownElement(child, xml, volumeChildren);
    }
  }
}

function onlyReference(xml: XmlElement, earlier: string | undefined, scope: Scope): string {
  scope.expectAttributes(xml, refOnly);
  if (earlier !== undefined) throw errorAt(xml, 'a second one', { expected: 'one in each volume' });
  return scope.reference(xml);
}

function readPlacement(xml: XmlElement, scope: Scope, readModule: ReadModule): DraftPlacement {
  scope.expectAttributes(xml, physvolAttributes);
  const placing: Placing = {};
  let volume: string | undefined;
  for (const child of xml.children) {
    if (child.name === 'volumeref') {
      volume = onlyReference(child, volume, scope);
    } else if (child.name === 'file') {
      scope.expectAttributes(child, fileAttributes);
      volume = readModule(requiredAttribute(child, 'name'), attribute(child, 'volname'), child);
    } else if (!readPlacing(child, placing, scope, { scale: true })) {
      throw unknownElement(child, xml, [
        'volumeref',
        'file',
        'position',
        'positionref',
        'rotation',
        'rotationref',
        'scale',
        'scaleref',
      ]);
    }
  }
  if (volume === undefined) throw errorAt(xml, '<volumeref ref="…"/> is missing');
  return {
    kind: 'physvol',
    name: scope.name(attribute(xml, 'name') ?? '', xml),
    volume,
    copyNumber: scope.integer(xml, 'copynumber', 0),
    transform: placementTransform(placing),
    xml,
  };
}

function readSkin(xml: XmlElement, scope: Scope, draft: Draft): void {
  scope.expectAttributes(xml, surfaceAttributes);
  const child = onlyChild(xml, 'volumeref');
  scope.expectAttributes(child, refOnly);
  const name = scope.declaredName(xml);
  draft.note('skinsurface', name, xml);
  draft.skins.push({
    name,
    surface: scope.reference(xml, 'surfaceproperty'),
    volume: scope.reference(child),
    xml,
  });
}

function readBorder(xml: XmlElement, scope: Scope, draft: Draft): void {
  scope.expectAttributes(xml, surfaceAttributes);
  const [from, to, ...more] = xml.children;
  if (from?.name !== 'physvolref' || to?.name !== 'physvolref' || more.length > 0) {
    throw errorAt(xml, 'its elements', {
      given: xml.children.map(({ name }) => `<${shorten(name)}>`).join(', ') || 'none',
      expected: 'two <physvolref>',
    });
  }
  scope.expectAttributes(from, refOnly);
  scope.expectAttributes(to, refOnly);
  const name = scope.declaredName(xml);
  draft.note('bordersurface', name, xml);
  draft.borders.push({
    name,
    surface: scope.reference(xml, 'surfaceproperty'),
    from: scope.reference(from),
    to: scope.reference(to),
    xml,
  });
}
