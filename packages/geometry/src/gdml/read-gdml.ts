import { GdmlError } from '../errors.ts';
import type { Detector } from '../model/detector.ts';
import { readAuxiliaries } from './auxiliary.ts';
import { checkReferences } from './check-references.ts';
import { readDefine } from './define.ts';
import { Draft } from './draft.ts';
import type { Include } from './entities.ts';
import { expandVolumes } from './expand.ts';
import { defaultLimits, type GdmlLimits } from './limits.ts';
import { identify, linkBorders } from './link.ts';
import { readMaterials } from './materials.ts';
import { Modules } from './modules.ts';
import { type Reading, Scope } from './scope.ts';
import { readSolids } from './solids.ts';
import { type ReadModule, readStructure } from './structure.ts';
import { Warnings } from './warnings.ts';
import {
  attribute,
  errorAt,
  onlyChild,
  requiredAttribute,
  suggestion,
  unknownElement,
  type XmlElement,
} from './xml-element.ts';
import { parseXml } from './xml-tree.ts';

/** How {@link readGdml} reads. */
export interface ReadGdmlOptions {
  /** The name of the file, for messages; included files are named relative to its folder. */
  readonly file: string;
  /** Gives the text of included files; without it a file that includes others is refused. */
  readonly include?: Include;
  readonly limits?: Partial<GdmlLimits>;
  /** The `<setup>` whose world to take; else that named Default, else the first. */
  readonly setup?: string;
}

const gdmlChildren = [
  'define',
  'materials',
  'solids',
  'structure',
  'setup',
  'userinfo',
  'extension',
];
const setupAttributes = new Set(['name', 'version']);
const refOnly = new Set(['ref']);
const none = new Set<string>();

/**
 * Reads a detector from GDML: expressions evaluated, units applied (mm, ns, MeV, rad), loops, replicas and assemblies
 * written out as placements, references checked.
 *
 * @param text the file, or its pieces
 * @throws {GdmlError} with file, line and element, where the file is not sound
 * @example
 * ```ts
 * const detector = readGdml(text, { file: 'tank.gdml' });
 * detector.materials.get('Water')?.density; // => 1, in g/cm3
 * ```
 */
export function readGdml(text: string | Iterable<string>, options: ReadGdmlOptions): Detector {
  const { file } = options;
  const reading: Reading = {
    limits: { ...defaultLimits, ...options.limits },
    warnings: new Warnings(),
    include: options.include ?? refuseIncludes,
    spent: { loopIterations: 0, placements: 0 },
  };
  const modules = new Modules(reading, readDraft);
  const draft = readDraft(text, file, reading, (path, volume, xml) =>
    modules.refer(path, volume, xml, []),
  );
  modules.mergeInto(draft);
  return detectorOf(draft, file, reading, options.setup);
}

function refuseIncludes(path: string, from: string): never {
  throw new GdmlError(
    { file: from, line: 0, element: '' },
    {
      what: 'this file is included but cannot be read here',
      given: JSON.stringify(path.slice(0, 120)),
    },
  );
}

/** Reads one file as it stands, without those it includes by `<file>`. */
function readDraft(
  text: string | Iterable<string>,
  file: string,
  reading: Reading,
  readModule: ReadModule,
): Draft {
  const root = parseXml(text, file, reading.include, reading.limits);
  if (root.name !== 'gdml' && root.name !== 'gdml_simple_extension') {
    throw errorAt(root, 'this is not GDML', { expected: '<gdml> as the outermost element' });
  }
  const draft = new Draft();
  const scope = new Scope(reading);
  scope.expectAttributes(root, new Set(['version']));
  for (const child of root.children) readSection(child, root, scope, draft, readModule);
  return draft;
}

function readSection(
  xml: XmlElement,
  root: XmlElement,
  scope: Scope,
  draft: Draft,
  readModule: ReadModule,
): void {
  if (xml.name !== 'setup') scope.expectAttributes(xml, none);
  switch (xml.name) {
    case 'define':
      readDefine(xml, scope);
      break;
    case 'materials':
      readMaterials(xml, scope, draft);
      break;
    case 'solids':
      readSolids(xml, scope, draft);
      break;
    case 'structure':
      readStructure(xml, scope, draft, readModule);
      break;
    case 'setup':
      readSetup(xml, scope, draft);
      break;
    case 'userinfo':
      draft.userInfo.push(...readAuxiliaries(xml, scope));
      return;
    case 'extension':
      scope.warn(xml, 'extensions are not used');
      break;
    default:
      throw unknownElement(xml, root, gdmlChildren);
  }
}

function readSetup(xml: XmlElement, scope: Scope, draft: Draft): void {
  scope.expectAttributes(xml, setupAttributes);
  const child = onlyChild(xml, 'world');
  scope.expectAttributes(child, refOnly);
  const name = attribute(xml, 'name') ?? 'Default';
  if (draft.worlds.has(name)) throw errorAt(xml, 'there are two setups of this name');
  draft.worlds.set(name, { volume: requiredAttribute(child, 'ref'), xml: child });
}

function detectorOf(
  draft: Draft,
  file: string,
  reading: Reading,
  setup: string | undefined,
): Detector {
  const world = worldOf(draft, file, setup);
  checkReferences(draft);
  const volumes = identify(expandVolumes(draft, reading.limits, reading.warnings));
  const borderSurfaces = linkBorders(draft, volumes, world, reading.warnings);
  const { isotopes, elements, materials, solids, surfaces, skins, userInfo, places } = draft;
  return {
    name: file.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, ''),
    isotopes,
    elements,
    materials,
    solids,
    volumes,
    surfaces,
    skinSurfaces: skins.map(({ name, surface, volume }) => ({ name, surface, volume })),
    borderSurfaces,
    world,
    userInfo,
    warnings: reading.warnings.list(),
    places,
  };
}

/** The world of the setup asked for, of the one named Default, or of the first. */
function worldOf(draft: Draft, file: string, setup: string | undefined): string {
  const [first] = draft.worlds.values();
  const world =
    setup === undefined ? (draft.worlds.get('Default') ?? first) : draft.worlds.get(setup);
  if (!world) {
    const what = setup === undefined ? 'no world is set up' : `there is no setup ${setup}`;
    const expected = '<setup name="Default" version="1.0"><world ref="…"/></setup>';
    const hint = setup === undefined ? undefined : suggestion(setup, draft.worlds.keys());
    throw new GdmlError(
      { file, line: 0, element: '' },
      { what, expected: setup === undefined ? expected : undefined, hint },
    );
  }
  const volume = draft.volumes.get(world.volume);
  if (!volume) {
    throw errorAt(world.xml, `there is no volume ${world.volume}`, {
      hint: suggestion(world.volume, draft.volumes.keys()),
    });
  }
  if (volume.assembly)
    throw errorAt(world.xml, `${world.volume} is an assembly`, { expected: 'a volume' });
  return world.volume;
}
