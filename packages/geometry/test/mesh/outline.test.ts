import { RandomStream } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { clipEars } from '../../src/mesh/ear-clipping.ts';
import { cleanOutline, leftness, twiceArea } from '../../src/mesh/outline.ts';
import { star } from '../solids/mesh-solids.ts';

const points = (...list: readonly [number, number][]) => list.map(([x, y]) => ({ x, y }));
const clean = (outline: ReturnType<typeof points>) => cleanOutline(outline, '<xtru name="x">');

describe('[MESH4] outlines', () => {
  test('either way round, with repeated corners', () => {
    const square = points([0, 0], [0, 0], [2, 0], [2, 2], [2, 2], [0, 2], [0, 0]);
    expect(twiceArea(clean(square))).toBe(8);
    expect(twiceArea(clean(square.toReversed()))).toBe(8);
    expect(clean(square)).toHaveLength(4);
  });

  test.each([
    [
      'two sides cross',
      points([0, 0], [2, 0], [0, 2], [3, 2]),
      /crosses or touches itself: given the side/,
    ],
    ['a corner on a side', points([0, 0], [4, 0], [4, 4], [2, 0], [0, 4]), /touches itself/],
    ['a side goes back', points([0, 0], [4, 0], [2, 0], [2, 3]), /touches itself/],
    ['a corner twice', points([0, 0], [2, 2], [4, 0], [4, 4], [2, 2], [0, 4]), /touches itself/],
    ['in line', points([0, 0], [1, 1], [2, 2]), /encloses no area/],
    ['two corners', points([0, 0], [1, 1], [0, 0], [1, 1]), /encloses no area/],
    ['none', points(), /encloses no area/],
    ['NaN', points([0, 0], [1, Number.NaN], [2, 2]), /corner 2 of the outline .* is not finite/],
  ])('%s', (_, outline, message) => {
    expect(() => clean(outline)).toThrow(message);
  });

  test('touching may be allowed', () => {
    const pinched = points([0, 0], [2, 2], [4, 0], [4, 4], [2, 2], [0, 4]);
    expect(cleanOutline(pinched, '', { mayTouch: true })).toHaveLength(6);
  });
});

/** A winding outline: a spiral there and back. */
function spiral(turns: number): ReturnType<typeof points> {
  const way = Array.from({ length: 20 * turns }, (_, i) => i / 20);
  const arm = (from: number) =>
    way.map((t) => ({
      x: (from + 2 * t) * Math.cos(2 * Math.PI * t),
      y: (from + 2 * t) * Math.sin(2 * Math.PI * t),
    }));
  return [...arm(2), ...arm(1).toReversed()];
}

describe('[MESH4] ears', () => {
  const random = new RandomStream(3, 0);
  const bumpy = Array.from({ length: 500 }, (_, i) => {
    const r = 10 + 40 * random.uniform();
    return { x: r * Math.cos(i * 0.004 * Math.PI), y: r * Math.sin(i * 0.004 * Math.PI) };
  });
  test.each([
    ['square with corners in line', points([0, 0], [1, 0], [2, 0], [2, 2], [1, 2], [0, 2], [0, 1])],
    ['star', star(9, 10, 2)],
    ['spiral', spiral(5)],
    ['a bumpy ring of 500 corners', bumpy],
  ])('%s', (_, outline) => {
    const corners = clean(outline);
    const ears = clipEars(corners);
    expect(ears).toHaveLength(3 * (corners.length - 2));
    let sum = 0;
    for (let i = 0; i < ears.length; i += 3) {
      const [a, b, c] = ears.slice(i, i + 3).map((k) => corners[k]);
      if (!a || !b || !c) throw new Error('a corner');
      expect(leftness(a, b, c)).toBeGreaterThanOrEqual(0);
      sum += leftness(a, b, c);
    }
    // No triangle covers another, or stands out: their areas add up.
    expect(sum).toBeCloseTo(twiceArea(corners), 8);
  });
});
