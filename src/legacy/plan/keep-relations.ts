import { Conflict } from '../../errors.js';
import { planGenerations } from '../../model/generations.js';
import { provenanceKey } from '../../model/keys.js';
import type { Relation } from '../../model/relation.js';
import type { PlannedArtifact } from './import-plan.js';

/**
 * Keeps the relations that can stand together, in their order: no self relation, no second one of the same ends and
 * type, none that would close a cycle. Each artifact gets the generation that they ask for: 0, or one more than the
 * greatest of its sources.
 * @param refused is told each relation left out, and why
 */
export function keepRelations(
  artifacts: readonly PlannedArtifact[],
  relations: readonly Relation[],
  refused: (relation: Relation, reason: string) => void,
): Relation[] {
  const sources = new Map<string, string[]>();
  const kept = new Map<string, Relation>();
  for (const relation of relations) {
    const { productId, sourceId } = relation;
    if (productId === sourceId) refused(relation, 'an artifact is not made from itself');
    else if (kept.has(provenanceKey(relation))) refused(relation, 'the same relation is there already');
    else if (isAncestor(productId, sourceId, sources)) refused(relation, 'it would close a cycle');
    else {
      kept.set(provenanceKey(relation), relation);
      sources.set(productId, [...(sources.get(productId) ?? []), sourceId]);
    }
  }
  setGenerations(artifacts, [...kept.values()], () => undefined);
  return [...kept.values()];
}

/** Gives new artifacts the generations that their sources ask for; `known` tells those of artifacts that are there. */
export function setGenerations(
  artifacts: readonly PlannedArtifact[],
  relations: readonly Relation[],
  known: (id: string) => number | undefined,
): void {
  const sources = new Map(artifacts.map(({ id }): [string, string[]] => [id, []]));
  for (const { productId, sourceId } of relations) sources.get(productId)?.push(sourceId);
  const planned = planGenerations(sources, (id) => known(id) ?? 0);
  if ('cycle' in planned) throw new Conflict('it would close a cycle', 'cycle', { path: planned.cycle });
  for (const artifact of artifacts) artifact.generation = planned.generations.get(artifact.id) ?? 0;
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
