import { leafTypes, type Scene } from '@lantern/geometry';
import { OpticsError } from '../errors.ts';
import { hierarchyRoom, trianglesOf } from './hierarchy-room.ts';
import { PackedScene } from './packed-scene.ts';
import { programRoom } from './program-room.ts';
import { greatestCoordinates, mothersFirst } from './scene-extent.ts';

/**
 * Intervals and crossings of a ray that a thread has room for at most: with the rest of its memory 8 KiB, what WGSL
 * promises of private variables (section 14.2). Where a solid may need more, few rays do: one that does is a fault.
 */
const mostIntervals = 192;
const mostCrossings = 64;
/** Levels of volumes in each other, and lists of a program, that a thread has room for at most. */
const mostLevels = 256;
const mostLists = 256;

/** Faces that are nearer than this are one, mm (TOUCH of hierarchy.ts, HELD of entry.ts). */
const touch = 1e-7;
/** Steps that are shorter have no length, mm (propagate.ts). */
const noLength = 1e-9;

/**
 * Sizes of a thread's arrays and lengths of rounding, as constants of the kernel's text, for a scene: what any ray in it may
 * need, so that a plain scene has small arrays.
 *
 * @throws OpticsError that names the volume or solid which needs more than a thread can have
 */
export function sceneConstants(scene: Scene): Readonly<Record<string, number>> {
  const packed = new PackedScene(scene.buffer);
  const levels = levelsOf(scene, packed);
  const { intervals, lists } = programRooms(scene, packed);
  const meshes = meshRoots(packed);
  const crossings = Math.max(1, ...meshes.map((root) => crossingsOf(packed, root)));
  const waiting = hierarchyRoom(packed, 'hierarchy', hierarchyRoots(packed), false);
  const inMesh = hierarchyRoom(packed, 'meshNode', meshes, true);
  const far = greatestCoordinates(packed).reduce((a, b) => Math.max(a, b), 0);
  // Four times what a solid tolerates there (scene-image.ts).
  const rounding = 2 ** -42 * far;
  return {
    MAX_DEPTH: levels + 1,
    DOWN_WORDS: levels + 1,
    HIERARCHY_STACK_WORDS: 2 * waiting,
    MESH_WALK_STACK_WORDS: 2 * inMesh,
    mesh_MOST: crossings,
    CROSSINGS_WORDS: 4 * crossings,
    ENTRIES_WORDS: 6 * Math.min(mostIntervals, intervals),
    STARTS_WORDS: lists,
    // A byte for each list, and one before them.
    TRUTHS_WORDS: Math.ceil((lists + 1) / 4),
    TOUCH: Math.max(touch, rounding),
    HELD: Math.max(touch, rounding),
    NO_LENGTH: Math.max(noLength, rounding / 100),
  };
}

/**
 * What a device can have at once (GPUSupportedLimits).
 *
 * @throws OpticsError that says what the scene needs
 */
export function requireRoom(
  bytes: number,
  limits: { readonly maxBufferSize: number; readonly maxStorageBufferBindingSize: number },
): void {
  const most = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
  if (bytes <= most) return;
  throw new OpticsError({
    what: 'the scene is too large for the GPU',
    given: `${Math.ceil(bytes / 2 ** 20)} MiB`,
    expected: `at most ${Math.floor(most / 2 ** 20)} MiB in one buffer of this device`,
    hint: '--engine cpu has no such limit; fewer placed volumes, triangles or energies of tables need less',
  });
}

/** How many levels of volumes there are in each other below the world. */
function levelsOf(scene: Scene, packed: PackedScene): number {
  const first = packed.field('volume', 'firstDaughter');
  const daughters = packed.field('volume', 'daughterCount');
  const volume = packed.field('placement', 'volume');
  const levels = new Uint32Array(packed.count('volume'));
  for (const mother of mothersFirst(packed))
    for (let k = first(mother); k < first(mother) + daughters(mother); k++)
      levels[volume(k)] = Math.max(levels[volume(k)] as number, (levels[mother] as number) + 1);
  const most = levels.reduce((a, b) => Math.max(a, b), 0);
  if (most < mostLevels) return most;
  throw tooDeep(
    `volume ${scene.volumes[levels.indexOf(most)]}`,
    `${most} levels below the world`,
    mostLevels - 1,
  );
}

function programRooms(scene: Scene, packed: PackedScene): { intervals: number; lists: number } {
  const kind = packed.field('solid', 'kind');
  const root = packed.field('leaf', 'count');
  const solidOf = packed.field('volume', 'solid');
  const most = { intervals: 1, lists: 1 };
  for (let solid = 0; solid < packed.count('solid'); solid++) {
    const room = programRoom(packed, solid, (leaf) => intervalsOfMesh(packed, root(leaf)));
    if (room.lists > mostLists) {
      const volume = all(packed.count('volume')).find((i) => solidOf(i) === solid) ?? 0;
      const where = `the solid of volume ${scene.volumes[volume]}`;
      throw tooDeep(where, `${room.lists} operands open at once`, mostLists);
    }
    most.lists = Math.max(most.lists, room.lists);
    // One convex leaf in its own frame is met without its program.
    const isProgram = kind(solid) < 0 || kind(solid) === mesh;
    if (isProgram) most.intervals = Math.max(most.intervals, room.intervals);
  }
  return most;
}

const mesh = leafTypes.indexOf('mesh');

function all(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

function hierarchyRoots(packed: PackedScene): number[] {
  return all(packed.count('volume'))
    .map(packed.field('volume', 'hierarchy'))
    .filter((root) => root >= 0);
}

function meshRoots(packed: PackedScene): number[] {
  const type = packed.field('leaf', 'type');
  return all(packed.count('leaf'))
    .filter((leaf) => type(leaf) === mesh)
    .map(packed.field('leaf', 'count'));
}

/** A ray crosses each triangle of a mesh once at most. */
function crossingsOf(packed: PackedScene, root: number): number {
  return Math.min(mostCrossings, trianglesOf(packed, root));
}

/** An interval has two crossings, but for the first and the last. */
function intervalsOfMesh(packed: PackedScene, root: number): number {
  return (crossingsOf(packed, root) >> 1) + 2;
}

function tooDeep(where: string, given: string, most: number): OpticsError {
  return new OpticsError({
    what: 'too deeply nested for the GPU',
    where,
    given,
    expected: `at most ${most}`,
    hint: '--engine cpu can do more',
  });
}
