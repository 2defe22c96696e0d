import { hashScene, packScene, readGdml } from '@lantern/geometry';
import { expect, test } from 'vitest';
import { smallScene } from './small-detector.ts';

const solids =
  '<box name="chip" x="1" y="1" z="1"/><box name="board" x="9" y="9" z="9"/><box name="large" x="99" y="99" z="99"/>';
const chip = (name: string, x: number): string =>
  `<physvol name="${name}" copynumber="${x + 10}"><volumeref ref="Chip"/><position name="${name}p" x="${x}"/></physvol>`;
const board = (name: string, y: number): string =>
  `<physvol name="${name}"><volumeref ref="Board"/><position name="${name}p" y="${y}"/></physvol>`;

function boards(material = 'Vacuum', extra = ''): Parameters<typeof smallScene>[0] {
  return {
    solids,
    structure: `${extra}
<volume name="Chip"><materialref ref="${material}"/><solidref ref="chip"/></volume>
<volume name="Board"><materialref ref="Vacuum"/><solidref ref="board"/>${chip('l', -2)}${chip('r', 2)}</volume>
<volume name="World"><materialref ref="Vacuum"/><solidref ref="large"/>${board('a', -20)}${board('b', 20)}</volume>
<skinsurface name="s" surfaceproperty="detector"><volumeref ref="Chip"/></skinsurface>`,
  };
}

test('[SCN2] [SCN3] [SCN4] nodes are numbered breadth first, and sensors in their order', () => {
  const scene = smallScene(boards());
  expect(Array.from({ length: scene.nodeCount }, (_, node) => scene.nodePath(node))).toEqual([
    'World',
    'World/a',
    'World/b',
    'World/a/l',
    'World/a/r',
    'World/b/l',
    'World/b/r',
  ]);
  expect(
    [...scene.sensors()].map(({ identity, path, position }) => [identity, path, position]),
  ).toEqual([
    [1, 'World/a/l', [-2, -20, 0]],
    [2, 'World/a/r', [2, -20, 0]],
    [3, 'World/b/l', [-2, 20, 0]],
    [4, 'World/b/r', [2, 20, 0]],
  ]);
  expect([...scene.sensors()][3]?.copyNumbers.slice(-1)).toEqual([12]);
});

test('[SCN1] what the world does not hold is not packed, even where no engine could do it', () => {
  const unused = '<volume name="Unused"><materialref ref="Steel"/><solidref ref="large"/></volume>';
  const scene = smallScene(boards('Vacuum', unused));
  expect(scene.volumes).not.toContain('Unused');
  expect(scene.materials).not.toContain('Steel');
});

test('[SCN5] the hash changes with what photons meet, and with nothing else', async () => {
  const hash = (detector: Parameters<typeof smallScene>[0]): Promise<string> =>
    hashScene(smallScene(detector));
  const unused = '<volume name="Unused"><materialref ref="Steel"/><solidref ref="large"/></volume>';
  const own = await hash(boards());
  expect(own).toMatch(/^[0-9a-f]{64}$/);
  expect(await hash(boards())).toBe(own);
  expect(await hash(boards('Vacuum', unused))).toBe(own);
  expect(await hash(boards('Glass'))).not.toBe(own);
});

test('[SCN1] a reflected placement is refused by name, not propagated wrongly', () => {
  const gdml = (scale: string): string => `<gdml><materials>
<material name="M" Z="1"><D value="1"/><atom value="1"/></material></materials>
<solids><box name="b" x="9" y="9" z="9"/><box name="w" x="99" y="99" z="99"/></solids><structure>
<volume name="B"><materialref ref="M"/><solidref ref="b"/></volume>
<volume name="W"><materialref ref="M"/><solidref ref="w"/>
<physvol name="mirrored"><volumeref ref="B"/><scale name="s" x="1" y="1" z="${scale}"/></physvol></volume>
</structure><setup name="d" version="1"><world ref="W"/></setup></gdml>`;
  expect(() => packScene(readGdml(gdml('-1'), { file: 'mirror.gdml' }))).toThrow(
    /mirrored.*scale/s,
  );
  expect(() => packScene(readGdml(gdml('1'), { file: 'mirror.gdml' }))).not.toThrow();
});
