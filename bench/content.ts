/**
 * Uploads and downloads one large object through the content gate, and does the same with plain minio client code that
 * hashes, on the same server. Prints throughput, the ratio and how much memory this process grew.
 *
 *   S3_ENDPOINT=… S3_ACCESS_KEY=… S3_SECRET_KEY=… npm run bench -- content [MiB, 1024] [rounds, 3]
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'minio';
import { z } from 'zod';
import { digestStream } from '../src/content/digest-stream.js';
import { openVerified } from '../src/content/open-verified.js';
import { probeContent } from '../src/content/probe/probe-content.js';
import { receiveContent } from '../src/content/receive-content.js';
import { S3Store } from '../src/content/s3/s3-store.js';
import { sha256, type Sha256 } from '../src/model/digest.js';
import { median } from './support/measure.js';

const env = z
  .object({ S3_ENDPOINT: z.url(), S3_ACCESS_KEY: z.string(), S3_SECRET_KEY: z.string() })
  .parse(process.env);
const mib = Number(process.argv[2] ?? 1024);
const rounds = Number(process.argv[3] ?? 3);
const sizeBytes = mib * 1024 * 1024;

const folder = await mkdtemp(join(tmpdir(), 'bench-content-'));
const bucket = `bench-${randomUUID()}`;
const source = join(folder, 'source');
const store = await S3Store.open({
  endpoint: env.S3_ENDPOINT,
  accessKey: env.S3_ACCESS_KEY,
  secretKey: env.S3_SECRET_KEY,
  region: 'us-east-1',
  bucket,
  scratchDir: folder,
});
const { hostname, port } = new URL(env.S3_ENDPOINT);
const plain = new Client({
  endPoint: hostname,
  port: Number(port),
  useSSL: false,
  accessKey: env.S3_ACCESS_KEY,
  secretKey: env.S3_SECRET_KEY,
});

/** Different bytes each round, so that nothing is there already. */
async function writeSource(): Promise<void> {
  const block = randomBytes(1024 * 1024);
  const blocks = function* () {
    for (let n = 0; n < mib; n++) {
      block.writeUInt32LE(n, 0);
      yield Buffer.from(block);
    }
  };
  await pipeline(Readable.from(blocks()), createWriteStream(source));
}

const read = () => createReadStream(source);

async function uploadPlain(key: string): Promise<void> {
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const body = read().pipe(hashing);
  await plain.putObject(bucket, key, body, sizeBytes);
  hash.digest('hex');
}

async function uploadHere(): Promise<Sha256> {
  const received = await receiveContent(read(), { scratchDir: folder });
  try {
    const { detectedType } = await probeContent(received);
    await store.put({ ...received, mimeType: detectedType });
    return sha256.parse(received.sha256);
  } finally {
    await received.discard();
  }
}

async function downloadPlain(key: string): Promise<void> {
  await digestStream(await plain.getObject(bucket, key));
}

async function downloadHere(digest: Sha256): Promise<void> {
  let arrived = 0;
  const body: AsyncIterable<Uint8Array> = await openVerified(store, { sha256: digest, sizeBytes }, null);
  for await (const chunk of body) arrived += chunk.length;
  if (arrived !== sizeBytes) throw new Error(`${arrived} of ${sizeBytes} bytes arrived`);
}

interface Measured {
  seconds: number;
  /** MiB by which resident memory grew at its highest. */
  grewMib: number;
}

async function measure(work: () => Promise<unknown>): Promise<Measured> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let highest = before;
  const sampling = setInterval(() => (highest = Math.max(highest, process.memoryUsage.rss())), 20);
  const started = performance.now();
  try {
    await work();
  } finally {
    clearInterval(sampling);
  }
  return { seconds: (performance.now() - started) / 1000, grewMib: (highest - before) / 1024 / 1024 };
}

function tell(name: string, { seconds, grewMib }: Measured): void {
  console.log(
    `${name.padEnd(16)} ${(mib / seconds).toFixed(0).padStart(5)} MiB/s  ${seconds.toFixed(2)} s  +${grewMib.toFixed(0)} MiB`,
  );
}

const ratios = { upload: [] as number[], download: [] as number[] };
try {
  for (let round = 0; round < rounds; round++) {
    await writeSource();
    let digest: Sha256 | null = null;
    const here = await measure(async () => (digest = await uploadHere()));
    const there = await measure(() => uploadPlain('plain'));
    tell('upload', here);
    tell('upload plain', there);
    ratios.upload.push(here.seconds / there.seconds);
    const stored = sha256.parse(digest);
    const download = await measure(() => downloadHere(stored));
    const downloadThere = await measure(() => downloadPlain('plain'));
    tell('download', download);
    tell('download plain', downloadThere);
    ratios.download.push(download.seconds / downloadThere.seconds);
    await store.remove(stored);
  }
  console.log(
    `time against plain code (median of ${rounds}): upload ${median(ratios.upload).toFixed(2)}, download ${median(ratios.download).toFixed(2)}`,
  );
} finally {
  await plain.removeObject(bucket, 'plain');
  await plain.removeBucket(bucket);
  await store.close();
  await rm(folder, { recursive: true, force: true });
}
