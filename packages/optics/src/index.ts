export type { BatchSink, Engine, PhotonBatch, PropagationRequest } from './engine.ts';
export type { EngineWork } from './engine-work.ts';
export { NoGpuError, OpticsError, OutsideWorldError } from './errors.ts';
export type { GpuChoice } from './gpu/gpu-choice.ts';
export type { GpuFacts } from './gpu/gpu-list.ts';
export { type HitForms, type HitKind, hitKinds } from './hits/hit-forms.ts';
export { type HitLayout, wholeHit } from './hits/hit-layout.ts';
export { liteHits, liteHitsFor } from './hits/lite-hit.ts';
export { photonFlags, photonOffsets, photonWords, tallyFields } from './photon-layout.ts';
export { type Life, type LifeStep, replayPhoton } from './replay/life.ts';
export { tellLife } from './replay/tell-life.ts';
export { drawnByLantern } from './simulation/derived-files.ts';
export type { ConditionUsed, Summary, SummaryEvent } from './simulation/summary.ts';
export { type GenstepSourceOptions, genstepSource } from './sources/genstep-source.ts';
export {
  type GunEvent,
  type GunOptions,
  type GunSource,
  gunSource,
} from './sources/gun/gun-source.ts';
export { gunHelp } from './sources/gun/parse-gun.ts';
export { lightSource } from './sources/light/light-source.ts';
export { lightHelp } from './sources/light/parse-light.ts';
export type { PhotonSource, SourceBatch, SourceEvent } from './sources/photon-source.ts';
export { type WavelengthRange, wavelengthRange } from './sources/wavelength-range.ts';
export { WordsError } from './sources/words/word-reader.ts';
export { boundaryStatuses, type StepTrace, stepTrace } from './step-trace.ts';
export { addTallies, emptyTally, formatDigest, type Tally } from './tally.ts';
