/** One shifter of a medium, by photon energy in eV. */
export interface CascadeShifter {
  /** mm. */
  readonly length: (energy: number) => number;
  /** Points (energy, intensity) of the emission; the density is even between two, as Geant4 inverts the integral. */
  readonly emission: readonly (readonly [energy: number, intensity: number])[];
  /** Mean number of photons of a shift. */
  readonly mean: number;
  /** Mean and mean square of the delay, ns, ns². */
  readonly delay: readonly [mean: number, square: number];
}

/** A medium without bounds that absorbs and shifts. */
export interface CascadeMedium {
  /** Absorption length, mm. */
  readonly absorption: (energy: number) => number;
  /** Group velocity, mm/ns. */
  readonly velocity: (energy: number) => number;
  readonly shifters: readonly CascadeShifter[];
}

/** What one shifter does on average for each photon of the source. Energies in eV, times in ns. */
export interface ExpectedShifts {
  readonly absorbed: number;
  readonly made: number;
  readonly absorbedEnergy: number;
  readonly madeEnergy: number;
  /** Mean and standard deviation of the times at which photons are made. */
  readonly madeTime: number;
  readonly madeTimeDeviation: number;
}

/** What becomes on average of a photon of the source: of each shifter, and how many its absorber ends. */
export interface ExpectedCascade {
  readonly shifts: readonly ExpectedShifts[];
  readonly absorptions: number;
}

/** Sums over photons of 1, t and t², all weighted. */
type Moments = [number: number, time: number, square: number];

/**
 * The cascade of wavelength shifts in a medium without bounds, in expectation values: as no photon is bluer than the one
 * absorbed, those of each energy follow from those above it. The density of photons is
 * φ(E) = δ(E − E₀) + Σ f(E) ∫ φ(E′) p(E′) m/F(E′) dE′ over E′ > E, of the shifters with emission f, its integral F up to
 * the absorbed energy, mean number m, and the chance p that a photon of E′ is absorbed by it.
 *
 * @param energy of the source, eV; all photons start at time 0
 * @param bins of energy from there down to the lowest emission
 */
export function expectedCascade(
  medium: CascadeMedium,
  energy: number,
  bins = 20_000,
): ExpectedCascade {
  const lowest = Math.min(...medium.shifters.map(({ emission }) => emission[0]?.[0] ?? energy));
  const step = (energy - lowest) / bins;
  const sums = medium.shifters.map(() => new ShifterSums());
  let absorptions = 0;
  const absorb = (at: number, photons: Moments): void => {
    const rates = medium.shifters.map(({ length }) => 1 / length(at));
    const absorber = 1 / medium.absorption(at);
    const rate = rates.reduce((sum, r) => sum + r, absorber);
    const flight = 1 / rate / medium.velocity(at);
    const ended = after(photons, [flight, 2 * flight ** 2]);
    absorptions += (ended[0] * absorber) / rate;
    medium.shifters.forEach((shifter, i) => {
      sums[i]?.absorb(shifter, at, ended, (rates[i] ?? 0) / rate);
    });
  };
  absorb(energy, [1, 0, 0]);
  for (let bin = 0; bin < bins; bin++) {
    const at = energy - (bin + 0.5) * step;
    const photons: Moments = [0, 0, 0];
    medium.shifters.forEach((shifter, i) => {
      const made = sums[i]?.emit(at, density(shifter.emission, at) * step) ?? [0, 0, 0];
      for (const k of [0, 1, 2] as const) photons[k] += made[k];
    });
    absorb(at, photons);
  }
  return { shifts: sums.map((sum) => sum.expected()), absorptions };
}

/** What a shifter has absorbed and emitted, from the source's energy down. */
class ShifterSums {
  /** Photons to be made by densities of emission, per F. */
  readonly #pending: Moments = [0, 0, 0];
  readonly #made: Moments = [0, 0, 0];
  #absorbed = 0;
  #absorbedEnergy = 0;
  #madeEnergy = 0;

  absorb(shifter: CascadeShifter, energy: number, photons: Moments, chance: number): void {
    this.#absorbed += photons[0] * chance;
    this.#absorbedEnergy += photons[0] * chance * energy;
    const below = cumulative(shifter.emission, energy);
    if (!(below > 0)) return;
    const emitted = after(photons, shifter.delay);
    for (const k of [0, 1, 2] as const)
      this.#pending[k] += (emitted[k] * chance * shifter.mean) / below;
  }

  emit(energy: number, share: number): Moments {
    const made = this.#pending.map((sum) => sum * share) as Moments;
    for (const k of [0, 1, 2] as const) this.#made[k] += made[k];
    this.#madeEnergy += made[0] * energy;
    return made;
  }

  expected(): ExpectedShifts {
    const [made, time, square] = this.#made;
    const mean = time / made;
    return {
      absorbed: this.#absorbed,
      made,
      absorbedEnergy: this.#absorbedEnergy / this.#absorbed,
      madeEnergy: this.#madeEnergy / made,
      madeTime: mean,
      madeTimeDeviation: Math.sqrt(square / made - mean ** 2),
    };
  }
}

/** Sums of times to which an independent time of this mean and mean square is added. */
function after([number, time, square]: Moments, [mean, ofSquare]: readonly number[]): Moments {
  const m = mean ?? 0;
  return [number, time + m * number, square + 2 * m * time + (ofSquare ?? 0) * number];
}

type Emission = CascadeShifter['emission'];

/** The integral of the emission up to an energy. */
function cumulative(emission: Emission, energy: number): number {
  let sum = 0;
  for (let i = 1; i < emission.length; i++) {
    const [low, a] = emission[i - 1] ?? [0, 0];
    const [high, b] = emission[i] ?? [0, 0];
    sum += (Math.max(0, Math.min(energy, high) - low) * (a + b)) / 2;
  }
  return sum;
}

function density(emission: Emission, energy: number): number {
  for (let i = 1; i < emission.length; i++) {
    const [low, a] = emission[i - 1] ?? [0, 0];
    const [high, b] = emission[i] ?? [0, 0];
    if (energy >= low && energy < high) return (a + b) / 2;
  }
  return 0;
}
