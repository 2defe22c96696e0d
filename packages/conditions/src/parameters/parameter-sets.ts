import { ConditionsError } from '../errors.ts';
import { canonicalJson, type Json } from '../json/canonical-json.ts';
import type { Calibration, CalibrationDraft } from '../model/calibration.ts';
import { sha256Of } from '../payload/sha256.ts';
import type {
  ConditionsReader,
  FindQuestion,
  Found,
  TagQuestion,
} from '../read/conditions-reader.ts';
import type { ConditionsWriter } from '../read/conditions-writer.ts';
import type { Author } from '../rules/check-author.ts';
import type { Registered } from '../rules/register.ts';
import type { FieldTest } from '../store/metadata-store.ts';
import { compareParameters, type ParameterChange, parameterAt } from './compare-parameters.ts';
import {
  decodeParameterSet,
  encodeParameterSet,
  type ParameterSet,
  parameterSetFormat,
  parameterType,
} from './parameter-set.ts';

/** What a set has as a calibration, beside its parameters: `flavor` is its name. */
export type ParameterDraft = Omit<
  CalibrationDraft,
  'calibType' | 'dataFmt' | 'fmtVersion' | 'payload'
>;

/** Which set: of a program, where calibrations are found by type. */
export type ParameterQuestion = Omit<FindQuestion, 'calibType'> & { readonly software: string };

/** Which set of a program, in tags. */
export type TaggedParameters = TagQuestion & {
  readonly software: string;
  readonly flavor?: string | undefined;
};

/** A set and the calibration that it is. */
export interface FoundParameters extends Found {
  readonly set: ParameterSet;
}

/** Reads and, where it may, writes. */
type Access = Pick<ConditionsReader, 'find' | 'findInTags' | 'row' | 'rows' | 'payload'> &
  Partial<Pick<ConditionsWriter, 'register' | 'supersede'>>;

const page = 1_000;

/**
 * The parameters that software runs with, kept like calibrations: they are rows of the type `parameters.<software>`, with validity
 * (in time, or the run numbers of the software), levels, history, tags.
 *
 * @example
 * ```ts
 * const sets = new ParameterSets(conditions);
 * const set = { software: 'recon', version: '1.2', parameters: { tracking: { maxStep: 0.1 } } };
 * await sets.register(set, { instrument: 'LAT', flavor: 'digi', vstart: parseMoment('2003-01-10') }, { by: 'me' });
 * ```
 */
export class ParameterSets {
  readonly #conditions: Access;

  constructor(conditions: Access) {
    this.#conditions = conditions;
  }

  /** Stores a set, or refuses it by the rules of its type: one that changes nothing, for instance. [PAR1] */
  async register(set: ParameterSet, draft: ParameterDraft, author: Author): Promise<Registered> {
    if (!this.#conditions.register) throw readOnly();
    const bytes = encodeParameterSet(set);
    return this.#conditions.register({ draft: { ...draft, ...fieldsOf(set) }, bytes }, author);
  }

  /** Puts a set in the place of another of its program. */
  async supersede(
    serNo: number,
    set: ParameterSet,
    draft: Partial<ParameterDraft>,
    author: Author,
  ): Promise<Registered> {
    if (!this.#conditions.supersede) throw readOnly();
    const bytes = encodeParameterSet(set);
    return this.#conditions.supersede(
      serNo,
      { draft: { ...draft, ...fieldsOf(set) }, bytes },
      author,
    );
  }

  /** The set that holds at a position, as `find` finds a calibration. */
  async find({ software, ...question }: ParameterQuestion): Promise<FoundParameters> {
    const calibType = parameterType(software);
    const found = await this.#conditions.find({ ...question, calibType });
    return { ...found, set: await this.#setOf(found.calibration) };
  }

  /** The set that tags have at a position, the first that has one. */
  async findInTags({ software, ...question }: TaggedParameters): Promise<FoundParameters> {
    const calibType = parameterType(software);
    const found = await this.#conditions.findInTags({ ...question, calibType });
    return { ...found, set: await this.#setOf(found.calibration) };
  }

  /** The set of a row. */
  async set(serNo: number): Promise<ParameterSet> {
    return this.#setOf(await this.#conditions.row(serNo));
  }

  /** All rows with exactly these parameters: which runs had them. [PAR3] */
  async rowsWith(set: ParameterSet): Promise<readonly Calibration[]> {
    const sha256 = await sha256Of(encodeParameterSet(set));
    return this.#rows([{ field: 'payload', test: '=', value: sha256 }]);
  }

  /** All rows of a program in whose sets the parameter at a JSON pointer has a value. [PAR3] */
  async rowsWhere(software: string, path: string, value: Json): Promise<readonly Calibration[]> {
    const rows = await this.#rows([
      { field: 'calibType', test: '=', value: parameterType(software) },
    ]);
    const [wanted, known] = [canonicalJson(value), new Map<string, boolean>()];
    const found: Calibration[] = [];
    for (const row of rows) {
      const sha256 = row.payload?.sha256 ?? '';
      if (!known.has(sha256)) {
        const is = parameterAt((await this.#setOf(row)).parameters, path);
        known.set(sha256, is !== undefined && canonicalJson(is) === wanted);
      }
      if (known.get(sha256)) found.push(row);
    }
    return found;
  }

  /** What is not the same in the sets of two rows. [PAR2] */
  async compare(before: number, after: number): Promise<readonly ParameterChange[]> {
    const [a, b] = [await this.set(before), await this.set(after)];
    return compareParameters(a.parameters, b.parameters);
  }

  async #setOf({ serNo, calibType, payload, fmtVersion }: Calibration): Promise<ParameterSet> {
    if (!payload || fmtVersion !== parameterSetFormat) {
      throw new ConditionsError('invalid', {
        what: `calibration ${serNo} is no parameter set`,
        given: `${calibType}, format ${fmtVersion}`,
        expected: `format ${parameterSetFormat}`,
      });
    }
    return decodeParameterSet(
      await this.#conditions.payload(payload.sha256),
      `calibration ${serNo}`,
    );
  }

  async #rows(tests: readonly FieldTest[]): Promise<readonly Calibration[]> {
    const all: Calibration[] = [];
    for (;;) {
      const after: FieldTest = { field: 'serNo', test: '>', value: all.at(-1)?.serNo ?? 0 };
      const rows = await this.#conditions.rows({ tests: [...tests, after], limit: page });
      all.push(...rows);
      if (rows.length < page) return all;
    }
  }
}

function fieldsOf({ software }: ParameterSet) {
  return { calibType: parameterType(software), dataFmt: 'JSON', fmtVersion: parameterSetFormat };
}

function readOnly(): ConditionsError {
  return new ConditionsError('forbidden', { what: 'these conditions are only read' });
}
