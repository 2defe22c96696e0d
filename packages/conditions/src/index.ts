export { ConditionsError, type ConditionsErrorKind } from './errors.ts';
export type { Change, ConditionsEvent } from './log/conditions-event.ts';
export type {
  Calibration,
  CalibrationDraft,
  Completion,
  PayloadReference,
  ProcLevel,
  Series,
} from './model/calibration.ts';
export type { Tag, TagEntry, TagLine, TagRule, TagState } from './model/tag.ts';
export {
  type Axis,
  always,
  forever,
  type Interval,
  type Moment,
  type Position,
} from './model/validity.ts';
export type { OverlapRule, TypeRules, Vocabularies } from './model/vocabularies.ts';
export type {
  ConditionsReader,
  FindQuestion,
  Found,
  Resolved,
  ResolvedLine,
  TagQuestion,
} from './read/conditions-reader.ts';
export type {
  Decide,
  FieldTest,
  Head,
  MetadataReader,
  MetadataStore,
  Neighbours,
  RowQuery,
  SeriesQuestion,
} from './store/metadata-store.ts';
export type { PayloadStore } from './store/payload-store.ts';
