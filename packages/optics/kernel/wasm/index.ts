// What the WebAssembly module gives to its host.

import { bindScene as bind } from './generated/scene';
import { forgetPlace } from './locate';
import { seedStream } from './philox';
import { configurePropagation } from './propagate';

export { childCount, childrenLost } from './children';
export { generate, setLightSpectrum } from './generate';
export { propagate } from './propagate';
export {
  walkAdvance,
  walkCross,
  walkDistance,
  walkMaterial,
  walkStart,
  walkTurn,
} from './walk';

// The first address that the host may use.
export function heapStart(): usize {
  return __heap_base;
}

// The packed scene begins at `base` (a multiple of 16).
export function bindScene(base: usize): void {
  bind(base);
  forgetPlace();
}

// The seed, the user's limits, and where the tally, the step rows and, from
// one address to another, the children go.
export function configure(
  seedLo: u32,
  seedHi: u32,
  maxBounces: i32,
  maxTime: f64,
  recordSteps: i32,
  tally: usize,
  records: usize,
  children: usize,
  childrenEnd: usize,
): void {
  seedStream(seedLo, seedHi);
  configurePropagation(
    maxBounces,
    maxTime,
    recordSteps,
    tally,
    records,
    children,
    childrenEnd,
  );
}
