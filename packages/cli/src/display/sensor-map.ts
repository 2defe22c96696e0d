import type { Vector3 } from '@lantern/units';

/** A sensor: its identity and where it is in the world, mm. */
export interface SensorPlace {
  readonly identity: number;
  readonly position: Vector3;
}

/** A sensor on a map. */
export interface MapPoint {
  readonly identity: number;
  readonly x: number;
  readonly y: number;
}

/** A plane map of all sensors: `mapWidth` wide, y downward. */
export interface SensorMap {
  /** In words, for the reader of the picture. */
  readonly projection: string;
  readonly height: number;
  readonly points: readonly MapPoint[];
  /** Lines to draw behind, as SVG path data. */
  readonly outlines: readonly string[];
  /** The largest radius at which neighbours do not overlap. */
  readonly dotRadius: number;
  /** Whether the corners beside the top and the bottom are free for a legend. */
  readonly freeCorners: boolean;
}

/** Width of all maps, in their own units. */
export const mapWidth = 1000;
