import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { createAccess } from '../../src/http/access.js';
import { typeStatement } from '../support/graph.js';
import { openRest, type TestRest } from './open-rest.js';

const line = (name: string, role: string, token: string) =>
  `${name} ${role} ${createHash('sha256').update(token).digest('hex')}\n`;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

let folder: string;
let tokensFile: string;
let jwks: Server;
let privateKey: CryptoKey;
let rest: TestRest;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rest-access-'));
  tokensFile = join(folder, 'tokens');
  await writeFile(
    tokensFile,
    `# who may do what\n\n${line('ann', 'reader', 'r-token')}${line('bob', 'writer', 'w-token')}`,
  );
  const pair = await generateKeyPair('ES256', { extractable: true });
  privateKey = pair.privateKey;
  const key = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256' };
  jwks = createServer((_request, response) => response.end(JSON.stringify({ keys: [key] })));
  jwks.listen(0, '127.0.0.1');
  await once(jwks, 'listening');
  const address = jwks.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const auth = {
    tokensFile,
    jwksUrl: `http://127.0.0.1:${port}/`,
    issuer: 'https://id.example',
    audience: 'graph',
  };
  rest = await openRest({ access: createAccess(auth) });
});
afterAll(async () => {
  await rest.close();
  jwks.close();
  await rm(folder, { recursive: true });
});

async function signed(
  claims: Record<string, unknown>,
  { expires = '1h', issuer = 'https://id.example' } = {},
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
    .setSubject('carol')
    .setIssuer(issuer)
    .setAudience('graph')
    .setExpirationTime(expires)
    .sign(privateKey);
}

const list = (headers = {}) => rest.send('GET', '/artifacts?limit=1', { headers });
const write = (headers = {}) => rest.send('POST', '/stories', { json: {}, headers });

it('tells a caller who they are and what they may do', async () => {
  const me = async (headers = {}) => (await rest.send('GET', '/me', { headers })).body;
  expect(await me(bearer('r-token'))).toEqual({ actor: 'token:ann', role: 'reader' });
  expect(await me(bearer('w-token'))).toEqual({ actor: 'token:bob', role: 'writer' });
  expect(await me()).toMatchObject({ status: 401, code: 'unauthorized' });
});

it('asks for a token, except for health and the documentation', async () => {
  const { status, body, headers } = await list();
  expect([status, body.code, headers.get('www-authenticate')]).toEqual([401, 'unauthorized', 'Bearer']);
  for (const wrong of [bearer('unknown'), { authorization: 'Basic abc' }, { authorization: 'Bearer' }]) {
    expect((await list(wrong)).status).toBe(401);
  }
  expect((await rest.send('GET', '/artifacts/health')).status).toBe(200);
  for (const path of ['/openapi.json', '/docs/']) expect((await fetch(rest.url + path)).status).toBe(200);
});

it('lets readers read and writers write', async () => {
  expect((await list(bearer('r-token'))).status).toBe(200);
  expect((await write(bearer('r-token'))).body).toMatchObject({ status: 403, code: 'forbidden' });
  expect((await write(bearer('w-token'))).status).toBe(201);
});

it('trusts tokens that the configured issuer signed, by their role', async () => {
  expect((await list(bearer(await signed({ role: 'reader' })))).status).toBe(200);
  expect((await write(bearer(await signed({ role: 'reader' })))).status).toBe(403);
  expect((await write(bearer(await signed({ roles: ['other', 'writer', 'reader'] })))).status).toBe(201);
  expect((await list(bearer(await signed({})))).status).toBe(403);
  expect((await list(bearer(await signed({ role: 'admin' }, { expires: '-1h' })))).status).toBe(401);
  expect(
    (await list(bearer(await signed({ role: 'admin' }, { issuer: 'https://evil.example' })))).status,
  ).toBe(401);
  const [head, , signature] = (await signed({ role: 'reader' })).split('.');
  const forged = Buffer.from(JSON.stringify({ role: 'admin', sub: 'eve', exp: 9e9 })).toString('base64url');
  expect((await list(bearer(`${head}.${forged}.${signature}`))).status).toBe(401);
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${forged}.`;
  expect((await list(bearer(unsigned))).status).toBe(401);
});

it('records who asked with where the name comes from', async () => {
  const actorOf = async (token: string) => {
    const { body } = await write(bearer(token));
    const [row] = await typeStatement(rest, 'MATCH (e:AuditEvent {nodeId: $id}) RETURN e.actor AS actor', {
      id: body.story_id,
    });
    return row?.actor;
  };
  expect(await actorOf('w-token')).toMatch(/^token:/);
  expect(await actorOf(await signed({ role: 'writer' }))).toMatch(/^jwt:/);
});

it('takes up a changed tokens file without a restart, and lets nobody in by a broken one', async () => {
  await appendFile(tokensFile, line('dora', 'writer', 'd-token'));
  await sleep(1100);
  expect((await write(bearer('d-token'))).status).toBe(201);
  await appendFile(tokensFile, 'broken line\n');
  await utimes(tokensFile, new Date(), new Date());
  await sleep(1100);
  expect((await write(bearer('d-token'))).body).toMatchObject({ status: 503, code: 'unavailable' });
});

it('refuses a wrong tokens file at the start', async () => {
  const file = join(folder, 'wrong');
  const auth = { tokensFile: file, jwksUrl: undefined, issuer: undefined, audience: undefined };
  expect(() => createAccess(auth)).toThrow('cannot be read');
  await writeFile(file, 'ann king abc\n');
  expect(() => createAccess(auth)).toThrow('line 1');
});
