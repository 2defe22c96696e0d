import type { Engine, GunOptions } from '@lantern/optics';
import { propagateRows } from '@lantern/optics/validation';
import type { CaseFindings, CaseGroup, CaseTools, ValidationCase } from './case.ts';
import type { CaseResult, GroupResult } from './validation.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** How to run cases. */
export interface GroupsRequest {
  readonly engine: Engine;
  /** For speeds; default: `engine`. */
  readonly timed?: Engine;
  readonly kernel: GunOptions['module'];
  readonly seed: bigint;
  readonly threads: number;
  readonly signal: AbortSignal;
  /** Photons to propagate instead of the usual number; default: as many. */
  readonly few?: (photons: number) => number;
  /** Told before the cases of a group begin. */
  readonly onGroup?: (name: string) => void;
  readonly onProgress: (photons: number, total: number) => void;
}

/** What all groups found, and what it says together. */
export interface GroupsResult {
  readonly groups: readonly GroupResult[];
  readonly verdict: Verdict;
}

interface Ran {
  readonly case: ValidationCase;
  readonly findings: CaseFindings;
  readonly seconds: number;
}

/** Runs all cases of all groups, one after the other; the verdict of each counts all comparisons made. [VAL6] */
export async function runGroups(
  groups: readonly CaseGroup[],
  request: GroupsRequest,
): Promise<GroupsResult> {
  const { few = (photons) => photons } = request;
  const total = groups
    .flatMap(({ cases }) => cases)
    .reduce((sum, { photons }) => sum + few(photons), 0);
  let [done, ofCase] = [0, 0];
  const count = (photons: number): void => {
    done += photons;
    ofCase += photons;
    request.onProgress(Math.min(done, total), total);
  };
  const ran: (readonly [CaseGroup, readonly Ran[]])[] = [];
  for (const group of groups) {
    const results: Ran[] = [];
    request.onGroup?.(group.name);
    for (const one of group.cases) {
      request.signal.throwIfAborted();
      const begin = performance.now();
      // Random numbers of its own, so that comparisons are independent, whatever else runs.
      const seed = seedOf(request.seed, group.name, one.name);
      ofCase = 0;
      const findings = await one.run(toolsOf({ ...request, seed }, count));
      const seconds = (performance.now() - begin) / 1000;
      const photons = request.few ? ofCase : one.photons;
      results.push({ case: { ...one, photons }, findings, seconds });
    }
    ran.push([group, results]);
  }
  const all = ran.flatMap(([, results]) => results.flatMap(({ findings }) => findings.comparisons));
  return {
    groups: ran.map(([group, results]) => groupResult(group, results, all)),
    verdict: verdictOf(all, all),
  };
}

function seedOf(seed: bigint, group: string, name: string): bigint {
  let hash = seed;
  for (const letter of `${group}/${name}`) {
    hash = BigInt.asUintN(63, (hash ^ BigInt(letter.codePointAt(0) ?? 0)) * 0x100000001b3n);
  }
  return hash;
}

function toolsOf(request: GroupsRequest, done: (photons: number) => void): CaseTools {
  const { engine, timed = engine, kernel, seed, threads, signal } = request;
  const { few = (photons: number) => photons } = request;
  return {
    engine,
    timed,
    kernel,
    seed,
    threads,
    signal,
    few,
    done,
    propagate: async (detector, source, onEnd, options = {}, onBatch) =>
      await propagateRows(
        engine,
        detector,
        source,
        { seed, threads, signal, ...options },
        onEnd,
        (batch) => {
          onBatch?.(batch);
          done(batch.count);
        },
      ),
  };
}

function groupResult(
  { name, title, about, missing }: CaseGroup,
  results: readonly Ran[],
  all: CaseFindings['comparisons'],
): GroupResult {
  const cases = results.map(({ case: one, findings, seconds }): CaseResult => {
    const { run: _, ...described } = one;
    return { ...described, ...findings, verdict: verdictOf(findings.comparisons, all), seconds };
  });
  return {
    ...{ name, title, about },
    ...(missing !== undefined && { missing }),
    cases,
    verdict: verdictOf(
      cases.flatMap(({ comparisons }) => comparisons),
      all,
    ),
    seconds: cases.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}
