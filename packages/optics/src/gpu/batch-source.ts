import { genstepOffsets, genstepWords } from '../genstep-layout.ts';
import type { SourceBatch } from '../sources/photon-source.ts';
import { sourceKinds } from './settings-layout.ts';

/** A batch of a source as the kernel has it, and what the settings say of it. */
export interface BatchSource {
  /** Photon rows; or generation steps, then how many photons the steps before each have. */
  readonly words: Uint32Array<ArrayBuffer>;
  readonly sourceKind: number;
  readonly stepCount: number;
  readonly skip: number;
  readonly firstsAt: number;
}

const photonsWord = genstepOffsets.photons / 4;

/** Brings a batch of a source into the form that the kernel reads. */
export function batchSource(input: SourceBatch): BatchSource {
  if (input.kind === 'photons') {
    const none = { stepCount: 0, skip: 0, firstsAt: 0 };
    return { words: wordsOf(input.photons), sourceKind: sourceKinds.photons, ...none };
  }
  const { steps, skip } = input;
  const stepCount = steps.length / genstepWords;
  const firstsAt = steps.length;
  const words = new Uint32Array(firstsAt + stepCount);
  words.set(wordsOf(steps));
  let before = 0;
  for (let i = 0; i < stepCount; i++) {
    words[firstsAt + i] = before;
    before += words[i * genstepWords + photonsWord] ?? 0;
  }
  return { words, sourceKind: sourceKinds.gensteps, stepCount, skip, firstsAt };
}

function wordsOf(rows: Float32Array): Uint32Array<ArrayBuffer> {
  if (rows.buffer instanceof ArrayBuffer)
    return new Uint32Array(rows.buffer, rows.byteOffset, rows.length);
  const copy = rows.slice();
  return new Uint32Array(copy.buffer);
}
