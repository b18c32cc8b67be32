import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { S3Store } from '../../src/content/s3/s3-store.js';
import { freePort } from '../../src/local/free-port.js';
import { getMinio } from '../../src/local/minio-install.js';
import { digestOf } from '../../src/model/digest.js';

/** MinIO on four drives: it keeps each object in four parts, of which it needs two to read it and three to write it. */
let folder: string;
let store: S3Store;
let server: ChildProcess;
const keys = { accessKey: 'four-drives', secretKey: randomBytes(12).toString('hex') };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'four-drives-'));
  const program = await getMinio({ cacheDir: process.env.ARTIFACT_GRAPH_CACHE, onProgress: () => undefined });
  const port = await freePort(undefined);
  const drives = [0, 1, 2, 3].map(driveOf);
  for (const drive of drives) await mkdir(drive);
  const env = {
    MINIO_ROOT_USER: keys.accessKey,
    MINIO_ROOT_PASSWORD: keys.secretKey,
    // Four folders of one disk, which MinIO refuses elsewhere.
    MINIO_CI_CD: '1',
    HOME: folder,
  };
  server = spawn(program, ['server', '--quiet', '--address', `127.0.0.1:${port}`, ...drives], {
    env,
    stdio: 'ignore',
  });
  const endpoint = `http://127.0.0.1:${port}`;
  await untilReady(`${endpoint}/minio/health/cluster`);
  store = await S3Store.open({ ...keys, endpoint, bucket: 'media', region: 'us-east-1', scratchDir: folder });
}, 120_000);
afterAll(async () => {
  await store.close();
  server.kill('SIGKILL');
  await once(server, 'exit');
  await rm(folder, { recursive: true, force: true });
});

const driveOf = (n: number) => join(folder, `drive-${n}`);

async function untilReady(url: string): Promise<void> {
  const answers = () =>
    fetch(url).then(
      ({ status }) => status === 200,
      () => false,
    );
  while (!(await answers())) await sleep(200);
}

async function keep(): Promise<{ bytes: Buffer; read: () => Promise<Buffer> }> {
  const bytes = randomBytes(300_000);
  const sha256 = digestOf(bytes);
  await store.put({ sha256, sizeBytes: bytes.length, mimeType: 'application/octet-stream', bytes });
  return { bytes, read: async () => buffer(await store.open(sha256)) };
}

it('goes on reading and writing when one of its four drives is lost', async () => {
  const before = await keep();
  await rename(driveOf(3), join(folder, 'lost'));
  expect((await before.read()).equals(before.bytes)).toBe(true);
  const after = await keep();
  expect((await after.read()).equals(after.bytes)).toBe(true);
});
