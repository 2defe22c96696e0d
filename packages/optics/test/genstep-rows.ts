import { genstepWords } from '../src/genstep-layout.ts';

/** Words of a step by byte offset: numbers are 32-bit floats, those in `integers` unsigned integers. */
export interface StepWords {
  readonly integers: Readonly<Record<number, number>>;
  readonly floats: Readonly<Record<number, number>>;
}

/** Rows of 24 words. */
export function stepRows(steps: readonly StepWords[]): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(steps.length * genstepWords);
  const words = new Uint32Array(rows.buffer);
  steps.forEach(({ integers, floats }, i) => {
    for (const [at, value] of Object.entries(floats))
      rows[i * genstepWords + Number(at) / 4] = value;
    for (const [at, value] of Object.entries(integers))
      words[i * genstepWords + Number(at) / 4] = value;
  });
  return rows;
}

/** The same step with other words. */
export function changed(step: StepWords, parts: Partial<StepWords>): StepWords {
  return {
    integers: { ...step.integers, ...parts.integers },
    floats: { ...step.floats, ...parts.floats },
  };
}

const beta = 0.9;
const greatestIndex = 1.4;
const cosine = 1 / (beta * greatestIndex);

/** 10 mm of a particle of 0.9 c along x in the water of `genstepDetector`: 40 Cerenkov photons from 207 to 775 nm. */
export const cerenkovStep: StepWords = {
  integers: { 0: 15, 4: 7, 8: 1, 12: 40, 48: 13 },
  floats: {
    ...{ 16: -150, 20: 5, 24: -7, 28: 1.5, 32: 10, 36: 0, 40: 0, 44: 10, 52: -1, 56: 1 },
    ...{ 60: 270, 64: 1 / beta, 68: 207, 72: 774, 76: cosine, 80: 1 - cosine ** 2 },
    ...{ 84: 20, 88: 10, 92: 269 },
  },
};

/** 10 mm in its scintillator: 60 photons of component 1. */
export const scintillationStep: StepWords = {
  integers: { 0: 16, 4: 7, 8: 2, 12: 60, 48: 13, 64: 1 },
  floats: {
    ...{ 16: 150, 20: 5, 24: -7, 28: 2.5, 32: 0, 36: 10, 40: 0, 44: 10, 52: -1, 56: 1 },
    ...{ 60: 270, 68: 0.5, 80: 5 },
  },
};

/** A torch of Opticks of some shape, along z, radius 50 mm, 420 nm. */
export function torchStep(shape: number, photons = 1000): StepWords {
  return {
    integers: { 0: 6, 12: photons, 88: 255, 92: shape },
    floats: {
      ...{ 16: 1, 20: 2, 24: -90, 28: 3, 32: 0, 36: 0, 40: 1, 44: 1, 60: 420 },
      ...{ 64: 0, 68: 1, 72: 0, 76: 1, 80: 50, 84: 0 },
    },
  };
}
