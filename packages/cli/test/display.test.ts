import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeNpy } from '@lantern/formats/node';
import { liteHits, photonWords, wholeHit } from '@lantern/optics';
import { describe, expect, test } from 'vitest';
import { displayCommand } from '../src/display/display.ts';
import { timeLegend } from '../src/display/event-legend.ts';
import { eventPage } from '../src/display/event-page.ts';
import { chargeRadius, eventScale } from '../src/display/event-scale.ts';
import { type EventPicture, eventSvg } from '../src/display/event-svg.ts';
import { mapSensors } from '../src/display/map-sensors.ts';
import { roundTicks } from '../src/display/round-ticks.ts';
import { lightBySensor } from '../src/display/sensor-light.ts';
import type { SensorPlace } from '../src/display/sensor-map.ts';
import { timeColour, timeColourCount, timeColours } from '../src/display/time-colours.ts';
import { runLantern } from '../src/run.ts';
import { fakeTerminal } from './fake-terminal.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { expectWellFormed } from './well-formed.ts';

const cylinder: readonly SensorPlace[] = [
  [3000, 0, 0],
  [0, 3000, 1000],
  [0, -3000, -1000],
  [0, 0, 3000],
  [1000, 0, 3000],
  [0, 1000, -3000],
  [0, 0, -3000],
].map(([x = 0, y = 0, z = 0], i) => ({ identity: i + 1, position: [x, y, z] }));

const ball: readonly SensorPlace[] = [
  [3000, 0, 0],
  [0, 3000, 0],
  [-3000, 0, 0],
  [0, -3000, 0],
  [0, -2121, 2121],
  [0, 0, 3000],
  [0, 0, -3000],
].map(([x = 0, y = 0, z = 0], i) => ({ identity: i + 1, position: [x, y, z] }));

function pointOf(sensors: readonly SensorPlace[], identity: number): { x: number; y: number } {
  const point = mapSensors(sensors).points.find((candidate) => candidate.identity === identity);
  if (!point) throw new Error(`no sensor ${identity}`);
  return point;
}

describe('the map of the sensors', () => {
  test('[DISP1] the barrel is seen from inside: x in the middle, y to the left, z upward', () => {
    const [front, left, right] = [1, 2, 3].map((identity) => pointOf(cylinder, identity));
    expect(front?.x).toBeCloseTo(500);
    expect(left?.x).toBeLessThan(300);
    expect(right?.x).toBeGreaterThan(700);
    expect((left?.x ?? 0) + (right?.x ?? 0)).toBeCloseTo(1000);
    expect(left?.y ?? 0).toBeLessThan(front?.y ?? 0);
    expect(right?.y ?? 0).toBeGreaterThan(front?.y ?? 0);
  });

  test('[DISP1] the caps are folded out at x: towards x is towards the barrel', () => {
    const [top, topFront, bottomLeft, bottom] = [4, 5, 6, 7].map((id) => pointOf(cylinder, id));
    const front = pointOf(cylinder, 1);
    expect(top?.x).toBeCloseTo(500);
    expect(top?.y ?? 0).toBeLessThan(topFront?.y ?? 0);
    expect(topFront?.y ?? 0).toBeLessThan(front.y);
    expect(bottom?.y ?? 0).toBeGreaterThan(front.y);
    expect(bottomLeft?.x ?? 0).toBeLessThan(bottom?.x ?? 0);
    // The same scale everywhere: 1000 mm are as long on the caps as on the barrel.
    const metre = (topFront?.y ?? 0) - (top?.y ?? 0);
    expect((pointOf(cylinder, 3).y - pointOf(cylinder, 2).y) / metre).toBeCloseTo(2);
  });

  test('[DISP1] sensors that lie on no cylinder are drawn by direction', () => {
    const map = mapSensors(ball);
    expect(map.projection).toContain('Hammer');
    const [x, y, top, bottom] = [1, 2, 6, 7].map((identity) => pointOf(ball, identity));
    expect(x?.x).toBeCloseTo(500);
    expect(y?.x).toBeLessThan(500);
    expect(top?.y ?? 0).toBeLessThan(x?.y ?? 0);
    expect(bottom?.y ?? 0).toBeGreaterThan(x?.y ?? 0);
    for (const point of map.points) {
      expect(point.x).toBeGreaterThan(0);
      expect(point.x).toBeLessThan(1000);
      expect(point.y).toBeLessThan(map.height);
    }
  });

  test('[DISP1] one sensor, and sensors in one place, are drawn too', () => {
    const one: SensorPlace[] = [{ identity: 1, position: [0, 0, 0] }];
    expect(mapSensors(one).points.length).toBe(1);
    const two: SensorPlace[] = [...one, { identity: 2, position: [0, 0, 0] }];
    expect(mapSensors(two).dotRadius).toBeGreaterThan(0);
  });
});

describe('colours and sizes', () => {
  const channels = (colour = ''): number[] =>
    [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

  test('[DISP2] the first colour is red, the last blue, on light and dark pages', () => {
    for (const colours of [timeColours.light, timeColours.dark]) {
      const [first, last] = [channels(colours[0]), channels(colours.at(-1))];
      expect(colours.length).toBe(timeColourCount);
      expect(first[0]).toBeGreaterThan(1.5 * Math.max(first[1] ?? 0, first[2] ?? 0));
      expect(last[2]).toBeGreaterThan(1.4 * Math.max(last[0] ?? 0, last[1] ?? 0));
    }
    expect(timeColour(5, 10, 20)).toBe(0);
    expect(timeColour(20, 10, 20)).toBe(timeColourCount - 1);
    expect(timeColour(15, 10, 20)).toBe(timeColourCount / 2);
  });

  test('[DISP2] a sensor has its first photon’s time and the number of its photons', () => {
    const hits = new Float32Array(3 * photonWords);
    const words = new Uint32Array(hits.buffer);
    [
      [7, 20, 1],
      [7, 12, 2],
      [9, 5, 1],
    ].forEach(([identity = 0, time = 0, count = 0], i) => {
      words[i * photonWords + 7] = count << 16;
      hits[i * photonWords + 3] = time;
      words[i * photonWords + 13] = identity | 0x0300_0000;
    });
    const light = lightBySensor({ layout: wholeHit, rows: words });
    expect(light.get(7)).toEqual({ charge: 3, time: 12 });
    expect(light.get(9)).toEqual({ charge: 1, time: 5 });
    expect(chargeRadius(1, 100, 10)).toBeGreaterThan(2);
    expect(chargeRadius(50, 100, 10)).toBeGreaterThan(chargeRadius(10, 100, 10));
    expect(chargeRadius(1000, 100, 10)).toBe(10);
  });

  test('[DISP2] the scale spans nearly all of the light, from the first photons', () => {
    const light = new Map(
      Array.from({ length: 1000 }, (_, i) => [i + 1, { charge: 1, time: 100 + i / 10 }]),
    );
    const { from, to } = eventScale(light);
    expect(from).toBeCloseTo(101, 0);
    expect(to).toBeCloseTo(195, 0);
    expect(eventScale(new Map())).toMatchObject({ from: 0, to: 1 });
    expect(roundTicks(0, 24, 4)).toEqual([0, 10, 20]);
    expect(roundTicks(-1700, 1800, 4)).toEqual([-1000, 0, 1000]);
  });
});

const picture: EventPicture = {
  title: 'Event <1> & "more"',
  facts: ['3 hits'],
  notes: ['seed 1'],
  map: mapSensors(cylinder),
  light: new Map([
    [1, { charge: 5, time: 10 }],
    [4, { charge: 1, time: 30 }],
  ]),
};

describe('the picture', () => {
  test('[DISP2] one stray photon does not move the scale; what is outside is not in the bars', () => {
    const steady = Array.from(
      { length: 200 },
      (_, i) => [i + 1, { charge: 5, time: 100 + i / 10 }] as const,
    );
    const stray = new Map([
      ...steady,
      [201, { charge: 1, time: -300 }],
      [202, { charge: 1, time: 900 }],
    ]);
    const { from, to } = eventScale(stray);
    expect(from).toBeCloseTo(100, 0);
    expect(to).toBeLessThan(120);
    const legend = timeLegend(stray, { from, to, largest: 5 }, 978, 22);
    expect(legend).toContain('ns since 1 % of the light');
    expect(legend).toMatch(/>\d earlier, 1\d later</);
    const heights = [...legend.matchAll(/height="([\d.]+)"/g)].map(([, height]) => Number(height));
    // Evenly spread in time: no bar, the last neither, stands out.
    expect(Math.min(...heights.slice(0, timeColourCount))).toBeGreaterThan(60);
  });

  test.each([
    ['a cylinder', picture],
    ['a ball', { ...picture, map: mapSensors(ball) }],
    ['no light', { ...picture, light: new Map() }],
  ])('[DISP3] of %s is well-formed, describes itself, and has both themes', (_, shown) => {
    const svg = eventSvg(shown);
    expectWellFormed(svg);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg).toContain('<title id="title">Event &lt;1&gt; &amp; &quot;more&quot;</title>');
    expect(svg).toContain('role="img"');
    expect(svg).toContain('prefers-color-scheme:dark');
    expect(svg).not.toMatch(/href|url\(/);
  });

  test('[DISP3] the page of all events links to each', () => {
    const page = eventPage('Events', ['fact'], [{ file: 'event-1.svg', picture }]);
    expect(page).toContain('<a href="event-1.svg">');
    expect(page).toContain('Event &lt;1&gt;');
    expect(page).not.toMatch(/NaN|undefined/);
  });
});

describe('lantern display', () => {
  const run = (words: readonly string[]): Promise<{ code: number; out: string; err: string }> => {
    const terminal = fakeTerminal();
    return runLantern(
      { commands: [displayCommand], version: '0' },
      ['display', ...words],
      terminal,
    ).then((code) => ({ code, ...terminal.written }));
  };

  test('[DISP4] draws hits.npy on sensors.json', async () => {
    const folder = await temporaryFolder();
    await writeNpy(join(folder, 'hits.npy'), {
      dtype: '<f4',
      shape: [0, 4, 4],
      data: new Float32Array(0),
    });
    await writeFile(join(folder, 'sensors.json'), JSON.stringify(cylinder));
    const { code, out } = await run([folder]);
    expect(code).toBe(0);
    expect(out).toContain('hits.svg');
  });

  test('[DISP4] says what was simulated, and that it is partial', async () => {
    const folder = await temporaryFolder();
    const hits = { dtype: '<f4', shape: [0, 4, 4], data: new Float32Array(0) } as const;
    await writeNpy(join(folder, 'hits.partial.npy'), hits);
    await writeFile(join(folder, 'sensors.json'), JSON.stringify(cylinder));
    const drawn = async (): Promise<string> => {
      expect(await run([folder])).toMatchObject({ code: 0, err: '' });
      const svg = await readFile(join(folder, 'hits.svg'), 'utf8');
      expectWellFormed(svg);
      return svg.replace(/<desc.*?<\/desc>/, '');
    };
    expect(await drawn()).toContain('partial, so far:');

    const source = 'gun mu- 4 GeV from 0 0 3 m towards 0 0 -1';
    const event = { event: 0, particle: 'mu-', energy: 4000, firstPhoton: 0, photons: 4000 };
    const summary = { source, seed: 7, geometry: '/a/tank.gdml', photons: 1000, events: [event] };
    const partial = { ...summary, partial: true, photonsRequested: 4000 };
    await writeFile(join(folder, 'summary.partial.json'), JSON.stringify(partial));
    const halted = await drawn();
    for (const words of [
      `<title id="title">${source} (partial)</title>`,
      '>partial: 25 % done<',
      '>4 GeV µ⁻<',
      '>1,000 photons<',
      '>0 hits<',
      '>tank.gdml<',
      '>seed 7<',
    ])
      expect(halted).toContain(words);

    await writeNpy(join(folder, 'hits.npy'), hits);
    await writeFile(join(folder, 'summary.json'), JSON.stringify(summary));
    expect(await drawn()).not.toContain('partial');
    const two = { ...summary, events: [event, { ...event, event: 1, energy: 9000 }] };
    await writeFile(join(folder, 'summary.json'), JSON.stringify(two));
    expect(await drawn()).toMatch(/>2 events<[\s\S]*>up to 9 GeV</);
  });

  test('[DISP4] draws lite and merged hits, and says when there are none', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'sensors.json'), JSON.stringify(cylinder));
    expect(await run([folder])).toMatchObject({
      code: 1,
      err: expect.stringContaining('no hits to draw'),
    });
    const merged = new Float32Array(photonWords);
    const words = new Uint32Array(merged.buffer);
    words[7] = 12 << 16;
    words[13] = 3;
    const drawn = async (): Promise<string> => {
      expect(await run([folder])).toMatchObject({ code: 0, err: '' });
      return readFile(join(folder, 'hits.svg'), 'utf8');
    };
    // A sensor of the wide layout looks like number 512 + 2 of the other.
    const lite = (count: number, shift: number): Uint32Array =>
      Uint32Array.of(count * 2 ** shift + 2, 0, 0, 0);
    const shape = [1, 4];
    await writeNpy(join(folder, 'hits-lite-merged.npy'), {
      dtype: '<u4',
      shape,
      data: lite(7, 16),
    });
    expect(await drawn()).toMatch(/>7 hits<[\s\S]*>1 of 7 sensors</);
    await writeNpy(join(folder, 'hits-lite-merged.npy'), {
      dtype: '<u4',
      shape,
      data: lite(9, 24),
    });
    const hitFiles = { 'hits-lite-merged.npy': { rows: 1, layout: liteHits.wide.name } };
    await writeFile(join(folder, 'summary.json'), JSON.stringify({ hitFiles }));
    expect(await drawn()).toMatch(/>9 hits<[\s\S]*>1 of 7 sensors</);
    await writeNpy(join(folder, 'hits-merged.npy'), {
      dtype: '<f4',
      shape: [1, 4, 4],
      data: merged,
    });
    expect(await drawn()).toMatch(/>12 hits<[\s\S]*>1 of 7 sensors</);
  });

  test('[DISP5] a picture that Lantern did not draw stays, but for --overwrite', async () => {
    const folder = await temporaryFolder();
    const hits = { dtype: '<f4', shape: [0, 4, 4], data: new Float32Array(0) } as const;
    await writeNpy(join(folder, 'hits.npy'), hits);
    await writeFile(join(folder, 'sensors.json'), JSON.stringify(cylinder));
    const out = join(folder, 'own.svg');
    await writeFile(out, '<svg/>');
    const refused = await run([folder, '--out', out]);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('--overwrite') });
    expect(await readFile(out, 'utf8')).toBe('<svg/>');
    expect(await run([folder, '--out', out, '--overwrite'])).toMatchObject({ code: 0 });
    expect(await run([folder, '--out', out])).toMatchObject({ code: 0, err: '' });
  });

  test('[DISP4] a folder without results, and a detector without sensors, are errors', async () => {
    const folder = await temporaryFolder();
    expect(await run([join(folder, 'nowhere')])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/nowhere: the folder of results does not exist \(name one/),
    });
    expect(await run([folder])).toMatchObject({
      code: 1,
      err: expect.stringContaining(join(folder, 'sensors.json')),
    });
    await writeFile(join(folder, 'sensors.json'), '[]');
    expect(await run([folder])).toMatchObject({
      code: 1,
      err: expect.stringContaining('no sensors to draw'),
    });
  });
});
