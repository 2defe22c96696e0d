import type { Detector } from '@lantern/geometry';
import { energyToWavelength, subtract } from '@lantern/units';
import {
  firstLightShape,
  genstepKinds,
  genstepOffsets,
  lightDirections,
  lightOffsets,
  lightShapes,
  lightSpectra,
  lightTimes,
} from '../../genstep-layout.ts';
import { genstepSource } from '../genstep-source.ts';
import { GenstepWriter } from '../genstep-writer.ts';
import type { PhotonSource } from '../photon-source.ts';
import { isWithin, rangeInWords, wavelengthRange } from '../wavelength-range.ts';
import { WordsError } from '../words/word-reader.ts';
import { emissionTable, spectrumKnots } from './emission-table.ts';
import type { LightDescription, LightSpectrum } from './light-description.ts';
import { parseLight } from './parse-light.ts';

/**
 * The photons of a light source in words (`lightHelp`).
 *
 * @param detector whose tables the wavelengths are checked against, and whose materials a `spectrum` is of
 * @throws WordsError when the words are not understood, or the wavelengths are outside all tables
 * @example
 * ```ts
 * const source = lightSource('point at 0 0 1 m, 420 nm, 1e6 photons', detector);
 * ```
 */
export function lightSource(text: string, detector: Detector): PhotonSource {
  const light = parseLight(text);
  checkWavelengths(light.spectrum, detector);
  const lightSpectrum =
    light.spectrum.kind === 'material' ? materialKnots(light.spectrum, detector) : undefined;
  return genstepSource(lightSteps(light), {
    description: `light ${text.trim()}`,
    lightSpectrum,
  });
}

function materialKnots(
  { material, property }: Extract<LightSpectrum, { kind: 'material' }>,
  detector: Detector,
): Float64Array {
  const table = emissionTable(detector, material, property);
  return spectrumKnots(table, `material ${material}`);
}

function checkWavelengths(spectrum: LightSpectrum, detector: Detector): void {
  const range = wavelengthRange(detector);
  for (const wavelength of endsOf(spectrum, detector)) {
    if (!range || isWithin(range, wavelength)) continue;
    throw new WordsError({
      what: "wavelength outside all tables of the detector's materials and surfaces",
      where: '--light',
      given: `${Number(wavelength.toPrecision(6))} nm`,
      expected: rangeInWords(range),
    });
  }
}

/** The wavelengths between which (nearly) all photons lie. */
function endsOf(spectrum: LightSpectrum, detector: Detector): readonly number[] {
  switch (spectrum.kind) {
    case 'single':
      return [spectrum.wavelength];
    case 'flat':
      return [spectrum.low, spectrum.high];
    case 'gaussian':
      return [spectrum.mean - 3 * spectrum.sigma, spectrum.mean + 3 * spectrum.sigma];
    case 'material': {
      const { energies } = emissionTable(detector, spectrum.material, spectrum.property);
      return [energies[0] ?? 0, energies.at(-1) ?? 0].map(energyToWavelength);
    }
  }
}

/** Photons of one step at most: an unsigned 32-bit number with room to spare. */
const stepPhotons = 2 ** 31;

/** The generation steps of a light: one, or as many as its number of photons needs. */
export function lightSteps(light: LightDescription): Float32Array<ArrayBuffer> {
  const writer = new GenstepWriter();
  const slots = lightSlots(light);
  for (let left = light.photons; left > 0; left -= stepPhotons) {
    writer.append(genstepKinds.TORCH, Math.min(left, stepPhotons), slots);
  }
  return writer.finish();
}

function lightSlots(light: LightDescription): Parameters<GenstepWriter['append']>[2] {
  const { shape, direction, time, polarisation = [0, 0, 0] } = light;
  const at = shape.kind === 'line' ? shape.from : shape.at;
  const line = shape.kind === 'line' ? subtract(shape.to, shape.from) : [0, 0, 0];
  const [wavelength, width, spectrum] = wavelengthSlots(light.spectrum);
  const mode =
    lightDirections.indexOf(direction.kind) + 16 * spectrum + 256 * lightTimes.indexOf(time.kind);
  const o = lightOffsets;
  return [
    [genstepOffsets.x, at[0]],
    [genstepOffsets.y, at[1]],
    [genstepOffsets.z, at[2]],
    [genstepOffsets.time, time.start],
    [o.axisX, direction.axis[0]],
    [o.axisY, direction.axis[1]],
    [o.axisZ, direction.axis[2]],
    [o.timeWidth, time.width],
    [o.polX, polarisation[0]],
    [o.polY, polarisation[1]],
    [o.polZ, polarisation[2]],
    [o.wavelength, wavelength],
    [o.lineX, line[0] ?? 0],
    [o.lineY, line[1] ?? 0],
    [o.lineZ, line[2] ?? 0],
    [o.opening, direction.opening],
    [o.radius, 'radius' in shape ? shape.radius : 0],
    [o.wavelengthWidth, width],
    [o.mode, mode, 'integer'],
    [o.shape, firstLightShape + lightShapes.indexOf(shape.kind), 'integer'],
  ];
}

function wavelengthSlots(
  spectrum: LightSpectrum,
): readonly [first: number, second: number, kind: number] {
  const code = (kind: (typeof lightSpectra)[number]): number => lightSpectra.indexOf(kind);
  switch (spectrum.kind) {
    case 'single':
      return [spectrum.wavelength, 0, code('single')];
    case 'flat':
      return [spectrum.low, spectrum.high, code('flat')];
    case 'gaussian':
      return [spectrum.mean, spectrum.sigma, code('gaussian')];
    case 'material':
      return [0, 0, code('table')];
  }
}
