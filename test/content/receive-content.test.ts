import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { receiveContent, type ReceiveOptions } from '../../src/content/receive-content.js';
import { sweepStaging } from '../../src/content/staging.js';
import { IntegrityError, InvalidInput, Unavailable } from '../../src/errors.js';
import { digestOf } from '../../src/model/digest.js';
import { toAsync } from '../contract/content-store.js';

let scratchDir: string;
beforeEach(async () => {
  scratchDir = await mkdtemp(join(tmpdir(), 'receive-'));
});
afterEach(() => rm(scratchDir, { recursive: true, force: true }));

const receive = (chunks: Uint8Array[], options: Partial<ReceiveOptions> = {}) =>
  receiveContent(toAsync(chunks), { scratchDir, ...options });
const staged = async () =>
  (await readdir(scratchDir, { recursive: true })).filter((name) => name.includes('receive-'));

test('keeps small content in memory', async () => {
  const received = await receive([Buffer.from('once '), Buffer.from('upon a time')]);
  expect(received).toMatchObject({ sizeBytes: 16, sha256: digestOf(Buffer.from('once upon a time')) });
  expect('bytes' in received && Buffer.from(received.bytes).toString()).toBe('once upon a time');
  expect(await staged()).toEqual([]);
});

test('spools large content, and discarding removes it', async () => {
  const bytes = randomBytes(5_000_000);
  const chunks = Array.from({ length: 100 }, (_, n) => bytes.subarray(n * 50_000, (n + 1) * 50_000));
  const received = await receive(chunks, {
    declared: { sha256: digestOf(bytes), sizeBytes: bytes.length },
  });
  expect(received.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect('file' in received && (await readFile(received.file)).equals(bytes)).toBe(true);
  await received.discard();
  await received.discard();
  expect(await staged()).toEqual([]);
});

test('receives content of no bytes', async () => {
  expect(await receive([])).toMatchObject({ sizeBytes: 0, sha256: digestOf(new Uint8Array()) });
});

test.each([10, 3_000_000])('refuses %d bytes that do not have the declared digest', async (size) => {
  const bytes = randomBytes(size);
  const declared = { sha256: digestOf(Buffer.from('else')) };
  const refusal = await receive([bytes], { declared }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(IntegrityError);
  expect(refusal).toMatchObject({
    code: 'hash_mismatch',
    expected: declared.sha256,
    found: digestOf(bytes),
  });
  expect(await staged()).toEqual([]);
});

test('refuses bytes of another length than declared, and too many', async () => {
  await expect(receive([randomBytes(2_000_000)], { declared: { sizeBytes: 7 } })).rejects.toBeInstanceOf(
    InvalidInput,
  );
  await expect(receive([randomBytes(2_000_000)], { maxBytes: 1_999_999 })).rejects.toMatchObject({
    code: 'too_large',
  });
  expect(await staged()).toEqual([]);
});

test('leaves nothing when the sender breaks off', async () => {
  async function* broken() {
    yield randomBytes(3_000_000);
    while ((await staged()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    throw new Error('connection lost');
  }
  await expect(receiveContent(broken(), { scratchDir })).rejects.toThrow(/broke off/);
  expect(await staged()).toEqual([]);
});

test('leaves nothing when it is told to stop', async () => {
  async function* endless() {
    for (;;) {
      yield randomBytes(1_000_000);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  await expect(receiveContent(endless(), { scratchDir, signal: AbortSignal.timeout(100) })).rejects.toThrow(
    /abort/,
  );
  expect(await staged()).toEqual([]);
});

test('says what is wrong when it cannot write', async () => {
  await writeFile(join(scratchDir, 'staging'), 'a file where a folder belongs');
  await expect(receive([randomBytes(2_000_000)])).rejects.toBeInstanceOf(Unavailable);
});

describe('over HTTP', () => {
  let server: Server;
  let outcome: Promise<unknown>;
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  beforeEach(async () => {
    server = createServer((incoming, answer) => {
      outcome = receiveContent(incoming, { scratchDir, maxBytes: 5_000_000 }).then(
        ({ sha256 }) => answer.end(sha256) && sha256,
        (error: unknown) => answer.writeHead(422, { connection: 'close' }).end(String(error)) && error,
      );
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  afterEach(() => new Promise((closed) => server.close(closed)));

  test('a connection cut halfway leaves nothing', async () => {
    const sent = request(url(), { method: 'POST', headers: { 'content-length': 4_000_000 } });
    sent.on('error', () => undefined);
    sent.write(randomBytes(3_000_000));
    while ((await staged()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    sent.destroy();
    expect(await outcome).toBeInstanceOf(InvalidInput);
    expect(await staged()).toEqual([]);
  });

  test('a refusal in the middle still reaches the sender', async () => {
    const answer = await fetch(url(), { method: 'POST', body: randomBytes(6_000_000) });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toMatch(/larger than 5000000 bytes/);
    expect(await staged()).toEqual([]);
  });
});

test('a sweep removes what killed processes left, and nothing younger', async () => {
  await receive([randomBytes(2_000_000)]);
  const young = await staged();
  const old = join(scratchDir, 'staging', 'receive-old');
  await writeFile(old, 'left over');
  await utimes(old, new Date(0), new Date(0));
  expect(await sweepStaging(scratchDir, new Date())).toBe(1);
  expect(await staged()).toEqual(young);
  expect(await sweepStaging(join(scratchDir, 'nowhere'), new Date())).toBe(0);
});
