/** Photons of a file, again and again, each time with other random numbers. Runs as it is in Node and on a page. */

const words = 16;

/**
 * @param {Float32Array} rows 16 words for each photon
 * @param {number} count of photons in all
 * @returns {import('@lantern/optics').PhotonSource}
 */
export function repeatedSource(rows, count) {
  const whole = rows.length / words;
  return {
    description: 'benchmark',
    count,
    batch: (first, n) => {
      const photons = new Float32Array(n * words);
      for (let done = 0; done < n; ) {
        const from = (first + done) % whole;
        const part = Math.min(n - done, whole - from);
        photons.set(rows.subarray(from * words, (from + part) * words), done * words);
        done += part;
      }
      return { kind: 'photons', photons, given: true };
    },
  };
}
