export { ConditionsError, type ConditionsErrorKind } from './errors.ts';
export { indexLine, LineBuilder } from './index/line-builder.ts';
export { type LineColumns, LineIndex } from './index/line-index.ts';
export { type Condition, type IndexedLine, TagIndex } from './index/tag-index.ts';
export {
  resolveCondition,
  type StackAnswer,
  type StackedCondition,
  type StackedTag,
  type StackGap,
  TagStack,
} from './index/tag-stack.ts';
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
