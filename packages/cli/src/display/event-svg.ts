import { drawnByLantern } from '@lantern/optics';
import { chargeLegend, timeLegend } from './event-legend.ts';
import { chargeRadius, type EventScale, eventScale } from './event-scale.ts';
import { coordinate, escapeMarkup } from './markup.ts';
import type { SensorLight } from './sensor-light.ts';
import { mapWidth, type SensorMap } from './sensor-map.ts';
import { timeColour, timeColourCount, timeColours } from './time-colours.ts';

/** An event to draw. */
export interface EventPicture {
  /** A long one has lines of its own above the picture. */
  readonly title: string;
  /** Facts under the title, one line each; at most 22 characters, so that they fit beside the caps. */
  readonly facts: readonly string[];
  /** Small print: where it came from. */
  readonly notes: readonly string[];
  readonly map: SensorMap;
  /** By the identity of the sensor. */
  readonly light: ReadonlyMap<number, SensorLight>;
}

const [margin, lineHeight, legendHeight] = [22, 34, 300];
/** Letters of a title that fit beside the caps, and across the picture; the distance of its lines there. */
const [shortTitle, titleWidth, titleLine] = [14, 36, 46];

/**
 * Draws an event: a dot for each sensor that was hit, its size by charge, its colour by the time of the first photon,
 * from red (first) to blue (last). Stands alone; follows the reader's light or dark theme; its letters grow where it is
 * small.
 */
export function eventSvg(picture: EventPicture): string {
  const { map, title, facts, notes } = picture;
  const scale = eventScale(picture.light);
  const titles = wrap(title, title.length > shortTitle ? titleWidth : shortTitle);
  const head = title.length > shortTitle ? titles.length * titleLine : 0;
  const top = head + (map.freeCorners ? 0 : legendHeight);
  const below = map.freeCorners ? 0 : 110;
  const height = Math.ceil(top + map.height + below);
  const bottom = height - margin - lineHeight * 2.2;
  const factsTop = margin + (head === 0 ? 76 : head + 36);
  const texts = [
    ...titles.map((part, i) => line('title', margin, margin + 30 + i * titleLine, part)),
    ...facts.map((fact, i) => line('', margin, factsTop + i * lineHeight, fact)),
    ...[...notes, map.projection].map((note, i, all) =>
      line('note', mapWidth - margin, height - margin - (all.length - 1 - i) * 30, note, 'end'),
    ),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${mapWidth} ${height}" role="img" aria-labelledby="title description">`,
    drawnByLantern,
    `<title id="title">${escapeMarkup(title)}</title>`,
    `<desc id="description">${escapeMarkup([...facts, map.projection, scaleInWords(scale)].join('; '))}</desc>`,
    `<style>${style}</style>`,
    `<rect class="page" width="${mapWidth}" height="${height}"/>`,
    `<g transform="translate(0 ${top})">${drawing(picture, scale, true)}</g>`,
    ...texts,
    timeLegend(picture.light, scale, mapWidth - margin, head + margin),
    chargeLegend(scale, map.dotRadius, margin, bottom),
    '</svg>',
    '',
  ].join('\n');
}

/** The dots alone, for an overview; its colours come from the page: `eventColours`. */
export function eventThumbnail({ map, light, title }: EventPicture): string {
  const inside = drawing({ map, light }, eventScale(light), false);
  return `<svg viewBox="0 0 ${mapWidth} ${Math.ceil(map.height)}" role="img" aria-label="${escapeMarkup(title)}">${inside}</svg>`;
}

function drawing(
  { map, light }: Pick<EventPicture, 'map' | 'light'>,
  scale: EventScale,
  complete: boolean,
): string {
  const outlines = map.outlines.map((path) => `<path class="outline" d="${path}"/>`);
  const dots = map.points.map(({ identity, x, y }) => {
    const place = `cx="${coordinate(x)}" cy="${coordinate(y)}"`;
    const seen = light.get(identity);
    if (!seen) return complete ? `<circle class="dark" ${place} r="1.8"/>` : '';
    const colour = timeColour(seen.time, scale.from, scale.to);
    const radius = coordinate(chargeRadius(seen.charge, scale.largest, map.dotRadius));
    const circle = `<circle class="t${colour}" fill="${timeColours.light[colour]}" ${place} r="${radius}"`;
    if (!complete) return `${circle}/>`;
    const after = (seen.time - scale.from).toFixed(1);
    const words = `sensor ${identity - 1}: ${seen.charge} photons, first at ${after} ns (${seen.time.toFixed(1)} ns in all)`;
    return `${circle}><title>${words}</title></circle>`;
  });
  return [...outlines, ...dots].filter(Boolean).join('\n');
}

function scaleInWords({ from, to }: EventScale): string {
  const [first, last] = [from.toFixed(1), to.toFixed(1)];
  return `colours are the time of a sensor's first photon: red ${first} ns or before, when sensors with 1 % of the light had been hit, blue ${last} ns or after, with 95 %`;
}

/** Lines of at most so many letters, where words allow. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function line(kind: string, x: number, y: number, text: string, anchor = 'start'): string {
  const attributes = kind === '' ? '' : ` class="${kind}"`;
  return `<text${attributes} x="${x}" y="${y}" text-anchor="${anchor}">${escapeMarkup(text)}</text>`;
}

/** Colours of outlines and dots, for the light and the dark theme. */
export const eventColours: string = [
  '.outline{fill:#f6f7f9;stroke:#c3c8d0;stroke-width:1.5}',
  '.dark{fill:#d5d9df}',
  ...classes(timeColours.light),
  '@media(prefers-color-scheme:dark){.outline{fill:#161b24;stroke:#39424f}.dark{fill:#2e3642}',
  ...classes(timeColours.dark),
  '}',
].join('');

function classes(colours: readonly string[]): string[] {
  return colours.slice(0, timeColourCount).map((colour, i) => `.t${i}{fill:${colour}}`);
}

const style = [
  ':root{width:100%;height:auto;max-width:1100px;max-height:100vh;display:block;margin:0 auto;background:#fff}',
  'text{font:400 20px system-ui,sans-serif;fill:#20262e}',
  '.title{font-size:34px;font-weight:650}',
  '.note{font-size:17px;fill:#5a6472}',
  '.page{fill:#fff}.dot{fill:#8a94a3}.axis{stroke:#8a94a3;stroke-width:1.5}',
  '@media(prefers-color-scheme:dark){:root{background:#0d1117}.page{fill:#0d1117}text{fill:#e6eaf0}.note{fill:#98a3b3}}',
  '@media(max-width:640px){text{font-size:29px}.title{font-size:42px}.note{font-size:26px}}',
  eventColours,
].join('');
