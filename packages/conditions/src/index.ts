export { type Author, Conditions, type PayloadBytes, type Registration } from './conditions.ts';
export { ConditionsError, type ConditionsErrorKind } from './errors.ts';
export { type Answer, answerAmong, beats } from './find/answer.ts';
export {
  type CalibrationJson,
  calibrationFromJson,
  calibrationToJson,
  positionFromJson,
  positionToJson,
} from './json/calibration-json.ts';
export { canonicalJson, type Json } from './json/canonical-json.ts';
export { changedRow, changedTag, type RowChange, type TagChange } from './log/apply-change.ts';
