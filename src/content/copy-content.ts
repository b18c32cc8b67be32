import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { IntegrityError, Unavailable } from '../errors.js';
import { sha256, type Sha256 } from '../model/digest.js';
import type { ContentStore, StoredObject } from './content-store.js';
import { eachOf, inPages } from './pages.js';
import { receiveContent, type ReceivedContent } from './receive-content.js';
import { verifyObject } from './verify-content.js';

const recordStore = statement('content/record-store.cypher', {
  params: z.object({ digests: z.array(sha256), store: z.enum(['s3', 'disk']) }),
  row: z.never(),
});
const pageContents = statement('content/page-contents.cypher', {
  params: z.object({ after: z.string(), limit: z.number().int() }),
  row: z.object({ sha256, sizeBytes: z.number(), mimeType: z.string() }),
});

export interface CopyOptions {
  /** Records in the graph that the bytes are in the new store now; false for a copy that is only kept beside. */
  recordStore?: boolean;
  onProgress?: (report: CopyReport) => void;
  signal?: AbortSignal;
}

export interface CopyReport {
  copied: number;
  copiedBytes: number;
  /** There already, with the right length. */
  present: number;
  /** Not copied, because the bytes in the old store are not those of their digest, or cannot be read. */
  rotten: Sha256[];
}

const pageSize = 500;
const width = 8;

/**
 * Copies every object from one store to the other through the one gate, so that nothing wrong is copied, and records
 * in the graph where the bytes are now. The old store keeps its objects. Resumable: what arrived is not copied again.
 * @throws Unavailable
 */
export async function copyContent(
  ctx: Pick<Context, 'db'>,
  from: ContentStore,
  to: ContentStore,
  options: CopyOptions = {},
): Promise<CopyReport> {
  const report: CopyReport = { copied: 0, copiedBytes: 0, present: 0, rotten: [] };
  for await (const page of inPages(from.list(), pageSize)) {
    options.signal?.throwIfAborted();
    const types = await typesOf(ctx, page);
    await eachOf(page, width, (object) => copyObject({ from, to, report }, object, types.get(object.sha256)));
    await to.flush();
    const rotten = new Set(report.rotten);
    const arrived = page.map((object) => object.sha256).filter((digest) => !rotten.has(digest));
    if (options.recordStore ?? true) {
      await ctx.db.write((tx) => tx.exec(recordStore, { digests: arrived, store: to.kind }));
    }
    options.onProgress?.({ ...report });
  }
  return report;
}

async function copyObject(
  { from, to, report }: { from: ContentStore; to: ContentStore; report: CopyReport },
  object: StoredObject,
  mimeType: string | undefined,
): Promise<void> {
  const there = await to.stat(object.sha256);
  if (there?.sizeBytes === object.sizeBytes) {
    report.present++;
    return;
  }
  const received = await receiveUnlessRotten(from, to, object);
  if (!received) {
    report.rotten.push(object.sha256);
    return;
  }
  try {
    await to.put({ ...received, mimeType: mimeType ?? 'application/octet-stream' });
  } finally {
    await received.discard();
  }
  report.copied++;
  report.copiedBytes += object.sizeBytes;
}

/** One object that cannot be read must not keep all the others from being copied. */
async function receiveUnlessRotten(
  from: ContentStore,
  to: ContentStore,
  object: StoredObject,
): Promise<ReceivedContent | null> {
  try {
    const declared = { sha256: object.sha256 };
    return await receiveContent(await from.open(object.sha256), { scratchDir: to.scratchDir, declared });
  } catch (error) {
    if (error instanceof IntegrityError) return null;
    if (error instanceof Unavailable && (await verifyObject({ content: from }, object))) return null;
    throw error;
  }
}

/** The recorded types of a page of objects; both are in ascending order of digests. */
async function typesOf(ctx: Pick<Context, 'db'>, page: StoredObject[]): Promise<Map<Sha256, string>> {
  const [first] = page;
  const last = page.at(-1);
  const types = new Map<Sha256, string>();
  if (!first || !last) return types;
  // One less than the first digest in the order of text: the statement asks for greater ones.
  for (let after: string = first.sha256.slice(0, -1); ;) {
    const rows = await ctx.db.many(pageContents, { after, limit: pageSize });
    for (const row of rows) types.set(row.sha256, row.mimeType);
    const end = rows.at(-1);
    if (!end || rows.length < pageSize || end.sha256 >= last.sha256) return types;
    after = end.sha256;
  }
}
