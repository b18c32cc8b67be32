import type { Context } from '../../context.js';
import { Conflict, NotFound, type AppError } from '../../errors.js';
import { provenanceKey } from '../../model/keys.js';
import type { Relation } from '../../model/relation.js';
import type { PlannedUnit } from './import-unit.js';
import type { Ledger } from './ledger.js';
import { artifactsOf, findExisting, reconcile, resultOf, noteLate, type Remainder } from './reconcile.js';

const planned = (id: string) => `planned ${id}`;

/** Gives units the results that `writeBatch` would, with nothing written. Earlier batches of the dry run are in the ledger. */
export async function predictBatch(
  ctx: Context,
  units: readonly PlannedUnit[],
  ledger: Ledger,
): Promise<void> {
  const plans = units.map(({ plan }) => plan);
  const existing = await findExisting(ctx.db, plans);
  const ids = plans.flatMap((plan) => [...artifactsOf(plan), ...plan.runs.map(({ id }) => id)]);
  const before = ledger.among(ids.map(planned));
  for (const { artifacts, runs } of plans) {
    for (const artifact of artifacts)
      if (before.has(planned(artifact.id))) existing.artifacts.set(artifact.id, artifact);
    for (const { id } of runs) if (before.has(planned(id))) existing.runs.add(id);
  }
  const isKnown = (id: string) => existing.artifacts.has(id) || before.has(planned(id));
  /** Why a relation whose product is there already would be refused; that it would close a cycle is not foreseen. */
  const refuse = ({ plan, artifacts }: Remainder, relation: Relation): AppError | null => {
    const { productId, sourceId } = relation;
    const isOfItsOwn = plan.kind === 'relation';
    const missing = [productId, sourceId].find((id) => !isKnown(id));
    if (isOfItsOwn && missing !== undefined) return new NotFound('artifact', missing);
    const isNew = isOfItsOwn
      ? ledger.add([`edge ${provenanceKey(relation)}`]).size > 0
      : artifacts.some(({ id }) => id === sourceId);
    return isNew ? null : new Conflict('the same relation is there already', 'duplicate');
  };
  for (const unit of units) {
    const remainder = reconcile(unit.plan, existing);
    for (const relation of remainder.lateRelations)
      noteLate(remainder, relation, refuse(remainder, relation));
    unit.result = resultOf(remainder, existing);
  }
  ledger.add(plans.flatMap(({ artifacts, runs }) => [...artifacts, ...runs].map(({ id }) => planned(id))));
}
