import { leafTypes, opCodes, solidKinds } from '@lantern/geometry';
import { type Feature, featureStubs } from './feature-stubs.ts';
import { leafOperations } from './leaf-operations.ts';
import type { PackedScene } from './packed-scene.ts';

/** Types of leaves: at all, as the whole of a solid; kinds of solids; operations of their programs. */
export function* solidFeatures(scene: PackedScene): Iterable<Feature> {
  const kind = scene.field('solid', 'kind');
  const [first, count] = [scene.field('solid', 'firstOp'), scene.field('solid', 'opCount')];
  for (let solid = 0; solid < scene.count('solid'); solid++) {
    const whole = leafTypes[kind(solid)];
    if (whole === undefined || whole === 'mesh') yield* ['compound', ...kindFeatures(kind(solid))];
    else yield `whole ${whole}` as 'whole box';
    for (let op = first(solid); op < first(solid) + count(solid); op++)
      yield* operationFeatures(scene, op);
  }
}

function kindFeatures(kind: number): readonly Feature[] {
  if (kind === solidKinds.unionOfFew) return ['unionOfFew'];
  if (kind === solidKinds.oneLessOne) return ['oneLessOne'];
  return kind === solidKinds.inBoth ? ['inBoth'] : [];
}

function* operationFeatures(scene: PackedScene, op: number): Iterable<Feature> {
  const code = opCodes[scene.field('op', 'code')(op)] as (typeof opCodes)[number];
  if (code in featureStubs) yield code as Feature;
  if (code.startsWith('subtract')) yield 'any subtraction';
  if (code === 'skipOperand' || code === 'skipOperation') yield 'boxes';
  if (!leafOperations.has(opCodes.indexOf(code))) return;
  yield leafTypes[scene.field('leaf', 'type')(scene.field('op', 'leaf')(op))] as Feature;
}
