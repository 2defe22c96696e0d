import { describe, expect, test } from 'vitest';
import { GeometryError } from '../src/errors.ts';
import type { Detector } from '../src/model/detector.ts';
import { packScene } from '../src/scene/pack-scene.ts';
import { countSensors, sensorPlacements } from '../src/scene/sensor-placements.ts';
import { flat, type PlainParts, place, plainDetector, surface } from './check/plain-detector.ts';

const cathode = surface('cathode', { EFFICIENCY: flat(0.3), REFLECTIVITY: flat(0) });

/** A world with two blocks in it. */
function blocks(more: Partial<PlainParts>): Detector {
  return plainDetector({
    volumes: [
      {
        ...{ name: 'World', solid: [99, 99, 99] as const },
        placements: [place('Block', [-9, 0, 0], 'left'), place('Block', [9, 0, 0], 'right')],
      },
      { name: 'Block', solid: [9, 9, 9] },
    ],
    surfaces: [cathode],
    ...more,
  });
}

const sensorsOf = (detector: Detector): (readonly [number, string])[] =>
  [...packScene(detector).sensors()].map(({ identity, path }) => [identity, path] as const);

describe('the world as a sensor', () => {
  test('[SCN3] by its skin', () => {
    const skins = [{ name: 's', surface: 'cathode', volume: 'World' }];
    expect(sensorsOf(blocks({ skins }))).toEqual([[1, 'World']]);
  });

  test('[SCN3] by a border into it; it is numbered first', () => {
    const borders = [
      { name: 'out', surface: 'cathode', from: 'left', to: 'world' },
      { name: 'in', surface: 'cathode', from: 'world', to: 'right' },
    ];
    expect(sensorsOf(blocks({ borders }))).toEqual([
      [1, 'World'],
      [2, 'World/right'],
    ]);
  });
});

/** `count` blocks, all sensors, in each of as many boards. */
function manySensors(count: number): Detector {
  const copies = (volume: string): NonNullable<PlainParts['volumes'][number]['placements']> =>
    Array.from({ length: count }, (_, i) => place(volume, [0, 0, 0], `${volume}${i}`));
  return plainDetector({
    volumes: [
      { name: 'World', solid: [99, 99, 99], placements: copies('Board') },
      { name: 'Board', solid: [9, 9, 9], placements: copies('Chip') },
      { name: 'Chip', solid: [1, 1, 1] },
    ],
    surfaces: [cathode],
    skins: [{ name: 's', surface: 'cathode', volume: 'Chip' }],
  });
}

test('[SCN7] more sensors than 24 bits can number are an error, before the tree is expanded', () => {
  const few = manySensors(12);
  expect(countSensors(few, sensorPlacements(few))).toBe(144);
  expect(packScene(few).sensorCount).toBe(144);
  const pack = (): unknown => packScene(manySensors(4096));
  expect(pack).toThrow(GeometryError);
  expect(pack).toThrow(/too many sensors.*16777216.*at most 16777215/);
});
