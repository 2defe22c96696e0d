import type { Summary } from '@lantern/optics';
import { formatCount, formatDuration, formatRate, formatShare, formatTable } from './table.ts';

const outcomeWords = {
  detected: 'detected (hits)',
  absorbed: 'absorbed in bulk',
  surfaceAbsorbed: 'absorbed at surfaces',
  leftWorld: 'left the world',
  truncated: 'stopped by a limit',
} as const;

const historyWords = {
  scattered: 'scattered',
  refracted: 'refracted',
  reflected: 'reflected (Fresnel)',
  diffuse: 'reflected diffusely',
  specular: 'reflected specularly',
  shifted: 'shifted in wavelength',
} as const;

/** What a person wants to see of a summary at the end. */
export function formatSummary(summary: Summary): string {
  const { photons, children, steps, seconds, outcomes, histories } = summary;
  const count = (words: string, n: number): string[] => [
    words,
    formatCount(n),
    formatShare(n, photons),
  ];
  const rows = [
    count('photons', photons),
    ...(children > 0 ? [count('  made by shifts', children)] : []),
    ...entries(outcomeWords)
      .filter(([name]) => name !== 'truncated' || outcomes.truncated > 0)
      .map(([name, words]) => count(`  ${words}`, outcomes[name])),
    ['at least once', '', ''],
    ...entries(historyWords)
      .filter(([name]) => histories[name] > 0)
      .map(([name, words]) => count(`  ${words}`, histories[name])),
    ['steps', formatCount(steps), ''],
    ['speed', `${formatRate(summary.photonsPerSecond)} photons/s`, ''],
    ['', `${formatRate(summary.stepsPerSecond)} steps/s`, ''],
    ['load', formatDuration(seconds.load), ''],
    ['propagate', formatDuration(seconds.propagate), ''],
    ['write', formatDuration(seconds.write), ''],
    ['digest', summary.digest, ''],
  ];
  const { photonsRequested = photons - children } = summary;
  const head = summary.partial
    ? `stopped: partial, ${formatCount(photons - children)} of ${formatCount(photonsRequested)} photons\n`
    : '';
  return head + formatTable(rows) + (summary.adapter ? `on the GPU ${summary.adapter}\n` : '');
}

/** What propagated, for people: a GPU by its name, or threads. */
export function formatEngine({ adapter, threads }: Pick<Summary, 'adapter' | 'threads'>): string {
  return adapter ?? `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

function entries<Name extends string>(words: Readonly<Record<Name, string>>): [Name, string][] {
  return Object.entries(words) as [Name, string][];
}
