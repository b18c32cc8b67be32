import { randomUUID } from 'node:crypto';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmod, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'minio';
import { z } from 'zod';
import type { ContentStore } from '../../src/content/content-store.js';
import { DiskStore } from '../../src/content/disk/disk-store.js';
import { S3Store, type S3Options } from '../../src/content/s3/s3-store.js';
import type { Sha256 } from '../../src/model/digest.js';
import { testServers } from '../support/servers.js';

const version = z.object({ name: z.string(), versionId: z.string().optional() });

/** Folders and buckets of one test file, all removed at its end. */
export class TestStores {
  readonly #folders: string[] = [];
  readonly #buckets = new Set<string>();
  readonly #servers: Server[] = [];

  async folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'content-test-'));
    this.#folders.push(folder);
    return folder;
  }

  async disk(): Promise<DiskStore> {
    return DiskStore.open(await this.folder());
  }

  async s3Options(more: Partial<S3Options> = {}): Promise<S3Options> {
    const bucket = more.bucket ?? `content-${randomUUID()}`;
    this.#buckets.add(bucket);
    return { ...testServers().s3, region: 'us-east-1', scratchDir: await this.folder(), bucket, ...more };
  }

  async s3(more: Partial<S3Options> = {}): Promise<S3Store> {
    return S3Store.open(await this.s3Options(more));
  }

  /** The server's own client, for what the store has no words for. */
  admin(): Client {
    const { endpoint, accessKey, secretKey } = testServers().s3;
    const { hostname, port, protocol } = new URL(endpoint);
    return new Client({
      endPoint: hostname,
      port: Number(port),
      useSSL: protocol === 'https:',
      accessKey,
      secretKey,
    });
  }

  /** An address of the real server at which some requests are answered with 503, as an overloaded or damaged one does. */
  async busyEndpoint(isBusy: (incoming: IncomingMessage) => boolean): Promise<string> {
    const { endpoint } = testServers().s3;
    const server = createServer((incoming, answer) => {
      if (isBusy(incoming)) return void answer.writeHead(503).end();
      const { method, url, headers } = incoming;
      const forwarded = request(endpoint + (url ?? ''), { method, headers }, (reply) => {
        answer.writeHead(reply.statusCode ?? 500, reply.headers);
        reply.pipe(answer);
      });
      incoming.pipe(forwarded);
    });
    this.#servers.push(server);
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async removeAll(): Promise<void> {
    for (const server of this.#servers) server.close();
    const admin = this.admin();
    for (const bucket of this.#buckets) {
      if (!(await admin.bucketExists(bucket))) continue;
      for await (const item of admin.listObjects(bucket, '', true, { IncludeVersion: true })) {
        const { name, versionId } = version.parse(item);
        await admin.removeObject(bucket, name, { ...(versionId && { versionId }), governanceBypass: true });
      }
      await admin.removeBucket(bucket);
    }
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
  }
}

/** Flips one bit of a stored file, as a failing disk does. */
export async function flipBit(store: DiskStore, sha256: Sha256, at: number): Promise<void> {
  const path = join(store.scratchDir, 'objects', sha256.slice(0, 2), sha256.slice(2));
  await chmod(path, 0o644);
  const file = await open(path, 'r+');
  try {
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, at);
    await file.write(Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, at);
  } finally {
    await file.close();
  }
}

type Steps = {
  [M in 'put' | 'stat' | 'remove']?: (call: () => ReturnType<ContentStore[M]>) => ReturnType<ContentStore[M]>;
};

/** A real store with something done before, after or instead of some of its calls, to force an order of events. */
export function steppingStore(store: ContentStore, steps: Steps): ContentStore {
  const calls: Record<string | symbol, unknown> = {
    ...(steps.put && {
      put: (...args: Parameters<ContentStore['put']>) => steps.put?.(() => store.put(...args)),
    }),
    ...(steps.stat && { stat: (sha256: Sha256) => steps.stat?.(() => store.stat(sha256)) }),
    ...(steps.remove && { remove: (sha256: Sha256) => steps.remove?.(() => store.remove(sha256)) }),
  };
  return new Proxy(store, {
    get(target, name): unknown {
      if (name in calls) return calls[name];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
