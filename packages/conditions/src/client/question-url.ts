import { edgeText } from '../json/event-json.ts';
import { checkPosition, formatPosition } from '../model/position.ts';
import { formatMoment } from '../model/time.ts';
import type { Interval, Moment } from '../model/validity.ts';
import type { FindQuestion, TagQuestion } from '../read/conditions-reader.ts';
import type { FieldTest, RowQuery } from '../store/metadata-store.ts';
import type { TagFindQuestion } from '../tags/resolve-tags.ts';

/** Where a server has its conditions. */
export const apiRoot = '/api/conditions';

/** Whose cells: of all conditions of the tags, or of one. */
export interface CellsQuestion extends Pick<TagQuestion, 'tags' | 'axis'> {
  readonly calibType?: string | undefined;
  readonly flavor?: string | undefined;
}

/** What of a question is in its URL: in this order, what is default left out, so that equal questions have one URL. */
type Parameters = readonly (readonly [name: string, value: string | undefined])[];

/** `/api/conditions/find?…` */
export function findUrl(question: FindQuestion): string {
  const { instrument, calibType, flavor, axis = 'time', position, levels, completions } = question;
  checkPosition(position);
  return url('/find', [
    ['instrument', instrument],
    ['calibType', calibType],
    ['flavor', flavor === 'vanilla' ? undefined : flavor],
    ['levels', levels?.join(',')],
    ['completions', completions?.join(',')],
    ['asOf', momentText(question.asOf)],
    [axis, formatPosition(position, axis)],
  ]);
}

/** `/api/conditions/tags/find?…` */
export function findInTagsUrl(question: TagFindQuestion): string {
  const { calibType, flavor } = question;
  return url('/tags/find', [
    ['calibType', calibType],
    ['flavor', flavor === 'vanilla' ? undefined : flavor],
    ...tagParameters(question),
  ]);
}

/** `/api/conditions/resolve?…` */
export function resolveUrl(question: TagQuestion): string {
  return url('/resolve', tagParameters(question));
}

/** `/api/conditions/rows/7` */
export function rowUrl(serNo: number, asOf?: Moment): string {
  return url(`/rows/${serNo}`, [['asOf', momentText(asOf)]]);
}

/** `/api/conditions/rows?where=calibType=CAL_Ped&…` */
export function rowsUrl({ tests, sort, descending, asOf, limit, offset }: RowQuery): string {
  return url('/rows', [
    ...tests.map((test) => ['where', testText(test)] as const),
    ['sort', sort],
    ['descending', descending ? 'true' : undefined],
    ['asOf', momentText(asOf)],
    ['limit', limit === undefined ? undefined : String(limit)],
    ['offset', offset === undefined ? undefined : String(offset)],
  ]);
}

/** `/api/conditions/tags`, `/api/conditions/tags/NAME` */
export function tagUrl(name: string | undefined, asOf?: Moment): string {
  const path = name === undefined ? '/tags' : `/tags/${encodeURIComponent(name)}`;
  return url(path, [['asOf', momentText(asOf)]]);
}

/** `/api/conditions/tags/NAME/lines` */
export function linesUrl(tag: string, range?: Interval, asOf?: Moment): string {
  return url(`/tags/${encodeURIComponent(tag)}/lines`, [
    ['begin', range && edgeText(range.begin)],
    ['end', range && edgeText(range.end)],
    ['asOf', momentText(asOf)],
  ]);
}

/** `/api/conditions/payloads/SHA256`: what is there never changes. */
export function payloadUrl(sha256: string): string {
  return `${apiRoot}/payloads/${sha256}`;
}

/** A test of a field as text: `calibType=CAL_Ped`, `vstart>=2003-01-10T14:00:00Z`, `notes~*cold*`. */
function testText({ field, test, value }: FieldTest): string {
  const text = typeof value === 'bigint' ? edgeText(value) : String(value);
  return `${field}${test === 'like' ? '~' : test}${text}`;
}

function tagParameters({ tags, position, axis = 'time', asOf }: TagQuestion): Parameters {
  checkPosition(position);
  return [
    ['tags', tags.join(',')],
    ['asOf', momentText(asOf)],
    [axis, formatPosition(position, axis)],
  ];
}

function momentText(moment: Moment | undefined): string | undefined {
  return moment === undefined ? undefined : formatMoment(moment);
}

function url(path: string, parameters: Parameters): string {
  const query = parameters
    .flatMap(([name, value]) => (value === undefined ? [] : `${name}=${encodeURIComponent(value)}`))
    .join('&');
  return apiRoot + path + (query && `?${query}`);
}

/** `/api/conditions/cells?…`: where the answers of tags change, a bucket of the axis at a time. */
export function cellsUrl(
  { tags, axis = 'time', calibType, flavor }: CellsQuestion,
  bucket?: bigint,
): string {
  return url('/cells', [
    ['tags', tags.join(',')],
    ['axis', axis],
    ['calibType', calibType],
    ['flavor', calibType === undefined || flavor === 'vanilla' ? undefined : flavor],
    ['bucket', bucket === undefined ? undefined : String(bucket)],
  ]);
}
