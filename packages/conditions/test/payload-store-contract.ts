import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PayloadStore } from '../src/index.ts';

/** A store of payloads, and a way to spoil what it keeps. */
export interface PayloadStoreInTest {
  readonly store: PayloadStore;
  /** Puts other bytes in the place of a payload, behind the store's back; absent where nobody can. */
  readonly spoil?: ((sha256: string, bytes: Uint8Array) => Promise<void>) | undefined;
  close(): Promise<void>;
}

/** SHA-256 by Node, which the stores need not use. */
export function sha256Of(...chunks: Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

/** Text as bytes. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/**
 * What every store of payloads does.
 *
 * @param open a new, empty store
 */
export function payloadStoreContract(name: string, open: () => Promise<PayloadStoreInTest>): void {
  describe(`payload store: ${name}`, () => {
    let store: PayloadStore;
    let made: PayloadStoreInTest;

    beforeEach(async () => {
      made = await open();
      ({ store } = made);
    });

    afterEach(() => made.close());

    async function* chunks(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
      for (const part of parts) yield part;
    }

    async function all(sha256: string): Promise<Uint8Array> {
      const { size, chunks: parts } = await store.open(sha256);
      const bytes = Buffer.concat(await collected(parts));
      expect(bytes.length).toBe(size);
      return new Uint8Array(bytes);
    }

    async function listed(): Promise<string[]> {
      return (await collected(store.list())).sort();
    }

    test('[PAY1] what was put can be got, by the SHA-256 of its bytes', async () => {
      for (const bytes of [
        bytesOf('pedestals'),
        new Uint8Array(),
        new Uint8Array(300_000).fill(7),
      ]) {
        const sha256 = sha256Of(bytes);
        expect(await store.has(sha256)).toBe(false);
        expect(await store.put(bytes)).toEqual({ sha256, size: bytes.length, isNew: true });
        expect(await store.has(sha256)).toBe(true);
        expect(await store.get(sha256)).toEqual(bytes);
        expect(await all(sha256)).toEqual(bytes);
      }
    });

    test('[PAY1] chunks of any size are the same payload', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 })), async (parts) => {
          const sha256 = sha256Of(...parts);
          expect(await store.put(chunks(...parts))).toMatchObject({ sha256 });
          expect(await store.get(sha256)).toEqual(new Uint8Array(Buffer.concat(parts)));
        }),
        { numRuns: 20 },
      );
    });

    test('[PAY1] a large payload passes in chunks', async () => {
      // As large as the largest that experiments have, where it need not be in memory.
      const isLong = process.env.LANTERN_TEST_LONG === '1' && name !== 'memory';
      const pieces = isLong ? 1000 : 40;
      const hash = createHash('sha256');
      async function* pieceByPiece(): AsyncGenerator<Uint8Array> {
        for (let i = 0; i < pieces; i++) {
          const piece = Buffer.alloc(1_000_000, i);
          hash.update(piece);
          yield piece;
        }
      }
      const { sha256, size } = await store.put(pieceByPiece());
      expect(sha256).toBe(hash.digest('hex'));
      expect(size).toBe(pieces * 1_000_000);
      const { chunks: parts } = await store.open(sha256);
      const again = createHash('sha256');
      for await (const part of parts) again.update(part);
      expect(again.digest('hex')).toBe(sha256);
    });

    test('[PAY1] what is put may be changed afterwards, and so may what was got', async () => {
      const bytes = bytesOf('abc');
      const { sha256 } = await store.put(bytes);
      bytes.fill(0);
      (await store.get(sha256)).fill(0);
      expect(await store.get(sha256)).toEqual(bytesOf('abc'));
    });

    test('[PAY2] the same bytes are kept once, also when many put them at once', async () => {
      const bytes = bytesOf('same');
      const puts = await Promise.all(
        Array.from({ length: 8 }, (_, i) => store.put(i % 2 ? bytes : chunks(bytes))),
      );
      expect(puts.some(({ isNew }) => isNew)).toBe(true);
      expect(await store.put(bytes)).toMatchObject({ isNew: false });
      expect(await store.put(chunks(bytes))).toMatchObject({ isNew: false });
      expect(await listed()).toEqual([sha256Of(bytes)]);
    });

    test('[PAY3] what is not there is absent, what is no SHA-256 is invalid', async () => {
      const absent = '0'.repeat(64);
      expect(await store.has(absent)).toBe(false);
      await expect(store.get(absent)).rejects.toMatchObject({ kind: 'absent' });
      await expect(all(absent)).rejects.toMatchObject({ kind: 'absent' });
      for (const bad of ['', '../../etc/passwd', 'A'.repeat(64), `${absent}0`, `${absent}\n`]) {
        await expect(store.get(bad)).rejects.toMatchObject({ kind: 'invalid' });
        await expect(store.has(bad)).rejects.toMatchObject({ kind: 'invalid' });
        await expect(store.open(bad)).rejects.toMatchObject({ kind: 'invalid' });
      }
    });

    test('[PAY4] bytes that are not those that were put are corrupt, whichever way they are read', async ({
      skip,
    }) => {
      const { spoil } = made;
      if (!spoil) return skip('nobody can spoil it');
      const bytes = bytesOf('a payload that matters');
      const { sha256 } = await store.put(bytes);
      for (const other of [bytesOf('A payload that matters'), bytesOf('a payload'), bytesOf('')]) {
        await spoil(sha256, other);
        await expect(store.get(sha256)).rejects.toMatchObject({ kind: 'corrupt' });
        const { chunks: parts } = await store.open(sha256);
        let got = 0;
        await expect(
          (async () => {
            for await (const part of parts) got += part.length;
          })(),
        ).rejects.toMatchObject({ kind: 'corrupt' });
        expect(got).toBeLessThan(Math.max(other.length, 1));
      }
      await expect(store.get(sha256)).rejects.toThrow(sha256);
    });

    test('[PAY5] a put that breaks off leaves nothing', async () => {
      async function* breaking(): AsyncGenerator<Uint8Array> {
        yield bytesOf('first');
        throw new Error('the sender went away');
      }
      await expect(store.put(breaking())).rejects.toThrow('the sender went away');
      expect(await listed()).toEqual([]);
      expect(await store.has(sha256Of(bytesOf('first')))).toBe(false);
    });

    test('all payloads are listed', async () => {
      const sums: string[] = [];
      for (let i = 0; i < 20; i++) sums.push((await store.put(bytesOf(`${i}`))).sha256);
      expect(await listed()).toEqual(sums.sort());
    });
  });
}
