export type { CheckQuestion } from './check/check.ts';
export type { Finding, FindingKind } from './check/finding.ts';
export { type AnswerCache, MemoryAnswerCache } from './client/answer-cache.ts';
export { HttpConditions, type HttpConditionsOptions } from './client/http-conditions.ts';
export { HttpTransport, type TransportOptions } from './client/http-transport.ts';
export { Mirror, type MirrorOptions, type MirrorProgress } from './client/mirror.ts';
export { apiRoot, cellsUrl, findInTagsUrl, resolveUrl } from './client/question-url.ts';
export { Conditions, type PayloadBytes, type Registration } from './conditions.ts';
export { ConditionsError, type ConditionsErrorKind } from './errors.ts';
export type { BundleCalibration, BundleTag, ConditionsBundle } from './import/conditions-bundle.ts';
export {
  type GlastFolder,
  type GlastFolderOptions,
  type ImportProblem,
  readGlastFolder,
} from './import/glast-folder.ts';
export { type GlastRowsFormat, readGlastRows } from './import/glast-rows.ts';
export { type HsfOptions, readHsfJson, writeHsfJson } from './import/hsf-json.ts';
export {
  type Imported,
  type ImportOptions,
  type ImportTarget,
  importBundle,
} from './import/import-bundle.ts';
export { type Belle2Options, readBelle2Text } from './import/read-belle2.ts';
export { readBelle2Sqlite } from './import/read-belle2-sqlite.ts';
export { type CrestOptions, readCrest } from './import/read-crest.ts';
export { writeBelle2Text } from './import/write-belle2.ts';
export { type CrestExport, writeCrest } from './import/write-crest.ts';
export { writeGlastRows } from './import/write-glast-rows.ts';
export { type EntryColumns, indexLine, LineBuilder } from './index/line-builder.ts';
export { type LineColumns, LineIndex } from './index/line-index.ts';
export { bucketAt, cellBuckets, cellsOf } from './index/stack-cells.ts';
export { type Condition, type IndexedLine, TagIndex } from './index/tag-index.ts';
export {
  resolveCondition,
  type StackAnswer,
  type StackedCondition,
  type StackedTag,
  type StackGap,
  TagStack,
} from './index/tag-stack.ts';
export {
  type ChangeOfLineJson,
  type ConstantJson,
  type ConstantsJson,
  type CoverageJson,
  coverageToJson,
  type DiffJson,
  diffToJson,
  type EntryJson,
  type ExplanationJson,
  explanationToJson,
  type UpdatePlanJson,
  updatePlanToJson,
} from './json/analysis-json.ts';
export {
  type CoverageQuestionJson,
  coverageQuestionFromJson,
  coverageQuestionSchema,
  type DiffQuestionJson,
  diffQuestionFromJson,
  diffQuestionSchema,
  type ExplainQuestionJson,
  explainQuestionFromJson,
  explainQuestionSchema,
} from './json/analysis-question-json.ts';
export {
  type FoundJson,
  foundFromJson,
  foundToJson,
  intervalFromJson,
  intervalToJson,
  type ResolvedJson,
  resolvedFromJson,
  resolvedToJson,
  type TagJson,
  type TagLineJson,
  tagFromJson,
  tagLineFromJson,
  tagLineToJson,
  tagRuleFromJson,
  tagToJson,
} from './json/answer-json.ts';
export {
  type CalibrationJson,
  calibrationFromJson,
  calibrationToJson,
  positionFromJson,
  positionToJson,
} from './json/calibration-json.ts';
export { canonicalJson, type Json } from './json/canonical-json.ts';
export {
  type DraftJson,
  draftFromJson,
  draftSchema,
  partialDraftFromJson,
  partialDraftSchema,
} from './json/draft-json.ts';
export {
  type EventJson,
  edgeText,
  eventFromJson,
  eventToJson,
  parseEdge,
} from './json/event-json.ts';
export {
  calibrationSchema,
  eventSchema,
  foundSchema,
  resolvedSchema,
  sha256Schema,
  tagLineSchema,
  tagRuleSchema,
  tagSchema,
  vocabulariesSchema,
} from './json/schemas.ts';
export {
  entryDraftFromJson,
  entryDraftSchema,
  tagDraftFromJson,
  tagDraftSchema,
  tagRemovalFromJson,
  tagRemovalSchema,
  tagStateSchema,
} from './json/tag-edit-json.ts';
export { vocabulariesFromJson } from './json/vocabularies-from-json.ts';
export { toWire } from './json/wire-json.ts';
export { changedRow, changedTag, type RowChange, type TagChange } from './log/apply-change.ts';
export type { Change, ConditionsEvent } from './log/conditions-event.ts';
export {
  type Calibration,
  type CalibrationDraft,
  type Completion,
  describeSeries,
  intervalOf,
  type PayloadReference,
  type ProcLevel,
  procLevels,
  type Series,
} from './model/calibration.ts';
export { formatInterval, formatPosition, overlap, parsePosition } from './model/position.ts';
export { formatRun, parseRun, runPosition } from './model/run-position.ts';
export type { Tag, TagEntry, TagLine, TagRule, TagState } from './model/tag.ts';
export { formatMoment, parseMoment } from './model/time.ts';
export {
  decimalUnits,
  momentFrom,
  momentOfDate,
  type TimeUnit,
  wholeUnits,
} from './model/time-units.ts';
export {
  type Axis,
  always,
  forever,
  type Interval,
  type Moment,
  type Position,
} from './model/validity.ts';
export type {
  Assertion,
  AssertionStep,
  OverlapRule,
  RowTest,
  TypeRules,
  Vocabularies,
} from './model/vocabularies.ts';
export {
  compareParameters,
  type ParameterChange,
  parameterAt,
} from './parameters/compare-parameters.ts';
export {
  decodeParameterSet,
  encodeParameterSet,
  type ParameterSet,
  type Parameters,
  parameterSetFormat,
  parameterType,
} from './parameters/parameter-set.ts';
export {
  type FoundParameters,
  type ParameterDraft,
  type ParameterQuestion,
  ParameterSets,
  type TaggedParameters,
} from './parameters/parameter-sets.ts';
export { type DataIdentRules, resolveDataIdent } from './payload/address/data-ident.ts';
export { expandVariables } from './payload/address/expand-variables.ts';
export {
  type AddressedRow,
  type PayloadAddress,
  payloadAddress,
} from './payload/address/payload-address.ts';
export {
  type CellValue,
  type ChannelKey,
  ChannelTable,
  type TableColumn,
} from './payload/channel-table.ts';
export { ChannelTableBuilder } from './payload/channel-table-builder.ts';
export { calibrationComparison } from './payload/compare-calibrations.ts';
export {
  type ChangedConstant,
  comparePayloads,
  isSamePayload,
  type PayloadDifference,
  type PayloadTolerance,
} from './payload/compare-payloads.ts';
export {
  type Constant,
  type ConstantValue,
  constantsOf,
  type HasConstants,
} from './payload/constants.ts';
export {
  type Converted,
  type Converter,
  ConverterRegistry,
  type Evolution,
} from './payload/converter-registry.ts';
export { DtdCatalog, type DtdFile } from './payload/dtd/dtd-catalog.ts';
export { NumberArray } from './payload/formats/number-array.ts';
export type { JsonValue } from './payload/formats/read-json.ts';
export {
  type Badness,
  type BadPlane,
  BadStrips,
  type BadTower,
} from './payload/glast/bad-strips.ts';
export {
  type MergedStrips,
  mergeBadStrips,
  type NumberedStrips,
  updateBadStrips,
} from './payload/glast/bad-strips-service.ts';
export { CalCalibration } from './payload/glast/cal-calibration.ts';
export { glastRegistry } from './payload/glast/glast-registry.ts';
export { GlastTable } from './payload/glast/glast-table.ts';
export { defaultPayloadLimits, type PayloadLimits } from './payload/limits.ts';
export {
  loadCalibration,
  type PayloadSources,
  payloadComparison,
} from './payload/load-calibration.ts';
export type { PayloadInput } from './payload/payload-input.ts';
export { payloadFormats, type ReadingContext, readPayload } from './payload/read-payload.ts';
export { sha256Of } from './payload/sha256.ts';
export { type TableShape, tableConverter } from './payload/table-converter.ts';
export type { XmlElement } from './payload/xml/xml-element.ts';
export type {
  ConditionsReader,
  FindQuestion,
  Found,
  Resolved,
  ResolvedLine,
  TagQuestion,
} from './read/conditions-reader.ts';
export type {
  ConditionsAccess,
  ConditionsWriter,
  TagAnalysis,
  TagWriter,
} from './read/conditions-writer.ts';
export type { Author } from './rules/check-author.ts';
export type { Registered } from './rules/register.ts';
export { type ByteSource, blobSource, memorySource } from './snapshot/byte-source.ts';
export type { FolderHeader } from './snapshot/folder-layout.ts';
export { type HttpSourceOptions, httpSource } from './snapshot/http-source.ts';
export { type OpenSnapshot, openSnapshot } from './snapshot/open-snapshot.ts';
export {
  type FolderSource,
  type OpenFolder,
  openSnapshotFolder,
} from './snapshot/open-snapshot-folder.ts';
export type { ByteSink } from './snapshot/section-writer.ts';
export type { AxisRange } from './snapshot/select-rows.ts';
export type { Section, SnapshotHeader, SnapshotScope } from './snapshot/snapshot-header.ts';
export type { SnapshotRequest } from './snapshot/snapshot-plan.ts';
export { type ConditionsStores, writeSnapshot } from './snapshot/write-snapshot.ts';
export { type FolderSink, writeSnapshotFolder } from './snapshot/write-snapshot-folder.ts';
export {
  checkedLevels,
  checkedQuery,
  isCandidate,
  newestFirst,
  rowFields,
} from './store/match-rows.ts';
export { MemoryMetadataStore } from './store/memory-metadata-store.ts';
export { MemoryPayloadStore } from './store/memory-payload-store.ts';
export type {
  Answer,
  AnswerQuestion,
  Decide,
  FieldTest,
  Head,
  MetadataReader,
  MetadataStore,
  NeighbourQuestion,
  Neighbours,
  RowQuery,
  SeriesQuestion,
} from './store/metadata-store.ts';
export { parseFieldTest } from './store/parse-field-test.ts';
export type { PayloadStore, PayloadStream } from './store/payload-store.ts';
export { WarmMetadataStore } from './store/warm-metadata-store.ts';
export type { ConditionsSource } from './tags/conditions-source.ts';
export type { Coverage, CoverageQuestion, LineCoverage, NeededCondition } from './tags/coverage.ts';
export type {
  ComparePayloads,
  ConditionsDiff,
  DiffQuestion,
  LineChange,
  LineDiff,
} from './tags/diff.ts';
export type { EntryDraft } from './tags/entry-drafts.ts';
export type {
  Alternative,
  ExplainQuestion,
  Explanation,
  TagStatement,
  Verdict,
} from './tags/explain.ts';
export type { PutMode } from './tags/line-edits.ts';
export type { IndexedStack, TagFindQuestion } from './tags/resolve-tags.ts';
export type {
  UpdateMode,
  UpdateOperation,
  UpdatePlan,
  UpdateProblem,
} from './tags/running-update.ts';
export type { TagBlock } from './tags/tag-block.ts';
export type { TagDraft, TagRuleDraft } from './tags/tag-draft.ts';
export type { TagRemoval } from './tags/tag-editor.ts';
export { nextStates, pathOfStates } from './tags/tag-states.ts';
export { TagTree } from './tags/tag-tree.ts';
export type { UpdateQuestion } from './tags/update-running-tag.ts';
