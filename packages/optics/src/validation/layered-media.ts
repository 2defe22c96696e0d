import type { Polarisation } from './reflectance.ts';

/** A complex number. */
export type Complex = readonly [re: number, im: number];

/** A layer: its complex index n + ik and its thickness in nm. */
export interface Layer {
  readonly index: Complex;
  readonly thickness: number;
}

/** What becomes of light, as parts of its power; amplitudes of the electric field, p along k × s. */
export interface Fate {
  readonly reflected: number;
  readonly transmitted: number;
  /** By layer. */
  readonly absorbed: readonly number[];
  readonly reflection: Complex;
  readonly transmission: Complex;
}

/**
 * A plane wave in a stack of layers, by forward and backward amplitudes: Fresnel's coefficients at each interface and a
 * phase in each layer. Not the way of the kernel, which carries E and H through characteristic matrices.
 *
 * Source: S. J. Byrnes, arXiv:1603.02720, eqs. 6, 10 to 24.
 *
 * @param angle of incidence in the first medium, rad; n1 and n2 real
 */
export function layeredMedia(
  n1: number,
  layers: readonly Layer[],
  n2: number,
  angle: number,
  wavelength: number,
  polarisation: Polarisation,
): Fate {
  const indices: Complex[] = [[n1, 0], ...layers.map(({ index }) => index), [n2, 0]];
  const sine = n1 * Math.sin(angle);
  const cosines = indices.map((n) => cosineIn(n, sine));
  const at = <T>(list: readonly T[], i: number): T => list[i] as T;
  // Amplitudes (forward, backward) just before each interface, from the last one back.
  let forward: Complex = [1, 0];
  let backward: Complex = [0, 0];
  const before: [Complex, Complex][] = [];
  const after: [Complex, Complex][] = [];
  for (let i = indices.length - 2; i >= 0; i--) {
    after[i] = [forward, backward];
    const [r, t] = interfaceOf(
      at(indices, i),
      at(cosines, i),
      at(indices, i + 1),
      at(cosines, i + 1),
      polarisation,
    );
    const f = over(add(forward, times(r, backward)), t);
    const b = over(add(times(r, forward), backward), t);
    before[i] = [f, b];
    if (i === 0) break;
    const { index, thickness } = at(layers, i - 1);
    const delta = times([(2 * Math.PI * thickness) / wavelength, 0], times(index, at(cosines, i)));
    forward = times(f, expI([-delta[0], -delta[1]]));
    backward = times(b, expI(delta));
  }
  const [f0, b0] = at(before, 0);
  const power = (i: number, [f, b]: [Complex, Complex]): number =>
    poynting(at(indices, i), at(cosines, i), over(f, f0), over(b, f0), polarisation) /
    poynting(at(indices, 0), at(cosines, 0), [1, 0], [0, 0], polarisation);
  const absorbed = layers.map(
    (_, i) => power(i + 1, at(after, i)) - power(i + 1, at(before, i + 1)),
  );
  const last = indices.length - 1;
  const reflection = over(b0, f0);
  return {
    absorbed,
    reflection,
    transmission: over([1, 0], f0),
    reflected: reflection[0] ** 2 + reflection[1] ** 2,
    transmitted: power(last, [
      [1, 0],
      [0, 0],
    ]),
  };
}

/** Flux along the normal of both waves: s Re[n cos (f + b) (f* − b*)], p Re[n cos* (f + b) (f* − b*)]. */
function poynting(n: Complex, cos: Complex, f: Complex, b: Complex, kind: Polarisation): number {
  const product =
    kind === 's'
      ? times(times(n, cos), times(subtract(f, b), conjugate(add(f, b))))
      : times(times(n, conjugate(cos)), times(add(f, b), conjugate(subtract(f, b))));
  return product[0];
}

function interfaceOf(
  n1: Complex,
  c1: Complex,
  n2: Complex,
  c2: Complex,
  polarisation: Polarisation,
): [r: Complex, t: Complex] {
  const twice = times([2, 0], times(n1, c1));
  const [a, b] =
    polarisation === 's' ? [times(n1, c1), times(n2, c2)] : [times(n2, c1), times(n1, c2)];
  return [over(subtract(a, b), add(a, b)), over(twice, add(a, b))];
}

function cosineIn(n: Complex, sine: number): Complex {
  const s = over([sine, 0], n);
  const root = squareRoot(subtract([1, 0], times(s, s)));
  // The wave that goes on fades: Im(n cos) > 0, or Re > 0 where nothing fades.
  const q = times(n, root);
  const isForward = Math.abs(q[1]) > 1e-12 * Math.abs(q[0]) ? q[1] > 0 : q[0] > 0;
  return isForward ? root : [-root[0], -root[1]];
}

function squareRoot([a, b]: Complex): Complex {
  const size = Math.sqrt(Math.hypot(a, b));
  const half = Math.atan2(b, a) / 2;
  return [size * Math.cos(half), size * Math.sin(half)];
}

function expI([re, im]: Complex): Complex {
  return [Math.exp(-im) * Math.cos(re), Math.exp(-im) * Math.sin(re)];
}

function add(a: Complex, b: Complex): Complex {
  return [a[0] + b[0], a[1] + b[1]];
}

function subtract(a: Complex, b: Complex): Complex {
  return [a[0] - b[0], a[1] - b[1]];
}

function times(a: Complex, b: Complex): Complex {
  return [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
}

function over(a: Complex, b: Complex): Complex {
  const size = b[0] ** 2 + b[1] ** 2;
  return [(a[0] * b[0] + a[1] * b[1]) / size, (a[1] * b[0] - a[0] * b[1]) / size];
}

function conjugate(a: Complex): Complex {
  return [a[0], -a[1]];
}
