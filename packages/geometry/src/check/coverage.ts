import type { Detector } from '../model/detector.ts';
import type { Material } from '../model/material.ts';
import type { PropertyTable } from '../model/property-table.ts';
import { type Finding, placeOf } from './finding.ts';
import { type EnergyRange, emissionRange, rangeInWords, rangeOf } from './wavelengths.ts';

/** Tables that end within this part of an energy of each other end together: files round their numbers. */
const closeEnough = 0.01;

const emissions = [
  'SCINTILLATIONCOMPONENT1',
  'SCINTILLATIONCOMPONENT2',
  'SCINTILLATIONCOMPONENT3',
  'FASTCOMPONENT',
  'SLOWCOMPONENT',
  'WLSCOMPONENT',
  'WLSCOMPONENT2',
  'REEMISSIONCOMPONENT',
];

/** Wavelengths at which one property of a material has values and another that is needed there has not. */
export function checkCoverage(detector: Detector): Finding[] {
  return [...detector.materials.values()].flatMap((material) =>
    coverageOf(material).map((message): Finding => {
      const where = placeOf(detector, 'material', material.name);
      return { kind: 'notCovered', severity: 'warning', where, message };
    }),
  );
}

function coverageOf({ properties: { tables } }: Material): string[] {
  const emitted = emissions.flatMap((name) => withRange(name, tables.get(name), emissionRange));
  const absorbed = withRange('ABSLENGTH', tables.get('ABSLENGTH'), rangeOf);
  return [
    ...['RINDEX', 'GROUPVEL'].flatMap((name) =>
      lacks(name, tables.get(name), [...absorbed, ...emitted]),
    ),
    ...['ABSLENGTH', 'RAYLEIGH', 'MIEHG', 'WLSABSLENGTH', 'WLSABSLENGTH2'].flatMap((name) =>
      lacks(name, tables.get(name), emitted),
    ),
  ];
}

type Ranged = readonly [name: string, range: EnergyRange];

function withRange(
  name: string,
  table: PropertyTable | undefined,
  rangeIn: (table: PropertyTable) => EnergyRange | undefined,
): Ranged[] {
  const range = table && rangeIn(table);
  return range ? [[name, range]] : [];
}

/** A table that is constant anyway is meant so beyond its ends, too. */
function lacks(
  name: string,
  table: PropertyTable | undefined,
  needed: readonly Ranged[],
): string[] {
  const range = table && rangeOf(table);
  if (!table || !range || table.values.every((value) => value === table.values[0])) return [];
  const beyond = needed.filter(
    ([other, { low, high }]) =>
      other !== name &&
      (low < range.low * (1 - closeEnough) || high > range.high * (1 + closeEnough)),
  );
  if (beyond.length === 0) return [];
  // Several components often share one spectrum.
  const byRange = new Map<string, string[]>();
  for (const [other, r] of beyond) {
    const words = rangeInWords(r);
    byRange.set(words, [...(byRange.get(words) ?? []), other]);
  }
  const others = [...byRange].map(([words, names]) => `${names.join(', ')} (${words})`).join('; ');
  return [
    `${name} is given for ${rangeInWords(range)} only, and is needed for ${others}: its end values are held constant outside.`,
  ];
}
