import { nearest } from '@lantern/units';
import { ConditionsError } from '../errors.ts';
import { type Calibration, type CalibrationDraft, procLevels } from '../model/calibration.ts';
import { formatPosition } from '../model/position.ts';
import { isPlainText } from '../model/text.ts';
import { type Axis, always, forever, type Moment } from '../model/validity.ts';
import type { Vocabularies } from '../model/vocabularies.ts';
import { isPresent } from './assertions.ts';
import { rulesFor } from './type-rules.ts';

/** Completions that there are where an experiment declares none. */
const defaultCompletions: readonly string[] = ['ok', 'incomplete', 'abort'];

/** Longest texts: a name, and what people write. In UTF-16 units. */
const maxName = 255;
const maxText = 65_536;

/** What is wrong with a draft, for an error. */
interface Fault {
  readonly field: string;
  readonly what: string;
  readonly given: string;
  readonly expected: string;
  readonly hint?: string | undefined;
}

/**
 * The row that a draft becomes: with the defaults (flavor vanilla, level test, completion ok, locale …) and what the store
 * adds. Refuses fields that are missing, of the wrong type, or not among the declared words, all at once. [INS2] [INS3]
 *
 * @throws ConditionsError `invalid`
 */
export function completeDraft(
  draft: CalibrationDraft,
  store: {
    readonly serNo: number;
    readonly enterTime: Moment;
    readonly vocabularies: Vocabularies;
  },
): Calibration {
  const axis: Axis = draft.axis ?? 'time';
  const row: Calibration = {
    serNo: store.serNo,
    instrument: draft.instrument,
    calibType: draft.calibType,
    flavor: draft.flavor ?? 'vanilla',
    axis,
    vstart: draft.vstart,
    vend: draft.vend ?? forever,
    completion: draft.completion ?? 'ok',
    procLevel: draft.procLevel ?? 'test',
    ...(draft.procLevel === 'production' && { prodStart: store.enterTime }),
    locale: draft.locale ?? '',
    enterTime: store.enterTime,
    creator: draft.creator ?? '',
    uid: draft.uid ?? '',
    inputDesc: draft.inputDesc ?? '',
    notes: draft.notes ?? '',
    dataIdent: draft.dataIdent ?? '',
    dataFmt: draft.dataFmt,
    fmtVersion: draft.fmtVersion,
    ...(draft.payload && {
      payload: { sha256: draft.payload.sha256, size: draft.payload.size },
    }),
  };
  refuse(row, [
    ...textFaults(row),
    ...wordFaults(row, store.vocabularies),
    ...validityFaults(row),
    ...payloadFaults(row),
    ...requiredFaults(row, store.vocabularies),
  ]);
  return row;
}

function refuse(row: Calibration, faults: readonly Fault[]): void {
  const [first] = faults;
  if (!first) return;
  const where = [row.instrument, row.calibType, row.flavor].filter(Boolean).join(' ');
  if (faults.length === 1) {
    const { field, what, given, expected, hint } = first;
    throw new ConditionsError('invalid', {
      what: `${field}: ${what}`,
      where,
      given,
      expected,
      hint,
    });
  }
  const list = faults.map(({ field, what, given, expected, hint }) => {
    const text = `${field}: ${what}, given ${given}, expected ${expected}`;
    return hint ? `${text} (${hint})` : text;
  });
  throw new ConditionsError('invalid', {
    what: `${faults.length} fields are wrong: ${list.join('; ')}`,
    where,
  });
}

const names = ['instrument', 'calibType', 'flavor', 'completion', 'dataFmt'] as const;
const texts = [
  'fmtVersion',
  'locale',
  'creator',
  'uid',
  'inputDesc',
  'notes',
  'dataIdent',
] as const;

function textFaults(row: Calibration): Fault[] {
  const check = (field: (typeof names)[number] | (typeof texts)[number], max: number): Fault[] => {
    const value: unknown = row[field];
    if (typeof value !== 'string') {
      return [{ field, what: 'no text', given: typeof value, expected: 'text' }];
    }
    if (value.length > max) {
      return [
        { field, what: 'too long', given: `${value.length}`, expected: `at most ${max} letters` },
      ];
    }
    if (!isPlainText(value)) {
      return [
        {
          field,
          what: 'not text',
          given: JSON.stringify(value.slice(0, 80)),
          expected: 'Unicode without NUL',
        },
      ];
    }
    return [];
  };
  return [
    ...names.flatMap((field) => {
      const faults = check(field, maxName);
      if (faults.length > 0) return faults;
      if (row[field] === '') return [{ field, what: 'missing', given: "''", expected: 'a name' }];
      if (/^\s|\s$|[\p{Cc}]/u.test(row[field])) {
        return [
          {
            field,
            what: 'no name',
            given: JSON.stringify(row[field]),
            expected: 'no spaces around it, no control characters',
          },
        ];
      }
      return [];
    }),
    ...texts.flatMap((field) => check(field, field === 'fmtVersion' ? maxName : maxText)),
  ];
}

function wordFaults(row: Calibration, vocabularies: Vocabularies): Fault[] {
  const one = (field: keyof Calibration, words: readonly string[] | undefined): Fault[] => {
    const value = row[field];
    if (!words || typeof value !== 'string' || value === '' || words.includes(value)) return [];
    const near = nearest(value, words);
    return [
      {
        field,
        what: 'not a declared word',
        given: `'${value.slice(0, maxName)}'`,
        expected: words.length > 0 ? `one of ${words.slice(0, 50).join(', ')}` : 'none',
        hint: near && `did you mean '${near}'?`,
      },
    ];
  };
  const fixed = (field: 'procLevel' | 'axis', words: readonly string[]): Fault[] => {
    const value: unknown = row[field];
    if (typeof value === 'string' && value !== '') return one(field, words);
    const given = value === '' ? "''" : typeof value;
    return [{ field, what: 'no word', given, expected: `one of ${words.join(', ')}` }];
  };
  return [
    ...one('instrument', vocabularies.instruments),
    ...one('calibType', vocabularies.calibTypes),
    ...one('flavor', vocabularies.flavors),
    ...one('completion', vocabularies.completions ?? defaultCompletions),
    ...one('dataFmt', vocabularies.dataFmts),
    ...one('locale', vocabularies.locales),
    ...fixed('procLevel', procLevels),
    ...fixed('axis', ['time', 'run']),
  ];
}

function validityFaults(row: Calibration): Fault[] {
  const wrong = (['vstart', 'vend'] as const).filter((field) => typeof row[field] !== 'bigint');
  if (wrong.length > 0) {
    return wrong.map((field) => ({
      field,
      what: 'no position',
      given: typeof row[field],
      expected: 'bigint',
    }));
  }
  if (row.axis !== 'time' && row.axis !== 'run') return [];
  const isIn64Bits = (position: bigint) => position >= always && position <= forever;
  if (!isIn64Bits(row.vstart) || !isIn64Bits(row.vend)) {
    return [
      {
        field: 'vstart, vend',
        what: 'outside 64 bits',
        given: `${row.vstart}, ${row.vend}`,
        expected: `${always} .. ${forever}`,
      },
    ];
  }
  if (row.vend <= row.vstart) {
    return [
      {
        field: 'vend',
        what: 'not after vstart',
        given: formatPosition(row.vend, row.axis),
        expected: `later than ${formatPosition(row.vstart, row.axis)}`,
      },
    ];
  }
  if (row.axis === 'run' && ((row.vstart < 0n && row.vstart !== always) || row.vend < 0n)) {
    return [
      {
        field: 'vstart',
        what: 'a run below 0',
        given: `${row.vstart}`,
        expected: '0 and more, or open',
      },
    ];
  }
  return [];
}

function payloadFaults({ payload }: Calibration): Fault[] {
  if (!payload) return [];
  const { sha256, size } = payload;
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) {
    return [
      {
        field: 'payload',
        what: 'no SHA-256',
        given: JSON.stringify(sha256)?.slice(0, 80) ?? typeof sha256,
        expected: '64 lower-case hexadecimal digits',
      },
    ];
  }
  if (!Number.isSafeInteger(size) || size < 0) {
    return [{ field: 'payload', what: 'no size', given: `${size}`, expected: 'bytes' }];
  }
  return [];
}

function requiredFaults(row: Calibration, vocabularies: Vocabularies): Fault[] {
  const { required } = rulesFor(vocabularies, row.calibType);
  return required.flatMap((field) => {
    return isPresent(row, field)
      ? []
      : [
          {
            field,
            what: 'missing',
            given: "''",
            expected: `a value: ${row.calibType} requires it`,
          },
        ];
  });
}
