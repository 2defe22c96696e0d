import type { Calibration } from '../model/calibration.ts';
import type { Moment } from '../model/validity.ts';
import type { FieldTest, MetadataReader } from '../store/metadata-store.ts';

const page = 10_000;

/** All rows that pass, by serial number, page by page. */
export async function* allRows(
  reader: Pick<MetadataReader, 'rows'>,
  asOf?: Moment,
  tests: readonly FieldTest[] = [],
): AsyncGenerator<Calibration> {
  let last = 0;
  for (;;) {
    const after: FieldTest = { field: 'serNo', test: '>', value: last };
    const rows = await reader.rows({ tests: [...tests, after], asOf, limit: page });
    yield* rows;
    const end = rows.at(-1);
    if (!end || rows.length < page) return;
    last = end.serNo;
  }
}
