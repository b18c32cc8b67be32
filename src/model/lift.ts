/** A provenance edge as a lift sees it: the product's generation at the time of reading. */
export interface LiftEdge {
  productId: string;
  generation: number;
  sourceId: string;
}

/**
 * Which generations must grow so that `start` may have `generation`: each product below it that would no longer be
 * greater than its sources gets the smallest generation that is. Generations grow along every edge, so one pass in
 * their ascending order settles each product after all its sources.
 * @param edges the known edges below `start`
 * @returns id → new generation; `start` included
 */
export function planLift(
  start: { id: string; generation: number },
  edges: Iterable<LiftEdge>,
): Map<string, number> {
  const raised = new Map([[start.id, start.generation]]);
  for (const { productId, generation, sourceId } of orderBySource([...edges])) {
    const source = raised.get(sourceId);
    if (source === undefined) continue;
    const needed = Math.max(source + 1, raised.get(productId) ?? 0);
    if (needed > generation) raised.set(productId, needed);
  }
  return raised;
}

/** Edges in ascending order of their source's generation; a source that is no product here is the start, and first. */
function orderBySource(edges: readonly LiftEdge[]): LiftEdge[] {
  const generationOf = new Map(edges.map(({ productId, generation }) => [productId, generation]));
  return [...edges].sort(
    (a, b) => (generationOf.get(a.sourceId) ?? -1) - (generationOf.get(b.sourceId) ?? -1),
  );
}
