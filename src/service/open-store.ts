import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../config.js';
import type { ContentStore } from '../content/content-store.js';
import { DiskStore } from '../content/disk/disk-store.js';
import { S3Store } from '../content/s3/s3-store.js';
import { InvalidInput, hasCode } from '../errors.js';
import { findMinio } from '../local/minio-install.js';
import { startMinio } from '../local/minio.js';

export interface OpenedStore {
  store: ContentStore;
  /** Where the bytes are, for people. */
  place: string;
  stop(): Promise<void>;
}

interface OpenOptions {
  onProgress: (line: string) => void;
  signal: AbortSignal;
}

const choice = z.object({ store: z.enum(['minio', 'disk']) });

/**
 * The store of the configured S3, else of a MinIO program that this machine has, else a folder. Without an S3 the first
 * start's choice is written into DATA_DIR and kept, so that bytes never hide in another store.
 */
export async function openStore(config: Config, options: OpenOptions): Promise<OpenedStore> {
  const scratchDir = join(config.dataDir, 'scratch');
  const { endpoint, accessKey, secretKey, bucket, region } = config.s3;
  if (endpoint && accessKey && secretKey) {
    const store = await S3Store.open({ endpoint, accessKey, secretKey, bucket, region, scratchDir });
    return { store, place: `${endpoint} (bucket ${bucket})`, stop: () => store.close() };
  }
  if ((await chosenStore(config)) === 'disk') {
    const folder = join(config.dataDir, 'content');
    const store = await DiskStore.open(folder);
    return { store, place: folder, stop: () => store.close() };
  }
  const minio = await startMinio({ dataDir: config.dataDir, cacheDir: config.cacheDir, ...options });
  const store = await S3Store.open({ ...minio, bucket, region, scratchDir });
  const stop = async () => {
    await store.close();
    await minio.stop();
  };
  return { store, place: `${minio.endpoint} (MinIO, console ${minio.consoleUrl})`, stop };
}

async function chosenStore({ dataDir, cacheDir }: Config): Promise<z.infer<typeof choice>['store']> {
  const file = join(dataDir, 'content-store.json');
  const written = await readFile(file, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (written !== null) {
    const parsed = choice.safeParse(JSON.parse(written));
    if (parsed.success) return parsed.data.store;
    throw new InvalidInput(`${file} must say {"store": "minio"} or {"store": "disk"}`, [
      { path: file, message: 'is not known' },
    ]);
  }
  const store = (await findMinio(cacheDir)) === null ? 'disk' : 'minio';
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, `${JSON.stringify({ store })}\n`);
  return store;
}
