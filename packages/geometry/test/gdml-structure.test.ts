import { gdmlRotation, transpose } from '@lantern/units';
import { describe, expect, it } from 'vitest';
import { readGdml } from '../src/gdml/read-gdml.ts';
import { readGdmlFile } from '../src/gdml/read-gdml-file.node.ts';
import type { Placement } from '../src/model/volume.ts';
import { fixture, gdml, read } from './gdml-documents.ts';

const detector = await readGdmlFile(fixture('structure.gdml'));
const deg = Math.PI / 180;
const placements = (volume: string): readonly Placement[] =>
  detector.volumes.get(volume)?.placements ?? [];
const named = (name: string): Placement | undefined =>
  placements('World').find((p) => p.name === name);
const near = (values: readonly number[]): unknown[] =>
  values.map((value) => expect.closeTo(value, 12));

describe('volumes', () => {
  it('[GDML30] a physvol is turned by the inverse of Rz·Ry·Rx', () => {
    // A quarter turn about z takes the daughter's x to -y of the mother.
    expect(named('one')).toMatchObject({
      id: 'one',
      volume: 'Cell',
      copyNumber: 7,
      transform: {
        rotation: [0, 1, 0, -1, 0, 0, 0, 0, 1],
        translation: [0, 0, 1000],
        scale: [1, 1, 1],
      },
    });
    const turned = transpose(gdmlRotation(10 * deg, 20 * deg, 30 * deg));
    expect(named('mirrored')?.transform).toEqual({
      rotation: turned,
      translation: [1000, 2000, 3000],
      scale: [1, 1, -1],
    });
  });

  it('[GDML31] loops place by their variables', () => {
    expect(named('step_0_1')).toMatchObject({
      volume: 'Step_0',
      copyNumber: 12,
      transform: { translation: [100, 200, 0] },
    });
    expect(named('step_2_-1')).toMatchObject({ volume: 'Step_2', copyNumber: 30 });
    expect(detector.solids.get('step_box_1')).toEqual({
      type: 'box',
      name: 'step_box_1',
      x: 20,
      y: 200,
      z: 5,
    });
  });

  it('[GDML32] assemblies inside assemblies are placed in the mother', () => {
    const quads = placements('World').filter(({ name }) => name === 'left' || name === 'right');
    expect(quads.map(({ volume }) => volume)).toEqual(['Cell', 'Cell', 'Cell', 'Cell']);
    expect(quads.map(({ id }) => id)).toEqual(['left', 'right', 'left#2', 'right#2']);
    const [c, s] = [Math.SQRT1_2, Math.SQRT1_2];
    // left: (-20, 30) turned by -45° about z, then 2 m down.
    expect(quads[0]?.transform.translation).toEqual(
      near([c * -20 + s * 30, -s * -20 + c * 30, -2000]),
    );
  });

  it('[GDML32] the scale of an assembly goes through; a shear is refused', () => {
    const solids = '<box name="b" x="1" y="1" z="1"/>';
    const structure = (
      rotation: string,
    ): string => `<volume name="A"><materialref ref="Air"/><solidref ref="b"/></volume>
      <assembly name="S"><physvol name="p"><volumeref ref="A"/><position x="1" y="2" z="3"/>${rotation}</physvol></assembly>`;
    const world = (scale: string): string =>
      `<physvol><volumeref ref="S"/><position x="10"/><scale ${scale}/></physvol>`;
    const placed = (rotation: string, scale: string) =>
      read({ solids, structure: structure(rotation), world: world(scale) }).volumes.get('World')
        ?.placements[0]?.transform;
    expect(placed('', 'z="-1"')).toMatchObject({ translation: [11, 2, -3], scale: [1, 1, -1] });
    // Seen in a mirror, a turn about x goes the other way round.
    expect(placed('<rotation x="30" unit="deg"/>', 'z="-1"')?.rotation[7]).toBeCloseTo(0.5, 14);
    expect(placed('<rotation x="30" unit="deg"/>', '')?.rotation[7]).toBeCloseTo(-0.5, 14);
    // The positions are scaled, the volumes are not (GDML64).
    expect(placed('<rotation z="90" unit="deg"/>', 'x="2"')).toMatchObject({
      translation: [12, 2, 3],
      scale: [1, 1, 1],
    });
    expect(() => placed('<rotation z="45" unit="deg"/>', 'x="2"')).toThrow(
      /scaling a turned volume along one axis makes a shear: given A in S in World/,
    );
  });

  it('[GDML33] replicas along x lie around the middle', () => {
    expect(placements('ReplicaX').map(({ transform }) => transform.translation[0])).toEqual([
      -37.5, -12.5, 12.5, 37.5,
    ]);
    expect(placements('ReplicaX').map(({ copyNumber }) => copyNumber)).toEqual([0, 1, 2, 3]);
  });

  it('[GDML33] replicas along phi are turned to the middle of their range', () => {
    const [first, second] = placements('ReplicaPhi');
    expect(placements('ReplicaPhi')).toHaveLength(12);
    expect(first?.transform.rotation[3]).toBeCloseTo(Math.sin(15 * deg), 14);
    expect(second?.transform.rotation[3]).toBeCloseTo(Math.sin(45 * deg), 14);
  });

  it('[GDML33] replicas along rho are shells with solids and volumes of their own', () => {
    const solids = placements('ReplicaRho').map(({ volume }) =>
      detector.solids.get(detector.volumes.get(volume)?.solid ?? ''),
    );
    expect(solids).toMatchObject([
      { rmin: 100, rmax: 150, z: 300 },
      { rmin: 150, rmax: 200, z: 300 },
    ]);
  });

  it('[GDML34] a division gives its copies the size that fits', () => {
    const [first, ...others] = placements('DivisionX');
    expect(others).toHaveLength(4);
    expect(first?.transform.translation).toEqual([-40, 0, 0]);
    expect(
      detector.solids.get(detector.volumes.get(first?.volume ?? '')?.solid ?? ''),
    ).toMatchObject({ x: 20, y: 50, z: 20 });
    expect(placements('DivisionZ').map(({ transform }) => transform.translation[2])).toEqual([
      -75, 15, 105,
    ]);
    expect(placements('DivisionPhi')[1]?.transform.rotation[3]).toBeCloseTo(Math.sin(45 * deg), 14);
  });

  it('[GDML35] a parameterised volume has a solid for each size', () => {
    const [first, second] = placements('Parameterised');
    expect(first?.transform.translation).toEqual([1000, 0, 0]);
    expect(
      detector.solids.get(detector.volumes.get(first?.volume ?? '')?.solid ?? ''),
    ).toMatchObject({ x: 10, y: 20, z: 30 });
    expect(second).toMatchObject({
      volume: 'Cell',
      transform: { rotation: [0, 1, 0, -1, 0, 0, 0, 0, 1] },
    });
  });

  it('[GDML35] a volume that got its own solid keeps its skin and its tags', () => {
    const { skinSurfaces, volumes } = detector;
    const copy = placements('Parameterised')[0]?.volume ?? '';
    expect(skinSurfaces.map(({ volume }) => volume)).toEqual(['Cell', copy]);
    expect(volumes.get(copy)?.auxiliaries).toEqual([
      {
        type: 'SensDet',
        value: 'pmt',
        auxiliaries: [{ type: 'threshold', value: '0.25', unit: 'MeV', auxiliaries: [] }],
      },
    ]);
  });

  it('[GDML36] ids are unique in the detector', () => {
    const ids = [...detector.volumes.values()].flatMap((volume) =>
      volume.placements.map(({ id }) => id),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('[GDML37] the world is that of the setup asked for, of Default, or of the first', async () => {
    expect(detector.world).toBe('World');
    expect((await readGdmlFile(fixture('structure.gdml'), { setup: 'Other' })).world).toBe('Cell');
    await expect(readGdmlFile(fixture('structure.gdml'), { setup: 'Othr' })).rejects.toThrow(
      /there is no setup Othr \(did you mean Other\?\)/,
    );
  });

  it('[GDML37] user information is kept', () => {
    expect(detector.userInfo).toEqual([
      { type: 'author', value: 'Lantern & friends', auxiliaries: [] },
    ]);
  });
});

describe('surfaces between volumes', () => {
  const solids = '<box name="b" x="1" y="1" z="1"/><opticalsurface name="paint"/>';
  const volume = (name: string, content = ''): string =>
    `<volume name="${name}"><materialref ref="Air"/><solidref ref="b"/>${content}</volume>`;
  const placed = (name: string, of: string): string =>
    `<physvol name="${name}"><volumeref ref="${of}"/></physvol>`;
  const border = (from: string, to: string): string =>
    `</structure><structure><bordersurface name="s" surfaceproperty="paint"><physvolref ref="${from}"/><physvolref ref="${to}"/></bordersurface>`;
  const borders = (from: string, to: string, world: string) =>
    readGdml(
      gdml({ solids, structure: volume('A'), world }).replace(
        '</structure>',
        `${border(from, to)}</structure>`,
      ),
      { file: 'test.gdml' },
    );

  it('[GDML38] a border is found by the name of the physvol, with or without the pointer', () => {
    expect(detector.borderSurfaces).toEqual([
      { name: 'border', surface: 'paint', from: 'one', to: 'mirrored' },
    ]);
    const { borderSurfaces } = borders(
      'left',
      'right0x2',
      placed('left0x1', 'A') + placed('right0x2', 'A'),
    );
    expect(borderSurfaces).toMatchObject([{ from: 'left0x1', to: 'right0x2' }]);
  });

  it('[GDML38] a physvol without name is VOLUME_PV, the world is WORLD_PV', () => {
    const { borderSurfaces } = borders(
      'A_PV',
      'World_PV',
      '<physvol><volumeref ref="A"/></physvol>',
    );
    expect(borderSurfaces).toMatchObject([{ from: 'A_0', to: 'world' }]);
  });

  it('[GDML38] of several of that name the first is taken, with a warning', () => {
    const { borderSurfaces, warnings } = borders(
      'twin',
      'other',
      placed('twin', 'A') + placed('twin', 'A') + placed('other', 'A'),
    );
    expect(borderSurfaces).toMatchObject([{ from: 'twin', to: 'other' }]);
    expect(warnings.join()).toMatch(/there are 2 physvols twin: the surface is on the first/);
  });

  it('[GDML38] a border to nothing is an error', () => {
    expect(() => borders('left', 'rihgt', placed('left', 'A') + placed('right', 'A'))).toThrow(
      /<bordersurface name="s">: there is no physvol rihgt \(did you mean right\?\)/,
    );
  });

  it.each([
    [volume('A', placed('p', 'B')), /<physvol name="p">: there is no volume B/],
    [volume('A', placed('p', 'A')), /the volume contains itself: given A > A/],
    [
      volume('A', placed('p', 'B')) + volume('B', placed('q', 'A')),
      /the volume contains itself: given A > B > A/,
    ],
    [
      '<assembly name="A"><physvol><volumeref ref="A"/></physvol></assembly>',
      /the volume contains itself/,
    ],
    ['<volume name="A"><materialref ref="Air"/></volume>', /<solidref ref="…"\/> is missing/],
    [
      '<volume name="A"><materialref ref="Air"/><solidref ref="bb"/></volume>',
      /there is no solid bb \(did you mean b\?\)/,
    ],
    [
      '<volume name="A"><materialref ref="air"/><solidref ref="b"/></volume>',
      /there is no material air \(did you mean Air\?\)/,
    ],
    [volume('A', '<physvol name="p"/>'), /<volumeref ref="…"\/> is missing/],
    [volume('A') + volume('A'), /there are two volumes of this name/],
    [volume('A', '<physvoll/>'), /no such element in <volume>.*did you mean physvol\?/],
    [
      '<skinsurface name="s" surfaceproperty="pain"><volumeref ref="World"/></skinsurface>',
      /there is no optical surface pain \(did you mean paint\?\)/,
    ],
    ['<skinsurface name="s" surfaceproperty="paint"/>', /expected one <volumeref>/],
    [
      volume('A') +
        volume(
          'D',
          '<divisionvol axis="kPhi" number="2" unit="deg"><volumeref ref="A"/></divisionvol>',
        ),
      /this division is not read: given along phi of the box b/,
    ],
    [
      volume('A') +
        volume(
          'D',
          '<divisionvol axis="kXAxis" number="2" width="1" unit="mm"><volumeref ref="A"/></divisionvol>',
        ),
      /the slices do not fit/,
    ],
    [volume('A', '<replicavol number="0"/>'), /number: given 0/],
  ])('[GDML39] %s is an error', (structure, message) => {
    expect(() => read({ solids, structure })).toThrow(message);
  });
});
