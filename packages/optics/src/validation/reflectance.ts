/** A complex number. */
type Complex = readonly [re: number, im: number];

/** Polarised at right angles to the plane of incidence, or in it. */
export type Polarisation = 's' | 'p';

/**
 * Reflected share of the power at a plane between two dielectrics; 1 beyond the critical angle.
 *
 * Source: M. Born and E. Wolf, Principles of Optics, 1.5.2, eqs. 32 and 33.
 *
 * @param angle of incidence in n1, rad
 */
export function reflectance(
  n1: number,
  n2: number,
  angle: number,
  polarisation: Polarisation,
): number {
  const sin = (n1 / n2) * Math.sin(angle);
  if (sin >= 1) return 1;
  const refracted = Math.asin(sin);
  if (angle === 0) return ((n1 - n2) / (n1 + n2)) ** 2;
  return polarisation === 's'
    ? (Math.sin(angle - refracted) / Math.sin(angle + refracted)) ** 2
    : (Math.tan(angle - refracted) / Math.tan(angle + refracted)) ** 2;
}

/**
 * Reflected share of the power at a plane before a metal of complex index n + ik.
 *
 * Source: Born and Wolf, 14.2: Fresnel's formulae with a complex index.
 */
export function metalReflectance(
  n1: number,
  index: Complex,
  angle: number,
  polarisation: Polarisation,
): number {
  return square(amplitude([n1, 0], index, incidence(n1, angle), polarisation));
}

/** A layer between two media, and the light that meets it from the first. */
export interface Coating {
  readonly n1: number;
  readonly film: number;
  readonly n2: number;
  /** Of the layer, in units of the wavelength's: nm. */
  readonly thickness: number;
  readonly wavelength: number;
}

/**
 * Reflected share of the power at one layer between two media: Airy's sum of all reflections in it. Beyond the critical
 * angle of the layer the wave in it decays, and what gets through is frustrated total reflection.
 *
 * Source: Born and Wolf, 1.6.4, eqs. 55 to 58.
 */
export function coatedReflectance(
  { n1, film, n2, thickness, wavelength }: Coating,
  angle: number,
  polarisation: Polarisation,
): number {
  const sine = incidence(n1, angle);
  const first = amplitude([n1, 0], [film, 0], sine, polarisation);
  const second = amplitude([film, 0], [n2, 0], sine, polarisation);
  const phase = scale(normal([film, 0], sine), (2 * Math.PI * thickness) / wavelength);
  // exp(2i beta), with beta complex where the wave decays.
  const decay = Math.exp(-2 * phase[1]);
  const turn: Complex = [decay * Math.cos(2 * phase[0]), decay * Math.sin(2 * phase[0])];
  const again = multiply(second, turn);
  return square(divide(add(first, again), add([1, 0], multiply(first, again))));
}

/** n sin of the angle, the same in all layers. */
function incidence(n1: number, angle: number): number {
  return n1 * Math.sin(angle);
}

/** n cos of the angle in a medium, the root with a wave that decays. */
function normal(index: Complex, sine: number): Complex {
  const [re, im] = multiply(index, index);
  const [x, y]: Complex = [re - sine * sine, im];
  const size = Math.hypot(x, y);
  return [Math.sqrt((size + x) / 2), Math.sqrt(Math.max(0, size - x) / 2)];
}

/** Of the field's reflection: s (q₁ − q₂)/(q₁ + q₂), p (n₂²q₁ − n₁²q₂)/(n₂²q₁ + n₁²q₂), q = n cos. */
function amplitude(
  index1: Complex,
  index2: Complex,
  sine: number,
  polarisation: Polarisation,
): Complex {
  const [q1, q2] = [normal(index1, sine), normal(index2, sine)];
  if (polarisation === 's') return divide(subtract(q1, q2), add(q1, q2));
  const [a, b] = [multiply(multiply(index2, index2), q1), multiply(multiply(index1, index1), q2)];
  return divide(subtract(a, b), add(a, b));
}

function add(a: Complex, b: Complex): Complex {
  return [a[0] + b[0], a[1] + b[1]];
}

function subtract(a: Complex, b: Complex): Complex {
  return [a[0] - b[0], a[1] - b[1]];
}

function multiply(a: Complex, b: Complex): Complex {
  return [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
}

function divide(a: Complex, b: Complex): Complex {
  const size = square(b);
  return [(a[0] * b[0] + a[1] * b[1]) / size, (a[1] * b[0] - a[0] * b[1]) / size];
}

function scale(a: Complex, factor: number): Complex {
  return [a[0] * factor, a[1] * factor];
}

function square(a: Complex): number {
  return a[0] ** 2 + a[1] ** 2;
}
