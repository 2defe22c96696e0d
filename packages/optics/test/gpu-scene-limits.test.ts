import { opCodes, packScene } from '@lantern/geometry';
import { RandomStream } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { kernelModules } from '../src/gpu/generated/kernel-modules.ts';
import { hierarchyRoom, trianglesOf } from '../src/gpu/hierarchy-room.ts';
import { PackedScene } from '../src/gpu/packed-scene.ts';
import { programRoom } from '../src/gpu/program-room.ts';
import { requireRoom, sceneConstants } from '../src/gpu/scene-limits.ts';
import { parseModule } from '../src/gpu/wgsl-declarations.ts';
import { randomDetector } from './random-detector.ts';
import { fillers } from './random-fillers.ts';
import { smallScene } from './small-detector.ts';

/** Intervals [in, out], sorted, and the lists of intervals.ts: how many entries there are at once. */
type List = [number, number][];

class Lists {
  readonly stack: List[] = [];
  intervals = 0;
  lists = 0;

  count(beside = 0, more = 0): void {
    const all = this.stack.reduce((sum, list) => sum + list.length, 0);
    this.intervals = Math.max(this.intervals, all + beside);
    this.lists = Math.max(this.lists, this.stack.length + more);
  }

  combine(make: (a: List, b: List) => List): void {
    const [b = [], a = []] = [this.stack.pop(), this.stack.pop()];
    const result = make(a, b);
    this.stack.push(a, b);
    this.count(a.length === 0 || b.length === 0 ? 0 : result.length);
    this.stack.splice(-2, 2, result);
  }
}

function union(a: List, b: List): List {
  const result: List = [];
  for (const [from, to] of [...a, ...b].sort((x, y) => x[0] - y[0])) {
    const last = result.at(-1);
    if (last && from < last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

function intersection(a: List, b: List): List {
  return a.flatMap(([from, to]) =>
    b
      .map(([low, high]): [number, number] => [Math.max(from, low), Math.min(to, high)])
      .filter(([low, high]) => low <= high),
  );
}

function subtraction(a: List, b: List): List {
  return a.flatMap(([from, to]) => {
    const rest: List = [];
    let low = from;
    for (const [taken, end] of b.filter(([x, y]) => y >= from && x <= to)) {
      if (taken >= low) rest.push([low, taken]);
      low = end;
    }
    return low <= to ? [...rest, [low, to] as [number, number]] : rest;
  });
}

/** A solid's program over stretches drawn at random, whole numbers so that many touch. */
function run(scene: PackedScene, solid: number, random: RandomStream): Lists {
  const lists = new Lists();
  const whole = (most: number): number => Math.floor(most * random.uniform());
  const stretch = (): List => {
    if (random.uniform() < 0.2) return [];
    const from = whole(20);
    return [[from, from + whole(8)]];
  };
  const [code, leaf] = [scene.field('op', 'code'), scene.field('op', 'leaf')];
  const first = scene.field('solid', 'firstOp')(solid);
  const end = first + scene.field('solid', 'opCount')(solid);
  for (let op = first; op < end; op++) {
    const top = lists.stack.at(-1) ?? [];
    const name = opCodes[code(op)];
    if (name === 'push') lists.stack.push(stretch());
    else if (name === 'union') lists.combine(union);
    else if (name === 'intersection') lists.combine(intersection);
    else if (name === 'subtraction') lists.combine(subtraction);
    else if (name === 'uniteLeaf') lists.stack.splice(-1, 1, union(top, stretch()));
    else if (name === 'intersectLeaf') lists.stack.splice(-1, 1, intersection(top, stretch()));
    else if (name === 'subtractLeaf') {
      const taken = stretch();
      const rest = subtraction(top, taken);
      if (top.length > 1 && taken.length > 0) lists.count(1 + rest.length, 1);
      lists.stack.splice(-1, 1, rest);
    } else if (name === 'skipEmpty') {
      if (top.length === 0) op += leaf(op);
    } else if (random.uniform() < 0.3) {
      if (name === 'skipOperand') lists.stack.push([]);
      op += leaf(op);
    }
    lists.count();
  }
  return lists;
}

describe('[LIM1] a thread has room for what any ray in the scene may need', () => {
  test.each(fillers.map(({ name }, i) => [name, i + 1] as const))('programs: %s', (only, seed) => {
    const random = new RandomStream(seed, 0);
    const detector = randomDetector(seed, 'same index', { only });
    const scene = new PackedScene(packScene(detector).buffer);
    for (let solid = 0; solid < Math.min(60, scene.count('solid')); solid++) {
      const room = programRoom(scene, solid, () => 1);
      let [intervals, lists] = [0, 0];
      for (let i = 0; i < 50; i++) {
        const used = run(scene, solid, random);
        intervals = Math.max(intervals, used.intervals);
        lists = Math.max(lists, used.lists);
      }
      expect(intervals, `solid ${solid}`).toBeLessThanOrEqual(room.intervals);
      expect(lists, `solid ${solid}`).toBeLessThanOrEqual(room.lists);
    }
  });

  const pipes = (count: number): string => {
    const bars = Array.from({ length: count }, (_, i) => `<box name="b${i}" x="1" y="1" z="1"/>`);
    const nodes = Array.from(
      { length: count },
      (_, i) =>
        `<multiUnionNode name="n${i}"><solid ref="b${i}"/><position name="p${i}" x="${3 * i}" unit="mm"/></multiUnionNode>`,
    );
    return `${bars.join('')}<multiUnion name="m">${nodes.join('')}</multiUnion>`;
  };
  const around = (solids: string, solid: string, size = 1000): ReturnType<typeof smallScene> =>
    smallScene({
      solids: `${solids}<box name="w" x="${size}" y="${size}" z="${size}"/>`,
      structure: `<volume name="V"><materialref ref="Glass"/><solidref ref="${solid}"/></volume>
<volume name="World"><materialref ref="Vacuum"/><solidref ref="w"/><physvol><volumeref ref="V"/></physvol></volume>`,
    });

  test('little for a plain scene', () => {
    expect(sceneConstants(around('<orb name="o" r="5"/>', 'o'))).toEqual({
      MAX_DEPTH: 2,
      DOWN_WORDS: 2,
      HIERARCHY_STACK_WORDS: 2,
      MESH_WALK_STACK_WORDS: 2,
      mesh_MOST: 1,
      CROSSINGS_WORDS: 4,
      ENTRIES_WORDS: 6,
      STARTS_WORDS: 1,
      TRUTHS_WORDS: 1,
      TOUCH: 1e-7,
      HELD: 1e-7,
      NO_LENGTH: 1e-9,
    });
  });

  test('a union of 10 pieces takes 10 intervals, and as many beside them', () => {
    const { ENTRIES_WORDS } = sceneConstants(around(pipes(10), 'm'));
    expect(ENTRIES_WORDS).toBe(6 * 20);
  });

  test('not more than 192 intervals: a ray that needs more is a fault', () => {
    expect(sceneConstants(around(pipes(400), 'm')).ENTRIES_WORDS).toBe(6 * 192);
  });

  test('hierarchies: whatever is hit, in whatever order', () => {
    const scene = new PackedScene(
      packScene(randomDetector(3, 'same index', { only: 'lattice' })).buffer,
    );
    const hierarchy = scene.field('volume', 'hierarchy');
    const children = ['0', '1', '2', '3'].map((lane) => ({
      child: scene.field('hierarchy', `child${lane}`),
      isThere: (node: number): boolean =>
        scene.field('hierarchy', `minX${lane}`)(node) <=
        scene.field('hierarchy', `maxX${lane}`)(node),
    }));
    const random = new RandomStream(1, 0);
    const roots = Array.from({ length: scene.count('volume') }, (_, i) => hierarchy(i)).filter(
      (i) => i >= 0,
    );
    expect(roots.length).toBeGreaterThan(0);
    const room = hierarchyRoom(scene, 'hierarchy', roots, false);
    let most = 0;
    for (let walk = 0; walk < 400; walk++) {
      const waiting = [roots[walk % roots.length] ?? 0];
      while (waiting.length > 0) {
        most = Math.max(most, waiting.length);
        const node = waiting.pop() ?? 0;
        const hit = children.filter(({ isThere }) => isThere(node) && random.uniform() < 0.95);
        const inner = hit.map(({ child }) => child(node)).filter((child) => child >= 0);
        waiting.push(...inner.sort(() => random.uniform() - 0.5));
      }
    }
    expect(most).toBeLessThanOrEqual(room);
    expect(room).toBeLessThan(64);
  });

  test('faces of one kilometre away are one within what pairs are off by', () => {
    const { TOUCH, HELD } = sceneConstants(around('<orb name="o" r="5"/>', 'o', 2e6));
    expect(TOUCH).toBeCloseTo(2 ** -42 * Math.sqrt(3) * 1e6, 12);
    expect(HELD).toBe(TOUCH);
  });

  test('all are constants of the kernel', () => {
    const constants = kernelModules
      .flatMap((module) => parseModule(module).declarations)
      .filter(({ kind }) => kind === 'const')
      .map(({ name }) => name);
    const names = Object.keys(sceneConstants(around('<orb name="o" r="5"/>', 'o')));
    expect(constants).toEqual(expect.arrayContaining(names));
  });
});

describe('[LIM2] what a thread or a device cannot have is an error that names it', () => {
  test('volumes in volumes', () => {
    const levels = Array.from({ length: 300 }, (_, i) => 299 - i);
    const scene = smallScene({
      solids: [
        ...levels.map((i) => `<box name="b${i}" x="${600 - i}" y="${600 - i}" z="${600 - i}"/>`),
        '<box name="w" x="700" y="700" z="700"/>',
      ].join(''),
      structure: [
        ...levels.map(
          (i) =>
            `<volume name="V${i}"><materialref ref="Glass"/><solidref ref="b${i}"/>${i < 299 ? `<physvol><volumeref ref="V${i + 1}"/></physvol>` : ''}</volume>`,
        ),
        '<volume name="World"><materialref ref="Vacuum"/><solidref ref="w"/><physvol><volumeref ref="V0"/></physvol></volume>',
      ].join(''),
    });
    expect(() => sceneConstants(scene)).toThrow(
      'volume V299: too deeply nested for the GPU: given 300 levels below the world, expected at most 255 (--engine cpu can do more)',
    );
  });

  test('buffers', () => {
    const limits = { maxBufferSize: 2 ** 30, maxStorageBufferBindingSize: 2 ** 27 };
    expect(() => requireRoom(2 ** 27, limits)).not.toThrow();
    expect(() => requireRoom(2 ** 27 + 16, limits)).toThrow(
      'the scene is too large for the GPU: given 129 MiB, expected at most 128 MiB in one buffer of this device',
    );
  });
});

test('triangles of a mesh are counted by its hierarchy', () => {
  const scene = new PackedScene(
    packScene(randomDetector(1, 'same index', { only: 'faceted' })).buffer,
  );
  const type = scene.field('leaf', 'type');
  const root = scene.field('leaf', 'count');
  let triangles = 0;
  for (let leaf = 0; leaf < scene.count('leaf'); leaf++)
    if (type(leaf) === 12) triangles += trianglesOf(scene, root(leaf));
  expect(triangles).toBeGreaterThan(10);
  expect(triangles).toBe(scene.count('triangle'));
});
