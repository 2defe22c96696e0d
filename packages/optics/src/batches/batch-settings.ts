import type { Scene } from '@lantern/geometry';
import type { PropagationRequest } from '../engine.ts';
import { hasLite } from '../hits/hit-forms.ts';
import { liteHitsFor } from '../hits/lite-hit.ts';
import type { HitShape } from '../hits/shape-hits.ts';
import type { BatchSettings } from './batch-result.ts';

/** What a request says for all its batches. */
export function batchSettings(scene: Scene, request: PropagationRequest): BatchSettings {
  return {
    seed: request.seed,
    maxBounces: request.maxBounces ?? 0,
    maxTime: request.maxTime ?? Number.POSITIVE_INFINITY,
    recordSteps: request.recordSteps ?? 0,
    keepPhotons: request.keepPhotons ?? false,
    hitShape: hitShapeOf(scene, request),
    lightSpectrum: request.source.lightSpectrum,
  };
}

function hitShapeOf(scene: Scene, { hitForms }: PropagationRequest): HitShape {
  const { kinds = ['hits'], window = 0, lite } = hitForms ?? {};
  return {
    kinds,
    window,
    lite: liteHitsFor(scene.sensorCount, lite),
    frames: hasLite(kinds) ? scene.sensorFrames() : new Float64Array(0),
  };
}
