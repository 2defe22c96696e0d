import type { Vector3 } from '@lantern/units';
import type { Detector } from '../model/detector.ts';
import type { Placement, Volume } from '../model/volume.ts';
import { type Box3, isEmpty, transformBox } from '../solids/box3.ts';
import type { Membership } from '../solids/membership/membership.ts';
import { type Affine, compose, into, move, outOf } from './affine.ts';
import { ClashTally } from './clash-tally.ts';
import { isDeep } from './depth.ts';
import { type Finding, placeOf } from './finding.ts';
import { placedVolumes } from './placed-volumes.ts';
import type { SolidSampler } from './solid-sampler.ts';
import { visitPairs } from './sweep.ts';

/** Points tested per mother against the mother, shared by its daughters; each daughter has 50 at least. */
const pointsPerMother = 10_000_000;
/** Pairs of daughters with touching boxes that are tested, per mother. */
const pairsPerMother = 2_000_000;

/** A daughter with what the tests need of it. */
interface Daughter {
  readonly placement: Placement;
  readonly isIn: Membership;
  readonly points: readonly Vector3[];
  readonly bounds: Box3;
  readonly boxInMother: Box3;
  readonly toMother: Affine;
  readonly fromMother: Affine;
}

/** Daughters that reach out of their mother or into each other, by points sampled on and in each. */
export function checkOverlaps(detector: Detector, sampler: SolidSampler): Finding[] {
  return [...placedVolumes(detector).values()].flatMap((mother) => {
    if (mother.placements.length === 0) return [];
    const daughters = daughtersOf(detector, mother, sampler);
    const tally = new ClashTally();
    findProtrusions(detector, mother, daughters, sampler, tally);
    const isWhole = findOverlaps(detector, mother, daughters, tally);
    return isWhole ? tally.findings() : [...tally.findings(), tooMany(detector, mother)];
  });
}

function tooMany(detector: Detector, mother: Volume): Finding {
  return {
    kind: 'notChecked',
    severity: 'warning',
    where: placeOf(detector, 'volume', mother.name),
    message: `Its ${mother.placements.length} daughters stand so close that more than ${pairsPerMother} pairs would have to be tested for overlaps; the rest was not.`,
  };
}

function daughtersOf(detector: Detector, mother: Volume, sampler: SolidSampler): Daughter[] {
  return mother.placements.flatMap((placement) => {
    const volume = detector.volumes.get(placement.volume);
    if (!volume) return [];
    const bounds = sampler.bounds(volume.solid);
    if (isEmpty(bounds)) return [];
    return {
      placement,
      isIn: sampler.membership(volume.solid),
      points: sampler.points(volume.solid),
      bounds,
      boxInMother: transformBox(placement.transform, bounds),
      toMother: outOf(placement.transform),
      fromMother: into(placement.transform),
    };
  });
}

function findProtrusions(
  detector: Detector,
  mother: Volume,
  daughters: readonly Daughter[],
  sampler: SolidSampler,
  tally: ClashTally,
): void {
  const isInMother = sampler.membership(mother.solid);
  const isOutside: Membership = (x, y, z) => !isInMother(x, y, z);
  const count = Math.max(50, Math.ceil(pointsPerMother / Math.max(1, daughters.length)));
  for (const daughter of daughters) {
    const points = daughter.points
      .slice(0, count)
      .map((point) => move(daughter.toMother, point))
      .filter((point) => isOutside(...point) && isDeep(isOutside, point));
    if (points.length === 0) continue;
    tally.add({
      kind: 'protrusion',
      key: `out of ${daughter.placement.volume}`,
      where: placeOf(detector, 'volume', mother.name),
      what: `${named(daughter)} reaches out of its mother '${mother.name}' by`,
      points,
      wrong: isOutside,
      largest: diagonal(daughter.boxInMother),
      toMother: (point) => point,
    });
  }
}

function findOverlaps(
  detector: Detector,
  mother: Volume,
  daughters: readonly Daughter[],
  tally: ClashTally,
): boolean {
  let left = pairsPerMother;
  const boxes = daughters.map((daughter) => daughter.boxInMother);
  return visitPairs(boxes, (i, k) => {
    const [a, b] = [daughters[i], daughters[k]];
    if (!a || !b) return true;
    const [inB, inA] = [pointsWithin(a, b), pointsWithin(b, a)];
    const [points, inner] = inB.length >= inA.length ? [inB, b] : [inA, a];
    if (points.length > 0) {
      tally.add({
        kind: 'overlap',
        key: [a, b]
          .map(({ placement }) => placement.volume)
          .sort()
          .join(' and '),
        where: placeOf(detector, 'volume', mother.name),
        what: `${named(a)} and ${named(b)} overlap in '${mother.name}' by`,
        points,
        wrong: inner.isIn,
        largest: diagonal(inner.bounds),
        toMother: (point) => move(inner.toMother, point),
      });
    }
    return --left > 0;
  });
}

/** The points of one daughter that are well inside another, in the other's frame. */
function pointsWithin(from: Daughter, other: Daughter): Vector3[] {
  const across = compose(other.fromMother, from.toMother);
  const { min, max } = other.bounds;
  const found: Vector3[] = [];
  for (const point of from.points) {
    const [x, y, z] = move(across, point);
    if (x < min[0] || x > max[0] || y < min[1] || y > max[1] || z < min[2] || z > max[2]) continue;
    if (other.isIn(x, y, z) && isDeep(other.isIn, [x, y, z])) found.push([x, y, z]);
  }
  return found;
}

function diagonal({ min, max }: Box3): number {
  return Math.hypot(max[0] - min[0], max[1] - min[1], max[2] - min[2]);
}

function named({ placement: { name, copyNumber, volume } }: Daughter): string {
  return name === volume ? `'${name}' (copy ${copyNumber})` : `'${name}'`;
}
