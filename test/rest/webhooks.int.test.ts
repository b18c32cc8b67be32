import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccess } from '../../src/http/access.js';
import { typeStatement } from '../support/graph.js';
import { openRest, type Body, type TestRest } from './open-rest.js';

let rest: TestRest;
beforeAll(async () => {
  rest = await openRest();
});
afterAll(() => rest.close());

/** Nothing is sent there: no delivery runs in this test, and none to private addresses elsewhere. */
const url = 'https://receiver.invalid/hook';

/** A webhook that is there while `work` runs. */
async function withWebhook(fields: object, work: (webhook: Body) => Promise<void>): Promise<void> {
  const { status, body } = await rest.send('POST', '/webhooks', {
    json: { url, actor: 'nobody', ...fields },
  });
  expect(status).toBe(201);
  try {
    await work(body);
  } finally {
    await rest.send('DELETE', `/webhooks/${String(body.webhook_id)}`);
  }
}

it('tells the secret when a webhook is registered, and never again', async () => {
  await withWebhook({ description: 'the library' }, async ({ webhook_id, secret, ...rest_ }) => {
    const path = `/webhooks/${String(webhook_id)}`;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(rest_).toMatchObject({
      url,
      enabled: true,
      failures: 0,
      dead_letters: 0,
      created_by: 'anonymous',
    });
    const one = await rest.send('GET', path);
    expect(one.body).toEqual({ webhook_id, ...rest_ });
    const all = await rest.send('GET', '/webhooks');
    expect(all.rows).toContainEqual(one.body);
    const stopped = await rest.send('PATCH', path, { json: { enabled: false } });
    expect(stopped.body).toEqual({ ...one.body, enabled: false });
    for (const { text } of [one, all, stopped]) expect(text).not.toContain('whsec_');
    expect((await rest.send('GET', `${path}/dead-letters`)).body).toEqual({
      dead_letters: [],
      has_more: false,
    });
    expect((await rest.send('POST', `${path}/dead-letters/resend`)).body).toEqual({
      ...{ delivered: 0, left: false, error: null },
    });
  });
});

it('records who registered, stopped and removed one, and with which host', async () => {
  let id = '';
  await withWebhook({}, async ({ webhook_id }) => {
    id = String(webhook_id);
    await rest.send('PATCH', `/webhooks/${id}`, { json: { enabled: false } });
  });
  const rows = await typeStatement(
    rest,
    'MATCH (e:AuditEvent {nodeId: $id}) RETURN e.action AS action, coalesce(e.before, e.after) AS told ORDER BY e.at',
    { id },
  );
  expect(rows).toEqual([
    { action: 'webhook.registered', told: 'https://receiver.invalid' },
    { action: 'webhook.disabled', told: null },
    { action: 'webhook.removed', told: 'https://receiver.invalid' },
  ]);
  expect((await rest.send('GET', `/webhooks/${id}`)).status).toBe(404);
});

it('begins behind a cursor of the feed', async () => {
  const { body } = await rest.send('GET', '/events?limit=1');
  await withWebhook({ after: body.cursor }, ({ cursor }) => {
    expect(cursor).toBe(body.cursor);
    return Promise.resolve();
  });
});

it.each([
  [{ url: 'ftp://receiver.example/' }, 'url'],
  [{ url: 'receiver.example' }, 'url'],
  [{ url: 'https://ann:secret@receiver.example/' }, 'url'],
  [{ url: 'http://127.0.0.1/' }, 'url'],
  [{ url: 'http://[::1]/' }, 'url'],
  [{ url: 'http://169.254.169.254/latest/meta-data' }, 'url'],
  [{ url: 'http://0x7f.1/' }, 'url'],
  [{ url, secret: 'whsec_short' }, 'secret'],
  [{ url, secret: 'a'.repeat(44) }, 'secret'],
  [{ url, after: 'x' }, 'after'],
  [{ url, what: 1 }, 'what'],
])('refuses %j', async (json, path) => {
  const { status, body } = await rest.send('POST', '/webhooks', { json });
  expect([status, body.errors.map((error) => error.path)]).toEqual([400, [path]]);
});

it.each([
  ['GET', '/webhooks/nobody'],
  ['PATCH', '/webhooks/nobody'],
  ['DELETE', '/webhooks/nobody'],
  ['GET', '/webhooks/nobody/dead-letters'],
  ['POST', '/webhooks/nobody/dead-letters/resend'],
])('%s %s is 404', async (method, path) => {
  const json = method === 'PATCH' ? { json: { enabled: true } } : {};
  expect((await rest.send(method, path, json)).status).toBe(404);
});

it('is for administrators', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'webhook-access-'));
  const tokensFile = join(folder, 'tokens');
  await writeFile(tokensFile, `bob writer ${createHash('sha256').update('w').digest('hex')}\n`);
  const access = createAccess({ tokensFile, jwksUrl: undefined, issuer: undefined, audience: undefined });
  const closed = await openRest({ access }, rest);
  const headers = { authorization: 'Bearer w' };
  for (const [method, path] of [
    ['GET', '/webhooks'],
    ['POST', '/webhooks'],
    ['GET', '/webhooks/x'],
    ['PATCH', '/webhooks/x'],
    ['DELETE', '/webhooks/x'],
    ['GET', '/webhooks/x/dead-letters'],
    ['POST', '/webhooks/x/dead-letters/resend'],
  ] as const)
    expect([path, (await closed.send(method, path, { headers })).status]).toEqual([path, 403]);
  await closed.close();
  await rm(folder, { recursive: true });
});
