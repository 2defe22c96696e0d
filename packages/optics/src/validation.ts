export { frankTammYield, greatestIndex } from './sources/gun/frank-tamm.ts';
export {
  type BoundaryRun,
  boundaryPhotons,
  boundaryRuns,
  fittedShareOfS,
} from './validation/boundary-runs.ts';
export { type FilmRun, filmRuns } from './validation/film-runs.ts';
export { type Layer, layeredMedia } from './validation/layered-media.ts';
export {
  type FirstBoundaries,
  firstBoundaries,
  type MacroOptics,
  type OpNoviceRun,
  opNoviceDetector,
} from './validation/op-novice.ts';
export { pairedEngine } from './validation/paired-engine.ts';
export type { Percentiles } from './validation/percentiles.ts';
export {
  type PhotonEnd,
  type PhotonFlag,
  type PhotonState,
  photonsOf,
  propagateRows,
  type RecordedStep,
  type RowRequest,
  recordedSteps,
  samePhotons,
} from './validation/photon-rows.ts';
export {
  type Coating,
  coatedReflectance,
  metalReflectance,
  type Polarisation,
  reflectance,
} from './validation/reflectance.ts';
export type {
  ExpectedCascade,
  ExpectedShifts,
} from './validation/shift-cascade.ts';
export {
  expectedWlsRun,
  runWls,
  type ShiftTally,
  wlsReferences,
} from './validation/shift-run.ts';
export {
  box,
  byEnergy,
  type Optics,
  type Piece,
  type SmallDetector,
  type SurfaceInWords,
  smallDetector,
} from './validation/small-detector.ts';
export { perPhoton, perValue } from './validation/tally-means.ts';
export { galleryCases, prepareTwinCase, type TwinCase } from './validation/twin-cases.ts';
export {
  compareTwins,
  type ExplainedParting,
  type TwinComparison,
} from './validation/twin-comparison.ts';
export { tellParting } from './validation/twin-parting.ts';
export { waterIndex, waterTable } from './validation/water-index.ts';
