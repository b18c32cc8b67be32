import { randomUUID } from 'node:crypto';
import type { Context } from '../context.js';
import { lockAll, type Locked } from '../db/locks.js';
import type { Transaction } from '../db/transaction.js';
import { isTakenKey } from '../db/translate-error.js';
import { Conflict, NotFound } from '../errors.js';
import { registerBatchInput, type Artifact, type RegisterBatchInput } from '../model/artifact.js';
import { planGenerations } from '../model/generations.js';
import { provenanceKey } from '../model/keys.js';
import { parseInput } from '../model/parse-input.js';
import { withPayloadHash } from '../model/payload-hash.js';
import type { Relation } from '../model/relation.js';
import { differingFacts, findByExternalIds } from './find-by-external-ids.js';
import { newArtifact } from './new-artifact.js';
import { insertRelations, recordRelated } from './relate-artifacts.js';
import { recordRegistered, writeArtifacts } from './write-artifacts.js';

export interface RegisteredBatch {
  artifacts: { ref: string; artifactId: string }[];
  /** The number of edges that this call created. */
  relations: number;
}

/**
 * Records thousands of artifacts with the edges among them, and to existing artifacts, in one transaction: all or nothing.
 * Artifacts whose external id is known with equal facts stand for the existing ones, so a batch may be sent again.
 * @throws InvalidInput; IntegrityError as registerArtifact; NotFound for an unknown id; Conflict `duplicate` or `cycle`
 */
export async function registerBatch(ctx: Context, input: unknown): Promise<RegisteredBatch> {
  const given = parseInput(registerBatchInput, input);
  const parsed = { ...given, artifacts: given.artifacts.map(withPayloadHash) };
  const now = ctx.clock().getTime();
  const write = () => ctx.db.write((tx) => new Batch(parsed, now).write(ctx, tx));
  return write().catch((error: unknown) => {
    // An external id taken by another instance between our look and our commit: look once more, then it is found.
    if (error instanceof Conflict && isTakenKey(error.cause)) return write();
    throw error;
  });
}

type BatchItem = RegisterBatchInput['artifacts'][number];

/** One attempt at writing a batch: what its refs stand for, what is new, which edges it asks for. */
class Batch {
  /** ref → the artifact that it stands for, new or existing. */
  private readonly byRef = new Map<string, Artifact>();
  /** Ids of the artifacts that this batch creates. */
  private readonly created = new Set<string>();

  constructor(
    private readonly input: RegisterBatchInput,
    private readonly now: number,
  ) {}

  async write({ actor, content }: Context, tx: Transaction): Promise<RegisteredBatch> {
    const locked = await this.lock(tx);
    await this.resolveRefs(tx, locked);
    const relations = this.distinctRelations();
    const ofNew = relations.filter(({ productId }) => this.created.has(productId));
    const ofExisting = relations.filter(({ productId }) => !this.created.has(productId));
    const artifacts = this.withGenerations(ofNew, locked);
    await Promise.all([
      writeArtifacts(tx, content, { artifacts, relations: ofNew }),
      recordRegistered(
        tx,
        artifacts.map((artifact) => ({ artifact, actor })),
      ),
    ]);
    for (const artifact of artifacts) locked.artifacts.set(artifact.id, artifact);
    const added = await this.relateExisting(tx, ofExisting, locked);
    await recordRelated(
      tx,
      added.map((relation) => ({ relation, actor })),
    );
    return {
      artifacts: this.input.artifacts.map(({ ref }) => ({ ref, artifactId: this.idOf(ref) })),
      relations: ofNew.length + added.length,
    };
  }

  private async lock(tx: Transaction): Promise<Locked> {
    const refs = new Set(this.input.artifacts.map(({ ref }) => ref));
    const named = [
      ...this.input.artifacts.flatMap(({ sources }) => sources.map(({ artifactId }) => artifactId)),
      ...this.input.relations.flatMap(({ product, source }) => [product, source]),
    ];
    const existing = [...new Set(named)].filter((id) => !refs.has(id));
    const steps = this.input.artifacts.flatMap(({ createdByStepId }) => createdByStepId ?? []);
    const locked = await lockAll(tx, [{ artifacts: existing, steps }]);
    const unknown = existing.find((id) => !locked.artifacts.has(id));
    if (unknown !== undefined) throw new NotFound('artifact', unknown);
    const unknownStep = steps.find((id) => !locked.steps.has(id));
    if (unknownStep !== undefined) throw new NotFound('step', unknownStep);
    return locked;
  }

  private async resolveRefs(tx: Transaction, locked: Locked): Promise<void> {
    const { artifacts } = this.input;
    const known = await findByExternalIds(
      tx,
      artifacts.map(({ externalId }) => externalId),
    );
    for (const item of artifacts) {
      const twin = item.externalId ? known.get(item.externalId) : undefined;
      const artifact = twin?.artifact ?? newArtifact(item, this.now);
      this.byRef.set(item.ref, artifact);
      if (!twin) this.created.add(artifact.id);
    }
    for (const item of artifacts) {
      const twin = item.externalId ? known.get(item.externalId) : undefined;
      const conflict =
        twin &&
        differingFacts(twin, { artifact: newArtifact(item, this.now), sources: this.sourcesOf(item) });
      if (conflict) throw conflict;
    }
    const twins = [...known.values()].map(({ artifact }) => artifact.id);
    const twinLocks = await lockAll(tx, [{ artifacts: twins }]);
    for (const [id, facts] of twinLocks.artifacts) locked.artifacts.set(id, facts);
  }

  private idOf(refOrId: string): string {
    return this.byRef.get(refOrId)?.id ?? refOrId;
  }

  private sourcesOf({ sources }: BatchItem): BatchItem['sources'] {
    return sources.map((source) => ({ ...source, artifactId: this.idOf(source.artifactId) }));
  }

  /** The edges asked for, by `sources` or by `relations`; the sources of an artifact that exists are there already. */
  private distinctRelations(): Relation[] {
    const bySources = this.input.artifacts
      .filter(({ ref }) => this.created.has(this.idOf(ref)))
      .flatMap((item) =>
        this.sourcesOf(item).map((source) => ({ ...source, product: item.ref, source: source.artifactId })),
      );
    const relations = new Map<string, Relation>();
    for (const { product, source, type, metadata } of [...bySources, ...this.input.relations]) {
      const [productId, sourceId] = [this.idOf(product), this.idOf(source)];
      const key = provenanceKey({ type, productId, sourceId });
      if (relations.has(key))
        throw new Conflict(`the batch says twice that ${product} is ${type} ${source}`, 'duplicate');
      relations.set(key, {
        id: randomUUID(),
        productId,
        sourceId,
        type,
        metadata: metadata ?? null,
        createdAt: this.now,
      });
    }
    return [...relations.values()];
  }

  private withGenerations(relations: readonly Relation[], locked: Locked): Artifact[] {
    const sourcesOf = new Map<string, string[]>([...this.created].map((id) => [id, []]));
    for (const { productId, sourceId } of relations) sourcesOf.get(productId)?.push(sourceId);
    const plan = planGenerations(sourcesOf, (id) => locked.artifacts.get(id)?.generation ?? 0);
    if ('cycle' in plan) {
      const refOf = new Map([...this.byRef].map(([ref, { id }]) => [id, ref]));
      const path = plan.cycle.map((id) => refOf.get(id) ?? id);
      throw new Conflict(`the batch makes ${path[0]} its own ancestor`, 'cycle', { path });
    }
    return [...this.byRef.values()]
      .filter(({ id }) => this.created.has(id))
      .map((artifact) => ({ ...artifact, generation: plan.generations.get(artifact.id) ?? 0 }));
  }

  /**
   * Edges whose product existed before: they may need a lift. One that a batch sent again asks for is there already.
   * @returns those that this call created
   */
  private async relateExisting(
    tx: Transaction,
    relations: readonly Relation[],
    locked: Locked,
  ): Promise<Relation[]> {
    if (relations.length === 0) return [];
    const twins = new Set([...this.byRef.values()].map(({ id }) => id).filter((id) => !this.created.has(id)));
    const refusals = await insertRelations(tx, relations, locked);
    return relations.filter(({ productId, sourceId }, position) => {
      const refusal = refusals[position];
      const sentAgain = refusal?.code === 'duplicate' && (twins.has(productId) || twins.has(sourceId));
      if (refusal && !sentAgain) throw refusal;
      return !refusal;
    });
  }
}
