import { energyToWavelength } from '@lantern/units';
import type { PropertyTable } from '../model/property-table.ts';
import type { FilmLayer, SurfaceFilm } from './film.ts';
import { valueAt } from './resample.ts';

/** A complex number. */
type Complex = readonly [re: number, im: number];

/**
 * A warning where a film's quantum efficiency is above what its photocathode absorbs at normal incidence, by its indices:
 * the two are not of one photocathode. [TAB13]
 *
 * @param near RINDEX on the side of layer 1
 * @param far RINDEX behind the last layer
 */
export function warningOfQuantumEfficiency(
  efficiency: PropertyTable,
  film: SurfaceFilm,
  near: PropertyTable,
  far: PropertyTable,
): string | undefined {
  let worst = { excess: 1e-6, given: 0, most: 0, energy: 0 };
  efficiency.energies.forEach((energy, i) => {
    const given = efficiency.values[i] ?? 0;
    const most = absorbedAtNormal(film, valueAt(near, energy), valueAt(far, energy), energy);
    if (given - most > worst.excess) worst = { excess: given - most, given, most, energy };
  });
  if (worst.energy === 0) return undefined;
  const at = `${energyToWavelength(worst.energy).toPrecision(4)} nm`;
  return `THINFILM_QE is ${worst.given} at ${at}, and by its indices the photocathode absorbs only ${worst.most.toPrecision(3)} of light at normal incidence there: what it absorbs is always detected.`;
}

/**
 * The part of light at normal incidence that the photocathode absorbs, by characteristic matrices.
 *
 * @param energy MeV
 * @see Abelès, Ann. Phys. (Paris) 12 (1950) 596
 */
function absorbedAtNormal(
  { layers, cathode }: SurfaceFilm,
  near: number,
  far: number,
  energy: number,
): number {
  const waves = (2 * Math.PI) / (energyToWavelength(energy) * 1e-6);
  let electric: Complex = [1, 0];
  let magnetic: Complex = [far, 0];
  let caught = 0;
  for (let i = layers.length - 1; i >= 0; i--) {
    const before = flux(electric, magnetic);
    const [n, k, thickness] = layerAt(layers[i], energy);
    const damp = Math.exp(-2 * k * waves * thickness);
    const [c, s] = [Math.cos(n * waves * thickness), Math.sin(n * waves * thickness)];
    // cos d and -i sin d, each times exp(-Im d).
    const cosine: Complex = [((1 + damp) / 2) * c, (-(1 - damp) / 2) * s];
    const sine: Complex = [((1 - damp) / 2) * c, (-(1 + damp) / 2) * s];
    [electric, magnetic] = [
      add(times(cosine, electric), times(over(sine, [n, k]), magnetic)),
      add(times(cosine, magnetic), times(times(sine, [n, k]), electric)),
    ];
    caught = i === cathode ? flux(electric, magnetic) - before * damp : caught * damp;
  }
  const [re, im] = add(times([near, 0], electric), magnetic);
  return (4 * near * caught) / (re * re + im * im);
}

function layerAt(layer: FilmLayer | undefined, energy: number): [number, number, number] {
  if (!layer) return [1, 0, 0];
  const { index, extinction, thickness } = layer;
  return [valueAt(index, energy), extinction ? valueAt(extinction, energy) : 0, thickness];
}

function flux([a, b]: Complex, [c, d]: Complex): number {
  return a * c + b * d;
}

function add(a: Complex, b: Complex): Complex {
  return [a[0] + b[0], a[1] + b[1]];
}

function times(a: Complex, b: Complex): Complex {
  return [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
}

function over(a: Complex, b: Complex): Complex {
  const size = b[0] ** 2 + b[1] ** 2;
  return [(a[0] * b[0] + a[1] * b[1]) / size, (a[1] * b[0] - a[0] * b[1]) / size];
}
