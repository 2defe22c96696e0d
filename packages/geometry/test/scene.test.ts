import { expect, test } from 'vitest';
import { readGdml } from '../src/gdml/read-gdml.ts';
import type { Detector } from '../src/model/detector.ts';
import type { Volume } from '../src/model/volume.ts';
import { hashScene } from '../src/scene/hash-scene.ts';
import { packScene } from '../src/scene/pack-scene.ts';
import type { Scene } from '../src/scene/scene.ts';

const chip = (name: string, x: number): string =>
  `<physvol name="${name}" copynumber="${x + 10}"><volumeref ref="Chip"/><position name="${name}p" x="${x}"/></physvol>`;
const board = (name: string, y: number, more = ''): string =>
  `<physvol name="${name}"><volumeref ref="Board"/><position name="${name}p" y="${y}"/>${more}</physvol>`;

/** Two boards of two chips each; `material` of the chips, `extra` volumes, and `more` of the placement of board b. */
function boards(options: { material?: string; extra?: string; more?: string } = {}): Scene {
  return packScene(boardsDetector(options));
}

function boardsDetector({ material = 'Vacuum', extra = '', more = '' } = {}): Detector {
  const substance = (name: string, properties = ''): string =>
    `<material name="${name}" state="solid"><D value="1"/><fraction n="1" ref="H"/>${properties}</material>`;
  return readGdml(
    `<gdml><define><matrix name="ONE" coldim="2" values="1*eV 1 10*eV 1"/>
<matrix name="N150" coldim="2" values="1*eV 1.5 10*eV 1.5"/></define>
<materials><element name="H" formula="H" Z="1"><atom value="1.008"/></element>
${substance('Vacuum', '<property name="RINDEX" ref="ONE"/>')}
${substance('Glass', '<property name="RINDEX" ref="N150"/>')}
${substance('Steel')}</materials>
<solids><box name="chip" x="1" y="1" z="1"/><box name="board" x="9" y="9" z="9"/><box name="large" x="99" y="99" z="99"/>
<opticalsurface name="detector" model="glisur" finish="polished" type="dielectric_metal" value="1">
<property name="EFFICIENCY" ref="ONE"/></opticalsurface></solids>
<structure>${extra}
<volume name="Chip"><materialref ref="${material}"/><solidref ref="chip"/></volume>
<volume name="Board"><materialref ref="Vacuum"/><solidref ref="board"/>${chip('l', -2)}${chip('r', 2)}</volume>
<volume name="World"><materialref ref="Vacuum"/><solidref ref="large"/>${board('a', -20)}${board('b', 20, more)}</volume>
<skinsurface name="s" surfaceproperty="detector"><volumeref ref="Chip"/></skinsurface>
</structure><setup name="Default" version="1.0"><world ref="World"/></setup></gdml>`,
    { file: 'boards.gdml' },
  );
}

const unused = '<volume name="Unused"><materialref ref="Steel"/><solidref ref="large"/></volume>';

test('[SCN1] what the world does not hold is not packed, even where no engine could do it', () => {
  const scene = boards({ extra: unused });
  expect(scene.volumes).not.toContain('Unused');
  expect(scene.materials).not.toContain('Steel');
});

test('[SCN2] [SCN3] [SCN4] nodes are numbered breadth first, and sensors in their order', () => {
  const scene = boards();
  expect(Array.from({ length: scene.nodeCount }, (_, node) => scene.nodePath(node))).toEqual([
    'World',
    'World/a',
    'World/b',
    'World/a/l',
    'World/a/r',
    'World/b/l',
    'World/b/r',
  ]);
  const sensors = [...scene.sensors()];
  expect(sensors.map(({ identity, path, position }) => [identity, path, position])).toEqual([
    [1, 'World/a/l', [-2, -20, 0]],
    [2, 'World/a/r', [2, -20, 0]],
    [3, 'World/b/l', [-2, 20, 0]],
    [4, 'World/b/r', [2, 20, 0]],
  ]);
  expect(sensors[3]?.copyNumbers.slice(-1)).toEqual([12]);
});

test('[SCN5] the hash changes with what photons meet, and with nothing else', async () => {
  const own = await hashScene(boards());
  expect(own).toMatch(/^[0-9a-f]{64}$/);
  expect(await hashScene(boards())).toBe(own);
  expect(await hashScene(boards({ extra: unused }))).toBe(own);
  expect(await hashScene(boards({ material: 'Glass' }))).not.toBe(own);
});

test('[SCN6] [GDML64] a placement can be reflected; a scale besides has no effect, with a reflection it is refused', () => {
  const scaled = (x: number): Scene => boards({ more: `<scale name="s" x="${x}" y="1" z="1"/>` });
  const sensors = [...scaled(-1).sensors()];
  // The board at y = 20 mirrored in x: its left chip lies on the right.
  expect(sensors.map(({ path, position }) => [path, ...position])).toEqual([
    ['World/a/l', -2, -20, 0],
    ['World/a/r', 2, -20, 0],
    ['World/b/l', 2, 20, 0],
    ['World/b/r', -2, 20, 0],
  ]);
  expect([...scaled(2).sensors()].map(({ path, position }) => [path, ...position])).toEqual(
    [...boards().sensors()].map(({ path, position }) => [path, ...position]),
  );
  expect(() => scaled(-2)).toThrow(/cannot be placed scaled and reflected.*scale -2/s);
  const detector = boardsDetector();
  const volumes = new Map(detector.volumes);
  const world = volumes.get(detector.world) as Volume;
  const placements = world.placements.map((placement) => ({
    ...placement,
    transform: { ...placement.transform, scale: [2, 1, 1] as const },
  }));
  volumes.set(world.name, { ...world, placements });
  expect(() => packScene({ ...detector, volumes })).toThrow(/placement '.*scale 2/s);
});

test('[TAB8] a surface that could only reflect, though it has an EFFICIENCY, is warned of', () => {
  expect(boards().warnings).toEqual([
    expect.stringMatching(/'detector'.*EFFICIENCY without REFLECTIVITY detects nothing/),
  ]);
});
