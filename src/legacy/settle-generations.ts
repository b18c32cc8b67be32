import type { PlannedArtifact, PlannedRelation } from './import-plan.js';

const keyOf = ({ type, productId, sourceId }: PlannedRelation) => `${type} ${productId}|${sourceId}`;

/**
 * Keeps the relations that can stand together, in their order: no self relation, no second one of the same ends and
 * type, none that would close a cycle. Each artifact gets the generation that they ask for: 0, or one more than the
 * greatest of its sources.
 * @param refused is told each relation left out, and why
 */
export function settleGenerations(
  artifacts: readonly PlannedArtifact[],
  relations: readonly PlannedRelation[],
  refused: (relation: PlannedRelation, reason: string) => void,
): PlannedRelation[] {
  const sources = new Map<string, string[]>();
  const kept = new Map<string, PlannedRelation>();
  for (const relation of relations) {
    const { productId, sourceId } = relation;
    if (productId === sourceId) refused(relation, 'an artifact is not made from itself');
    else if (kept.has(keyOf(relation))) refused(relation, 'the same relation is there already');
    else if (isAncestor(productId, sourceId, sources)) refused(relation, 'it would close a cycle');
    else {
      kept.set(keyOf(relation), relation);
      sources.set(productId, [...(sources.get(productId) ?? []), sourceId]);
    }
  }
  const generations = new Map<string, number>();
  for (const artifact of artifacts) artifact.generation = generationOf(artifact.id, sources, generations);
  return [...kept.values()];
}

/** Whether `id` is among the ancestors of `start`. */
function isAncestor(id: string, start: string, sources: ReadonlyMap<string, string[]>): boolean {
  const seen = new Set([start]);
  // A set may grow while it is iterated: this visits every ancestor once.
  for (const current of seen) {
    if (current === id) return true;
    for (const source of sources.get(current) ?? []) seen.add(source);
  }
  return false;
}

/** Without recursion, so that a chain of any length fits the stack. */
function generationOf(
  id: string,
  sources: ReadonlyMap<string, string[]>,
  known: Map<string, number>,
): number {
  const stack = [id];
  for (let current = stack.at(-1); current !== undefined; current = stack.at(-1)) {
    const unknown = (sources.get(current) ?? []).filter((source) => !known.has(source));
    if (unknown.length > 0) {
      stack.push(...unknown);
      continue;
    }
    const above = (sources.get(current) ?? []).map((source) => known.get(source) ?? 0);
    known.set(
      current,
      above.reduce((most, generation) => Math.max(most, generation + 1), 0),
    );
    stack.pop();
  }
  return known.get(id) ?? 0;
}
