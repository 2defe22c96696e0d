import { join } from 'node:path';
import { writeWhole } from '@lantern/formats/node';
import { type GunEvent, photonOffsets, photonWords } from '@lantern/optics';
import { energyInWords, particleSymbol } from '../display/energy-words.ts';
import { eventPage, type ListedEvent } from '../display/event-page.ts';
import { type EventPicture, eventSvg } from '../display/event-svg.ts';
import { mapSensors } from '../display/map-sensors.ts';
import type { HitResults } from '../display/read-results.ts';
import { type HitTable, lightBySensor, photonsOf } from '../display/sensor-light.ts';
import { formatCount } from '../table.ts';

/** An event that was drawn. */
export interface DrawnEvent {
  /** As in the summary, from 0. */
  readonly number: number;
  readonly file: string;
  readonly hits: number;
}

/** The pictures that were written. */
export interface DrawnEvents {
  readonly events: readonly DrawnEvent[];
  readonly brightest: DrawnEvent;
  readonly page: string;
  /** Number of sensors in the detector. */
  readonly sensors: number;
  /** Of muons shot, with and without light. */
  readonly shot: number;
}

/** What the pictures say of where they come from. */
export interface Origin {
  readonly seed: bigint;
  readonly photons: number;
  readonly outcomes: { readonly detected: number };
}

const pageName = 'index.html';

/**
 * Writes a picture of each event that made light and a page with all of them, into the folder of the results.
 *
 * @param shot the events of the gun, in the order of their photons
 */
export async function drawEvents(
  folder: string,
  { hits, sensors }: HitResults,
  shot: readonly GunEvent[],
  origin: Origin,
): Promise<DrawnEvents> {
  const events = shot.filter(({ photons }) => photons > 0);
  const map = mapSensors(sensors);
  const parts = hitsByEvent(hits, events);
  const listed: ListedEvent[] = [];
  const drawn: DrawnEvent[] = [];
  for (const [i, event] of events.entries()) {
    const part: HitTable = { ...hits, rows: parts[i] ?? new Uint32Array(0) };
    const light = lightBySensor(part);
    const detected = photonsOf(part);
    const picture: EventPicture = {
      title: `Muon ${event.number}`,
      facts: [
        `${energyInWords(event.kineticEnergy)} ${particleSymbol(event.particle.name)}`,
        `${formatCount(event.photons)} photons`,
        `${formatCount(detected)} hits`,
        `${light.size} of ${sensors.length} sensors`,
      ],
      notes: [`water tank, seed ${origin.seed}`],
      map,
      light,
    };
    const file = `muon-${String(event.number).padStart(2, '0')}.svg`;
    await writeWhole(join(folder, file), eventSvg(picture));
    listed.push({ file, picture });
    drawn.push({ number: event.number, file: join(folder, file), hits: detected });
  }
  const page = join(folder, pageName);
  await writeWhole(
    page,
    eventPage(
      `${events.length} cosmic muons in a water tank`,
      [
        `${shot.length} muons crossed the box around the tank; ${lit(shot.length, events.length)} made light in its water and are shown, numbered from 0 as in summary.json.`,
        `${formatCount(origin.photons)} photons, ${formatCount(origin.outcomes.detected)} hits in ${sensors.length} photomultipliers.`,
        'Dots are photomultipliers that saw light: the larger the more, from red (first) to blue (last).',
      ],
      listed,
    ),
  );
  const brightest = drawn.reduce((best, event) => (event.hits > best.hits ? event : best));
  return { events: drawn, brightest, page, sensors: sensors.length, shot: shot.length };
}

/** Hits are in the order of their photons, and photons in that of the events. */
function hitsByEvent({ rows }: HitTable, events: readonly GunEvent[]): Uint32Array[] {
  let row = 0;
  return events.map(({ firstPhoton, photons }) => {
    const begin = row;
    while (row < rows.length && photonNumber(rows, row) < firstPhoton + photons) row += photonWords;
    return rows.subarray(begin, row);
  });
}

/** 40 bits: the high ones are the top byte of the identity's word. */
function photonNumber(words: Uint32Array, row: number): number {
  const high = (words[row + photonOffsets.identity / 4] ?? 0) >>> 24;
  return high * 2 ** 32 + (words[row + photonOffsets.index / 4] ?? 0);
}

function lit(shot: number, events: number): string {
  return shot === events ? 'all' : `${events} of them`;
}
