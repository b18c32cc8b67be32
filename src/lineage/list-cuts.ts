import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { relationTypes } from '../model/vocabulary.js';
import type { Trace } from './trace.js';

const countRelations = statement('lineage/count-relations.cypher', {
  params: z.object({ ids: z.array(z.string()), types: z.array(z.string()) }),
  row: z.object({ sources: z.array(z.number().int()), products: z.array(z.number().int()) }),
});

/** A place where depth or limit cut a lineage off. */
export interface LineageCut {
  artifactId: string;
  /** Upstream: to what the artifact was made from. */
  direction: 'upstream' | 'downstream';
  /** How many lead on from it to artifacts that are not in the answer. */
  relations: number;
}

/** Every place where a trace was cut off; the trace has to bring its edges. */
export async function listCuts({ db }: Pick<Context, 'db'>, trace: Trace): Promise<LineageCut[]> {
  if (!trace.truncated) return [];
  const { direction, relationTypes: types } = trace.asked;
  const left = await db.one(countRelations, { ids: trace.ids, types: [...(types ?? relationTypes)] });
  for (const [side, ends] of [
    [left.sources, trace.edges?.products],
    [left.products, trace.edges?.sources],
  ] as const)
    for (const place of ends ?? []) side[place] = (side[place] ?? 0) - 1;
  return trace.ids.flatMap((artifactId, place) => {
    const depth = trace.depths[place] ?? 0;
    const goesOn = {
      upstream: depth >= 0 && direction !== 'downstream',
      downstream: depth <= 0 && direction !== 'upstream',
    };
    const cuts: LineageCut[] = [
      { artifactId, direction: 'upstream', relations: goesOn.upstream ? (left.sources[place] ?? 0) : 0 },
      { artifactId, direction: 'downstream', relations: goesOn.downstream ? (left.products[place] ?? 0) : 0 },
    ];
    return cuts.filter(({ relations }) => relations > 0);
  });
}
