/** In each picture and page that Lantern draws of a simulation: what has it may go with the results that it shows. */
export const drawnByLantern: string = '<!-- drawn by lantern -->';

/** The mark stands near the beginning: so many characters are enough to see it. */
export const markWithin = 1024;

/** The names that Lantern gives to pictures and pages beside results, when it is not told others. */
export function isPictureName(name: string): boolean {
  return name === 'hits.svg' || name === 'index.html' || /^muon-\d+\.svg$/.test(name);
}
