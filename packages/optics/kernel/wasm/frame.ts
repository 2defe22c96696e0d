// Changes of frame: x_parent = R x_local + t, x_local = R^T (x_parent - t).

import { transformBase, TRANSFORM_SIZE } from './generated/scene';

export let fx: f64 = 0;
export let fy: f64 = 0;
export let fz: f64 = 0;

// A polarisation: a GPU has that in 32 bits.
export let gx: f64 = 0;
export let gy: f64 = 0;
export let gz: f64 = 0;

@inline function at(transform: i32): usize {
  return transformBase + <usize>(transform * TRANSFORM_SIZE);
}

// A point of the parent's frame in the local one.
@inline export function pointToLocal(
  transform: i32,
  x: f64,
  y: f64,
  z: f64,
): void {
  const m = at(transform);
  directionToLocal(
    transform,
    x - load<f64>(m, 72),
    y - load<f64>(m, 80),
    z - load<f64>(m, 88),
  );
}

// A direction of the parent's frame in the local one.
@inline export function directionToLocal(
  transform: i32,
  x: f64,
  y: f64,
  z: f64,
): void {
  const m = at(transform);
  fx = load<f64>(m, 0) * x + load<f64>(m, 24) * y + load<f64>(m, 48) * z;
  fy = load<f64>(m, 8) * x + load<f64>(m, 32) * y + load<f64>(m, 56) * z;
  fz = load<f64>(m, 16) * x + load<f64>(m, 40) * y + load<f64>(m, 64) * z;
}

// The same of one more direction, at once after something else was brought by
// this transform: a GPU has the matrix at hand.
@inline export function alsoToLocal(
  transform: i32,
  x: f64,
  y: f64,
  z: f64,
): void {
  directionToLocal(transform, x, y, z);
}

// The same of a polarisation.
@inline export function fieldToLocal(
  transform: i32,
  x: f64,
  y: f64,
  z: f64,
): void {
  const m = at(transform);
  gx = load<f64>(m, 0) * x + load<f64>(m, 24) * y + load<f64>(m, 48) * z;
  gy = load<f64>(m, 8) * x + load<f64>(m, 32) * y + load<f64>(m, 56) * z;
  gz = load<f64>(m, 16) * x + load<f64>(m, 40) * y + load<f64>(m, 64) * z;
}

// A direction of the local frame in the parent's.
@inline export function directionToParent(
  transform: i32,
  x: f64,
  y: f64,
  z: f64,
): void {
  const m = at(transform);
  fx = load<f64>(m, 0) * x + load<f64>(m, 8) * y + load<f64>(m, 16) * z;
  fy = load<f64>(m, 24) * x + load<f64>(m, 32) * y + load<f64>(m, 40) * z;
  fz = load<f64>(m, 48) * x + load<f64>(m, 56) * y + load<f64>(m, 64) * z;
}

// As alsoToLocal and fieldToLocal.
@inline export function alsoToParent(
  transform: i32,
  x: f64,
  y: f64,
  z: f64,
): void {
  directionToParent(transform, x, y, z);
}

@inline export function fieldToParent(
  transform: i32,
  x: f64,
  y: f64,
  z: f64,
): void {
  const m = at(transform);
  gx = load<f64>(m, 0) * x + load<f64>(m, 8) * y + load<f64>(m, 16) * z;
  gy = load<f64>(m, 24) * x + load<f64>(m, 32) * y + load<f64>(m, 40) * z;
  gz = load<f64>(m, 48) * x + load<f64>(m, 56) * y + load<f64>(m, 64) * z;
}

// A point of the local frame in the parent's.
@inline export function pointToParent(
  transform: i32,
  x: f64,
  y: f64,
  z: f64,
): void {
  directionToParent(transform, x, y, z);
  const m = at(transform);
  fx += load<f64>(m, 72);
  fy += load<f64>(m, 80);
  fz += load<f64>(m, 88);
}
