import type { PhotonSource } from '@lantern/optics';
import { genstepSource } from '@lantern/optics';

/** Words of a generation step, and which of them says how many photons it makes. */
const stepWords = 24;
const photonsWord = 3;

/** Steps that make exactly so many photons: each step as many more or fewer than before. */
export function scaledSteps(
  steps: Float32Array<ArrayBuffer>,
  photons: number,
): Float32Array<ArrayBuffer> {
  const scaled = steps.slice();
  const words = new Uint32Array(scaled.buffer);
  const count = scaled.length / stepWords;
  let all = 0;
  for (let i = 0; i < count; i++) all += words[i * stepWords + photonsWord] ?? 0;
  let [before, made] = [0, 0];
  for (let i = 0; i < count; i++) {
    before += words[i * stepWords + photonsWord] ?? 0;
    // Exact up to 2^53, where a product of the two would not be.
    const upTo = before === all ? photons : Math.round((before / all) * photons);
    words[i * stepWords + photonsWord] = upTo - made;
    made = upTo;
  }
  return scaled;
}

/** Events of a few photons, each some of the steps one after the other. */
export function smallEvents(
  steps: Float32Array<ArrayBuffer>,
  events: number,
  photonsOfEach: number,
): PhotonSource {
  const all = steps.length / stepWords;
  const rowsOfEach = Math.min(8, all);
  const rows = new Float32Array(events * rowsOfEach * stepWords);
  for (let event = 0; event < events; event++) {
    const from = ((event * rowsOfEach) % (all - rowsOfEach + 1)) * stepWords;
    const some = scaledSteps(steps.slice(from, from + rowsOfEach * stepWords), photonsOfEach);
    rows.set(some, event * rowsOfEach * stepWords);
  }
  return {
    ...genstepSource(rows, { description: `${events} events of ${photonsOfEach} photons` }),
    events: Array.from({ length: events }, (_, number) => ({
      number,
      particle: { name: 'benchmark' },
      kineticEnergy: 1,
      at: [0, 0, 0] as const,
      direction: [0, 0, 1] as const,
      time: 0,
      firstPhoton: number * photonsOfEach,
      photons: photonsOfEach,
    })),
  };
}
