import { type Detector, inside, type Transform } from '@lantern/geometry';
import { add, apply, type Matrix3, scale, transpose, type Vector3 } from '@lantern/units';

type Membership = (x: number, y: number, z: number) => boolean;

/** A daughter: where it stands, its volume, and whether it holds a point of its mother's frame. */
interface Daughter {
  readonly volume: string;
  readonly transform: Transform;
  readonly back: Matrix3;
  readonly holds: Membership;
}

/** The nodes of a detector by membership alone: no rays, no hierarchy, no tolerance. */
export class SlowTracker {
  readonly volumes: string[] = [];
  readonly parents: number[] = [];
  readonly #firstChild: number[] = [];
  readonly #transforms: Transform[] = [];
  readonly #daughters: ReadonlyMap<string, readonly Daughter[]>;
  readonly #world: Membership;

  constructor(detector: Detector) {
    const memberships = new Map<string, Membership>();
    const membershipOf = (volume: string): Membership => {
      const solid = detector.volumes.get(volume)?.solid ?? '';
      const known = memberships.get(solid) ?? inside(detector.solids, solid);
      memberships.set(solid, known);
      return known;
    };
    this.#daughters = new Map(
      [...detector.volumes.values()].map(({ name, placements }) => [
        name,
        placements.map(({ volume, transform }): Daughter => {
          const holds = membershipOf(volume);
          const back = transpose(orthogonal(transform));
          const [tx, ty, tz] = transform.translation;
          return {
            volume,
            transform,
            back,
            holds: (x, y, z) => holds(...apply(back, [x - tx, y - ty, z - tz])),
          };
        }),
      ]),
    );
    this.#world = membershipOf(detector.world);
    this.#grow(detector.world, -1, identity);
    for (let node = 0; node < this.volumes.length; node++) {
      this.#firstChild[node] = this.volumes.length;
      for (const { volume, transform } of this.daughtersOf(node))
        this.#grow(volume, node, transform);
    }
  }

  #grow(volume: string, parent: number, transform: Transform): void {
    this.volumes.push(volume);
    this.parents.push(parent);
    this.#transforms.push(transform);
  }

  daughtersOf(node: number): readonly Daughter[] {
    return this.#daughters.get(this.volumes[node] ?? '') ?? [];
  }

  /** The node that holds a point of the world; -1 outside it. */
  nodeAt(point: Vector3): number {
    if (!this.#world(...point)) return -1;
    let node = 0;
    let at = point;
    for (;;) {
      const daughters = this.daughtersOf(node);
      const index = daughters.findIndex(({ holds }) => holds(...at));
      const daughter = daughters[index];
      if (!daughter) return node;
      at = apply(daughter.back, add(at, scale(daughter.transform.translation, -1)));
      node = (this.#firstChild[node] ?? 0) + index;
    }
  }

  /** The nodes at the point and within that distance of it, as far as 26 directions show. */
  nodesNear(point: Vector3, distance: number): Set<number> {
    const found = new Set([this.nodeAt(point)]);
    for (const step of around) found.add(this.nodeAt(add(point, scale(step, distance))));
    return found;
  }

  /** A point of the node's frame in the world. */
  toWorld(node: number, point: Vector3): Vector3 {
    let at = point;
    for (let n = node; n > 0; n = this.parents[n] ?? 0) {
      const transform = this.#transforms[n] ?? identity;
      at = add(apply(orthogonal(transform), at), transform.translation);
    }
    return at;
  }

  /** A direction of the node's frame in the world. */
  directionToWorld(node: number, direction: Vector3): Vector3 {
    let d = direction;
    for (let n = node; n > 0; n = this.parents[n] ?? 0)
      d = apply(orthogonal(this.#transforms[n] ?? identity), d);
    return d;
  }
}

const identity: Transform = {
  rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  translation: [0, 0, 0],
  scale: [1, 1, 1],
};

/** Rotation and reflection as one matrix. */
function orthogonal({ rotation: r, scale: s }: Transform): Matrix3 {
  return r.map((x, k) => x * (s[k % 3] ?? 1)) as unknown as Matrix3;
}

const around: readonly Vector3[] = [-1, 0, 1].flatMap((x) =>
  [-1, 0, 1].flatMap((y) => [-1, 0, 1].map((z): Vector3 => [x, y, z])),
);
