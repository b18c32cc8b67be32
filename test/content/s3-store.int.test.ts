import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { S3Store } from '../../src/content/s3/s3-store.js';
import { Conflict, IntegrityError, Unavailable } from '../../src/errors.js';
import { describeContentStore, readAll, verified } from '../contract/content-store.js';
import { testServers } from '../support/servers.js';
import { TestStores } from './stores.js';

const { s3 } = testServers();
const url = new URL(s3.endpoint);
const stores = new TestStores();
const servers: { close(): unknown }[] = [];

afterAll(async () => {
  for (const server of servers) server.close();
  await stores.removeAll();
});

describeContentStore('the bucket', () => stores.s3());

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('presigned addresses', () => {
  let store: S3Store;
  beforeAll(async () => {
    store = await stores.s3();
  });
  afterAll(() => store.close());

  test('a GET gives the bytes under the headers that were asked for', async () => {
    const content = verified(randomBytes(5000));
    await store.put(content);
    const headers = { 'content-type': 'image/png', 'content-disposition': 'attachment; filename="a b.png"' };
    const answer = await fetch(await store.presignedGet(content.sha256, 60, headers));
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject(headers);
    expect(Buffer.from(await answer.arrayBuffer()).equals(content.bytes)).toBe(true);
  });

  const send = (
    { url: to, headers, method }: { url: string; headers: Record<string, string>; method: string },
    body: Uint8Array,
  ) =>
    new Promise<number>((answered, failed) => {
      request(to, { method, headers: { ...headers, 'content-length': body.length } }, (answer) => {
        answer.resume().on('end', () => answered(answer.statusCode ?? 0));
      })
        .on('error', failed)
        .end(body);
    });

  test('a PUT stores the promised bytes, once, and no others', async () => {
    const content = verified(randomBytes(5000));
    const presigned = await store.direct.presignedPut(content.sha256, content.sizeBytes, 60);
    expect(await send(presigned, randomBytes(5000))).toBe(400);
    expect(await store.stat(content.sha256)).toBeNull();
    const { 'x-amz-checksum-sha256': _, ...unchecked } = presigned.headers;
    expect(await send({ ...presigned, headers: unchecked }, randomBytes(5000))).toBeGreaterThanOrEqual(400);
    expect(await store.stat(content.sha256)).toBeNull();
    expect(await send(presigned, content.bytes)).toBe(200);
    expect(await send(presigned, content.bytes)).toBe(412);
    expect(await store.stat(content.sha256)).toMatchObject({ sizeBytes: 5000 });
  });

  test('parts are joined in order, as often as asked, until they are discarded', async () => {
    const bytes = randomBytes(6 * 1024 * 1024);
    const upload = await store.direct.startParts();
    const cut = 5 * 1024 * 1024;
    for (const [part, body] of [
      [2, bytes.subarray(cut)],
      [1, bytes.subarray(0, cut)],
    ] as const) {
      expect(await send(await store.direct.presignedPart(upload, part, 60), body)).toBe(200);
    }
    for (let time = 0; time < 2; time++) {
      expect((await readAll(await store.direct.openJoined(upload))).equals(bytes)).toBe(true);
    }
    await store.direct.discardParts(upload);
    await store.direct.discardParts(upload);
    await expect(store.direct.openJoined(upload)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('uploads that nobody completed are found by their age', async () => {
    const upload = await store.direct.startParts();
    await send(await store.direct.presignedPart(upload, 1, 60), randomBytes(100));
    await readAll(await store.direct.openJoined(upload));
    expect(await store.direct.discardAbandoned(new Date(Date.now() - 60_000))).toBe(0);
    expect(await store.direct.discardAbandoned(new Date(Date.now() + 60_000))).toBe(1);
    await expect(store.direct.startParts().then((name) => store.direct.openJoined(name))).rejects.toThrow(
      /no part/,
    );
    await expect(store.direct.openJoined('../../objects/x')).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

test('protects an object where the bucket has object lock', async () => {
  const at = await stores.s3Options();
  await stores.admin().makeBucket(at.bucket, 'us-east-1', { ObjectLocking: true });
  const store = await S3Store.open(at);
  const content = verified(randomBytes(100));
  await store.put(content);
  const soon = new Date(Date.now() + 3000);
  expect(await store.protect(content.sha256, soon)).toBe('protected');
  expect(await store.protect(content.sha256, new Date(Date.now() + 500))).toBe('protected');
  await expect(store.remove(content.sha256)).rejects.toBeInstanceOf(Conflict);
  expect((await readAll(await store.open(content.sha256))).equals(content.bytes)).toBe(true);
  await new Promise((passed) => setTimeout(passed, soon.getTime() - Date.now() + 500));
  expect(await store.remove(content.sha256)).toBe(true);
  expect(await store.stat(content.sha256)).toBeNull();
  await store.close();
});

describe('a server in trouble', () => {
  test('is away when nobody listens', async () => {
    const free = createServer();
    const endpoint = await listen(free);
    await new Promise((closed) => free.close(closed));
    await expect(stores.s3({ endpoint })).rejects.toBeInstanceOf(Unavailable);
  });

  test('is away when it does not answer', async () => {
    const endpoint = await listen(createServer(() => undefined));
    const started = Date.now();
    const opened = stores.s3({ endpoint, idleMs: 300 });
    await expect(opened).rejects.toThrow(/no answer within 300 ms/);
    expect(Date.now() - started).toBeLessThan(3000);
  });

  test('is away when it refuses the keys', async () => {
    await expect(stores.s3({ secretKey: 'wrong-secret' })).rejects.toBeInstanceOf(Unavailable);
  });

  test('is asked again when it is busy for a moment', async () => {
    let busy = 2;
    const endpoint = await stores.busyEndpoint(() => busy-- > 0);
    const store = await stores.s3({ endpoint });
    busy = 2;
    const content = verified(randomBytes(200_000));
    expect(await store.put(content)).toBe('stored');
    await store.close();
  });

  /** Passes bytes on to the real server, and cuts every connection once `limit` bytes went in one direction. */
  async function cutting(): Promise<{ endpoint: string; up: number; down: number }> {
    const limits = { endpoint: '', up: Infinity, down: Infinity };
    limits.endpoint = await listen(
      createServer((near) => {
        const far = connect(Number(url.port), url.hostname);
        const end = () => (near.destroy(), far.destroy());
        for (const socket of [near, far]) socket.on('error', end).on('close', end);
        near.on('data', (chunk) => ((limits.up -= chunk.length) < 0 ? end() : far.write(chunk)));
        far.on('data', (chunk) => ((limits.down -= chunk.length) < 0 ? end() : near.write(chunk)));
      }),
    );
    return limits;
  }

  test('a connection cut in the middle of a put leaves nothing behind', async () => {
    const link = await cutting();
    const at = await stores.s3Options({ endpoint: link.endpoint });
    const store = await S3Store.open(at);
    const content = verified(randomBytes(8_000_000));
    const file = join(await stores.folder(), 'large');
    await writeFile(file, content.bytes);
    const { bytes: _, ...facts } = content;
    link.up = 3_000_000;
    await expect(store.put({ ...facts, file })).rejects.toBeInstanceOf(Unavailable);
    link.up = Infinity;
    expect(await store.stat(content.sha256)).toBeNull();
    expect(await store.put({ ...facts, file })).toBe('stored');
    link.down = 1_000_000;
    await expect(store.open(content.sha256).then(readAll)).rejects.toBeInstanceOf(Unavailable);
    await store.close();
  });

  test('wrong bytes are refused by the server, too', async () => {
    const store = await stores.s3();
    const { bytes: _, ...facts } = verified(randomBytes(100));
    await expect(store.put({ ...facts, bytes: randomBytes(100) })).rejects.toBeInstanceOf(IntegrityError);
    expect(await store.stat(facts.sha256)).toBeNull();
    await store.close();
  });
});
