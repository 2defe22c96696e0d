import { ConditionsError } from '../errors.ts';
import type { Calibration } from '../model/calibration.ts';
import type { PayloadStore } from '../store/payload-store.ts';
import type { Finding } from './finding.ts';

/** Gathers the payloads of rows and looks whether they are there, and what they were. [CHK5] */
export class PayloadCheck {
  readonly #serNos = new Map<string, number[]>();
  readonly #sizes = new Map<string, number>();
  readonly #without: number[] = [];

  add({ serNo, payload }: Calibration): void {
    if (!payload) {
      this.#without.push(serNo);
      return;
    }
    const serNos = this.#serNos.get(payload.sha256);
    if (serNos) serNos.push(serNo);
    else this.#serNos.set(payload.sha256, [serNo]);
    this.#sizes.set(payload.sha256, payload.size);
  }

  /** @param read whether the bytes are read and hashed, or only looked for */
  async *findings(payloads: PayloadStore, read: boolean): AsyncGenerator<Finding> {
    for (const [sha256, serNos] of this.#serNos) {
      const problem = read
        ? await this.#reading(payloads, sha256)
        : await looking(payloads, sha256);
      if (problem) yield { ...problem, severity: 'error', serNos };
    }
    if (this.#without.length === 0) return;
    yield {
      kind: 'payloadElsewhere',
      severity: 'note',
      text: `${this.#without.length} calibrations have no payload here: dataIdent says where it is`,
      serNos: this.#without,
    };
  }

  async #reading(payloads: PayloadStore, sha256: string): Promise<Problem | undefined> {
    try {
      const { length } = await payloads.get(sha256);
      const size = this.#sizes.get(sha256);
      if (length === size) return undefined;
      return { kind: 'payloadChanged', text: `payload ${sha256} has ${length} bytes, not ${size}` };
    } catch (error) {
      if (!(error instanceof ConditionsError)) throw error;
      if (error.kind === 'absent') return missing(sha256);
      if (error.kind === 'corrupt') return { kind: 'payloadChanged', text: error.message };
      throw error;
    }
  }
}

/** A finding without its rows. */
type Problem = Pick<Finding, 'kind' | 'text' | 'hint'>;

async function looking(payloads: PayloadStore, sha256: string): Promise<Problem | undefined> {
  return (await payloads.has(sha256)) ? undefined : missing(sha256);
}

function missing(sha256: string): Problem {
  return {
    kind: 'payloadMissing',
    text: `payload ${sha256} is not there`,
    hint: 'copy it from a mirror or a backup',
  };
}
