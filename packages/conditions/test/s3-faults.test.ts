import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { S3PayloadStore } from '../src/node/s3/s3-payload-store.ts';
import { bytesOf, sha256Of } from './payload-store-contract.ts';

let server: Server | undefined;
let store: S3PayloadStore | undefined;

afterEach(async () => {
  await store?.close();
  server?.closeAllConnections();
  server?.close();
});

/** A store on a server that answers so. */
async function storeOn(answer: RequestListener, attempts = 5): Promise<S3PayloadStore> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'me', secretAccessKey: 'swordfish' };
  store = new S3PayloadStore({
    bucket: 'b',
    endpoint: `http://127.0.0.1:${port}`,
    credentials,
    attempts,
  });
  return store;
}

const bytes = new Uint8Array(300_000).map((_, i) => i % 251);
const sha256 = sha256Of(bytes);

test('[PAY6] a server that dies in mid-answer: reading goes on where it broke', async () => {
  const ranges: (string | undefined)[] = [];
  const s3 = await storeOn((request, response) => {
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': bytes.length - from });
    if (request.method === 'HEAD') return void response.end();
    ranges.push(request.headers.range);
    if (ranges.length > 3) return void response.end(bytes.subarray(from));
    response.write(bytes.subarray(from, from + 70_000), () => response.destroy());
  });
  expect(await s3.get(sha256)).toEqual(bytes);
  expect(ranges).toHaveLength(4);
  expect(ranges[0]).toBeUndefined();
  expect(ranges[3]).toMatch(/^bytes=[1-9]\d*-$/);
});

test('[PAY6] a server that always dies is unavailable in the end', async () => {
  const s3 = await storeOn((request, response) => {
    response.writeHead(200, { 'content-length': bytes.length });
    if (request.method === 'HEAD') return void response.end();
    response.write(bytes.subarray(0, 1000), () => response.destroy());
  });
  await expect(s3.get(sha256)).rejects.toMatchObject({ kind: 'unavailable' });
});

test('[PAY4] a server that gives an older part again makes no payload of it', async () => {
  let asked = 0;
  const s3 = await storeOn((request, response) => {
    response.writeHead(200, { 'content-length': bytes.length });
    if (request.method === 'HEAD') return void response.end();
    // It knows no ranges, and begins again.
    if (asked++ > 0) return void response.end(bytes);
    response.write(bytes.subarray(0, 70_000), () => response.destroy());
  });
  await expect(s3.get(sha256)).rejects.toMatchObject({ kind: 'corrupt' });
});

test('requests are signed, and name the hash of the payload', async () => {
  const seen: {
    readonly method: string | undefined;
    readonly headers: NodeJS.Dict<string | string[]>;
  }[] = [];
  const s3 = await storeOn(({ method, headers }, response) => {
    seen.push({ method, headers });
    response.writeHead(method === 'HEAD' ? 404 : 200).end();
  });
  await s3.put(bytesOf('hello'));
  expect(seen.map(({ method }) => method)).toEqual(['HEAD', 'PUT']);
  for (const { headers } of seen) {
    expect(headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=me\/\d{8}\/us-east-1\/s3\/aws4_request, SignedHeaders=.*, Signature=[0-9a-f]{64}$/,
    );
  }
  const hash = Buffer.from(sha256Of(bytesOf('hello')), 'hex').toString('base64');
  expect(seen[1]?.headers['x-amz-checksum-sha256']).toBe(hash);
});

test.each([
  [403, 'SignatureDoesNotMatch', 'does not let us in'],
  [404, 'NoSuchBucket', 'no such bucket'],
  [507, 'XMinioStorageFull', 'object store is full'],
])('%d %s is unavailable, with what to do', async (status, code, message) => {
  const s3 = await storeOn((request, response) => {
    if (request.method === 'HEAD') return void response.writeHead(404).end();
    response
      .writeHead(status, { 'content-type': 'application/xml' })
      .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`);
  }, 1);
  const refused = s3.put(bytesOf('x'));
  await expect(refused).rejects.toMatchObject({ kind: 'unavailable' });
  await expect(refused).rejects.toThrow(message);
  await expect(refused).rejects.not.toThrow('swordfish');
});
