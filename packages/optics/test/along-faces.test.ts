import { expect, test } from 'vitest';
import { follow, type Start, smallScene } from './small-detector.ts';

const volume = (name: string, solid: string, inside = ''): string =>
  `<volume name="${name}"><materialref ref="Vacuum"/><solidref ref="${solid}"/>${inside}</volume>`;
const place = (name: string): string =>
  `<physvol name="${name}"><volumeref ref="${name}"/></physvol>`;
const world = '<box name="world" x="200" y="200" z="200"/>';

/** One solid `s` in the world: the x of each step of a photon, with the node in which that step ends. */
function crossings(solids: string, start: Start): [path: string, x: number][] {
  const scene = smallScene({
    solids: solids + world,
    structure: volume('S', 's') + volume('World', 'world', place('S')),
  });
  const life = follow(scene, [start]).lives[0];
  return (life?.steps ?? []).map(({ node, at }) => [
    scene.nodePath(node),
    Math.round(at[0] * 1e4) / 1e4,
  ]);
}

const at = (x: number, y: number, z: number): string =>
  `<position name="p" x="${x}" y="${y}" z="${z}"/>`;
const planes = [-10, 0, 10].map(
  (z) => `<zplane z="${z}" rmin="0" rmax="${10 - Math.abs(z) / 2}"/>`,
);

test.each([
  ['polycone', `<polycone name="s" deltaphi="360" aunit="deg">${planes.join('')}</polycone>`, 10],
  [
    'polyhedra',
    `<polyhedra name="s" deltaphi="360" numsides="4" aunit="deg">${planes.join('')}</polyhedra>`,
    10 * Math.SQRT2,
  ],
  [
    'union',
    `<box name="b" x="20" y="20" z="10"/><union name="s"><first ref="b"/><second ref="b"/>${at(0, 0, 5)}<firstposition name="f" x="0" y="0" z="-5"/></union>`,
    10,
  ],
])(
  '[RAY10] a ray in the plane where two parts of a %s meet does not miss it',
  (_, solids, half) => {
    const x = Math.round(half * 1e4) / 1e4;
    expect(crossings(solids, { at: [-50, 0, 0], to: [1, 0, 0] })).toEqual([
      ['World', -50],
      ['World/S', -x],
      ['World', x],
      ['World', 100],
    ]);
  },
);

test('[RAY10] a ray along the cut of a subtraction goes through what is left', () => {
  // A quarter of the box is cut away above x = 0, y = 0: the ray runs along its edge.
  const solids = `<box name="a" x="20" y="20" z="20"/><box name="c" x="10" y="10" z="10"/><subtraction name="s"><first ref="a"/><second ref="c"/>${at(5, 5, 5)}</subtraction>`;
  const scene = smallScene({
    solids: solids + world,
    structure: volume('S', 's') + volume('World', 'world', place('S')),
  });
  const { lives } = follow(scene, [{ at: [0, 0, 50], to: [0, 0, -1] }]);
  const steps = (lives[0]?.steps ?? []).map(({ node, at: [, , z] }) => [scene.nodePath(node), z]);
  expect(steps.at(-3)?.[0]).toBe('World/S');
  expect(steps.at(-2)).toEqual(['World', -10]);
});

test('[RAY11] a photon that starts on a common face and moves along it is in one of the two', () => {
  const scene = smallScene({
    solids: `<polyhedra name="core" startphi="0" deltaphi="360" numsides="6" aunit="deg"><zplane z="-10" rmin="0" rmax="8"/><zplane z="10" rmin="0" rmax="8"/></polyhedra>
<polyhedra name="coat" startphi="0" deltaphi="360" numsides="6" aunit="deg"><zplane z="-10" rmin="8" rmax="20"/><zplane z="10" rmin="8" rmax="20"/></polyhedra>${world}`,
    structure:
      volume('Core', 'core') +
      volume('Coat', 'coat') +
      volume('World', 'world', place('Core') + place('Coat')),
  });
  for (const x of [1, -1]) {
    const { lives } = follow(scene, [{ at: [0, 8, 0], to: [x, 0, 0] }]);
    const paths = lives[0]?.steps.map(({ node }) => scene.nodePath(node)) ?? [];
    // Beyond the edge of the core the ray is in the coat, and in the world only after that.
    expect(paths.filter((path) => path === 'World')).toHaveLength(2);
    expect(paths.indexOf('World/Coat')).toBeGreaterThanOrEqual(0);
    expect(paths.lastIndexOf('World/Coat')).toBeLessThan(paths.indexOf('World'));
  }
});
