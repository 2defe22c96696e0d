import { rotationZ, type Vector3 } from '@lantern/units';
import { describe, expect, test } from 'vitest';
import { checkGeometry } from '../../src/check/check-geometry.ts';
import type { Finding } from '../../src/check/finding.ts';
import type { Detector } from '../../src/model/detector.ts';
import type { Solid } from '../../src/model/solid.ts';
import type { Transform } from '../../src/model/transform.ts';
import { place, plainDetector } from './plain-detector.ts';

function found(detector: Detector, kind: Finding['kind']): Finding[] {
  return checkGeometry(detector, { samples: 200 }).filter((finding) => finding.kind === kind);
}

/** A world of 100 mm with boxes of 10 mm in it. */
function boxes(...at: Vector3[]): Detector {
  return plainDetector({
    volumes: [
      {
        name: 'World',
        solid: [100, 100, 100],
        placements: at.map((position, i) => place('Crystal', position, `crystal${i}`)),
      },
      { name: 'Crystal', solid: [10, 10, 10] },
    ],
  });
}

describe('overlaps of siblings', () => {
  test('[CHK1] an overlap is an error with its depth and a point in it', () => {
    const [finding, ...others] = found(boxes([0, 0, 0], [9.5, 2, 0]), 'overlap');
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'error', where: "volume 'World'" });
    expect(finding?.message).toMatch(
      /'crystal0' and 'crystal1' overlap in 'World' by about 0\.5 mm/,
    );
    expect(finding?.depthMm).toBeCloseTo(0.5, 2);
    const [x = 0, y = 0, z = 0] = finding?.point ?? [];
    expect(x).toBeGreaterThan(4.4);
    expect(x).toBeLessThan(5.1);
    expect(Math.max(Math.abs(y - 1), Math.abs(z))).toBeLessThan(5);
  });

  test('[CHK2] a shared face is none, nor one that rounding moved', () => {
    expect(found(boxes([0, 0, 0], [10, 0, 0], [0, 10 - 5e-7, 3]), 'overlap')).toEqual([]);
  });

  test('[CHK2] less than 1 µm is a warning about rounding', () => {
    const [finding] = found(boxes([0, 0, 0], [10 - 1e-5, 0, 0]), 'overlap');
    expect(finding).toMatchObject({ severity: 'warning' });
    expect(finding?.depthMm).toBeCloseTo(1e-5, 8);
    expect(finding?.message).toMatch(/rounding in the file\?$/);
  });

  test('[CHK1] the same thing placed twice in one place', () => {
    const [finding] = found(boxes([0, 0, 0], [0, 0, 0]), 'overlap');
    expect(finding?.severity).toBe('error');
    expect(finding?.depthMm).toBeGreaterThan(1);
  });

  test('[CHK1] a small thing wholly in a large one, and a corner in a face', () => {
    const corner: Transform = {
      rotation: rotationZ(Math.PI / 4),
      translation: [12.02, 0, 0],
      scale: [1, 1, 1],
    };
    const detector = plainDetector({
      volumes: [
        {
          name: 'World',
          solid: [100, 100, 100],
          placements: [
            place('Crystal', [0, 0, 0]),
            place('Speck', [0, 0, 0]),
            {
              ...place('Crystal', [0, 0, 0], 'turned'),
              transform: corner,
            },
          ],
        },
        { name: 'Crystal', solid: [10, 10, 10] },
        { name: 'Speck', solid: [0.1, 0.1, 0.1] },
      ],
    });
    const findings = found(detector, 'overlap');
    expect(findings.map(({ message }) => message.slice(0, 21)).sort()).toEqual([
      "'Crystal' (copy 0) an",
      "'Crystal' (copy 0) an",
    ]);
    const turned = findings.find(({ message }) => message.includes('turned'));
    // The edge stands at 12.02 - 5 √2 = 4.949 mm.
    expect(turned?.depthMm).toBeGreaterThan(0.02);
    expect(turned?.depthMm).toBeLessThan(0.06);
  });

  test('[CHK3] copies of one clash are one finding', () => {
    const row = Array.from({ length: 9 }, (_, i): Vector3 => [10 * i - 40 - 0.1 * i, 0, 0]);
    const findings = found(boxes(...row), 'overlap');
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toMatch(/8 copies of this/);
  });
});

describe('protrusions', () => {
  test('[CHK4] a daughter out of its mother', () => {
    const [finding] = found(boxes([45.2, 0, 0]), 'protrusion');
    expect(finding).toMatchObject({ severity: 'error', where: "volume 'World'" });
    expect(finding?.message).toMatch(
      /'crystal0' reaches out of its mother 'World' by about 0\.2 mm/,
    );
    expect(finding?.depthMm).toBeCloseTo(0.2, 2);
  });

  test('[CHK4] a daughter that fills its mother, or shares a face, does not', () => {
    expect(found(boxes([45, 45, -45]), 'protrusion')).toEqual([]);
  });

  test('[CHK4] by a corner only: the flat base of a tube at a round wall', () => {
    const wall: Solid = {
      ...{ type: 'tube', name: 'wall', rmin: 0, rmax: 3000, z: 6000 },
      ...{ startphi: 0, deltaphi: 2 * Math.PI },
    };
    const detector = plainDetector({
      volumes: [
        { name: 'Tank', solid: wall, placements: [place('Base', [2950, 0, 0])] },
        { name: 'Base', solid: [100, 80, 80] },
      ],
    });
    const [finding] = found(detector, 'protrusion');
    expect(finding?.depthMm).toBeCloseTo(Math.hypot(3000, 40) - 3000, 2);
  });

  test('[CHK4] a daughter over a hole of its mother', () => {
    const transform = place('x', [0, 0, 0]).transform;
    const detector = plainDetector({
      solids: [
        { type: 'box', name: 'full', x: 100, y: 100, z: 100 },
        { type: 'orb', name: 'hole', r: 1 },
      ],
      volumes: [
        {
          name: 'World',
          solid: { type: 'subtraction', name: 'holed', first: 'full', second: 'hole', transform },
          placements: [place('Crystal', [0, 0, 0])],
        },
        { name: 'Crystal', solid: [4, 4, 4] },
      ],
    });
    expect(found(detector, 'protrusion')).toHaveLength(1);
  });

  test('[CHK5] thin shells: one in the other with a gap of 10 µm is right', () => {
    const shell = (name: string, rmin: number): Solid => ({
      ...{ type: 'sphere', name, rmin, rmax: rmin + 0.01, startphi: 0, deltaphi: 2 * Math.PI },
      ...{ starttheta: 0, deltatheta: Math.PI },
    });
    const orb = (name: string, r: number): Solid => ({ type: 'orb', name, r });
    const transform = place('x', [0, 0, 0]).transform;
    const detector = plainDetector({
      solids: [orb('outer', 9000.05), orb('inner', 9000.04)],
      volumes: [
        {
          name: 'World',
          solid: [20_000, 20_000, 20_000],
          placements: [place('Coat', [0, 0, 0]), place('Skin', [0, 0, 0])],
        },
        { name: 'Coat', solid: shell('coat', 9000.02) },
        {
          name: 'Skin',
          solid: { type: 'subtraction', name: 'skin', first: 'outer', second: 'inner', transform },
        },
      ],
    });
    const kinds = checkGeometry(detector).map(({ kind }) => kind);
    expect(kinds).not.toContain('emptySolid');
    expect(kinds).not.toContain('overlap');
  });

  test('[CHK5] the same seed finds the same', () => {
    const detector = boxes([0, 0, 0], [9.5, 2, 0], [45.2, 0, 0]);
    const first = checkGeometry(detector, { samples: 50, seed: 3 });
    expect(checkGeometry(detector, { samples: 50, seed: 3 })).toEqual(first);
  });
});

describe('empty solids', () => {
  test('[CHK6] a subtraction that leaves nothing, an intersection of solids apart', () => {
    const near = place('x', [0, 0, 0]).transform;
    const away = place('x', [50, 0, 0]).transform;
    const detector = plainDetector({
      solids: [
        { type: 'orb', name: 'small', r: 1 },
        { type: 'orb', name: 'large', r: 2 },
      ],
      volumes: [
        {
          name: 'World',
          solid: [100, 100, 100],
          placements: [place('Gone', [0, 0, 0]), place('Apart', [0, 0, 0])],
        },
        {
          name: 'Gone',
          solid: {
            type: 'subtraction',
            name: 'gone',
            first: 'small',
            second: 'large',
            transform: near,
          },
        },
        {
          name: 'Apart',
          solid: {
            type: 'intersection',
            name: 'apart',
            first: 'small',
            second: 'large',
            transform: away,
          },
        },
      ],
    });
    const findings = found(detector, 'emptySolid');
    expect(findings.map(({ where }) => where)).toEqual(["volume 'Gone'", "volume 'Apart'"]);
    expect(findings[0]).toMatchObject({ severity: 'error' });
  });
});
