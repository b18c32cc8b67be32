import { z } from 'zod';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { Conflict } from '../errors.js';
import { sha256, type Sha256 } from '../model/digest.js';
import { contentEntity, type ContentFacts } from '../model/content.js';
import { columnsOf } from '../model/stored.js';
import type { ContentStore } from './content-store.js';

const recordStatement = statement('content/record-contents.cypher', {
  params: z.object({ contents: columnsOf(contentEntity) }),
  row: z.object({ sha256, deleted: z.boolean() }),
});
const liftDoom = statement('content/lift-doom.cypher', {
  params: z.object({ digests: z.array(sha256) }),
  row: z.never(),
});

/** Bytes were removed between their put and their record: put them again, and repeat. */
class ContentGone extends Conflict {
  constructor(digests: readonly Sha256[]) {
    super('the bytes were removed as unused before they were recorded; send them again', 'conflict', {
      digests,
    });
  }
}

/**
 * Records contents in the transaction of the artifacts that have them; one node for one digest. The only way by which
 * content comes into the graph beside a collection of unused bytes, see docs/adr/0007: under the lock of each node that
 * is new or doomed it looks whether the store has the bytes. A node that is neither had them when it was recorded, and no
 * collection removes bytes before it has doomed them.
 * @throws ContentGone; the transaction must fail with it
 */
export async function recordContents(
  tx: Transaction,
  store: Pick<ContentStore, 'stat'>,
  contents: readonly ContentFacts[],
): Promise<void> {
  const distinct = [...new Map(contents.map((one) => [one.sha256, one])).values()];
  if (distinct.length === 0) return;
  const sorted = distinct.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  const doubtful = await tx.many(recordStatement, { contents: sorted });
  const deleted = doubtful.filter((row) => row.deleted).map((row) => row.sha256);
  if (deleted.length > 0) throw new ContentGone(deleted);
  const gone = await findGone(
    store,
    doubtful.map((row) => row.sha256),
  );
  if (gone.size > 0) throw new ContentGone([...gone]);
}

/** Those digests of which the store has no object. */
async function findGone(store: Pick<ContentStore, 'stat'>, digests: readonly Sha256[]): Promise<Set<Sha256>> {
  const found = await Promise.all(digests.map((digest) => store.stat(digest)));
  return new Set(digests.filter((_, n) => found[n] === null));
}

/** Lifts the mark from those of the doomed contents, locked by this transaction, whose bytes are still there, and tells which. */
export async function rescueDoomed(
  tx: Transaction,
  store: Pick<ContentStore, 'stat'>,
  doomed: readonly Sha256[],
): Promise<Set<Sha256>> {
  const gone = await findGone(store, doomed);
  const rescued = doomed.filter((digest) => !gone.has(digest));
  if (rescued.length > 0) await tx.exec(liftDoom, { digests: rescued });
  return new Set(rescued);
}

const attempts = 10;

/** Carries out `record`; where it meets bytes that were removed meanwhile, once more after `putAgain`. */
export async function recordOrPutAgain<T>(
  record: () => Promise<T>,
  putAgain: () => Promise<unknown>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await record();
    } catch (error) {
      if (!(error instanceof ContentGone) || attempt === attempts) throw error;
      await putAgain();
    }
  }
}
