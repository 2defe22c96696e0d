import type { Vector3 } from '@lantern/units';

/**
 * A walk through the volumes of a detector in straight pieces, as a charged particle goes. Points and directions are in
 * the frame of the world, mm.
 */
export interface GeometryWalker {
  /** Begins at a point; false when it is outside the world. */
  start(at: Vector3, direction: Vector3): boolean;
  /** Material here, by its index in the scene. */
  material(): number;
  /** To the next boundary along the direction, mm. */
  distance(): number;
  /** Goes on by `length` mm, at most `distance()`. */
  advance(length: number): void;
  /** Over the boundary just reached; false when the world ends there. */
  cross(): boolean;
  /** Turns to a new direction. */
  turn(direction: Vector3): void;
}
