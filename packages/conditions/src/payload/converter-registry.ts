import { ConditionsError } from '../errors.ts';
import type { PayloadInput } from './payload-input.ts';
import { baseFormat, type ReadingContext, readPayload } from './read-payload.ts';
import { suggestion } from './xml/xml-element.ts';

/** Makes the typed object of a calibration from what its format holds. */
export interface Converter<T = unknown> {
  /** XML, JSON …; without `.gz`. */
  readonly dataFmt: string;
  readonly calibTypes: readonly string[];
  /** Versions that it reads; `*` for all. */
  readonly fmtVersions: readonly string[];
  /** The version of the object that it makes. */
  readonly makes: string;
  /**
   * @param base what `readPayload` made
   * @throws ConditionsError `invalid` where it is not what such a payload holds
   */
  convert(base: unknown, input: PayloadInput): T;
}

/** Makes the object of a version from that of an older one: how formats change without old payloads being touched. */
export interface Evolution<From = never, To = unknown> {
  readonly calibTypes: readonly string[];
  readonly from: string;
  readonly to: string;
  evolve(older: From, where: string): To;
}

/** A typed payload, and the version that it is of. */
export interface Converted {
  readonly value: unknown;
  /** Undefined where no converter is known, and the payload is as its format has it. */
  readonly version?: string | undefined;
}

/**
 * Knows how the payloads of an experiment become objects in memory: by format, calibration type and version of the
 * format. Without a converter for a type its payloads are what their format holds.
 *
 * @example
 * ```ts
 * const registry = new ConverterRegistry({ dtds }).add(...glastConverters).addEvolutions(...glastEvolutions);
 * const { value } = await registry.convert({ bytes, calibType: 'CAL_Ped', dataFmt: 'XML', fmtVersion: 'v2r0', where: 'CalPed.xml' });
 * ```
 */
export class ConverterRegistry {
  readonly #context: ReadingContext;
  readonly #converters: Converter[] = [];
  readonly #evolutions: Evolution[] = [];

  constructor(context: ReadingContext = {}) {
    this.#context = context;
  }

  /** Later ones win over earlier ones. */
  add(...converters: readonly Converter[]): this {
    this.#converters.unshift(...converters.toReversed());
    return this;
  }

  addEvolutions(...evolutions: readonly Evolution[]): this {
    this.#evolutions.push(...evolutions);
    return this;
  }

  /**
   * Reads a payload, converts it, and brings it to the newest version, or the one asked for.
   *
   * @throws ConditionsError `invalid` where the payload is not sound, or where the type has converters, but none for this
   * format and version
   */
  async convert(input: PayloadInput, version?: string): Promise<Converted> {
    const converter = this.#find(input);
    const base = await readPayload(input, this.#context);
    if (!converter) return { value: base };
    return this.#evolve(input, converter.convert(base, input), converter.makes, version);
  }

  /** Whether there is a converter for the type in this format, of whatever version, or none for the type at all. */
  knows({ calibType, dataFmt, where }: PayloadInput): boolean {
    const ofType = this.#converters.filter(({ calibTypes }) => calibTypes.includes(calibType));
    const format = baseFormat(dataFmt, where);
    return ofType.length === 0 || ofType.some((converter) => converter.dataFmt === format);
  }

  /** What the format of a payload holds, unconverted. @throws ConditionsError `invalid` where it is not sound */
  read(input: PayloadInput): Promise<unknown> {
    return readPayload(input, this.#context);
  }

  #find(input: PayloadInput): Converter | undefined {
    const { calibType, fmtVersion, where } = input;
    const format = baseFormat(input.dataFmt, where);
    const ofType = this.#converters.filter(({ calibTypes }) => calibTypes.includes(calibType));
    const ofFormat = ofType.filter(({ dataFmt }) => dataFmt === format);
    const found = ofFormat.find(
      ({ fmtVersions }) => fmtVersions.includes(fmtVersion) || fmtVersions.includes('*'),
    );
    if (found || ofType.length === 0) return found;
    const versions = ofFormat.flatMap(({ fmtVersions }) => fmtVersions);
    const formats = ofType.map(({ dataFmt }) => dataFmt);
    throw new ConditionsError('invalid', {
      what: `no converter for ${calibType} in ${format}${versions.length > 0 ? ' of that version' : ''}`,
      where,
      given: versions.length > 0 ? `version '${fmtVersion}'` : format,
      expected: [...new Set(versions.length > 0 ? versions : formats)].join(', '),
      hint: versions.length > 0 ? suggestion(fmtVersion, versions) : undefined,
    });
  }

  #evolve(
    input: PayloadInput,
    value: unknown,
    made: string,
    wanted: string | undefined,
  ): Converted {
    let version = made;
    const passed = new Set([version]);
    while (version !== wanted) {
      const step = this.#evolutions.find(
        ({ calibTypes, from }) => calibTypes.includes(input.calibType) && from === version,
      );
      if (!step || passed.has(step.to)) break;
      value = step.evolve(value as never, input.where);
      version = step.to;
      passed.add(version);
    }
    if (wanted === undefined || version === wanted) return { value, version };
    throw new ConditionsError('invalid', {
      what: `no way to version ${wanted} of ${input.calibType}`,
      where: input.where,
      given: `version ${made}`,
      expected: [...passed].join(', '),
    });
  }
}
