import { z } from 'zod';
import { lockArtifactsInOrder, lockGenerationLifts, type Locked } from '../db/locks.js';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { Conflict } from '../errors.js';
import { planLift, type LiftEdge } from '../model/lift.js';

const liftEdge = z.object({ productId: z.string(), generation: z.number(), sourceId: z.string() });
const readDownstreamEdges = statement('artifacts/read-downstream-edges.cypher', {
  params: z.object({ frontier: z.array(z.string()), ceiling: z.number().int() }),
  row: liftEdge,
});
const readProducts = statement('artifacts/read-products.cypher', {
  params: z.object({ ids: z.array(z.string()) }),
  row: liftEdge,
});
const raiseGenerations = statement('artifacts/raise-generations.cypher', {
  params: z.object({ raises: z.array(z.object({ id: z.string(), generation: z.number().int() })) }),
  row: z.never(),
});
const findCyclePath = statement('artifacts/find-cycle-path.cypher', {
  params: z.object({ productId: z.string(), sourceId: z.string() }),
  row: z.object({ path: z.array(z.string()) }),
});

/** Levels that the first forecast looks ahead; each further one looks four times as far, so that depth costs few rounds. */
const firstLookAhead = 64;
const maxLookAhead = 1_000_000;
/** Where a forecast starts: from the lowest, which have the most below them. The others go on level by level. */
const maxFrontier = 16;

/**
 * Makes room for an edge from `productId` to `sourceId` (the caller holds both locks): raises the product to one more
 * than the source, and whatever below it is then no longer greater than its sources. Reaching the source proves that
 * the edge would close a cycle.
 *
 * A forecast is read without locks, many levels at once; only what it says must rise is locked, and read again
 * under the lock. Nothing is trusted that was read before its lock: a node's products can only change under the node's
 * own lock. Rounds end when the lift of what is locked needs nothing that is not locked. One global lock keeps a second
 * lift away; writers of ordinary edges go on.
 * @returns false when the edge would close a cycle, nothing then having been written
 */
export async function liftGenerations(
  tx: Transaction,
  { productId, sourceId }: { productId: string; sourceId: string },
  locked: Locked,
): Promise<boolean> {
  await lockGenerationLifts(tx);
  const start = { id: productId, generation: (locked.artifacts.get(sourceId)?.generation ?? 0) + 1 };
  const edges = new EdgeMap();
  const held = new Set<string>([productId]);
  edges.replaceProductsOf([productId], await tx.many(readProducts, { ids: [productId] }));
  for (let lookAhead = firstLookAhead; ; lookAhead = Math.min(4 * lookAhead, maxLookAhead)) {
    const raised = planLift(start, edges.all());
    if (raised.has(sourceId)) return false;
    const beyond = [...raised].filter(([id]) => !held.has(id)).sort(([, a], [, b]) => a - b);
    if (beyond.length === 0) {
      await writeRaises(tx, raised, locked);
      return true;
    }
    const forecast = await tx.many(readDownstreamEdges, {
      frontier: beyond.slice(0, maxFrontier).map(([id]) => id),
      ceiling: (beyond.at(-1)?.[1] ?? 0) + lookAhead,
    });
    const foreseen = planLift(start, [...edges.all(), ...forecast]);
    if (foreseen.has(sourceId)) return false;
    const toLock = [...foreseen.keys()].filter((id) => !held.has(id));
    for (const row of await lockArtifactsInOrder(tx, toLock)) {
      held.add(row.id);
      locked.artifacts.set(row.id, row);
      edges.setGeneration(row.id, row.generation);
    }
    edges.replaceProductsOf(toLock, await tx.many(readProducts, { ids: toLock }));
  }
}

/** The known edges below the product that rises, by source. */
class EdgeMap {
  private readonly bySource = new Map<string, LiftEdge[]>();
  private readonly generations = new Map<string, number>();

  replaceProductsOf(sourceIds: readonly string[], edges: readonly LiftEdge[]): void {
    for (const id of sourceIds) this.bySource.set(id, []);
    for (const edge of edges) {
      this.bySource.get(edge.sourceId)?.push(edge);
      if (!this.generations.has(edge.productId)) this.generations.set(edge.productId, edge.generation);
    }
  }

  /** What was read under the node's lock wins over what was seen before. */
  setGeneration(id: string, generation: number): void {
    this.generations.set(id, generation);
  }

  *all(): Iterable<LiftEdge> {
    for (const edges of this.bySource.values()) {
      for (const edge of edges)
        yield { ...edge, generation: this.generations.get(edge.productId) ?? edge.generation };
    }
  }
}

async function writeRaises(
  tx: Transaction,
  raised: ReadonlyMap<string, number>,
  locked: Locked,
): Promise<void> {
  const raises = [...raised].map(([id, generation]) => ({ id, generation }));
  await tx.exec(raiseGenerations, { raises });
  for (const { id, generation } of raises) {
    const artifact = locked.artifacts.get(id);
    if (artifact) locked.artifacts.set(id, { ...artifact, generation });
  }
}

/** The refusal of an edge that would close a cycle, with the way from the product down to the source. */
export async function cycleConflict(
  tx: Transaction,
  { productId, sourceId }: { productId: string; sourceId: string },
): Promise<Conflict> {
  const path =
    productId === sourceId ? [productId] : (await tx.one(findCyclePath, { productId, sourceId })).path;
  return new Conflict(
    `${sourceId} was itself made from ${productId}: the edge would close a cycle`,
    'cycle',
    { path },
  );
}
