import type { Constant, HasConstants } from '../constants.ts';
import type { GlastHeader } from './glast-header.ts';

/** Strips of a plane of the tracker: 0 .. 1535 (tkrCalibration.dtd: maxStripId). */
export const stripsPerPlane = 1536;

/** Not usable for charge injection calibration. */
export const notForCalibration = 1;
/** Not usable by the trigger. */
export const notForTrigger = 2;
/** Not usable for reconstruction and analysis. */
export const notForData = 4;

/**
 * How bad: the sum of the flags above and 8 times the file's `howBad`. 0 is a strip that is listed without saying what it
 * is not usable for: bad all the same.
 */
export type Badness = number;

/** A plane of strips: tower, tray (0 is the back-most), its top or bottom. */
export interface BadPlane {
  readonly row: number;
  readonly col: number;
  readonly tray: number;
  readonly which: 'top' | 'bot';
  /** Undefined unless the whole plane is bad. */
  readonly all?: Badness | undefined;
  /** Single strips, in order. */
  readonly strips: ReadonlyMap<number, Badness>;
}

/** A tower that is bad as a whole. */
export interface BadTower {
  readonly row: number;
  readonly col: number;
  readonly all: Badness;
}

/** A list of bad strips of the tracker: hot ones, dead ones, or both merged. */
export class BadStrips implements HasConstants {
  readonly kind: 'hot' | 'dead' | 'merged';
  readonly towers: readonly BadTower[];
  readonly planes: readonly BadPlane[];
  readonly headers: readonly GlastHeader[];
  readonly #towers: ReadonlyMap<string, Badness>;
  readonly #planes: ReadonlyMap<string, BadPlane>;

  /** Towers and planes may come in any order, more than once: what is said of the same is added up. */
  constructor(
    kind: 'hot' | 'dead' | 'merged',
    towers: Iterable<BadTower>,
    planes: Iterable<BadPlane>,
    headers: readonly GlastHeader[] = [],
  ) {
    this.kind = kind;
    this.headers = headers;
    this.towers = mergeTowers(towers);
    this.planes = mergePlanes(planes);
    this.#towers = new Map(this.towers.map((tower) => [`${tower.row}/${tower.col}`, tower.all]));
    this.#planes = new Map(this.planes.map((plane) => [planeKey(plane), plane]));
  }

  /** How bad a strip is: by itself, its plane or its tower; undefined where it is good. */
  badness(
    row: number,
    col: number,
    tray: number,
    which: 'top' | 'bot',
    strip: number,
  ): Badness | undefined {
    const plane = this.#planes.get(`${row}/${col}/${tray}/${which}`);
    return worse(worse(this.#towers.get(`${row}/${col}`), plane?.all), plane?.strips.get(strip));
  }

  /** How many strips are listed one by one. */
  get listed(): number {
    return this.planes.reduce((sum, { strips }) => sum + strips.size, 0);
  }

  *constants(): Generator<Constant> {
    for (const { row, col, all } of this.towers) yield [`row=${row}/col=${col}/all`, all];
    for (const { row, col, tray, which, all, strips } of this.planes) {
      const path = `row=${row}/col=${col}/tray=${tray}/${which}`;
      if (all !== undefined) yield [`${path}/all`, all];
      for (const [strip, badness] of strips) yield [`${path}/strip=${strip}`, badness];
    }
  }
}

/** All flags of both, and the higher `howBad`. */
function worse(one: Badness | undefined, other: Badness | undefined): Badness | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return ((one | other) & 7) + 8 * Math.max(one >> 3, other >> 3);
}

function planeKey({ row, col, tray, which }: BadPlane): string {
  return `${row}/${col}/${tray}/${which}`;
}

function mergeTowers(towers: Iterable<BadTower>): readonly BadTower[] {
  const merged = new Map<string, BadTower>();
  for (const tower of towers) {
    const key = `${tower.row}/${tower.col}`;
    merged.set(key, { ...tower, all: worse(tower.all, merged.get(key)?.all) ?? 0 });
  }
  return [...merged.values()].sort((a, b) => a.row - b.row || a.col - b.col);
}

function mergePlanes(planes: Iterable<BadPlane>): readonly BadPlane[] {
  const merged = new Map<string, BadPlane>();
  for (const plane of planes) {
    const known = merged.get(planeKey(plane));
    const strips = new Map(known?.strips);
    for (const [strip, badness] of plane.strips) {
      strips.set(strip, worse(badness, strips.get(strip)) ?? 0);
    }
    const inOrder = new Map([...strips].sort(([a], [b]) => a - b));
    merged.set(planeKey(plane), { ...plane, all: worse(plane.all, known?.all), strips: inOrder });
  }
  return [...merged.values()].sort(
    (a, b) => a.row - b.row || a.col - b.col || a.tray - b.tray || rank(a) - rank(b),
  );
}

function rank({ which }: BadPlane): number {
  return which === 'bot' ? 0 : 1;
}
