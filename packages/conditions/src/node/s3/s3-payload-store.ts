import { createHash, randomUUID } from 'node:crypto';
import { open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { ConditionsError } from '../../errors.ts';
import type { PayloadReference } from '../../model/calibration.ts';
import { checkedSha256 } from '../../payload/sha256.ts';
import type { PayloadStore, PayloadStream } from '../../store/payload-store.ts';
import { type SpoolFile, spool } from '../files/spool-file.ts';
import { verifiedChunks, wholeOf } from '../files/verified-chunks.ts';
import { isAbsentObject, s3ErrorOf } from './s3-error.ts';

/** Where payloads are in an object store. */
export interface S3Location {
  readonly bucket: string;
  /** Before each key; default ''. */
  readonly prefix?: string | undefined;
  /** Default: AWS. With one, the bucket stands in the path: MinIO, Ceph, Garage … */
  readonly endpoint?: string | undefined;
  /** Default `us-east-1` with an endpoint, else that of the environment. */
  readonly region?: string | undefined;
  /** Default: those that the AWS SDK finds: environment, profile, role. */
  readonly credentials?:
    | { readonly accessKeyId: string; readonly secretAccessKey: string }
    | undefined;
  /** How often a request is tried; default 5. */
  readonly attempts?: number | undefined;
}

/** Objects up to this size go in one request, larger ones in parts of at least it: bytes. */
const partSize = 16 << 20;

/** S3 takes no more parts. */
const mostParts = 10_000;

/** How often a connection may break while an object is read. */
const mostBreaks = 4;

/**
 * Payloads as objects of a bucket: `ab/ab34…`, named by their SHA-256, which S3 is given too where it can check it. An object
 * is there whole or not at all. What comes in chunks goes through a file for temporary things, since its name is known at the
 * end only.
 */
export class S3PayloadStore implements PayloadStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;
  readonly #name: string;

  constructor(location: S3Location) {
    const { bucket, prefix = '', endpoint, region, credentials, attempts = 5 } = location;
    this.#bucket = bucket;
    this.#prefix = prefix;
    this.#name = `s3://${bucket}/${prefix}`;
    this.#client = new S3Client({
      ...(endpoint !== undefined && { endpoint, forcePathStyle: true, region: 'us-east-1' }),
      ...(region !== undefined && { region }),
      ...(credentials && { credentials }),
      maxAttempts: attempts,
      // Servers other than AWS do not all know the checksums that the SDK would add; ours is stronger.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async put(
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
  ): Promise<PayloadReference & { readonly isNew: boolean }> {
    if (bytes instanceof Uint8Array && bytes.length <= partSize) return this.#putWhole(bytes);
    const folder = join(tmpdir(), `lantern-payload-${randomUUID()}`);
    try {
      const file = await spool(bytes, folder);
      if (file.size <= partSize) return await this.#putWhole(await readFile(file.path));
      const { sha256, size } = file;
      if (await this.#isThere(file)) return { sha256, size, isNew: false };
      await this.#asking(sha256, () => this.#upload(file));
      return { sha256, size, isNew: true };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async get(sha256: string): Promise<Uint8Array<ArrayBuffer>> {
    const { size, chunks } = await this.open(sha256);
    return wholeOf(chunks, size);
  }

  async open(sha256: string): Promise<PayloadStream> {
    const size = await this.#sizeOf(sha256);
    if (size === undefined) {
      throw new ConditionsError('absent', { what: `no payload ${sha256}`, where: this.#name });
    }
    return { size, chunks: verifiedChunks(this.#chunks(sha256), sha256, this.#where(sha256)) };
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.#sizeOf(sha256)) !== undefined;
  }

  async *list(): AsyncIterable<string> {
    try {
      const pages = paginateListObjectsV2(
        { client: this.#client },
        { Bucket: this.#bucket, Prefix: this.#prefix },
      );
      for await (const { Contents = [] } of pages) {
        for (const { Key = '' } of Contents) {
          const [, sha256] =
            /^[0-9a-f]{2}\/([0-9a-f]{64})$/.exec(Key.slice(this.#prefix.length)) ?? [];
          if (sha256 !== undefined) yield sha256;
        }
      }
    } catch (error) {
      throw s3ErrorOf(error, this.#name);
    }
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }

  async #putWhole(bytes: Uint8Array): Promise<PayloadReference & { readonly isNew: boolean }> {
    const hash = createHash('sha256').update(bytes).digest();
    const reference = { sha256: hash.toString('hex'), size: bytes.length };
    if (await this.#isThere(reference)) return { ...reference, isNew: false };
    const put = new PutObjectCommand({
      ...this.#object(reference.sha256),
      Body: bytes,
      ContentType: 'application/octet-stream',
      ChecksumSHA256: hash.toString('base64'),
    });
    await this.#asking(reference.sha256, () => this.#client.send(put));
    return { ...reference, isNew: true };
  }

  /** An object of another size is no whole one: it is put again. */
  async #isThere({ sha256, size }: PayloadReference): Promise<boolean> {
    return (await this.#sizeOf(sha256)) === size;
  }

  #sizeOf(sha256: string): Promise<number | undefined> {
    return this.#asking(sha256, async () => {
      try {
        const head = await this.#client.send(new HeadObjectCommand(this.#object(sha256)));
        return head.ContentLength ?? 0;
      } catch (error) {
        if (isAbsentObject(error)) return undefined;
        throw error;
      }
    });
  }

  /** Goes on where a connection broke. */
  async *#chunks(sha256: string): AsyncGenerator<Uint8Array> {
    let at = 0;
    for (let breaks = 0; ; breaks++) {
      try {
        const range = at > 0 ? { Range: `bytes=${at}-` } : {};
        const get = new GetObjectCommand({ ...this.#object(sha256), ...range });
        const { Body } = await this.#client.send(get);
        for await (const chunk of Body as AsyncIterable<Uint8Array>) {
          at += chunk.length;
          yield chunk;
        }
        return;
      } catch (error) {
        if (breaks >= mostBreaks) throw s3ErrorOf(error, this.#where(sha256));
      }
    }
  }

  async #upload({ path, sha256, size }: SpoolFile): Promise<void> {
    const object = this.#object(sha256);
    const created = await this.#client.send(
      new CreateMultipartUploadCommand({ ...object, ContentType: 'application/octet-stream' }),
    );
    const upload = { ...object, UploadId: created.UploadId };
    try {
      const length = Math.max(partSize, Math.ceil(size / mostParts));
      const parts: { PartNumber: number; ETag: string | undefined }[] = [];
      const file = await open(path, 'r');
      try {
        const buffer = Buffer.alloc(Math.min(length, size));
        for (let at = 0; at < size; at += length) {
          const { bytesRead } = await file.read(buffer, 0, Math.min(length, size - at), at);
          const PartNumber = parts.length + 1;
          const Body = buffer.subarray(0, bytesRead);
          const part = await this.#client.send(
            new UploadPartCommand({ ...upload, PartNumber, Body }),
          );
          parts.push({ PartNumber, ETag: part.ETag });
        }
      } finally {
        await file.close();
      }
      await this.#client.send(
        new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } }),
      );
    } catch (error) {
      // The first error is the one to tell.
      await this.#client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
      throw error;
    }
  }

  async #asking<T>(sha256: string, task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      throw s3ErrorOf(error, this.#where(sha256));
    }
  }

  #object(sha256: string): { readonly Bucket: string; readonly Key: string } {
    const key = `${checkedSha256(sha256).slice(0, 2)}/${sha256}`;
    return { Bucket: this.#bucket, Key: `${this.#prefix}${key}` };
  }

  #where(sha256: string): string {
    return `${this.#name}${sha256.slice(0, 2)}/${sha256}`;
  }
}
