import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { requireBoundStore } from '../content/bind-store.js';
import { removeErased, type RemovedBytes } from '../content/collect-garbage.js';
import type { Context } from '../context.js';
import { lockAll } from '../db/locks.js';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { NotFound } from '../errors.js';
import { sha256, type Sha256 } from '../model/digest.js';
import { id } from '../model/identifiers.js';
import { wellFormed } from '../model/json.js';
import { listOf } from '../model/list.js';
import { parseInput } from '../model/parse-input.js';
import { findOfStoryAlone, findWithMakers, type Erased, type KeptArtifact } from './find-erased.js';

const ids = z.array(z.string());
const ofIds = z.object({ ids });
const counted = z.object({ count: z.number() });
const grantErasure = statement('erase/grant-erasure.cypher', {
  params: z.object({
    id: z.string(),
    actor: z.string(),
    reason: z.string(),
    label: z.enum(['Story', 'Artifact']),
    first: z.string(),
    after: z.string(),
  }),
  row: z.object({ at: z.number() }),
});
const emptyNodes = statement('erase/empty-nodes.cypher', {
  params: z.object({ storyIds: ids, runIds: ids, stepIds: ids, artifactIds: ids }),
  row: z.never(),
});
const emptyEdges = statement('erase/empty-edges.cypher', {
  params: z.object({ artifactIds: ids }),
  row: z.never(),
});
const partFromContents = statement('erase/part-from-contents.cypher', {
  params: z.object({ artifactIds: ids }),
  row: z.object({ sha256, shared: z.boolean() }),
});
const emptyEvents = statement('erase/empty-events.cypher', { params: ofIds, row: counted });
const emptyImports = statement('erase/empty-imports.cypher', {
  params: z.object({ sourceIds: ids }),
  row: z.never(),
});
const removeAnswers = statement('erase/remove-answers.cypher', { params: ofIds, row: counted });

const maxErasedAtOnce = 1000;

/** Either a story or artifacts, and why. */
const eraseInput = z
  .strictObject({
    storyId: id.nullish(),
    artifactIds: listOf(id, maxErasedAtOnce).nullish(),
    reason: wellFormed.trim().min(1).max(1000),
  })
  .refine(({ storyId, artifactIds }) => Boolean(storyId) !== Boolean(artifactIds?.length), {
    path: ['storyId'],
    message: 'name either a story or artifacts',
  });

/** What an erasure did, for whoever asked for it. It has nothing of what was erased but ids and digests. */
export interface Certificate {
  /** Of the audit record. */
  id: string;
  /** Milliseconds since 1970 in UTC. */
  at: number;
  actor: string;
  reason: string;
  erased: Erased;
  /** Artifacts of the story that stay, because another story has them too. */
  kept: KeptArtifact[];
  /** Bytes that are gone; `shared` are digests of those that other artifacts have; `locked` those that the store does not let go yet. */
  removed: RemovedBytes['removed'];
  shared: Sha256[];
  locked: Sha256[];
  /** Answers to keyed requests, and audit events, that told of it. */
  answers: number;
  events: number;
  /** What this service cannot reach, as sentences. */
  remaining: string[];
}

/**
 * Erases a story or artifacts for good, in one audited transaction: bytes that nobody else has, previews, payloads and
 * every free text, kept answers, and what audit events tell of them. Ids, kinds, states, times and edges stay, so that
 * the lineage of everything else is what it was. Ended at any moment, it is completed by running it again.
 * @throws InvalidInput, NotFound; Conflict when the graph is not bound to this store
 */
export async function erase(ctx: Context, input: unknown): Promise<Certificate> {
  const { storyId, artifactIds, reason } = parseInput(eraseInput, input);
  await requireBoundStore(ctx);
  const done = await ctx.db.write(async (tx) => {
    const { erased, kept } = storyId
      ? await findOfStoryAlone(tx, storyId)
      : { erased: await findWithMakers(tx, artifactIds ?? []), kept: [] };
    await lockErased(tx, erased);
    return { erased, kept, ...(await empty(ctx, tx, erased, reason)) };
  });
  const { contents, ...rest } = done;
  const { removed, locked } = await removeErased(ctx);
  return {
    ...rest,
    actor: ctx.actor,
    reason,
    removed,
    shared: contents.filter(({ shared }) => shared).map((one) => one.sha256),
    locked,
    remaining: remaining(ctx, rest.at, locked),
  };
}

async function lockErased(tx: Transaction, { stories, runs, steps, artifacts }: Erased): Promise<void> {
  const locked = await lockAll(tx, [{ stories, runs, steps, artifacts }]);
  const unknown = artifacts.find((one) => !locked.artifacts.has(one));
  if (unknown !== undefined) throw new NotFound('artifact', unknown);
}

/** Repeatable, as a transaction has to be. */
async function empty(ctx: Context, tx: Transaction, erased: Erased, reason: string) {
  const { stories, runs, steps, artifacts } = erased;
  const all = [...stories, ...runs, ...steps, ...artifacts];
  const grantId = randomUUID();
  const { at } = await tx.one(grantErasure, {
    id: grantId,
    actor: ctx.actor,
    reason,
    label: stories.length > 0 ? 'Story' : 'Artifact',
    first: all[0] ?? '',
    after: all.join('\n'),
  });
  await tx.exec(emptyNodes, { storyIds: stories, runIds: runs, stepIds: steps, artifactIds: artifacts });
  await tx.exec(emptyEdges, { artifactIds: artifacts });
  const contents = await tx.many(partFromContents, { artifactIds: artifacts });
  const events = await tx.one(emptyEvents, { ids: all });
  await tx.exec(emptyImports, { sourceIds: all });
  const answers = await tx.one(removeAnswers, { ids: all });
  return { id: grantId, at, contents, events: events.count, answers: answers.count };
}

function remaining({ content }: Context, at: number, locked: readonly Sha256[]): string[] {
  const until = new Date(at).toISOString();
  return [
    `every export of the graph written before ${until}, and every backup of the database's files`,
    `every backup of the media store made before ${until}, and its other copies ("content copy"), for the digests listed as removed`,
    ...(content.kind === 's3' ? ['older versions of these objects, where the bucket keeps versions'] : []),
    'previews in the scratch folders of other instances of the service, until they are pushed out',
    'the old database, if this was imported from one',
    ...(locked.length > 0
      ? ['objects that the store protects: run this again when their protection is over']
      : []),
  ];
}
