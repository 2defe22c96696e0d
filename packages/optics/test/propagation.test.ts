import { binomialDeviation } from '@lantern/units';
import { expect, test } from 'vitest';
import { boundaryStatuses } from '../src/step-trace.ts';
import { follow, type Start, smallScene } from './small-detector.ts';

const slab = smallScene({
  solids:
    '<box name="slab" x="1" y="50" z="50"/><box name="glass" x="10" y="50" z="50"/><box name="large" x="100" y="100" z="100"/>',
  structure: `
<volume name="Slab"><materialref ref="Black"/><solidref ref="slab"/></volume>
<volume name="Glass"><materialref ref="Glass"/><solidref ref="glass"/></volume>
<volume name="World"><materialref ref="Vacuum"/><solidref ref="large"/>
<physvol name="a"><volumeref ref="Slab"/><position name="pa" x="0"/></physvol>
<physvol name="b"><volumeref ref="Slab"/><position name="pb" x="5"/></physvol>
<physvol name="g"><volumeref ref="Glass"/><position name="pg" x="25"/></physvol>
</volume>`,
});

const inGlass: Start = { at: [25, 0, 0], to: [0.5, 0.6, 0.62] };

test('[PROP1] [PROP3] the optical depth is used up across volumes; outcomes sum to the photons', () => {
  const count = 50_000;
  const starts = Array.from({ length: count }, (): Start => ({ at: [15, 0, 0], to: [-1, 0, 0] }));
  const { lives, tally } = follow(slab, starts, 0);
  // Two slabs of one absorption length each.
  const passed = lives.filter(({ end }) => end.at[0] < -0.5).length;
  expect(Math.abs(binomialDeviation(passed, count, Math.exp(-2)))).toBeLessThan(4);
  const absorbed = lives.filter(({ end }) => (end.mask & 0x8) !== 0).length;
  expect(Number(tally.absorbed)).toBe(absorbed);
  const ends = ['absorbed', 'detected', 'surfaceAbsorbed', 'leftWorld', 'truncated'] as const;
  expect(ends.reduce((sum, name) => sum + Number(tally[name]), 0)).toBe(count);
});

test('[PROP2] time goes by the group velocity of the material that the photon is in', () => {
  const { lives } = follow(slab, [{ at: [10, 0, 0], to: [1, 0, 0] }], 8);
  const times = lives[0]?.steps.map(({ time }) => time) ?? [];
  const c = 299.792458;
  expect(times[1]).toBeCloseTo(10 / c, 5);
  if (lives[0]?.steps[1]?.flag === 0x800) {
    expect(times[2]).toBeCloseTo(10 / c + 15 / c, 5);
  }
});

test('[PROP3] [PROP4] 50,000 total reflections are followed; a limit of the user ends the photon as truncated', () => {
  const { lives, tally } = follow(slab, [inGlass], 1, 50_000);
  expect(Number(tally.steps)).toBe(50_000);
  expect(Number(tally.truncated)).toBe(1);
  expect(Number(tally.lost)).toBe(0);
  const end = lives[0]?.end;
  expect(end && Math.abs(end.at[0] - 25)).toBeLessThanOrEqual(5.001);
  expect(end && Math.max(Math.abs(end.at[1]), Math.abs(end.at[2]))).toBeLessThanOrEqual(25.001);
  // Each component of the direction keeps its size between parallel faces.
  expect(Math.abs(end?.to[0] ?? 0)).toBeCloseTo(0.5 / Math.hypot(...inGlass.to), 5);
});

test('[PROP5] the digest is the sum over photons, whatever the batches', () => {
  const starts = Array.from(
    { length: 10 },
    (_, i): Start => ({ at: [-5, i, 0], to: [1, 0.1 * i, 0] }),
  );
  const digest = (list: readonly Start[]): bigint =>
    BigInt(follow(slab, list, 0).tally.digest ?? 0);
  expect(digest(starts)).toBe(digest(starts));
  expect(digest(starts)).not.toBe(digest(starts.slice(1)));
});

test('[PROP6] a record holds the start and each step, and zeros after the end', () => {
  const { lives } = follow(slab, [{ at: [-5, 1, 2], to: [-1, 0, 0] }], 8);
  expect(lives[0]?.steps.map(({ at }) => at)).toEqual([
    [-5, 1, 2],
    [-50, 1, 2],
  ]);
  expect(lives[0]?.steps[0]?.flag).toBe(0x4);
  expect(lives[0]?.end.at).toEqual([-50, 1, 2]);
});

test('[PROP7] the flag word tells the surface and the side', () => {
  const scene = smallScene({
    solids: '<box name="chip" x="2" y="2" z="2"/><box name="large" x="100" y="100" z="100"/>',
    structure: `
<volume name="Chip"><materialref ref="Vacuum"/><solidref ref="chip"/></volume>
<volume name="World"><materialref ref="Vacuum"/><solidref ref="large"/>
<physvol name="c"><volumeref ref="Chip"/></physvol></volume>
<skinsurface name="s" surfaceproperty="detector"><volumeref ref="Chip"/></skinsurface>`,
  });
  const { lives } = follow(scene, [
    { at: [-5, 0, 0], to: [1, 0, 0] },
    { at: [0, 0, 0], to: [1, 0, 0] },
    { at: [-5, 0, 0], to: [-1, 0, 0] },
  ]);
  const surface = scene.surfaces.indexOf('detector') + 1;
  expect(lives.map(({ end }) => [end.flag, end.surface, end.leaves])).toEqual([
    [0x40, surface, false],
    [0x40, surface, true],
    [0x8000, 0, true],
  ]);
});

test('[PROP8] a limit of time ends a photon at that time, before anything that would come later', () => {
  const { lives, tally } = follow(slab, [{ at: [-5, 1, 2], to: [-1, 0, 0] }], 8, 0, 0.1);
  expect(lives[0]?.end.time).toBeCloseTo(0.1, 6);
  expect(lives[0]?.end.at[0]).toBeCloseTo(-5 - 0.1 * 299.792458, 4);
  expect(Number(tally.truncated)).toBe(1);
});

test('[PROP9] light of a particle that rounding puts outside the world has left it; that of a lamp is a mistake', () => {
  const outside: Start = { at: [60, 0, 0], to: [1, 0, 0] };
  expect(Number(follow(slab, [outside]).tally.firstOutside)).toBe(1);
  const made = follow(slab, [{ ...outside, mask: 0x1 }]);
  expect(Number(made.tally.firstOutside)).toBe(0);
  expect(Number(made.tally.leftWorld)).toBe(1);
});

test('[PROP10] a length that falls by eight powers of ten between two points is right at both', () => {
  const scene = smallScene({
    define: '<matrix name="STEEP" coldim="2" values="1*eV 1e9 2*eV 1e9 3*eV 10 10*eV 10"/>',
    materials: `<material name="Steep" state="solid"><D value="1"/><fraction n="1" ref="H"/>
<property name="RINDEX" ref="ONE"/><property name="ABSLENGTH" ref="STEEP"/></material>`,
    solids: '<box name="large" x="10000" y="10000" z="10000"/>',
    structure: '<volume name="World"><materialref ref="Steep"/><solidref ref="large"/></volume>',
  });
  const starts = Array.from(
    { length: 20_000 },
    (): Start => ({ at: [0, 0, 0], to: [1, 0, 0], wavelength: 1239.84198 / 3.00001 }),
  );
  const { lives } = follow(scene, starts, 0);
  const mean = lives.reduce((sum, { end }) => sum + end.at[0], 0) / starts.length;
  expect(Math.abs(mean - 10)).toBeLessThan((4 * 10) / Math.sqrt(starts.length));
});

test('[PROP11] a shift takes exactly WLSTIMECONSTANT with the delta profile, that long on average with the exponential one', () => {
  const shifting = {
    define: `<matrix name="SHORT" coldim="2" values="1*eV 1e9 3*eV 1e9 3.1*eV 1e-6 10*eV 1e-6"/>
<matrix name="EMIT" coldim="2" values="1.9*eV 0 2*eV 1 2.1*eV 0"/><matrix name="TAU" coldim="1" values="5"/>`,
    materials: `<material name="Shifter" state="solid"><D value="1"/><fraction n="1" ref="H"/>
<property name="RINDEX" ref="ONE"/><property name="WLSABSLENGTH" ref="SHORT"/>
<property name="WLSCOMPONENT" ref="EMIT"/><property name="WLSTIMECONSTANT" ref="TAU"/></material>`,
    solids: '<orb name="large" r="1"/>',
    structure: '<volume name="World"><materialref ref="Shifter"/><solidref ref="large"/></volume>',
  };
  const starts = Array.from(
    { length: 4000 },
    (): Start => ({ at: [0, 0, 0], to: [1, 0, 0], wavelength: 350 }),
  );
  const delays = (shiftProfile: 'delta' | 'exponential'): number[] =>
    follow(smallScene(shifting, { shiftProfile }), starts, 0).lives.map(
      ({ end }) => end.time - 1 / 299.792458,
    );
  for (const delay of delays('delta')) expect(delay).toBeCloseTo(5, 4);
  const exponential = delays('exponential');
  const mean = exponential.reduce((sum, delay) => sum + delay, 0) / exponential.length;
  expect(Math.abs(mean - 5)).toBeLessThan((4 * 5) / Math.sqrt(exponential.length));
  expect(Math.max(...exponential)).toBeGreaterThan(20);
});

test('[PROP12] photons that start where no light goes are counted', () => {
  const scene = smallScene({
    solids: '<box name="block" x="2" y="2" z="2"/><box name="large" x="100" y="100" z="100"/>',
    structure: `
<volume name="Block"><materialref ref="Steel"/><solidref ref="block"/></volume>
<volume name="World"><materialref ref="Vacuum"/><solidref ref="large"/>
<physvol name="b"><volumeref ref="Block"/></physvol></volume>`,
  });
  const { lives, tally } = follow(scene, [alongX(0), alongX(5)]);
  expect(Number(tally.startedDark)).toBe(1);
  expect(lives.map(({ end }) => end.flag)).toEqual([0x80, 0x8000]);
});

function alongX(x: number): Start {
  return { at: [x, 0, 0], to: [1, 0, 0] };
}

test('[PROP13] [PROP14] a step says which reflection it was, or which process of a material', () => {
  const { lives } = follow(slab, [inGlass], 4, 3);
  const [start, first] = lives[0]?.steps ?? [];
  expect(start?.status).toBe(0);
  // At 60 degrees in glass, beyond the critical angle of 42.
  expect(boundaryStatuses[(first?.status ?? 0) - 1]).toBe('total reflection');

  const straight = Array.from({ length: 200 }, (): Start => ({ at: [10, 0, 0], to: [1, 0, 0] }));
  const statuses = follow(slab, straight, 4, 2).lives.map(({ steps }) => steps[1]?.status ?? 0);
  const named = (name: string): number =>
    statuses.filter((status) => boundaryStatuses[status - 1] === name).length;
  expect(named('refraction') + named('reflection')).toBe(200);
  // 4 % of the light turns back.
  expect(named('reflection')).toBeGreaterThan(0);
  expect(named('reflection')).toBeLessThan(30);

  const absorbed = follow(slab, [{ at: [0, 0, 0], to: [0, 1, 0] }], 3).lives[0]?.steps[1];
  expect(absorbed).toMatchObject({ flag: 0x8, status: 159 });
});
