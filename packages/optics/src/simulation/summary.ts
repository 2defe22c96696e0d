import type { Scene } from '@lantern/geometry';
import type { Vector3 } from '@lantern/units';
import type { Engine } from '../engine.ts';
import type { HitKind } from '../hits/hit-forms.ts';
import type { LiteHitLayout } from '../hits/lite-hit.ts';
import type { SourceEvent } from '../sources/photon-source.ts';
import { formatDigest, type Tally } from '../tally.ts';
import { behindWarnings, describeHitFiles, type HitFile } from './hit-files.ts';
import type { SimulationRequest } from './simulation-request.ts';

/** A calibration that a result is made with: enough to find it again, and to see that it is the same. */
export interface ConditionUsed {
  readonly instrument: string;
  readonly calibType: string;
  readonly flavor: string;
  readonly serNo: number;
  /** Of its payload. */
  readonly sha256: string;
  /** The moment of the detector that it was asked for, as it was asked. */
  readonly at: string;
  /** What was known when it was asked: ISO 8601. */
  readonly asOf: string;
}

/** What summary.json holds. Seconds are of the wall clock. */
export interface Summary {
  /** In summary.partial.json: not all photons were propagated. */
  readonly partial?: true;
  /** Why it is partial. */
  readonly stoppedBy?: string;
  /** `lantern start` where that made them: it replaces its own results, no others. */
  readonly madeBy?: string;
  /** A string where it is beyond 2^53, which JSON's readers round. */
  readonly seed: number | string;
  readonly geometry: string;
  /** SHA-256 of the packed scene. */
  readonly geometryHash: string;
  /** What the detector's properties are from, beside its file. */
  readonly conditions?: readonly ConditionUsed[];
  readonly source: string;
  /** `cpu`, `gpu` */
  readonly engine: string;
  /** The GPU that an engine ran on: `NVIDIA H200 (Vulkan)`. */
  readonly adapter?: string;
  /** Worker threads of the CPU engine; 0 on a GPU. */
  readonly threads: number;
  readonly limits: { readonly maxBounces: number | null; readonly maxTime: number | null };
  /** All that were followed. */
  readonly photons: number;
  /** Those of them that wavelength shifting made beyond the first photon of a shift: they are not of the source. */
  readonly children: number;
  /** In a partial summary: how many of the source there should have been. */
  readonly photonsRequested?: number;
  readonly steps: number;
  readonly seconds: Seconds;
  /** Of propagation. */
  readonly photonsPerSecond: number;
  readonly stepsPerSecond: number;
  /** Of all photons' ends, 16 hexadecimal digits; the same for any number of threads. */
  readonly digest: string;
  readonly outcomes: Readonly<Record<(typeof outcomeFields)[number], number>>;
  readonly histories: Readonly<Record<(typeof historyFields)[number], number>>;
  /** Of each array of hits that was written: rows, and how to read them. */
  readonly hitFiles: Readonly<Record<string, HitFile>>;
  readonly warnings: readonly string[];
  /** Of a gun: what was shot, in the order of the photons. */
  readonly events?: readonly SummaryEvent[];
}

/** An event: kinetic energy in MeV; where it began, mm, ns and a unit vector; which photons came of it. */
export interface SummaryEvent {
  /** From 0. */
  readonly event: number;
  readonly particle: string;
  readonly energy: number;
  readonly position: Vector3;
  readonly direction: Vector3;
  readonly time: number;
  readonly firstPhoton: number;
  readonly photons: number;
}

/** Where the time went. `write` is what the files cost beyond what ran beside propagation, and their completion. */
export interface Seconds {
  readonly load: number;
  readonly propagate: number;
  readonly write: number;
}

const outcomeFields = [
  'absorbed',
  'detected',
  'surfaceAbsorbed',
  'leftWorld',
  'truncated',
] as const;

const historyFields = [
  'scattered',
  'refracted',
  'reflected',
  'diffuse',
  'specular',
  'shifted',
] as const;

/** What a summary is made from. */
export interface SummaryParts {
  readonly request: SimulationRequest;
  readonly scene: Scene;
  readonly geometryHash: string;
  readonly engine: Pick<Engine, 'name' | 'adapter'>;
  readonly tally: Tally;
  readonly seconds: Seconds;
  /** Rows of the files of hits, and the layout of lite ones. */
  readonly hitRows: Readonly<Partial<Record<HitKind, number>>>;
  readonly lite: LiteHitLayout;
  /** Lite hits that are on the back of their sensor, where their layout cannot say it. */
  readonly behind: number;
  /** Of the propagation itself. */
  readonly warnings: readonly string[];
  /** Why not all photons were propagated; absent when they were. */
  readonly stoppedBy?: string | undefined;
}

/** The summary of a simulation, whole or partial. */
export function summarize(parts: SummaryParts): Summary {
  const { request, engine, tally, seconds, stoppedBy } = parts;
  const photons = Number(tally.photons);
  const steps = Number(tally.steps);
  const rate = (n: number): number =>
    seconds.propagate > 0 ? Math.round(n / seconds.propagate) : 0;
  return {
    ...(stoppedBy === undefined ? {} : { partial: true, stoppedBy }),
    ...(request.madeBy === undefined ? {} : { madeBy: request.madeBy }),
    seed: request.seed <= Number.MAX_SAFE_INTEGER ? Number(request.seed) : String(request.seed),
    geometry: request.geometry,
    geometryHash: parts.geometryHash,
    ...(request.conditions === undefined ? {} : { conditions: request.conditions }),
    source: request.source.description,
    engine: engine.name,
    ...(engine.adapter === undefined ? {} : { adapter: engine.adapter }),
    threads: engine.adapter === undefined ? request.threads : 0,
    limits: { maxBounces: request.maxBounces ?? null, maxTime: request.maxTime ?? null },
    photons,
    children: Number(tally.children),
    ...(stoppedBy === undefined
      ? {}
      : { photonsRequested: request.count ?? request.source.count - (request.first ?? 0) }),
    steps,
    seconds: {
      load: milliseconds(seconds.load),
      propagate: milliseconds(seconds.propagate),
      write: milliseconds(seconds.write),
    },
    photonsPerSecond: rate(photons),
    stepsPerSecond: rate(steps),
    digest: formatDigest(tally),
    outcomes: pick(tally, outcomeFields),
    histories: pick(tally, historyFields),
    hitFiles: describeHitFiles(parts.hitRows, request, parts.lite),
    warnings: allWarnings(parts),
    ...(request.source.events ? { events: request.source.events.map(eventEntry) } : {}),
  };
}

/** As text: JSON with an event to a line, as there may be very many. */
export function formatSummary({ events, ...rest }: Summary): string {
  const text = JSON.stringify(rest, undefined, 2);
  if (!events) return `${text}\n`;
  const lines = events.map((event) => `    ${JSON.stringify(event)}`).join(',\n');
  return `${text.slice(0, -2)},\n  "events": [\n${lines}\n  ]\n}\n`;
}

/** More digits than single precision, in which the light is written. */
const digits = 9;

function eventEntry(event: SourceEvent): SummaryEvent {
  const { number, particle, kineticEnergy, at, direction, time, firstPhoton, photons } = event;
  const rounded = (x: number): number => Number(x.toPrecision(digits));
  const vector = ([x, y, z]: Vector3): Vector3 => [rounded(x), rounded(y), rounded(z)];
  return {
    event: number,
    particle: particle.name,
    energy: rounded(kineticEnergy),
    position: vector(at),
    direction: vector(direction),
    time: rounded(time),
    firstPhoton,
    photons,
  };
}

/** In the order of their making, each once: a reader's and a scene's may be the same. */
function allWarnings({ request, scene, warnings, tally, behind }: SummaryParts): string[] {
  const all = [
    ...(request.warnings ?? []),
    ...scene.warnings,
    ...(request.source.warnings?.() ?? []),
    ...warnings,
    ...lostPhotons(tally),
    ...darkStarts(tally),
    ...behindWarnings(behind),
  ];
  return [...new Set(all)];
}

/** Photons that a fault of the geometry caught are truncated, and said. */
function lostPhotons({ lost }: Tally): string[] {
  if (lost === 0n) return [];
  return [
    `${counted(lost)} ${lost === 1n ? 'was' : 'were'} caught between volumes and given up, counted as truncated: volumes overlap; ` +
      'see `lantern geometry check`',
  ];
}

/** Geant4 lets such photons fly to the next boundary and ends them there: seldom what was meant. */
function darkStarts({ startedDark }: Tally): string[] {
  if (startedDark === 0n) return [];
  return [
    `${counted(startedDark)} started in a material without RINDEX, where no light goes: such end at its boundary, or leave the world`,
  ];
}

function counted(photons: bigint): string {
  return `${photons} photon${photons === 1n ? '' : 's'}`;
}

function pick<const Field extends keyof Tally>(
  tally: Tally,
  fields: readonly Field[],
): Record<Field, number> {
  return Object.fromEntries(fields.map((field) => [field, Number(tally[field])])) as Record<
    Field,
    number
  >;
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
