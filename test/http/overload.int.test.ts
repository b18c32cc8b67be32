import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { openRest, type TestRest } from '../rest/open-rest.js';

let rest: TestRest;
const sockets: Socket[] = [];
beforeAll(async () => {
  rest = await openRest({
    capacity: { requests: 3, transfers: 2, streams: 2 },
    deadlines: { readMs: 3_000, writeMs: 3_000 },
  });
  // A database that has just started plans its first writes and reads for longer than these deadlines.
  await untilOk(() => rest.send('POST', '/artifacts', { json: { artifact_type: 'text' } }));
  await untilOk(() => rest.send('GET', '/artifacts?state=any'));
});

async function untilOk(ask: () => Promise<{ status: number }>): Promise<number> {
  let { status } = await ask();
  for (let tries = 0; tries < 30 && status >= 500; tries++) {
    await sleep(500);
    ({ status } = await ask());
  }
  return status;
}

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await rest.close();
});

/** A connection to the service on which this has been sent. */
async function send(sent: string): Promise<Socket> {
  const { port } = new URL(rest.url);
  const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  socket.write(sent);
  return socket;
}

const head = (length: number) =>
  `POST /api/v1/artifacts HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

/** An upload that has its place, for it was told to go on, and sends nothing. */
async function sendUploadHead(): Promise<Socket> {
  const socket = await send(
    'POST /api/v1/artifacts/content?artifact_type=text HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: text/plain\r\ncontent-length: 1000\r\nexpect: 100-continue\r\n\r\n',
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1.1 100 /);
  return socket;
}

it('answers 408 to a body that does not arrive in time, and closes the connection', async () => {
  const socket = await send(`${head(100)}{`);
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1.1 408 /);
  expect(answer).toContain('"code":"request_timeout"');
});

it('is not hurt by hundreds of silent connections and slow bodies', async () => {
  await Promise.all(Array.from({ length: 300 }, (_, n) => send(n % 2 === 0 ? '' : `${head(100)}{`)));
  const { status } = await rest.send('POST', '/artifacts', { json: { artifact_type: 'text' } });
  expect(status).toBe(201);
});

it('refuses transfers beyond its capacity at once, and nothing else', async () => {
  const slow = [await sendUploadHead(), await sendUploadHead()];
  const upload = () =>
    rest.send('POST', '/artifacts/content?artifact_type=text', {
      raw: 'bytes',
      headers: { 'content-type': 'text/plain' },
    });
  const refused = await upload();
  expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([
    503,
    'unavailable',
    expect.any(String),
  ]);
  expect((await rest.send('GET', '/artifacts')).status).toBe(200);
  for (const socket of slow) socket.destroy();
  expect(await untilOk(upload)).toBe(201);
});

it('refuses requests beyond its capacity at once, and still tells its health', async () => {
  const made = await rest.send('POST', '/artifacts', { json: { artifact_type: 'text' } });
  const id = made.body.artifact_id;
  const session = rest.ctx.db.driver.session();
  const holder = session.beginTransaction();
  await holder.run('MATCH (a:Artifact {id: $id}) SET a.id = a.id', { id });
  // Each waits for the lock, and keeps its place meanwhile.
  const moves = Array.from({ length: 4 }, () =>
    rest.send('PATCH', `/artifacts/${id}/state`, { json: { new_state: 'candidate' } }),
  );
  const refused = await Promise.race(moves);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, expect.any(String)]);
  expect((await rest.send('GET', '/artifacts/health')).status).toBe(200);
  await holder.rollback();
  await session.close();
  const answers = await Promise.all(moves);
  expect(answers.filter(({ body }) => body.detail === refused.body.detail)).toEqual([refused]);
  expect((await rest.send('GET', '/artifacts?state=any')).status).toBe(200);
});

it('refuses event streams beyond its capacity, which take no place of others', async () => {
  const leaving = new AbortController();
  const follow = () =>
    fetch(`${rest.url}/api/v1/events`, {
      headers: { accept: 'text/event-stream' },
      signal: leaving.signal,
    });
  const open = [await follow(), await follow()];
  expect(open.map(({ status }) => status)).toEqual([200, 200]);
  const third = await follow();
  expect([third.status, third.headers.get('retry-after')]).toEqual([503, expect.any(String)]);
  expect((await rest.send('GET', '/artifacts?state=any')).status).toBe(200);
  leaving.abort();
  expect(await untilOk(() => rest.send('GET', '/events?limit=1'))).toBe(200);
});

it('closes within ten seconds whatever is still being sent', async () => {
  await sendUploadHead();
  const began = performance.now();
  await rest.close();
  expect(performance.now() - began).toBeLessThan(10_000);
});
