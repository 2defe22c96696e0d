import { photonFlags, photonOffsets, photonWords } from '@lantern/optics';
import {
  type Histogram,
  type HistoryName,
  historyNames,
  type OutcomeName,
  outcomeNames,
  type QuantityName,
  quantityNames,
  type Reference,
} from './reference.ts';

const outcomeFlags: Readonly<Record<OutcomeName, number>> = {
  absorbed: photonFlags.BULK_ABSORB,
  detected: photonFlags.SURFACE_DETECT,
  surfaceAbsorbed: photonFlags.SURFACE_ABSORB,
  leftWorld: photonFlags.MISS,
};

const historyFlags: Readonly<Record<HistoryName, number>> = {
  scattered: photonFlags.BULK_SCATTER,
  refracted: photonFlags.BOUNDARY_TRANSMIT,
  reflected: photonFlags.BOUNDARY_REFLECT,
  diffuse: photonFlags.SURFACE_DREFLECT,
  specular: photonFlags.SURFACE_SREFLECT,
  shifted: photonFlags.BULK_REEMIT,
};

const quantityOffsets: Readonly<Record<QuantityName, number>> = {
  t_ns: photonOffsets.time,
  wavelength_nm: photonOffsets.wavelength,
  x_mm: photonOffsets.x,
  y_mm: photonOffsets.y,
  z_mm: photonOffsets.z,
};

/** A histogram that is being filled. */
export interface FilledHistogram extends Histogram {
  readonly outcome: OutcomeName;
  readonly quantity: QuantityName;
  readonly counts: number[];
}

/** Counts the ends of photons in the way of a reference, with its binning. */
export class PhotonEnds {
  photons = 0;
  readonly outcomes: Record<OutcomeName, number> = {
    absorbed: 0,
    detected: 0,
    surfaceAbsorbed: 0,
    leftWorld: 0,
  };
  readonly histories: Record<HistoryName, number> = {
    scattered: 0,
    refracted: 0,
    reflected: 0,
    diffuse: 0,
    specular: 0,
    shifted: 0,
  };
  readonly histograms: readonly FilledHistogram[];

  constructor(binning: Reference['distributions']) {
    this.histograms = outcomeNames.flatMap((outcome) =>
      quantityNames.flatMap((quantity) => {
        const bins = binning[outcome]?.[quantity];
        if (!bins) return [];
        const counts = new Array<number>(bins.counts.length).fill(0);
        return [{ outcome, quantity, lo: bins.lo, hi: bins.hi, counts }];
      }),
    );
  }

  /**
   * Counts some photons.
   *
   * @param rows their ends, 16 words each
   */
  add(rows: Float32Array): void {
    const words = new Uint32Array(rows.buffer, rows.byteOffset, rows.length);
    for (let row = 0; row < rows.length; row += photonWords) {
      const flag = (words[row + photonOffsets.flag / 4] ?? 0) & 0xffff;
      const mask = words[row + photonOffsets.flagMask / 4] ?? 0;
      const outcome = outcomeNames.find((name) => outcomeFlags[name] === flag);
      this.photons++;
      if (outcome) this.outcomes[outcome]++;
      for (const name of historyNames) if (mask & historyFlags[name]) this.histories[name]++;
      for (const histogram of this.histograms) {
        if (histogram.outcome === outcome)
          fill(histogram, rows[row + quantityOffsets[histogram.quantity] / 4] ?? 0);
      }
    }
  }
}

function fill({ lo, hi, counts }: FilledHistogram, value: number): void {
  const bin = Math.floor(((value - lo) / (hi - lo)) * counts.length);
  const inside = Math.max(0, Math.min(counts.length - 1, bin));
  counts[inside] = (counts[inside] ?? 0) + 1;
}
