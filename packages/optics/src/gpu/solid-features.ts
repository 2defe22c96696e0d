import { leafTypes, opCodes, solidKinds } from '@lantern/geometry';
import { type Feature, featureStubs } from './feature-stubs.ts';
import { leafOperations } from './leaf-operations.ts';
import type { PackedScene } from './packed-scene.ts';

/** Types of leaves: at all, as the whole of a solid, as a part of one; kinds of solids; operations of their programs. */
export function* solidFeatures(scene: PackedScene): Iterable<Feature> {
  const kind = scene.field('solid', 'kind');
  const [first, count] = [scene.field('solid', 'firstOp'), scene.field('solid', 'opCount')];
  for (let solid = 0; solid < scene.count('solid'); solid++) {
    const whole = leafTypes[kind(solid)];
    const isCompound = whole === undefined || whole === 'mesh';
    if (isCompound) yield* ['compound', ...kindFeatures(kind(solid))] as const;
    else yield `whole ${whole}` as Feature;
    for (let op = first(solid); op < first(solid) + count(solid); op++)
      yield* operationFeatures(scene, op, isCompound);
  }
}

const few: readonly number[] = [solidKinds.unionOfFew, solidKinds.oneLessOne, solidKinds.inBoth];

function* kindFeatures(kind: number): Iterable<Feature> {
  const name = Object.entries(solidKinds).find(([, number]) => number === kind)?.[0];
  if (few.includes(kind)) yield* ['few', name as 'unionOfFew'] as const;
}

/** The program of a leaf in its own frame only tells whether a point is in it: that needs no stretches of rays. */
function* operationFeatures(
  scene: PackedScene,
  op: number,
  isCompound: boolean,
): Iterable<Feature> {
  const code = opCodes[scene.field('op', 'code')(op)] as (typeof opCodes)[number];
  if (code in featureStubs) yield code as Feature;
  if (code.startsWith('subtract')) yield 'any subtraction';
  if (code === 'skipOperand' || code === 'skipOperation') yield 'boxes';
  if (!leafOperations.has(opCodes.indexOf(code))) return;
  const type = leafTypes[scene.field('leaf', 'type')(scene.field('op', 'leaf')(op))] as 'box';
  yield type;
  if (isCompound && leafTypes.indexOf(type) !== mesh) yield `part ${type}`;
}

const mesh = leafTypes.indexOf('mesh');
