import { z } from 'zod';
import { ConditionsError } from '../errors.ts';
import type { IntervalJson } from '../json/answer-json.ts';
import type { EventJson } from '../json/event-json.ts';
import { eventSchema, sha256Schema } from '../json/schemas.ts';
import type { Axis } from '../model/validity.ts';

/** A part of a snapshot file: where it is, and what its bytes must be. */
export interface Section {
  readonly offset: number;
  readonly length: number;
  readonly sha256: string;
}

/** A series in a snapshot file. */
interface SeriesHeader {
  readonly instrument: string;
  readonly calibType: string;
  readonly flavor: string;
  readonly axis: Axis;
  readonly rows: number;
  /** Positions of which all rows are there; null: all. */
  readonly covers: IntervalJson | null;
  readonly section: Section;
}

/** What a snapshot file says of itself, as JSON in the file. docs/snapshots.md describes the sections. */
export interface SnapshotHeader {
  readonly format: 'lantern conditions snapshot';
  readonly version: 1;
  /** The last event of the log that the snapshot knows of, and its moment. */
  readonly seq: number;
  readonly asOf: string;
  readonly scope: SnapshotScope;
  readonly completions: readonly string[];
  readonly series: readonly SeriesHeader[];
  /** Directory of the blocks of the log. */
  readonly log: Section;
  /** Which blocks speak of which row. */
  readonly rowBlocks: Section;
  /** Directory of payloads and of the blocks of tags. */
  readonly payloads: Section;
  /** What happened to the tags, and to the vocabularies. */
  readonly tags: readonly EventJson[];
  readonly vocabularies: readonly EventJson[];
}

/** What a snapshot holds. */
export interface SnapshotScope {
  /** Null: all, and whatever is not in a tag too. */
  readonly tags: readonly string[] | null;
  /** Null: all. The other axis is whole. */
  readonly range: (IntervalJson & { readonly axis: Axis }) | null;
  readonly payloads: boolean;
}

const whole = z.number().int().nonnegative();
const axis = z.enum(['time', 'run']);
const interval = { begin: z.string().nullable(), end: z.string().nullable() };

const sectionSchema: z.ZodType<Section> = z.object({
  offset: whole,
  length: whole,
  sha256: sha256Schema,
});

/** {@link SnapshotScope} */
export const scopeSchema: z.ZodType<SnapshotScope> = z.object({
  tags: z.array(z.string()).nullable(),
  range: z.object({ axis, ...interval }).nullable(),
  payloads: z.boolean(),
});

const headerSchema: z.ZodType<SnapshotHeader> = z.object({
  format: z.literal('lantern conditions snapshot'),
  version: z.literal(1),
  seq: whole,
  asOf: z.string(),
  scope: scopeSchema,
  completions: z.array(z.string()).max(65_536),
  series: z.array(
    z.object({
      instrument: z.string(),
      calibType: z.string(),
      flavor: z.string(),
      axis,
      rows: whole,
      covers: z.object(interval).nullable(),
      section: sectionSchema,
    }),
  ),
  log: sectionSchema,
  rowBlocks: sectionSchema,
  payloads: sectionSchema,
  tags: z.array(eventSchema),
  vocabularies: z.array(eventSchema),
});

/** The file begins with it. */
export const firstLine: string = `${'lantern conditions snapshot 1: its header is the JSON above its last line'.padEnd(95)}\n`;

/** Bytes of the last line. */
export const lastLineBytes = 128;
const maximumHeaderBytes = 2 ** 28;

/** The last line of a file: where the header is, and its hash. */
export function lastLine({ offset, length, sha256 }: Section): string {
  const words = `\nheader ${offset} ${length} ${sha256}`;
  return `${words.padEnd(lastLineBytes - 1)}\n`;
}

/**
 * @param text the last 128 bytes of a file
 * @throws ConditionsError `corrupt` for a file that is cut off, or is none
 */
export function parseLastLine(text: string, size: number, where: string): Section {
  const [, offset, length, sha256] =
    /^\nheader (\d{1,16}) (\d{1,16}) ([0-9a-f]{64}) *\n$/.exec(text) ?? [];
  const section = { offset: Number(offset), length: Number(length), sha256: sha256 ?? '' };
  const isThere = sha256 && section.offset + section.length + lastLineBytes === size;
  if (isThere && section.length <= maximumHeaderBytes) return section;
  throw new ConditionsError('corrupt', {
    what: 'no whole snapshot: its last line does not say where its header is',
    where,
    given: `${size} bytes`,
    hint: 'it was cut off on its way, or is another file; copy it again',
  });
}

/** @throws ConditionsError `corrupt` for what is no header, and names what is wrong */
export function parseHeader(bytes: Uint8Array, where: string): SnapshotHeader {
  const result = headerSchema.safeParse(parseJson(bytes, where));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ConditionsError('corrupt', {
    what: 'the header of a snapshot is not as it should be',
    where: `${where}, ${issue?.path.join('.') || 'header'}`,
    given: issue?.message,
  });
}

/** @throws ConditionsError `corrupt` for what is no JSON in UTF-8 */
export function parseJson(bytes: Uint8Array, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ConditionsError('corrupt', { what: 'no JSON', where, cause });
  }
}
