import { ConditionsError } from '../errors.ts';
import type { DtdCatalog } from './dtd/dtd-catalog.ts';
import { gunzip } from './formats/gunzip.ts';
import { readNpyPayload } from './formats/number-array.ts';
import { readCsv } from './formats/read-csv.ts';
import { readJson } from './formats/read-json.ts';
import { readParquet } from './formats/read-parquet.ts';
import { readRoot } from './formats/read-root.ts';
import { checkLimit, defaultPayloadLimits, type PayloadLimits } from './limits.ts';
import type { PayloadInput } from './payload-input.ts';
import { decodeXml } from './xml/decode-text.ts';
import { parseXml } from './xml/parse-xml.ts';
import { suggestion } from './xml/xml-element.ts';

/** What reading payloads knows of the experiment. */
export interface ReadingContext {
  readonly dtds?: DtdCatalog | undefined;
  readonly limits?: PayloadLimits | undefined;
}

/** The formats that are read; each also with `.gz` behind it. */
export const payloadFormats: readonly string[] = ['XML', 'JSON', 'CSV', 'NPY', 'Parquet', 'ROOT'];

/**
 * The first of the two conversions of bulk data, by format alone: XML becomes elements, checked against their DTD; JSON
 * what it holds; CSV and Parquet a `ChannelTable`; NPY a `NumberArray`; ROOT a map of its objects by path.
 *
 * @throws ConditionsError `invalid` where the bytes are not of that format, or no format has that name
 */
export async function readPayload(
  input: PayloadInput,
  { dtds, limits = defaultPayloadLimits }: ReadingContext = {},
): Promise<unknown> {
  const { dataFmt, fmtVersion, where } = input;
  checkLimit(limits, 'bytes', input.bytes.length, 'the payload is too large', where);
  const format = baseFormat(dataFmt, where);
  const isPacked = /\.gz$/i.test(dataFmt);
  const bytes = isPacked ? await gunzip(input.bytes, where, limits) : input.bytes;
  switch (format) {
    case 'XML':
      return parseXml(decodeXml(bytes, where), where, { dtds, fmtVersion, limits });
    case 'JSON':
      return readJson(bytes, where, limits);
    case 'CSV':
      return readCsv(bytes, where, limits);
    case 'NPY':
      return readNpyPayload(bytes, where);
    case 'Parquet':
      return readParquet(bytes, where, limits);
    default:
      return readRoot(bytes, where, limits);
  }
}

/**
 * A format's name without `.gz`, as this system writes it.
 *
 * @throws ConditionsError `invalid` where it is none
 */
export function baseFormat(dataFmt: string, where: string): string {
  const base = dataFmt.replace(/\.gz$/i, '');
  const known = payloadFormats.find((format) => format.toLowerCase() === base.toLowerCase());
  if (known !== undefined) return known;
  throw new ConditionsError('invalid', {
    what: 'no such payload format',
    where,
    given: `'${dataFmt}'`,
    expected: `${payloadFormats.join(', ')}, or one of these with .gz`,
    hint: suggestion(base, payloadFormats),
  });
}
