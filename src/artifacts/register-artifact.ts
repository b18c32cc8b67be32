import { randomUUID } from 'node:crypto';
import type { ContentStore } from '../content/content-store.js';
import { recordContents } from '../content/record-contents.js';
import type { Context } from '../context.js';
import { GroupedWrite, type Outcome } from '../db/group-commit.js';
import type { Locked } from '../db/locks.js';
import type { Transaction } from '../db/transaction.js';
import { NotFound } from '../errors.js';
import { registerArtifactInput, type Artifact, type RegisterArtifactInput } from '../model/artifact.js';
import type { ContentFacts } from '../model/content.js';
import { generationAbove } from '../model/generations.js';
import { parseInput } from '../model/parse-input.js';
import { withPayloadHash } from '../model/payload-hash.js';
import type { Relation } from '../model/relation.js';
import { differingFacts, findByExternalIds } from './find-by-external-ids.js';
import { newArtifact } from './new-artifact.js';
import { recordRegistered, writeArtifacts } from './write-artifacts.js';

interface Registration {
  input: RegisterArtifactInput;
  artifact: Artifact;
  content: ContentFacts | undefined;
  store: ContentStore;
  actor: string;
}

/**
 * Records a new artifact with the edges to its sources.
 *
 * With an `externalId` that is known already the existing artifact is returned when all facts are equal.
 * @param content bytes that were put into the store; the Content node is written in the same transaction. The content
 *   hash of an artifact without bytes is that of its payload.
 * @throws InvalidInput; IntegrityError when another hash is stated; NotFound for an unknown source or step; Conflict
 *   `duplicate` for a known external id with other facts; ContentGone when the bytes were removed since they were put
 */
export async function registerArtifact(
  ctx: Context,
  input: unknown,
  content?: ContentFacts,
): Promise<Artifact> {
  const given = parseInput(registerArtifactInput, input);
  const parsed = content ? given : withPayloadHash(given);
  const artifact = newArtifact(parsed, ctx.clock().getTime());
  return ctx.db.writeTogether(registration, {
    input: parsed,
    artifact,
    content,
    store: ctx.content,
    actor: ctx.actor,
  });
}

const registration = new GroupedWrite<Registration, Artifact>({
  locks: ({ input }) => ({
    steps: input.createdByStepId ? [input.createdByStepId] : [],
    artifacts: input.sources.map(({ artifactId }) => artifactId),
  }),
  run: register,
});

async function register(
  tx: Transaction,
  registrations: readonly Registration[],
  locked: Locked,
): Promise<Outcome<Artifact>[]> {
  const known = await findByExternalIds(
    tx,
    registrations.map(({ input }) => input.externalId),
  );
  const accepted: Registration[] = [];
  const outcomes = registrations.map((one): Outcome<Artifact> => {
    const missing = findMissing(one.input, locked);
    if (missing) return { refused: missing };
    const { externalId, sources } = one.input;
    const twin = externalId ? known.get(externalId) : undefined;
    if (twin) {
      const conflict = differingFacts(twin, { artifact: one.artifact, sources });
      return conflict ? { refused: conflict } : { done: twin.artifact };
    }
    const artifact = { ...one.artifact, generation: generationAfter(one.input, locked) };
    accepted.push({ ...one, artifact });
    if (externalId) known.set(externalId, { artifact, sources });
    return { done: artifact };
  });
  await writeRegistrations(tx, accepted);
  return outcomes;
}

function findMissing({ sources, createdByStepId }: RegisterArtifactInput, locked: Locked): NotFound | null {
  const source = sources.find(({ artifactId }) => !locked.artifacts.has(artifactId));
  if (source) return new NotFound('artifact', source.artifactId);
  if (createdByStepId && !locked.steps.has(createdByStepId)) return new NotFound('step', createdByStepId);
  return null;
}

function generationAfter({ sources }: RegisterArtifactInput, locked: Locked): number {
  const ids = sources.map(({ artifactId }) => artifactId);
  return generationAbove(ids, (id) => locked.artifacts.get(id)?.generation ?? 0);
}

async function writeRegistrations(tx: Transaction, accepted: readonly Registration[]): Promise<void> {
  const [first] = accepted;
  if (!first) return;
  await recordContents(
    tx,
    first.store,
    accepted.flatMap(({ content }) => (content ? [content] : [])),
  );
  const relations = accepted.flatMap(({ input, artifact }) =>
    input.sources.map(({ artifactId, type, metadata }): Relation => ({
      id: randomUUID(),
      productId: artifact.id,
      sourceId: artifactId,
      type,
      metadata: metadata ?? null,
      createdAt: artifact.createdAt,
    })),
  );
  await Promise.all([
    writeArtifacts(tx, first.store, { artifacts: accepted.map(({ artifact }) => artifact), relations }),
    recordRegistered(tx, accepted),
  ]);
}
