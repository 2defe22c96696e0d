import { energyToWavelength } from '@lantern/units';
import type { Quantity, WordReader } from '../words/word-reader.ts';
import type { LightSpectrum } from './light-description.ts';

/** `400 to 500 nm`: flat in wavelength. */
export function range(words: WordReader, first: Quantity, second: Quantity): LightSpectrum {
  const high = nanometres(words, second);
  const low =
    first.category === undefined
      ? (first.value * high) / (second.token.number || 1)
      : nanometres(words, first);
  if (!(low > 0 && high > 0)) throw words.error('wavelength', first.token, 'more than 0 nm');
  return { kind: 'flat', low: Math.min(low, high), high: Math.max(low, high) };
}

/** `450 nm`, or `450 nm sigma 10 nm`; the mean (nm) is read already. */
export function peak(words: WordReader, mean: number): LightSpectrum {
  if (!words.accept('sigma', '+-', '±')) return { kind: 'single', wavelength: mean };
  const quantity = words.quantity('the standard deviation of the wavelength');
  const sigma = words.positive(nanometres(words, quantity));
  // 32 bits give no normal number beyond 6.8 standard deviations: none falls below 0.
  if (sigma * 7 < mean) return { kind: 'gaussian', mean, sigma };
  throw words.error(
    'standard deviation of the wavelength',
    quantity.token,
    'less than a seventh of the mean',
  );
}

/** `420 nm` or `3 eV`, in nm. */
export function wavelengthOf(words: WordReader, quantity: Quantity): number {
  if (quantity.category === 'time') {
    throw words.error(
      'a time here',
      quantity.token,
      'a wavelength (nm)',
      "say 'at 5 ns', 'pulse 3 ns', 'decay 3 ns' or 'flat 0 to 10 ns'",
    );
  }
  const wavelength =
    quantity.category === 'energy'
      ? energyToWavelength(quantity.value)
      : nanometres(words, quantity);
  if (wavelength > 0 && wavelength < Number.POSITIVE_INFINITY) return wavelength;
  throw words.error('wavelength', quantity.token, 'more than 0 nm');
}

/** No light has a wavelength of millimetres: such a length was meant for something else. */
const longest = 0.1;

function nanometres(words: WordReader, quantity: Quantity): number {
  const mm = words.inCategory(quantity, 'length', 'a wavelength in nm');
  if (mm < longest) return Number((mm * 1e6).toPrecision(15));
  throw words.error(
    'not a wavelength',
    words.written(quantity),
    'a wavelength in nm',
    "say 'radius 5 mm' or 'at 0 0 0 mm' for a length",
  );
}
