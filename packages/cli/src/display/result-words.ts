import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Summary, SummaryEvent } from '@lantern/optics';
import { formatCount } from '../table.ts';
import { energyInWords, particleSymbol } from './energy-words.ts';
import type { EventPicture } from './event-svg.ts';
import type { HitResults } from './read-results.ts';
import { photonsOf } from './sensor-light.ts';

/** What is told of a summary; a file of another version may lack some. */
type KnownSummary = Partial<
  Pick<Summary, 'source' | 'seed' | 'geometry' | 'photons' | 'photonsRequested' | 'events'>
>;

/**
 * Title, facts and notes of the picture of a simulation, from its summary: the source in words, energies, photons, hits,
 * seed. Without one, which a simulation on its way has not yet, the folder is its title.
 *
 * @param lit number of sensors that were hit
 */
export async function resultWords(
  folder: string,
  { hits, sensors, partial }: HitResults,
  lit: number,
): Promise<Pick<EventPicture, 'title' | 'facts' | 'notes'>> {
  const summary = await readSummary(
    join(folder, partial ? 'summary.partial.json' : 'summary.json'),
  );
  const { source, seed, geometry, photons, events } = summary;
  const title = source ?? basename(resolve(folder));
  return {
    title: partial ? `${title} (partial)` : title,
    facts: [
      ...(partial ? [shareInWords(summary)] : []),
      ...(events?.length ? energies(events) : []),
      ...(photons === undefined ? [] : [`${formatCount(photons)} photons`]),
      `${formatCount(photonsOf(hits))} hits`,
      `${lit} of ${sensors.length} sensors`,
    ],
    notes: [
      ...(geometry === undefined ? [] : [basename(geometry)]),
      ...(seed === undefined ? [] : [`seed ${seed}`]),
    ],
  };
}

async function readSummary(path: string): Promise<KnownSummary> {
  try {
    return (JSON.parse(await readFile(path, 'utf8')) ?? {}) as KnownSummary;
  } catch {
    return {};
  }
}

function shareInWords({ photons, photonsRequested }: KnownSummary): string {
  if (photons === undefined || !photonsRequested) return 'partial, so far:';
  return `partial: ${Math.floor((100 * photons) / photonsRequested)} % done`;
}

/** Of one event its particle and energy, else the number of events and the greatest energy. */
function energies(events: readonly SummaryEvent[]): string[] {
  const [first] = events;
  if (events.length === 1 && first)
    return [`${energyInWords(first.energy)} ${particleSymbol(first.particle)}`];
  const most = events.reduce((energy, event) => Math.max(energy, event.energy), 0);
  return [`${formatCount(events.length)} events`, `up to ${energyInWords(most)}`];
}
