import { grouped } from '../display/markup.ts';
import type { Comparison } from './comparison.ts';

/** A probability: three digits, or a power of ten. */
export function probabilityWords(probability: number): string {
  if (probability < 1e-99) return '0';
  return probability >= 0.001 ? probability.toFixed(3) : probability.toExponential(1);
}

/** `+1.3 σ` */
function sigmaWords(deviation: number): string {
  if (!Number.isFinite(deviation)) return '∞ σ';
  const size = Math.abs(deviation).toFixed(1);
  if (size === '0.0') return '0.0 σ';
  return `${deviation > 0 ? '+' : '−'}${size} σ`;
}

/** What was found and expected, to a tenth of the error of their difference. */
export function numberWords(value: number, { error, unit }: Comparison): string {
  if (error === 0 && Number.isInteger(value)) return withUnit(grouped(value), unit);
  const scale = error > 0 && Number.isFinite(error) ? error / 10 : Math.abs(value) * 1e-5;
  const digits = scale > 0 ? Math.max(0, Math.min(9, Math.ceil(-Math.log10(scale)))) : 0;
  const text = Number.isInteger(value) && digits > 3 ? String(value) : value.toFixed(digits);
  const short = text.length > 12 ? value.toPrecision(6) : text;
  return withUnit(short.replace('-', '−'), unit);
}

/** `± 0.30`: one standard deviation of the difference; nothing where there is none. */
export function errorWords({ kind, error }: Comparison): string {
  if (kind !== 'number' || !(error > 0 && Number.isFinite(error))) return '';
  const digits = Math.max(0, Math.min(9, 1 - Math.floor(Math.log10(error))));
  return `±\u202f${error.toFixed(digits)}`;
}

function withUnit(text: string, unit: string): string {
  return unit === '' ? text : `${text}\u202f${unit}`;
}

/** The deviation of a comparison, in words. */
export function deviationWords(comparison: Comparison): string {
  const { kind, deviation, probability, found, expected, error, unit } = comparison;
  if (kind === 'number') return sigmaWords(deviation);
  if (kind === 'shape') return `p = ${probabilityWords(probability)}`;
  if (error === 0) return probability === 1 ? 'exact' : 'not exact';
  const off = Math.abs(found - expected);
  const limit = Number(error.toPrecision(2));
  return `${off.toPrecision(1)} of ${limit}${unit === '' ? '' : `\u202f${unit}`}`;
}
