// Photons from generation steps: photon i draws from its own random numbers
// (stream 1), so that it is the same whatever the batch. [SRC10]

import { emitCerenkov } from './cerenkov';
import {
  FIRST_LIGHT_SHAPE,
  FLAG_CERENKOV,
  FLAG_SCINTILLATION,
  FLAG_TORCH,
  GENSTEP_CERENKOV,
  GENSTEP_KIND,
  GENSTEP_PHOTONS,
  GENSTEP_SCINTILLATION,
  GENSTEP_SIZE,
  PHOTON_SIZE,
  TORCH_SHAPE,
} from './generated/scene';
import { emitLight } from './light';
import { beginStream } from './philox';
import { setFlagMask, setNode } from './photon';
import { writePhoton } from './record';
import { emitScintillation } from './scintillation';
import { emitTorch } from './torch';

export { setLightSpectrum } from './light';

const GENERATION: u32 = 1;

// Writes the rows of photons `firstIndex` to `firstIndex + count - 1` to `out`:
// those of the steps in order, but for the first `skip` of the first step. Of
// the steps given, only what exists is made: the number of rows written.
export function generate(
  steps: usize,
  stepCount: i32,
  skip: i32,
  firstIndex: u64,
  count: i32,
  out: usize,
): i32 {
  let made = 0;
  let from = <u32>skip;
  for (let i = 0; i < stepCount && made < count; i++) {
    const step = steps + <usize>(i * GENSTEP_SIZE);
    const photons = load<u32>(step, GENSTEP_PHOTONS);
    for (let j = from; j < photons && made < count; j++) {
      const row = out + <usize>(made * PHOTON_SIZE);
      generateOne(step, j, firstIndex + <u64>made, row);
      made++;
    }
    from = 0;
  }
  return made;
}

// Photon `index` of all, the `number`th of its step.
function generateOne(step: usize, number: u32, index: u64, row: usize): void {
  beginStream(<u32>index, <u32>(index >> 32), GENERATION);
  // The frame of the world.
  setNode(0);
  const kind = load<u32>(step, GENSTEP_KIND);
  let flag = FLAG_TORCH;
  if (kind == GENSTEP_CERENKOV) {
    emitCerenkov(step);
    flag = FLAG_CERENKOV;
  } else if (kind == GENSTEP_SCINTILLATION) {
    emitScintillation(step);
    flag = FLAG_SCINTILLATION;
  } else if (load<i32>(step, TORCH_SHAPE) < FIRST_LIGHT_SHAPE) {
    emitTorch(step, number);
  } else {
    emitLight(step);
  }
  setFlagMask(flag);
  writePhoton(row, index, 0, flag);
}
