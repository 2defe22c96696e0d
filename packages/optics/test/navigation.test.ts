import { expect, test } from 'vitest';
import { flagsOf, follow, type Start, smallScene } from './small-detector.ts';

const box = (name: string, x: number, y = x, z = x): string =>
  `<box name="${name}" x="${x}" y="${y}" z="${z}" lunit="mm"/>`;
const place = (name: string, volume: string, at = '', turn = ''): string =>
  `<physvol name="${name}"><volumeref ref="${volume}"/>${at && `<position name="${name}_p" ${at} unit="mm"/>`}${
    turn && `<rotation name="${name}_r" ${turn} unit="deg"/>`
  }</physvol>`;
const volume = (name: string, material: string, solid: string, inside = ''): string =>
  `<volume name="${name}"><materialref ref="${material}"/><solidref ref="${solid}"/>${inside}</volume>`;

const alongX: Start = { at: [-5, 0.1, 0.2], to: [1, 0, 0] };

test('[NAV1] a photon goes through nested volumes and out of the world', () => {
  const scene = smallScene({
    solids: box('small', 20) + box('middle', 40) + box('large', 100),
    structure:
      volume('Inner', 'Vacuum', 'small') +
      volume('Outer', 'Vacuum', 'middle', place('inner', 'Inner')) +
      volume('World', 'Vacuum', 'large', place('outer', 'Outer')),
  });
  const { lives } = follow(scene, [alongX]);
  expect(lives[0]?.steps.map(({ node }) => scene.nodePath(node))).toEqual([
    'World/outer/inner',
    'World/outer',
    'World',
    'World',
  ]);
  expect(lives[0]?.end.at[0]).toBeCloseTo(50, 4);
  expect((lives[0]?.end.mask ?? 0) & 0x8000).toBe(0x8000);
});

test('[NAV2] siblings that share a face: the photon goes straight from one to the other', () => {
  const scene = smallScene({
    solids: box('half', 10) + box('tank', 100),
    structure:
      volume('Left', 'Clear', 'half') +
      volume('Right', 'Glass', 'half') +
      volume('World', 'Black', 'tank', place('l', 'Left', 'x="-5"') + place('r', 'Right', 'x="5"')),
  });
  // Beyond the critical angle of glass to Black, so that the mother would reflect it.
  const starts = [0, 1, 2].map((k): Start => ({ at: [-1, 0, 0], to: [1, 0.2 * k, 0.3 * k] }));
  const slanted: Start = { at: [-1, 0, 0], to: [1, 1.5, 0] };
  for (const life of follow(scene, [...starts, slanted]).lives) {
    expect(life.steps[1]?.at[0]).toBeCloseTo(0, 5);
    expect(scene.nodePath(life.steps[1]?.node ?? -1)).toBe('World/r');
    expect(life.steps[1]?.to).toEqual(life.steps[0]?.to);
  }
});

test('[NAV2] turned and moved siblings touch as well, and so do curved faces', () => {
  const scene = smallScene({
    solids:
      box('half', 10) +
      '<orb name="ball" r="20"/><sphere name="shell" rmin="20" rmax="25" deltaphi="360" deltatheta="180" aunit="deg"/>' +
      box('tank', 200),
    structure:
      volume('A', 'Clear', 'half') +
      volume('B', 'Glass', 'half') +
      volume('Ball', 'Clear', 'ball') +
      volume('Shell', 'Glass', 'shell') +
      volume(
        'World',
        'Black',
        'tank',
        place('a', 'A', 'x="50" y="7.07106781186547524"', 'z="45"') +
          place('b', 'B', 'x="57.07106781186547524" y="0"', 'z="45"') +
          place('ball', 'Ball', 'x="-50"') +
          place('shell', 'Shell', 'x="-50"'),
      ),
  });
  const starts: Start[] = [
    { at: [50, 7.07, 0.5], to: [1, -1, 0.1] },
    { at: [-50, 0, 0], to: [1, 0.3, 0.2] },
    { at: [-50, 19.99, 0], to: [1, 0.01, 0] },
  ];
  const { lives } = follow(scene, starts);
  expect(lives.map((life) => scene.nodePath(life.steps[1]?.node ?? -1))).toEqual([
    'World/b',
    'World/shell',
    'World/shell',
  ]);
});

test('[NAV3] a daughter flush with its mother: both faces are one', () => {
  const scene = smallScene({
    solids: box('small', 10) + box('middle', 20, 10, 10) + box('large', 100),
    structure:
      volume('Inner', 'Clear', 'small') +
      volume('Mother', 'Black', 'middle', place('inner', 'Inner', 'x="5"')) +
      volume('World', 'Vacuum', 'large', place('mother', 'Mother')),
  });
  const { lives } = follow(scene, [
    { at: [5, 0, 0], to: [1, 0, 0] },
    { at: [40, 1, 1], to: [-1, 0, 0] },
    { at: [5, 0, 0], to: [1, 0.95, 0] },
  ]);
  expect(scene.nodePath(lives[0]?.steps[1]?.node ?? -1)).toMatch(/^World(\/mother\/inner)?$/);
  expect(lives[0]?.steps[1]?.at[0]).toBeCloseTo(10, 5);
  expect(lives[1]?.steps[1]?.at[0]).toBeCloseTo(10, 5);
  // From vacuum into glass, or reflected by it: never into the black mother.
  expect(scene.nodePath(lives[1]?.steps[1]?.node ?? -1)).toMatch(/^World(\/mother\/inner)?$/);
  // Total reflection at the glass-vacuum face, not at a face to the black mother.
  expect(flagsOf(lives[2] ?? { end: alongX as never, steps: [] })[0]).toBe('BOUNDARY_REFLECT');
});

const skins = (list: readonly [string, string][]): string =>
  list
    .map(
      ([name, surface]) =>
        `<skinsurface name="${name}_skin" surfaceproperty="${surface}"><volumeref ref="${name}"/></skinsurface>`,
    )
    .join('');

test('[NAV4] a border surface goes before skins, the skin of the daughter before that of the mother', () => {
  const build = (surfaces: string) =>
    smallScene({
      solids: box('small', 20) + box('middle', 40) + box('large', 100),
      structure:
        volume('Inner', 'Vacuum', 'small') +
        volume('Outer', 'Water', 'middle', place('inner', 'Inner')) +
        volume('World', 'Vacuum', 'large', place('outer', 'Outer')) +
        surfaces,
    });
  const inward: Start = { at: [18, 0, 0], to: [-1, 0, 0] };
  const first = (surfaces: string): string | undefined => {
    const life = follow(build(surfaces), [inward]).lives[0];
    return life && flagsOf(life)[0];
  };
  const border = (surface: string): string =>
    `<bordersurface name="b" surfaceproperty="${surface}"><physvolref ref="outer"/><physvolref ref="inner"/></bordersurface>`;
  expect(
    first(
      skins([
        ['Inner', 'detector'],
        ['Outer', 'mirror'],
      ]),
    ),
  ).toBe('SURFACE_DETECT');
  expect(first(skins([['Outer', 'mirror']]))).toBe('SURFACE_SREFLECT');
  expect(first(border('absorber') + skins([['Inner', 'detector']]))).toBe('SURFACE_ABSORB');
  // The border is of one direction: outwards the daughter's skin counts.
  const out = follow(build(border('absorber') + skins([['Inner', 'detector']])), [alongX]).lives[0];
  expect(out && flagsOf(out)[0]).toBe('SURFACE_DETECT');
});

test('[NAV5] a layer of 10 µm is crossed, at any angle', () => {
  const scene = smallScene({
    solids: box('film', 0.01, 50, 50) + box('large', 200),
    structure:
      volume('Film', 'Vacuum', 'film') + volume('World', 'Vacuum', 'large', place('film', 'Film')),
  });
  for (const slope of [0, 0.5, 3]) {
    const { lives } = follow(scene, [{ at: [-2, 0.1, 0.1], to: [1, slope, 0] }]);
    const xs = lives[0]?.steps.map(({ at }) => at[0]) ?? [];
    expect(xs[1]).toBeCloseTo(-0.005, 5);
    expect(xs[2]).toBeCloseTo(0.005, 5);
  }
});

test('[NAV6] a photon that starts outside the world is counted and named', () => {
  const scene = smallScene({
    solids: box('large', 100),
    structure: volume('World', 'Vacuum', 'large'),
  });
  const { tally } = follow(scene, [alongX, { at: [60, 0, 0], to: [1, 0, 0] }]);
  expect(Number(tally.firstOutside)).toBe(2);
});

test('[NAV7] turned, nested copies are nodes and sensors of their own', () => {
  const scene = smallScene({
    solids: box('chip', 1, 6, 6) + box('holder', 4, 10, 10) + box('large', 300),
    structure:
      volume('Chip', 'Vacuum', 'chip') +
      volume('Holder', 'Vacuum', 'holder', place('chip', 'Chip', 'x="-1"')) +
      volume(
        'World',
        'Vacuum',
        'large',
        [0, 90, 180, 270]
          .map((angle) => {
            const a = (angle * Math.PI) / 180;
            return place(
              `h${angle}`,
              'Holder',
              `x="${100 * Math.cos(a)}" y="${100 * Math.sin(a)}"`,
              `z="${-angle}"`,
            );
          })
          .join(''),
      ) +
      skins([['Chip', 'detector']]),
  });
  const directions: [number, number, number][] = [
    [1, 0, 0],
    [0, 1, 0],
    [-1, 0, 0],
    [0, -1, 0],
  ];
  const { lives } = follow(
    scene,
    directions.map((to): Start => ({ at: [0, 0, 0], to })),
  );
  expect(lives.map(({ end }) => end.identity)).toEqual([1, 2, 3, 4]);
  lives.forEach(({ end }, i) => {
    expect(end.at[0]).toBeCloseTo(98.5 * (directions[i]?.[0] ?? 0), 4);
    expect(end.at[1]).toBeCloseTo(98.5 * (directions[i]?.[1] ?? 0), 4);
  });
  expect([...scene.sensors()].map(({ path }) => path)).toEqual([
    'World/h0/chip',
    'World/h90/chip',
    'World/h180/chip',
    'World/h270/chip',
  ]);
});

test('[NAV11] a photon that starts on a face is in the volume that it goes into', () => {
  const scene = smallScene({
    solids: `${box('half', 10)}<orb name="ball" r="20"/>${box('tank', 200)}`,
    structure:
      volume('Left', 'Glass', 'half') +
      volume('Right', 'Vacuum', 'half') +
      volume('Ball', 'Vacuum', 'ball') +
      volume(
        'World',
        'Vacuum',
        'tank',
        place('l', 'Left', 'x="-5"') +
          place('r', 'Right', 'x="5"') +
          place('ball', 'Ball', 'x="50"'),
      ) +
      skins([['Ball', 'detector']]),
  });
  const { lives } = follow(scene, [
    { at: [0, 0, 0], to: [1, 0.2, 0] },
    { at: [0, 0, 0], to: [-1, 0.2, 0] },
    { at: [70, 0, 0], to: [1, 0.1, 0] },
    { at: [70, 0, 0], to: [0, 1, 0] },
    { at: [30, 0, 0], to: [1, 0, 0] },
  ]);
  expect(lives.map(({ steps }) => scene.nodePath(steps[0]?.node ?? -1))).toEqual([
    'World/r',
    'World/l',
    'World',
    'World',
    'World/ball',
  ]);
  expect(lives[0] && flagsOf(lives[0])).not.toContain('BOUNDARY_REFLECT');
  expect(lives.slice(2, 4).map(({ end }) => end.flag)).toEqual([0x8000, 0x8000]);
});

test('[NAV1] a daughter whose solid holds nothing hides none of its many siblings', () => {
  const centres = Array.from({ length: 20 }, (_, i) => 20 * i - 190);
  const apart =
    '<intersection name="nothing"><first ref="small"/><second ref="small"/><position name="away" x="100" unit="mm"/></intersection>';
  const scene = smallScene({
    solids: box('small', 10) + apart + box('large', 500),
    structure:
      volume('Small', 'Vacuum', 'small') +
      volume('Nothing', 'Vacuum', 'nothing') +
      volume(
        'World',
        'Vacuum',
        'large',
        place('none', 'Nothing', 'y="50"') +
          centres.map((x, i) => place(`p${i}`, 'Small', `x="${x}"`)).join(''),
      ),
  });
  const { lives } = follow(scene, [{ at: [-240, 0.1, 0.2], to: [1, 0, 0] }], 64);
  const met = lives[0]?.steps.map(({ node }) => scene.nodePath(node)) ?? [];
  expect(met.filter((path) => path !== 'World')).toEqual(centres.map((_, i) => `World/p${i}`));
});

test('[NAV14] out of one volume into the middle of another that overlaps it: the photon is in the daughter there', () => {
  const scene = smallScene({
    solids: box('first', 20) + box('second', 40) + box('core', 20) + box('large', 200),
    structure:
      volume('First', 'Vacuum', 'first') +
      volume('Core', 'Vacuum', 'core') +
      volume('Second', 'Vacuum', 'second', place('core', 'Core')) +
      volume('World', 'Vacuum', 'large', place('a', 'First') + place('b', 'Second', 'x="20"')),
  });
  const { lives } = follow(scene, [alongX]);
  expect(lives[0]?.steps.map(({ node }) => scene.nodePath(node))).toEqual([
    'World/a',
    'World/b/core',
    'World/b',
    'World',
    'World',
  ]);
});
