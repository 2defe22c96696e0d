import { readFileSync } from 'node:fs';
import { type Detector, packScene, readGdml, type Scene } from '@lantern/geometry';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCpuEngine } from '../src/cpu/cpu-engine.node.ts';
import type { PropagationRequest } from '../src/engine.ts';
import { photonFlags, photonOffsets, photonWords } from '../src/photon-layout.ts';
import { type Life, replayPhoton } from '../src/replay/life.ts';
import { tellLife } from '../src/replay/tell-life.ts';
import { lightSource } from '../src/sources/light/light-source.ts';
import { smallScene } from './small-detector.ts';

const engine = createCpuEngine();
let detector: Detector;
let scene: Scene;

beforeAll(() => {
  const file = new URL('data/tank.gdml', import.meta.url);
  detector = readGdml(readFileSync(file, 'utf8'), { file: 'tank.gdml' });
  scene = packScene(detector);
});

const requestOf = (words: string): PropagationRequest => ({
  seed: 3n,
  source: lightSource(words, detector),
  threads: 1,
});

/** The life, in words, of the first photon with this flag whose words contain these. */
async function find(
  words: string,
  flag: number,
  source = 'point at 0 0 0 mm 420 nm 2000 photons',
): Promise<string[]> {
  const request = requestOf(source);
  const candidates: number[] = [];
  await engine.propagate(scene, { ...request, keepPhotons: true }, ({ first, count, photons }) => {
    const all = new Uint32Array(photons?.buffer ?? new ArrayBuffer());
    for (let i = 0; i < count; i++) {
      const mask = all[i * photonWords + photonOffsets.flagMask / 4] ?? 0;
      if (mask & flag) candidates.push(first + i);
    }
  });
  for (const photon of candidates.slice(0, 30)) {
    const lines = tellLife(await replayPhoton(engine, scene, request, photon), scene);
    if (lines.some((line) => line.includes(words))) return lines;
  }
  throw new Error(`no photon with '${words}' among ${candidates.length}`);
}

describe('replay', () => {
  it('[REP1] gives the life that the photon had', async () => {
    const request = requestOf('point at 0 0 0 mm 420 nm 200 photons');
    let photons = new Float32Array();
    await engine.propagate(scene, { ...request, keepPhotons: true }, (batch) => {
      photons = batch.photons ?? photons;
    });
    for (const photon of [0, 17, 199]) {
      const { steps } = await replayPhoton(engine, scene, request, photon);
      const end = photons.slice(photon * photonWords, photon * photonWords + 4);
      const last = steps.at(-1);
      expect([...(last?.position ?? []), last?.time]).toEqual([...end]);
      expect(steps[0]?.position).toEqual([0, 0, 0]);
    }
  });

  /** Total reflection in a box of glass: for ever, but for limits. */
  const trap = 'beam from 0 0 0 mm towards 1 0.9 1.1 420 nm 1 photons';
  const glassBox = (): Scene =>
    smallScene({
      solids: '<box name="w" x="400" y="400" z="400"/><box name="g" x="100" y="100" z="100"/>',
      structure: `<volume name="G"><materialref ref="Glass"/><solidref ref="g"/></volume>
<volume name="World"><materialref ref="Vacuum"/><solidref ref="w"/><physvol name="g"><volumeref ref="G"/></physvol></volume>`,
    });

  it('[REP3] tells the first 1000 steps of a photon that never ends, and that it goes on', async () => {
    const box = glassBox();
    const life = await replayPhoton(engine, box, requestOf(trap), 0);
    expect(life).toMatchObject({ goesOn: true, stoppedByLimit: false });
    expect(life.steps).toHaveLength(1001);
    expect(tellLife(life, box).at(-1)).toBe(
      'no end yet: the photon goes on after these 1000 steps; --max-bounces N tells the first N',
    );
    const timed = await replayPhoton(engine, box, { ...requestOf(trap), maxTime: 10 }, 0);
    expect(timed).toMatchObject({ goesOn: false, stoppedByLimit: true });
    expect(timed.steps.at(-1)?.time).toBe(10);
  });

  it('[REP1][REP3] gives a life of thousands of steps whole where a limit asks for them', async () => {
    const box = glassBox();
    const request = { ...requestOf(trap), maxBounces: 3000 };
    const life = await replayPhoton(engine, box, request, 0);
    expect(life.steps).toHaveLength(3001);
    expect(life.stoppedByLimit).toBe(true);
    const lines = tellLife(life, box);
    expect(lines).toHaveLength(3002);
    expect(lines[3000]).toMatch(/^step 3000: after .* reflected .*back into Glass of World\/g at/);
    expect(lines[3001]).toContain('limit');
  });

  it('[REP2] tells in words what happened, where and when', async () => {
    const lines = await find(
      'detected',
      photonFlags.SURFACE_DETECT,
      'beam from 0 0 0 mm towards 1 0 0 420 nm 100 photons',
    );
    expect(lines[0]).toMatch(
      /^photon \d+: light of 420 nm in Water of World\/tank at \(0, 0, 0\) mm, 0 ns; direction \(1, 0, 0\), polarisation \(/,
    );
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^step \d+: after .* mm detected by sensor 1, arriving from Glass of World\/tank\/bulb at \(560, 0, 0\) mm, 2\.\d+ ns; direction \(1, 0, 0\); surface cathode$/,
      ),
    );
  });

  it.each([
    ['refracted from Water into Glass of World/tank/bulb', photonFlags.SURFACE_DETECT],
    ['refracted from Water into Air of World at', photonFlags.BOUNDARY_TRANSMIT],
    ['scattered (Rayleigh) in Water of World/tank', photonFlags.BULK_SCATTER],
    ['absorbed in Water of World/tank', photonFlags.BULK_ABSORB],
    [' reflected back into Water of World/tank', photonFlags.BOUNDARY_REFLECT],
    ['totally reflected back into Water of World/tank', photonFlags.BOUNDARY_REFLECT],
    ['reflected diffusely back into Water', photonFlags.SURFACE_DREFLECT],
    ['facet of the surface (lobe) back into Water of World/tank', photonFlags.SURFACE_SREFLECT],
    ['left the world from Air', photonFlags.MISS],
    ['absorbed at a surface of Glass', photonFlags.SURFACE_ABSORB],
  ])('[REP2] knows the words: %s', async (words, flag) => {
    expect((await find(words, flag)).length).toBeGreaterThan(1);
  });

  it('[REP1] refuses a photon that the source has not', async () => {
    const request = requestOf('point at 0 0 0 mm 420 nm 10 photons');
    const life: Promise<Life> = replayPhoton(engine, scene, request, 10);
    await expect(life).rejects.toThrow(
      'no such photon to replay: given 10, expected a number from 0 to 9',
    );
  });
});
