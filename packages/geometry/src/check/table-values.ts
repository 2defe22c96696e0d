import { speedOfLight } from '@lantern/units';
import type { PropertyTable } from '../model/property-table.ts';
import type { OpticalPropertyName } from '../optical-property-names.ts';
import { type Remark, rounded, type Severity } from './finding.ts';
import { wavelengthInWords } from './wavelengths.ts';

/** The values of a table: in the range that its property can have, without jumps that no medium has. */
export function remarksOnValues(
  table: PropertyTable,
  name: string,
  known: OpticalPropertyName | undefined,
): Remark[] {
  const notNumber = worst(table, (value) => (Number.isFinite(value) ? 0 : 1));
  if (notNumber) return [bad('error', `A value is not a number, ${notNumber.at}.`)];
  if (name === 'RINDEX' || name === 'COATEDRINDEX') return remarksOnIndex(table);
  if (complexParts.test(name)) return remarksOnComplexIndex(table);
  if (name === 'GROUPVEL') return remarksOnVelocity(table);
  if (known?.isFraction) return remarksOnFraction(table, name);
  if (known?.unit === 'mm') return remarksOnLength(table);
  return name.includes('COMPONENT') ? remarksOnSpectrum(table) : [];
}

const bad = (severity: Severity, message: string): Remark => ({
  kind: 'badValue',
  severity,
  message,
});

function remarksOnIndex(table: PropertyTable): Remark[] {
  const notPositive = worst(table, notAboveZero);
  if (notPositive) {
    const { value, at } = notPositive;
    return [bad('error', `A refractive index of ${rounded(value)} ${at}: it must be above 0.`)];
  }
  const belowOne = worst(table, (value) => 1 - value);
  const remarks = remarksOnJumps(table, 2);
  if (belowOne) {
    const { value, at } = belowOne;
    remarks.push(bad('warning', `A refractive index of ${rounded(value, 6)}, below 1, ${at}.`));
  }
  return remarks;
}

/** Parts of a complex index: metals and photocathodes have any, below 1 and with steep slopes. */
const complexParts = /^(?:REALRINDEX|IMAGINARYRINDEX|THINFILM_[RK]INDEX\d+)$/;

function remarksOnComplexIndex(table: PropertyTable): Remark[] {
  const negative = worst(table, (value) => -value);
  if (!negative) return [];
  const { value, at } = negative;
  const message = `${rounded(value)} ${at}, below 0: the index is n + ik, and absorbs where k is above 0.`;
  return [bad('error', message)];
}

function remarksOnVelocity(table: PropertyTable): Remark[] {
  const notPositive = worst(table, notAboveZero);
  if (notPositive) {
    const { value, at } = notPositive;
    return [bad('error', `A group velocity of ${rounded(value)} mm/ns ${at}: it must be above 0.`)];
  }
  // Files round c to 299.792 or 299.8.
  const tooFast = worst(table, (value) => value - speedOfLight * 1.0001);
  const remarks = remarksOnJumps(table, 2);
  if (tooFast) {
    const { value, at } = tooFast;
    const message = `${rounded(value, 6)} mm/ns ${at}: faster than light (${speedOfLight} mm/ns).`;
    remarks.push(bad('warning', message));
  }
  return remarks;
}

function remarksOnFraction(table: PropertyTable, name: string): Remark[] {
  // Files in single precision miss 1 by rounding.
  const outside = worst(table, (value) => Math.max(-value, value - 1) - 1e-6);
  if (outside) {
    const { value, at } = outside;
    const percent = value > 1 && value <= 100 ? ' Was it meant in per cent?' : '';
    return [bad('error', `${rounded(value, 6)} ${at}, outside 0 to 1.${percent}`)];
  }
  const varies = table.values.some((value) => value !== table.values[0]);
  if (name !== 'EFFICIENCY' || !varies || Math.max(...table.values) !== 1) return [];
  const message =
    'The efficiency varies and its peak is exactly 1: is it normalised to its peak? Then multiply it by the true peak value.';
  return [bad('warning', message)];
}

function remarksOnLength(table: PropertyTable): Remark[] {
  const negative = worst(table, (value) => -value);
  if (negative) {
    const { value, at } = negative;
    return [bad('error', `A length of ${rounded(value)} mm ${at}, below 0.`)];
  }
  const zero = worst(table, (value) => (value === 0 ? 1 : 0));
  return zero ? [bad('warning', `A length of 0 ${zero.at}: no photon gets anywhere there.`)] : [];
}

function remarksOnSpectrum(table: PropertyTable): Remark[] {
  const negative = worst(table, (value) => -value);
  if (negative) {
    const { value, at } = negative;
    return [bad('error', `An intensity of ${rounded(value)} ${at}, below 0.`)];
  }
  if (table.values.length > 1 && table.values.some((value) => value > 0)) return [];
  const reason = table.values.length > 1 ? 'is 0 everywhere' : 'has a single point';
  return [bad('error', `The spectrum ${reason}: its integral is 0 and nothing can be emitted.`)];
}

/** Placeholders such as 38 at the end of a table of refractive indices around 1.4. */
function remarksOnJumps({ energies, values }: PropertyTable, most: number): Remark[] {
  const remarks: Remark[] = [];
  for (let i = 1; i < values.length; i++) {
    const [low, high] = [values[i - 1] ?? 1, values[i] ?? 1];
    const factor = Math.max(low / high, high / low);
    if (factor <= most) continue;
    const from = `${rounded(low)} at ${wavelengthInWords(energies[i - 1] ?? 0)}`;
    const to = `${rounded(high)} at ${wavelengthInWords(energies[i] ?? 0)}`;
    const message = `Jumps by a factor ${rounded(factor, 2)} between neighbours, ${from} and ${to}: a placeholder?`;
    remarks.push({ kind: 'jump', severity: 'warning', message });
  }
  return remarks;
}

function notAboveZero(value: number): number {
  return value > 0 ? 0 : 1 - value;
}

/** The point of the table that breaks a rule most: where `excess` is largest and above 0. */
function worst(
  { energies, values }: PropertyTable,
  excess: (value: number) => number,
): { readonly value: number; readonly at: string } | undefined {
  let most = 0;
  let at = -1;
  for (const [i, value] of values.entries()) {
    const e = excess(value);
    if (e > most) {
      most = e;
      at = i;
    }
  }
  if (at < 0) return undefined;
  return { value: values[at] ?? 0, at: `at ${wavelengthInWords(energies[at] ?? 0)}` };
}
