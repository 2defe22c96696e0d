// Quick random numbers for tests that send millions of rays: xorshift64*
// (Vigna, ACM TOMS 42 (2016) 30). Not for physics.

let state: u64 = 1;

export function seedRandom(seed: u32): void {
  state = (<u64>seed + 1) * 0x9e3779b97f4a7c15;
}

// Uniform in (0, 1).
export function random(): f64 {
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  const word = (state * 0x2545f4914f6cdd1d) >> 11;
  return (<f64>word + 0.5) * (1.0 / 9007199254740992.0);
}

export let randomX: f64 = 0;
export let randomY: f64 = 0;
export let randomZ: f64 = 0;

// A unit vector, isotropic, by rejection in the cube.
export function randomDirection(): void {
  let square: f64 = 0;
  do {
    randomX = 2 * random() - 1;
    randomY = 2 * random() - 1;
    randomZ = 2 * random() - 1;
    square = randomX * randomX + randomY * randomY + randomZ * randomZ;
  } while (square > 1 || square < 1e-4);
  const scale = 1 / sqrt(square);
  randomX *= scale;
  randomY *= scale;
  randomZ *= scale;
}
