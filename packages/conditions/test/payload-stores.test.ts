import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import S3rver from 's3rver';
import { afterAll, beforeAll } from 'vitest';
import { MemoryPayloadStore } from '../src/index.ts';
import { DirectoryPayloadStore } from '../src/node/files/directory-payload-store.ts';
import { S3PayloadStore } from '../src/node/s3/s3-payload-store.ts';
import { payloadStoreContract } from './payload-store-contract.ts';

payloadStoreContract('memory', async () => ({
  store: new MemoryPayloadStore(),
  close: async () => undefined,
}));

payloadStoreContract('directory', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'payloads-'));
  return {
    store: new DirectoryPayloadStore(join(folder, 'made', 'when needed')),
    spoil: async (sha256, bytes) => {
      const path = join(folder, 'made', 'when needed', sha256.slice(0, 2), sha256);
      await chmod(path, 0o644);
      await writeFile(path, bytes);
    },
    close: () => rm(folder, { recursive: true }),
  };
});

const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
let folder: string;
let server: S3rver;
let client: S3Client;
let endpoint: string;
let prefixes = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's3-'));
  const buckets = [{ name: 'payloads' }];
  server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: folder,
    configureBuckets: buckets,
  });
  const { port } = await server.run();
  endpoint = `http://127.0.0.1:${port}`;
  client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
});

afterAll(async () => {
  client.destroy();
  await server.close();
  await rm(folder, { recursive: true });
});

payloadStoreContract('S3', async () => {
  const prefix = `some/${++prefixes}/`;
  const store = new S3PayloadStore({ bucket: 'payloads', prefix, endpoint, credentials });
  return {
    store,
    spoil: async (sha256, Body) => {
      const Key = `${prefix}${sha256.slice(0, 2)}/${sha256}`;
      await client.send(new PutObjectCommand({ Bucket: 'payloads', Key, Body }));
    },
    close: () => store.close(),
  };
});
