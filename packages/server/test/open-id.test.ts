import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OpenId } from '../src/identity/open-id.ts';
import { rolesOfScopes } from '../src/identity/wlcg-scopes.ts';

/** An OpenID provider on this machine: its configuration, its keys, tokens signed with them. */
let provider: Server;
let issuer: string;
let privateKey: CryptoKey;
let asked = 0;

beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  privateKey = pair.privateKey;
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256' };
  provider = createServer((request, response) => {
    asked++;
    response.setHeader('content-type', 'application/json');
    if (request.url === '/.well-known/openid-configuration')
      response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/keys` }));
    else response.end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => provider.close(resolve)));

const sign = (claims: JWTPayload, key: CryptoKey = privateKey) =>
  new SignJWT({ 'wlcg.ver': '1.0', ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .sign(key);
const soon = () => Math.floor(Date.now() / 1000) + 600;
const good = () => ({ iss: issuer, aud: 'lantern', sub: 'alice', exp: soon() });
const openId = () =>
  new OpenId([{ issuer, audience: 'lantern', groups: { '/calib/experts': ['writer:*'] } }]);

describe('OpenID', () => {
  test('[ID5] a right token: scopes and groups become roles; keys are asked for once', async () => {
    const before = asked;
    const taker = openId();
    const token = await sign({
      ...good(),
      scope: 'openid storage.read:/ storage.create:/conditions/calibrations/CAL_Ped',
      'wlcg.groups': ['/calib/experts', '/other'],
    });
    expect(await taker.identify(token)).toEqual({
      who: `alice of ${issuer}`,
      by: 'oidc',
      roles: ['reader', 'writer:CAL_Ped', 'writer:*'],
    });
    await taker.identify(token);
    expect(asked - before).toBe(2);
  });

  test('[ID5] wrong audience, issuer, expiry, key, no signature, a shared secret: nobody', async () => {
    const stranger = (await generateKeyPair('ES256')).privateKey;
    const wrong = [
      await sign({ ...good(), aud: 'storage' }),
      await sign({ ...good(), iss: 'https://elsewhere.example' }),
      await sign({ ...good(), exp: soon() - 1200 }),
      await sign({ iss: issuer, aud: 'lantern', sub: 'alice' }),
      await sign(good(), stranger),
      new UnsecuredJWT(good()).encode(),
      await new SignJWT(good())
        .setProtectedHeader({ alg: 'HS256', kid: 'one' })
        .sign(new TextEncoder().encode('secret'.repeat(8))),
      'a.b.c',
      '',
    ];
    const taker = openId();
    for (const token of wrong) expect(await taker.identify(token)).toBeUndefined();
  });

  test('[ID5] an issuer that does not answer is told, and asked again later', async () => {
    const dead = 'http://127.0.0.1:9';
    const taker = new OpenId([{ issuer: dead, audience: 'lantern' }]);
    const token = await sign({ ...good(), iss: dead });
    await expect(taker.identify(token)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(taker.identify(token)).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('WLCG scopes', () => {
  test.each([
    ['storage.read:/', ['reader']],
    ['storage.read:/conditions', ['reader']],
    ['storage.read:/conditions/calibrations/CAL_Ped', ['reader']],
    ['storage.read:/data', []],
    ['storage.read:/conditionsX', []],
    ['storage.create:/conditions/calibrations/CAL_Ped', ['writer:CAL_Ped']],
    ['storage.create:/conditions/calibrations', ['writer:*']],
    ['storage.create:/conditions', ['writer:*']],
    ['storage.create:/conditions/tags', []],
    ['storage.modify:/conditions/tags', ['publisher']],
    ['storage.modify:/', ['writer:*', 'publisher']],
    ['storage.modify:/data/../conditions', []],
    ['storage.modify:conditions', []],
    ['compute.create storage.stage:/', []],
    ['', []],
  ])('[ID6] %s', (scope, roles) => {
    expect(rolesOfScopes(scope)).toEqual(roles);
  });
});
