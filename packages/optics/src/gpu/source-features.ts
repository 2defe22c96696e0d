import {
  firstLightShape,
  genstepKinds,
  genstepOffsets,
  genstepWords,
  lightOffsets,
} from '../genstep-layout.ts';
import type { SourceBatch } from '../sources/photon-source.ts';
import type { Feature } from './feature-stubs.ts';

/** What the kernel needs to make the photons of a batch; those of the next may need more. */
export function sourceFeatures(batch: SourceBatch): ReadonlySet<Feature> {
  const features = new Set<Feature>();
  if (batch.kind === 'photons') return features;
  const { buffer, byteOffset, length } = batch.steps;
  const words = new Uint32Array(buffer, byteOffset, length);
  for (let step = 0; step < length; step += genstepWords) {
    const kind = words[step + genstepOffsets.kind / 4];
    const shape = words[step + lightOffsets.shape / 4] ?? 0;
    if (kind === genstepKinds.CERENKOV) features.add('cerenkov');
    else if (kind === genstepKinds.SCINTILLATION) features.add('scintillation');
    else features.add(shape < firstLightShape ? 'torch' : 'light');
  }
  return features.add('gensteps');
}
