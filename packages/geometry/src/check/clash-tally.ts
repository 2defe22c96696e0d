import type { Vector3 } from '@lantern/units';
import type { Membership } from '../solids/membership/membership.ts';
import { depthOf } from './depth.ts';
import { type Finding, rounded } from './finding.ts';

/** Copies of one clash that are measured; the others are counted. */
const measuredCopies = 20;
/** Points of one copy that are measured. */
const measuredPoints = 8;
/** Deeper than this makes wrong results; less is rounding of the file, mm. */
const harmless = 1e-3;

/** One clash of two placed volumes. */
export interface Clash {
  readonly kind: 'overlap' | 'protrusion';
  /** What it has in common with its copies: the volumes. */
  readonly key: string;
  readonly where: string;
  /** The sentence up to the depth: `'A' and 'B' overlap by`. */
  readonly what: string;
  /** The points that are where they must not be. */
  readonly points: readonly Vector3[];
  /** Holds where the points must not be. */
  readonly wrong: Membership;
  /** No depth is larger, mm. */
  readonly largest: number;
  /** From the frame of the points into that of the mother. */
  readonly toMother: (point: Vector3) => Vector3;
}

interface Tallied {
  readonly first: Clash;
  copies: number;
  depth: number;
  point: Vector3;
  what: string;
}

/** Collects clashes: the copies of one (the same volumes in the same mother) become one finding. */
export class ClashTally {
  readonly #tallied = new Map<string, Tallied>();

  add(clash: Clash): void {
    const known = this.#tallied.get(clash.key);
    const entry = known ?? { first: clash, copies: 0, depth: 0, point: [0, 0, 0], what: '' };
    this.#tallied.set(clash.key, entry);
    entry.copies++;
    if (entry.copies > measuredCopies) return;
    for (const point of clash.points.slice(0, measuredPoints)) {
      const depth = depthOf(clash.wrong, point, clash.largest);
      if (depth <= entry.depth) continue;
      entry.depth = depth;
      entry.point = clash.toMother(point);
      entry.what = clash.what;
    }
  }

  findings(): Finding[] {
    return [...this.#tallied.values()].map(({ first, copies, depth, point, what }) => {
      const at = point.map((x) => rounded(x, 6)).join(', ');
      const more = copies > 1 ? `; ${copies} copies of this` : '';
      const rounding = depth < harmless ? ': rounding in the file?' : '.';
      return {
        kind: first.kind,
        severity: depth < harmless ? 'warning' : 'error',
        where: first.where,
        message: `${what} about ${rounded(depth, 2)} mm, at (${at}) mm of the mother${more}${rounding}`,
        point,
        depthMm: depth,
      };
    });
  }
}
