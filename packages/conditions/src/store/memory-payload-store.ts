import { ConditionsError } from '../errors.ts';
import type { PayloadReference } from '../model/calibration.ts';
import { checkedSha256, sha256Of } from '../payload/sha256.ts';
import type { PayloadStore, PayloadStream } from './payload-store.ts';

/** Payloads in memory. */
export class MemoryPayloadStore implements PayloadStore {
  readonly #payloads = new Map<string, Uint8Array<ArrayBuffer>>();

  async put(
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
  ): Promise<PayloadReference & { readonly isNew: boolean }> {
    const whole = bytes instanceof Uint8Array ? bytes.slice() : await joined(bytes);
    const sha256 = await sha256Of(whole);
    const isNew = !this.#payloads.has(sha256);
    if (isNew) this.#payloads.set(sha256, whole);
    return { sha256, size: whole.length, isNew };
  }

  async get(sha256: string): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = this.#payloads.get(checkedSha256(sha256));
    if (!bytes) throw new ConditionsError('absent', { what: `no payload ${sha256}` });
    const found = await sha256Of(bytes);
    if (found !== sha256) {
      throw new ConditionsError('corrupt', {
        what: 'a payload is not what was stored',
        where: 'memory',
        given: `SHA-256 ${found}`,
        expected: sha256,
      });
    }
    return bytes.slice();
  }

  async open(sha256: string): Promise<PayloadStream> {
    const bytes = await this.get(sha256);
    return { size: bytes.length, chunks: once(bytes) };
  }

  async has(sha256: string): Promise<boolean> {
    return this.#payloads.has(checkedSha256(sha256));
  }

  async *list(): AsyncIterable<string> {
    yield* this.#payloads.keys();
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function joined(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk.slice());
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
