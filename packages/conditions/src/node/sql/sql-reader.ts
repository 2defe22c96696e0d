import { type Kysely, type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import type { ConditionsEvent } from '../../log/conditions-event.ts';
import type { Calibration, Series } from '../../model/calibration.ts';
import type { Tag } from '../../model/tag.ts';
import { type Axis, always, forever, type Moment } from '../../model/validity.ts';
import type { Vocabularies } from '../../model/vocabularies.ts';
import { checkedLevels, checkedQuery } from '../../store/match-rows.ts';
import type {
  Head,
  MetadataReader,
  NeighbourQuestion,
  Neighbours,
  RowQuery,
  SeriesQuestion,
} from '../../store/metadata-store.ts';
import { changeFromJson } from './change-json.ts';
import { foreverSql } from './migrations.ts';
import {
  calibrationColumns,
  calibrationOf,
  columnOf,
  type OwnRecord,
  ownColumns,
  tagOf,
} from './records.ts';
import type { ConditionsTables } from './tables.ts';

/** Answers questions about metadata in SQL: alone, or inside a transaction. */
export class SqlReader implements MetadataReader {
  readonly #db: Kysely<ConditionsTables>;

  constructor(db: Kysely<ConditionsTables>) {
    this.#db = db;
  }

  async head(): Promise<Head> {
    const last = await this.#db
      .selectFrom('event')
      .select(['seq', 'at'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    return { seq: Number(last?.seq ?? 0n), at: last?.at ?? 0n };
  }

  async vocabularies(asOf?: Moment): Promise<Vocabularies> {
    let query = this.#db
      .selectFrom('event')
      .select('change')
      .where('kind', '=', sql.lit('vocabulariesDeclared'))
      .orderBy('seq', 'desc')
      .limit(1);
    if (asOf !== undefined) query = query.where('at', '<=', asOf);
    const last = await query.executeTakeFirst();
    const change = last && changeFromJson(last.change);
    return change?.kind === 'vocabulariesDeclared' ? change.vocabularies : {};
  }

  async series(question: SeriesQuestion): Promise<readonly Calibration[]> {
    const { range, levels, limit } = question;
    if (checkedLevels(levels).length === 0 || range.begin >= range.end) return [];
    const touches = sql<SqlBool>`int8range(vstart, vend) && int8range(${range.begin}::int8, ${range.end}::int8)`;
    const newest = this.#union(
      this.#candidates(question).map((rows) =>
        rows.where('proc_level', 'in', levels).where(touches),
      ),
    )
      .orderBy('enter_time', 'desc')
      .orderBy('ser_no', 'desc');
    const records = await (limit === undefined ? newest : newest.limit(limit)).execute();
    return records.map((record) => calibrationOf({ ...record, ...seriesColumns(question) }));
  }

  async neighbours(question: NeighbourQuestion): Promise<Neighbours> {
    const { position, levels, newerThan, within } = question;
    const candidates = this.#candidates(question).map((rows) =>
      newerThan === undefined ? rows : rows.where('enter_time', '>', newerThan),
    );
    // Of each level, and of each index, so that each is one step in an index that begins with the level.
    const nearest = async (
      restrict: (rows: Rows) => Rows,
      order: (a: Calibration, b: Calibration) => number,
    ): Promise<Calibration | undefined> => {
      const branches = checkedLevels(levels).flatMap((level) =>
        candidates.map((rows) =>
          restrict(rows.where('proc_level', '=', level))
            .orderBy('ser_no', 'desc')
            .limit(1),
        ),
      );
      if (branches.length === 0) return undefined;
      const records = await this.#union(branches).execute();
      return records
        .map((record) => calibrationOf({ ...record, ...seriesColumns(question) }))
        .sort((a, b) => order(a, b) || b.serNo - a.serNo)[0];
    };
    return {
      before: await nearest(
        (rows) =>
          rows
            .where('vend', '<=', position)
            .where('vend', '>', within?.begin ?? always)
            .orderBy('vend', 'desc'),
        (a, b) => compare(b.vend, a.vend),
      ),
      after: await nearest(
        (rows) =>
          rows
            .where('vstart', '>', position)
            .where('vstart', '<', within?.end ?? forever)
            .orderBy('vstart'),
        (a, b) => compare(a.vstart, b.vstart),
      ),
    };
  }

  async seriesList(
    asOf?: Moment,
  ): Promise<readonly (Series & { readonly axis: Axis; readonly rows: number })[]> {
    const records = await this.#db
      .selectFrom('calibration')
      .innerJoin('series', 'series.id', 'calibration.series_id')
      .select(['instrument', 'calib_type', 'flavor', 'axis'])
      .select(({ fn }) => fn.countAll<bigint>().as('rows'))
      .where(knownAt(asOf))
      .groupBy(['instrument', 'calib_type', 'flavor', 'axis'])
      .orderBy('instrument')
      .orderBy('calib_type')
      .orderBy('flavor')
      .orderBy('axis')
      .execute();
    return records.map(({ instrument, calib_type, flavor, axis, rows }) => ({
      instrument,
      calibType: calib_type,
      flavor,
      axis,
      rows: Number(rows),
    }));
  }

  async row(serNo: number, asOf?: Moment): Promise<Calibration | undefined> {
    const record = await this.#rows()
      .where('ser_no', '=', BigInt(serNo))
      .where(knownAt(asOf))
      .executeTakeFirst();
    return record && calibrationOf(record);
  }

  async rows(query: RowQuery): Promise<readonly Calibration[]> {
    const {
      tests,
      sort = 'serNo',
      descending,
      asOf,
      limit = 1000,
      offset = 0,
    } = checkedQuery(query);
    let rows = this.#rows().where(knownAt(asOf));
    for (const { field, test, value } of tests) {
      const column = sql.ref(columnOf[field]);
      // Operators are of the list that checkedQuery knows; numbers may be outside int8.
      const operand = typeof value === 'string' ? sql`${value}` : sql`${value.toString()}::numeric`;
      rows = rows.where(
        test === 'like'
          ? sql<SqlBool>`${column} like ${likePattern(`${value}`)}`
          : sql<SqlBool>`${column} ${sql.raw(test)} ${operand}`,
      );
    }
    const records = await rows
      .orderBy(columnOf[sort], (order) => (descending ? order.desc() : order.asc()).nullsLast())
      .orderBy('ser_no')
      .limit(limit)
      .offset(offset)
      .execute();
    return records.map(calibrationOf);
  }

  async withPayload(sha256: string): Promise<readonly Calibration[]> {
    const records = await this.#rows()
      .where('payload_sha256', '=', sha256)
      .where(knownAt(undefined))
      .orderBy('ser_no')
      .execute();
    return records.map(calibrationOf);
  }

  async tag(name: string, asOf?: Moment): Promise<Tag | undefined> {
    const record = await this.#db
      .selectFrom('tag')
      .selectAll()
      .where('name', '=', name)
      .where(knownAt(asOf))
      .executeTakeFirst();
    return record && tagOf(record);
  }

  async tags(asOf?: Moment): Promise<readonly Tag[]> {
    const records = await this.#db
      .selectFrom('tag')
      .selectAll()
      .where(knownAt(asOf))
      .orderBy('name')
      .execute();
    return records.map(tagOf);
  }

  async events(after: number, limit: number): Promise<readonly ConditionsEvent[]> {
    const records = await this.#db
      .selectFrom('event')
      .select(['seq', 'at', 'by', 'change'])
      .where('seq', '>', BigInt(after))
      .orderBy('seq')
      .limit(limit)
      .execute();
    return records.map(({ seq, at, by, change }) => ({
      seq: Number(seq),
      at,
      by,
      change: changeFromJson(change),
    }));
  }

  #rows() {
    return this.#db
      .selectFrom('calibration')
      .innerJoin('series', 'series.id', 'calibration.series_id')
      .select(calibrationColumns);
  }

  /**
   * Rows of a series that may be answers, as they are now or were at a moment. Those of now and those that are no more have
   * indexes of their own: a row that was closed had all of the future once, and thousands of such would be in the way.
   */
  #candidates({ asOf, completions, ...series }: Omit<SeriesQuestion, 'range'>): readonly Rows[] {
    const { instrument, calib_type, flavor, axis } = seriesColumns(series);
    const ofSeries = this.#db
      .selectFrom('calibration')
      .select(ownColumns)
      .where('series_id', '=', ({ selectFrom }) =>
        selectFrom('series')
          .select('id')
          .where('instrument', '=', instrument)
          .where('calib_type', '=', calib_type)
          .where('flavor', '=', flavor)
          .where('axis', '=', axis),
      )
      .where('deprecated', 'is', null)
      .where(completions ? oneOf('completion', completions) : sql<SqlBool>`completion <> 'abort'`);
    const now = ofSeries.where('until', '=', foreverSql);
    if (asOf === undefined) return [now];
    const past = ofSeries
      .where('until', '<', foreverSql)
      .where(sql<SqlBool>`int8range(since, until) @> ${asOf}::int8`);
    return [now.where('since', '<=', asOf), past];
  }

  #union(branches: readonly Rows[]) {
    const whole = branches
      .map((branch, i) => this.#db.selectFrom(branch.as(`branch${i}`)).selectAll())
      .reduce((sum, branch) => sum.unionAll(branch));
    return this.#db.selectFrom(whole.as('found')).selectAll();
  }
}

/** Rows without their series. */
type Rows = SelectQueryBuilder<ConditionsTables, 'calibration', OwnRecord>;

function seriesColumns({ instrument, calibType, flavor, axis }: Series & { readonly axis: Axis }) {
  return { instrument, calib_type: calibType, flavor, axis };
}

/** `in`, also where there is nothing to be in. */
function oneOf(column: string, values: readonly string[]) {
  if (values.length === 0) return sql<SqlBool>`false`;
  return sql<SqlBool>`${sql.ref(column)} in (${sql.join(values)})`;
}

/** Versions that were known at a moment; without one, those of now. */
function knownAt(asOf: Moment | undefined): RawBuilder<SqlBool> {
  return asOf === undefined
    ? sql<SqlBool>`until = ${foreverSql}`
    : sql<SqlBool>`(since <= ${asOf}::int8 and until > ${asOf}::int8)`;
}

function likePattern(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&').replaceAll(/\*+/g, '%');
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
