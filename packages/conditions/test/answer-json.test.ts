import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  always,
  type Calibration,
  type Change,
  type ConditionsEvent,
  draftFromJson,
  draftSchema,
  edgeText,
  eventFromJson,
  eventSchema,
  eventToJson,
  type Found,
  forever,
  foundFromJson,
  foundSchema,
  foundToJson,
  type Interval,
  parseEdge,
  type Resolved,
  resolvedFromJson,
  resolvedSchema,
  resolvedToJson,
  type Tag,
  type TagLine,
  tagFromJson,
  tagLineFromJson,
  tagLineSchema,
  tagLineToJson,
  tagSchema,
  tagToJson,
} from '../src/index.ts';
import { draftToJson } from '../src/json/draft-json.ts';

const word = fc.string({ unit: 'binary', maxLength: 12 });
const hash = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
const moment = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n });
const axis = fc.constantFrom('time' as const, 'run' as const);
const runOrTime = (on: 'time' | 'run') =>
  on === 'run' ? fc.bigInt({ min: 0n, max: 2n ** 63n - 2n }) : moment;
const interval = (on: 'time' | 'run'): fc.Arbitrary<Interval> =>
  fc.record({
    begin: fc.oneof(fc.constant(always), runOrTime(on)),
    end: fc.oneof(fc.constant(forever), runOrTime(on)),
  });
const level = fc.constantFrom('production', 'development', 'test', 'superseded' as const);
const number = fc.integer({ min: 1, max: 2 ** 31 });

const calibration: fc.Arbitrary<Calibration> = axis.chain((on) =>
  fc
    .record(
      {
        range: interval(on),
        ...{ serNo: number, instrument: word, calibType: word, flavor: word, completion: word },
        ...{
          procLevel: level,
          prodStart: moment,
          prodEnd: moment,
          locale: word,
          enterTime: moment,
        },
        ...{ creator: word, uid: word, inputDesc: word, notes: word, dataIdent: word },
        ...{ dataFmt: word, fmtVersion: word, deprecated: word },
        payload: fc.record({ sha256: hash, size: fc.nat() }, { noNullPrototype: true }),
      },
      {
        noNullPrototype: true,
        requiredKeys: [
          ...(['range', 'serNo', 'instrument', 'calibType', 'flavor', 'completion'] as const),
          ...(['procLevel', 'locale', 'enterTime', 'creator', 'uid', 'inputDesc'] as const),
          ...(['notes', 'dataIdent', 'dataFmt', 'fmtVersion'] as const),
        ],
      },
    )
    .map(({ range, ...row }) => ({ ...row, axis: on, vstart: range.begin, vend: range.end })),
);
const wire = (json: unknown): unknown => JSON.parse(JSON.stringify(json));

describe('answers as JSON', () => {
  test('[JSN3] one answer', () => {
    const found: fc.Arbitrary<Found> = calibration.chain((row) =>
      fc.record({ calibration: fc.constant(row), validity: interval(row.axis), asOf: moment }),
    );
    fc.assert(
      fc.property(found, (answer) => {
        const back = foundFromJson(foundSchema.parse(wire(foundToJson(answer))));
        expect(back).toEqual(answer);
      }),
    );
  });

  test('[JSN3] all of a stack of tags', () => {
    const resolved = (on: 'time' | 'run'): fc.Arbitrary<Resolved> =>
      fc.record({
        lines: fc.uniqueArray(
          fc.record({
            ...{ calibType: word, flavor: word, tag: word, serNo: number },
            payload: fc.oneof(hash, fc.constant('')),
            validity: interval(on),
          }),
          { selector: ({ calibType }) => calibType, maxLength: 5 },
        ),
        missing: fc.constant([]),
        validity: interval(on),
        asOf: moment,
        immutable: fc.boolean(),
      });
    const both = axis.chain((on) => fc.tuple(fc.constant(on), resolved(on)));
    fc.assert(
      fc.property(both, ([on, answer]) => {
        const back = resolvedFromJson(resolvedSchema.parse(wire(resolvedToJson(answer, on))));
        expect(back).toEqual(answer);
      }),
    );
  });

  test('[JSN3] tags and their lines', () => {
    const tag: Tag = {
      ...{ name: 'a', instrument: 'LAT', description: '', state: 'OPEN', root: 'x' },
      rule: { levels: ['production'], asOf: 7n, flavors: ['vanilla'] },
      ...{ created: 1n, changed: 1_000_000_001n },
    };
    expect(tagFromJson(tagSchema.parse(wire(tagToJson(tag))))).toEqual(tag);
    const line = (on: 'time' | 'run'): fc.Arbitrary<TagLine> =>
      fc.record({
        ...{ calibType: word, flavor: word, axis: fc.constant(on) },
        entries: fc.array(
          fc
            .tuple(interval(on), number, fc.oneof(hash, fc.constant('')))
            .map(([range, serNo, payload]) => ({ ...range, serNo, payload })),
          { maxLength: 4 },
        ),
      });
    fc.assert(
      fc.property(axis.chain(line), (one) => {
        expect(tagLineFromJson(tagLineSchema.parse(wire(tagLineToJson(one))))).toEqual(one);
      }),
    );
  });

  test('[JSN4] events', () => {
    const reason = word;
    const change: fc.Arbitrary<Change> = fc.oneof(
      fc.record({ kind: fc.constant('registered' as const), calibration }),
      fc.record({ kind: fc.constant('closed' as const), serNo: number, vend: moment, reason }),
      fc.record({ kind: fc.constant('levelled' as const), serNo: number, level, reason }),
      fc.record({ kind: fc.constant('deprecated' as const), serNo: number, reason }),
      fc.record({
        kind: fc.constant('tagCreated' as const),
        ...{ tag: word, instrument: word, description: word, root: hash },
        rule: fc.record({ levels: fc.array(level), asOf: moment, calibTypes: fc.array(word) }),
      }),
      fc.record({
        kind: fc.constant('tagMoved' as const),
        ...{ tag: word, state: fc.constantFrom('OPEN' as const, 'INVALID' as const), root: hash },
        reason,
      }),
      fc.constant<Change>({
        kind: 'vocabulariesDeclared',
        vocabularies: { instruments: ['LAT'], rules: { '*': { overlap: 'refuse' } } },
      }),
    );
    const event: fc.Arbitrary<ConditionsEvent> = fc.record({
      ...{ seq: number, at: moment, by: word },
      change,
    });
    fc.assert(
      fc.property(event, (one) => {
        expect(eventFromJson(eventSchema.parse(wire(eventToJson(one))))).toEqual(one);
      }),
    );
  });

  test('[JSN5] edges whatever their axis', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: always + 1n, max: forever - 1n }), (edge) => {
        expect(parseEdge(edgeText(edge), 0n)).toBe(edge);
      }),
    );
    expect(parseEdge(edgeText(forever), forever)).toBe(forever);
  });

  test('[JSN5] drafts', () => {
    const draft = {
      ...{ instrument: 'LAT', calibType: 'T', flavor: 'f', dataFmt: 'XML', fmtVersion: '1' },
      ...{ vstart: 5n, vend: forever, axis: 'run' as const, notes: 'n' },
    };
    expect(draftFromJson(draftSchema.parse(wire(draftToJson(draft))))).toEqual(draft);
    expect(draftSchema.safeParse({ ...draftToJson(draft), serNo: 7 }).success).toBe(false);
  });
});
