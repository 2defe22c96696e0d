import { fileURLToPath } from 'node:url';

/** A small detector in GDML: a box of water with three sensors, a mirror, air around it. */
export const tankFile: string = fileURLToPath(
  new URL('../../optics/test/data/tank.gdml', import.meta.url),
);

/** The command as it is installed; it runs what is built. */
export const lanternFile: string = fileURLToPath(new URL('../bin/lantern.js', import.meta.url));

/** A ball of a perfect mirror: photons inside it never end. */
export const mirrorBallFile: string = fileURLToPath(
  new URL('../../optics/test/data/mirror-ball.gdml', import.meta.url),
);

/** A crystal with two wavelength shifters, one of which makes several photons of one. */
export const twoShiftersFile: string = fileURLToPath(
  new URL('../../optics/test/data/two-shifters.gdml', import.meta.url),
);
