import { type HitKind, hasMerged, hitKinds } from '../hits/hit-forms.ts';
import type { LiteHitLayout } from '../hits/lite-hit.ts';
import type { SimulationRequest } from './simulation-request.ts';

/** What summary.json says of a file of hits, and what it takes to read it. */
export interface HitFile {
  readonly rows: number;
  /** Of merged hits: the window in ns, and whether hits of different events are apart. */
  readonly window?: number;
  readonly perEvent?: boolean;
  /** Of lite hits: the layout's name; bits of the identity, the count has the others of 32; cos θ of 0. */
  readonly layout?: LiteHitLayout['name'];
  readonly identityBits?: number;
  readonly leastCosTheta?: number;
}

/** The files of hits by name, in the order of `hitKinds`. */
export function describeHitFiles(
  rows: Readonly<Partial<Record<HitKind, number>>>,
  { hitForms, source }: Pick<SimulationRequest, 'hitForms' | 'source'>,
  lite: LiteHitLayout,
): Record<string, HitFile> {
  return Object.fromEntries(
    hitKinds.flatMap((kind) => {
      const count = rows[kind];
      if (count === undefined) return [];
      const file: HitFile = {
        rows: count,
        ...(hasMerged([kind]) && {
          window: hitForms?.window ?? 0,
          perEvent: !hitForms?.acrossEvents && (source.events?.length ?? 0) > 0,
        }),
        ...(kind.startsWith('hits-lite') && {
          layout: lite.name,
          identityBits: lite.countShift,
          leastCosTheta: lite.leastCosTheta,
        }),
      };
      return [[`${kind}.npy`, file]];
    }),
  );
}

/** Lite hits whose place cannot be said. */
export function behindWarnings(behind: number): string[] {
  if (behind === 0) return [];
  const hits = behind === 1 ? 'hit is' : 'hits are';
  return [
    `${behind} lite ${hits} on the back of the sensor (z < 0 in its own frame), which Opticks' layout cannot say: written with cos theta 0; ` +
      '--keep hits-lite=wide says where',
  ];
}
