/**
 * Imports an old database into an empty graph, with the folder store or with MinIO, and says how long it took and how
 * much memory this process grew. With MinIO the same objects are then put alone by plain client code, one after the
 * other and sixteen at a time, for the ratios.
 *
 *   npm run bench -- legacy-import DATABASE [--media-root DIR] [--store disk|minio] [--data-dir DIR]
 */
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { Client } from 'minio';
import type { ContentStore } from '../src/content/content-store.js';
import { S3Store } from '../src/content/s3/s3-store.js';
import { importLegacy } from '../src/legacy/import-legacy.js';
import { openLegacyTables } from '../src/legacy/source/open-legacy-tables.js';
import { timed } from './support/measure.js';
import { withOwnNeo4j } from './support/own-neo4j.js';

const { values: options, positionals } = parseArgs({
  options: {
    'media-root': { type: 'string' },
    store: { type: 'string', default: 'disk' },
    'data-dir': { type: 'string' },
  },
  allowPositionals: true,
});
const database = positionals[0];
if (database === undefined) throw new Error('name the old database');
const mebibyte = 1024 * 1024;

/** Objects in memory at once while they are put alone. */
const objectsAtOnce = 2000;

/** Milliseconds that plain client code takes to put all that `store` holds into another bucket, some at a time. */
async function putAlone(
  store: ContentStore,
  client: Client,
  atOnce: number,
): Promise<{ ms: number; objects: number }> {
  const bucket = `alone-${atOnce}`;
  await client.makeBucket(bucket);
  let [ms, objects] = [0, 0];
  let batch: { key: string; bytes: Buffer }[] = [];
  const putBatch = async () => {
    const queue = batch.values();
    const work = async () => {
      for (const { key, bytes } of queue) await client.putObject(bucket, key, bytes);
    };
    ms += await timed(() => Promise.all(Array.from({ length: atOnce }, work)));
    objects += batch.length;
    batch = [];
  };
  for await (const { sha256 } of store.list()) {
    batch.push({ key: `sha256/${sha256}`, bytes: await buffer(await store.open(sha256)) });
    if (batch.length === objectsAtOnce) await putBatch();
  }
  await putBatch();
  return { ms, objects };
}

await withOwnNeo4j(async (ctx, { folder, startMinio }) => {
  const minio = options.store === 'minio' ? await startMinio() : null;
  const content = minio
    ? await S3Store.open({
        ...minio,
        bucket: 'media',
        region: 'us-east-1',
        scratchDir: join(folder, 'scratch'),
      })
    : ctx.content;
  const tables = await openLegacyTables(database);
  const before = process.memoryUsage.rss();
  let most = before;
  let summary;
  const ms = await timed(async () => {
    summary = await importLegacy({ ...ctx, content }, tables, {
      mediaRoot: options['media-root'],
      onProgress: () => (most = Math.max(most, process.memoryUsage.rss())),
    });
  });
  await tables.close();
  console.log(JSON.stringify(summary));
  console.log(
    `import: ${(ms / 1000).toFixed(1)} s, memory grew by ${((most - before) / mebibyte).toFixed(0)} MiB`,
  );
  if (minio) {
    const { hostname, port } = new URL(minio.endpoint);
    const { accessKey, secretKey } = minio;
    const client = new Client({
      endPoint: hostname,
      port: Number(port),
      useSSL: false,
      accessKey,
      secretKey,
    });
    for (const atOnce of [1, 16]) {
      const alone = await putAlone(content, client, atOnce);
      console.log(
        `${alone.objects} objects put alone, ${atOnce} at a time: ${(alone.ms / 1000).toFixed(1)} s; import ${(ms / alone.ms).toFixed(2)}x (target 1.3x)`,
      );
    }
    await content.close();
  }
});
