/** An energy (MeV) to three digits: `4.20 GeV`. */
export function energyInWords(energy: number): string {
  const [unit, size] = energy >= 1e6 ? ['TeV', 1e6] : energy >= 1e3 ? ['GeV', 1e3] : ['MeV', 1];
  return `${Number((energy / Number(size)).toPrecision(3))} ${unit}`;
}

/** `µ⁻` for `mu-` */
export function particleSymbol(name: string): string {
  return name.replace('mu', 'µ').replace('-', '⁻').replace('+', '⁺');
}
