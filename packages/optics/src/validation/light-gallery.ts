import type { Detector, Scene } from '@lantern/geometry';
import {
  cerenkovOffsets,
  genstepKinds,
  genstepOffsets,
  scintillationOffsets,
  torchOffsets,
  torchShapes,
  trackOffsets,
} from '../genstep-layout.ts';
import { genstepSource } from '../sources/genstep-source.ts';
import { GenstepWriter } from '../sources/genstep-writer.ts';
import { lightSource, lightSteps } from '../sources/light/light-source.ts';
import { parseLight } from '../sources/light/parse-light.ts';
import type { PhotonSource } from '../sources/photon-source.ts';

type Slots = Parameters<GenstepWriter['append']>[2];

/** Lights of each shape, direction, spectrum and time, in words but for their number. */
const lights: readonly string[] = [
  'point at 55 50 3 mm, isotropic, 420 nm',
  'point at -55 0 55 mm, towards 0 0 1, opening 20 deg, 400 to 500 nm, pulse 3 ns',
  'line from -50 -50 0 mm to 50 -55 60 mm, 450 nm sigma 10 nm, flat 0 to 10 ns',
  'disc at 0 55 0 mm, radius 12 mm, lambertian, 380 nm, decay 3 ns',
  'disc at 55 55 0 mm, radius 5 mm, towards 1 2 3, 350 nm',
  'sphere at 55 55 55 mm, radius 10 mm, 400 to 600 nm',
  'sphere at -55 55 55 mm, radius 10 mm, outwards, 400 nm',
  'sphere at -55 -55 55 mm, radius 10 mm, inwards, 390 nm',
  'ball at 55 -55 55 mm, radius 8 mm, isotropic, 360 nm',
  'ball at 55 -55 -55 mm, radius 8 mm, outwards, 500 nm',
  'beam from 0 -55 -100 mm, towards 0 0 1, radius 5 mm, opening 2 deg, 420 nm, polarised 0 1 0',
];

/** Light with the spectrum of a material: its knots come with the source. */
const spectrumLight = 'point at 0 0 55 mm, spectrum Scintillator';

/**
 * Photons of every kind of generation step, each kind as many: lights, Opticks' torches, Cerenkov light, and the
 * components of a scintillator.
 *
 * @param detector with a material `Scintillator` of three components, and room for lights about its middle
 */
export function lightGallery(photons: number, detector: Detector, scene: Scene): PhotonSource {
  const kinds = lights.length + 1 + torchShapes.length + 4;
  const each = Math.max(1, Math.floor(photons / kinds));
  const words = [...lights, spectrumLight].map((light) => `${light}, ${each} photons`);
  const writer = new GenstepWriter();
  torchShapes.forEach((_, i) => {
    writer.append(genstepKinds.TORCH, each, torch(i + 1));
  });
  writer.append(genstepKinds.CERENKOV, each, cerenkov(scene.materials.indexOf('Room')));
  const scintillator = scene.materials.indexOf('Scintillator');
  for (const component of [1, 2, 3])
    writer.append(genstepKinds.SCINTILLATION, each, scintillation(scintillator, component));
  const steps = [...words.map((light) => lightSteps(parseLight(light))), writer.finish()];
  const { lightSpectrum } = lightSource(words.at(-1) ?? '', detector);
  return genstepSource(joined(steps), { description: 'light of every kind', lightSpectrum });
}

/** One array of all, byte by byte: some words are integers. */
function joined(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const words = new Uint32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    words.set(new Uint32Array(part.buffer, part.byteOffset, part.length), at);
    at += part.length;
  }
  return new Float32Array(words.buffer);
}

function placed(x: number, y: number, z: number, time: number): Slots {
  const { x: atX, y: atY, z: atZ, time: atTime } = genstepOffsets;
  return [
    [atX, x],
    [atY, y],
    [atZ, z],
    [atTime, time],
  ];
}

/** A torch of Opticks, between the exhibits, towards one of them. */
function torch(shape: number): Slots {
  const o = torchOffsets;
  return [
    ...placed(55, -55, 5 * shape, 3),
    [o.directionX, -0.6],
    [o.directionY, 0.8],
    [o.directionZ, 0],
    [o.wavelength, 420],
    [o.zenithLow, 0],
    [o.zenithHigh, 1],
    [o.azimuthLow, 0],
    [o.azimuthHigh, 1],
    [o.radius, 10],
    [o.phase, 0.2],
    [o.shape, shape, 'integer'],
  ];
}

/** A track of 10 mm of a muon, between the exhibits. */
function track(material: number): Slots {
  const o = trackOffsets;
  return [
    [genstepOffsets.material, material, 'integer'],
    [o.deltaX, 6],
    [o.deltaY, 0],
    [o.deltaZ, 8],
    [o.length, 10],
    [o.code, 13, 'integer'],
    [o.charge, -1],
    [o.weight, 1],
  ];
}

/** Of 0.9 c in something of index 1.35 at most. */
function cerenkov(material: number): Slots {
  const o = cerenkovOffsets;
  const cosine = 1 / (0.9 * 1.35);
  return [
    ...placed(50, 52, -55, 1.5),
    ...track(material),
    [o.preVelocity, 270],
    [o.betaInverse, 1 / 0.9],
    [o.wavelengthLow, 300],
    [o.wavelengthHigh, 700],
    [o.maxCos, cosine],
    [o.maxSin2, 1 - cosine ** 2],
    [o.meanBefore, 20],
    [o.meanAfter, 10],
    [o.postVelocity, 269],
  ];
}

function scintillation(material: number, component: number): Slots {
  const o = scintillationOffsets;
  return [
    ...placed(-52, 50, -55, 2.5),
    ...track(material),
    [o.meanVelocity, 270],
    [o.component, component, 'integer'],
    [o.riseTime, component === 1 ? 0.5 : 0],
    [o.decayTime, 5 * component],
  ];
}
