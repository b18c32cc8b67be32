import { z } from 'zod';
import { artifactEntity } from '../../model/artifact.js';
import type { Entity } from '../../model/entity.js';
import { runEntity, stepEntity } from '../../model/run.js';
import { cutAndTold, type Problems } from '../source/read-columns.js';
import type { PlanDraft } from './plan-draft.js';

type Limits = [name: string, most: number][];

/** The texts of an entity that callers give, and how long each may be. */
function limitsOf({ properties }: Entity): Limits {
  return Object.entries(properties).flatMap(([name, { stored, shape }]): Limits =>
    name !== 'id' && stored === 'text' && shape instanceof z.ZodString && shape.maxLength !== null
      ? [[name, shape.maxLength]]
      : [],
  );
}

const kinds = [
  ['artifact', limitsOf(artifactEntity)],
  ['run', limitsOf(runEntity)],
  ['step', limitsOf(stepEntity)],
] as const;

/** Cuts every text that is longer than any surface would take, and tells it. */
export function keepLimits({ artifacts, runs, steps, problems }: PlanDraft): void {
  const rows = { artifact: artifacts, run: runs, step: steps };
  for (const [kind, limits] of kinds) {
    for (const row of rows[kind]) cutTexts(row, limits, problems, `${kind} ${row.id}`);
  }
}

function cutTexts(row: object, limits: Limits, problems: Problems, what: string): void {
  for (const [name, most] of limits) {
    const text: unknown = Reflect.get(row, name);
    if (typeof text !== 'string' || text.length <= most) continue;
    Reflect.set(row, name, cutAndTold(text, most, { problems, what: `${name} of ${what}` }));
  }
}
