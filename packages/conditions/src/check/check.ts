import { type Calibration, procLevels, type Series } from '../model/calibration.ts';
import { always, forever, type Moment } from '../model/validity.ts';
import type { Vocabularies } from '../model/vocabularies.ts';
import { describeTest, failedTests, isPresent } from '../rules/assertions.ts';
import { rulesFor } from '../rules/type-rules.ts';
import type { FieldTest, MetadataReader } from '../store/metadata-store.ts';
import type { PayloadStore } from '../store/payload-store.ts';
import { TagTree } from '../tags/tag-tree.ts';
import { allRows } from './all-rows.ts';
import { checkLog } from './check-log.ts';
import { PayloadCheck } from './check-payloads.ts';
import { checkSeries } from './check-series.ts';
import { checkTags } from './check-tags.ts';
import { WordCheck } from './check-words.ts';
import type { Finding } from './finding.ts';

/** What is checked. */
export interface CheckQuestion {
  /** Undefined: all. */
  readonly instrument?: string | undefined;
  readonly calibType?: string | undefined;
  readonly flavor?: string | undefined;
  /** Default: now. */
  readonly asOf?: Moment | undefined;
  /** Whether payloads are read and hashed (default), only looked for, or left alone. */
  readonly payloads?: 'read' | 'look' | 'skip' | undefined;
  /** Whether the whole log is told again and compared; default false. */
  readonly log?: boolean | undefined;
}

/** Looks for what concerns several rows, or what their store: worst first within each part, as it is found. */
export async function* check(
  reader: MetadataReader,
  payloads: PayloadStore,
  question: CheckQuestion = {},
): AsyncGenerator<Finding> {
  const { instrument, calibType, flavor, payloads: depth = 'read' } = question;
  const { at } = await reader.head();
  const asOf = question.asOf === undefined || question.asOf > at ? at : question.asOf;
  const wanted = { instrument, calibType, flavor };
  const vocabularies = await reader.vocabularies(asOf);
  for (const { rows: _, ...series } of await reader.seriesList(asOf)) {
    if (!fits(series, wanted)) continue;
    const range = { begin: always, end: forever };
    const rows = await reader.series({ ...series, levels: procLevels, range, asOf });
    yield* checkSeries(series, rows, rulesFor(vocabularies, series.calibType));
  }
  const [words, bulk] = [new WordCheck(), new PayloadCheck()];
  const tests = Object.entries(wanted).flatMap(([field, value]): FieldTest[] =>
    value === undefined ? [] : [{ field: field as keyof Series, test: '=', value }],
  );
  for await (const row of allRows(reader, asOf, tests)) {
    words.add(row);
    bulk.add(row);
    if (row.deprecated === undefined && row.procLevel !== 'superseded') {
      yield* brokenRules(row, vocabularies);
    }
  }
  yield* words.findings(vocabularies);
  if (depth !== 'skip') yield* bulk.findings(payloads, depth === 'read');
  yield* checkTags(reader, new TagTree(payloads), wanted, asOf);
  if (question.log) yield* await checkLog(reader);
}

function fits(series: Series, wanted: CheckQuestion): boolean {
  return (['instrument', 'calibType', 'flavor'] as const).every(
    (field) => wanted[field] === undefined || wanted[field] === series[field],
  );
}

/** [CHK7] */
function* brokenRules(row: Calibration, vocabularies: Vocabularies): Generator<Finding> {
  const { required, assertions } = rulesFor(vocabularies, row.calibType);
  const missing = required
    .filter((field) => !isPresent(row, field))
    .map((field) => `${field} is required`);
  const broken = assertions
    .filter(({ on = ['register'] }) => on.includes('register'))
    .flatMap((assertion) =>
      failedTests(row, assertion).map((test) => `${assertion.name} (${describeTest(test)})`),
    );
  for (const what of [...missing, ...broken]) {
    yield {
      kind: 'rule',
      severity: 'warning',
      text: `calibration ${row.serNo} is against a rule of today: ${what}`,
      serNos: [row.serNo],
    };
  }
}
