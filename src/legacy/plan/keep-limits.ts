import { z } from 'zod';
import { artifactEntity } from '../../model/artifact.js';
import type { Entity, Property } from '../../model/entity.js';
import { runEntity, stepEntity } from '../../model/run.js';
import { storyEntity } from '../../model/story.js';
import { cutAndTold } from '../source/old-json.js';

type Limits = [name: string, most: number, shown: string][];

/** The texts of an entity that callers give, and how long each may be. */
function limitsOf({ properties }: Entity): Limits {
  return Object.entries<Property>(properties).flatMap(([name, { stored, shape, rest }]): Limits =>
    name !== 'id' && stored === 'text' && shape instanceof z.ZodString && shape.maxLength !== null
      ? [[name, shape.maxLength, rest ?? name]]
      : [],
  );
}

const kinds = { artifact: artifactEntity, run: runEntity, step: stepEntity, story: storyEntity };
const limits = Object.entries<Entity>(kinds).map(([kind, entity]) => [kind, limitsOf(entity)] as const);

/** Cuts every text that is longer than any surface would take, and tells it. */
export function keepLimits(
  nodes: Readonly<Record<string, readonly { id: string }[]>>,
  problems: string[],
): void {
  for (const [kind, ofKind] of limits) {
    for (const node of nodes[kind] ?? []) {
      for (const [name, most, shown] of ofKind) {
        const text: unknown = Reflect.get(node, name);
        if (typeof text !== 'string' || text.length <= most) continue;
        Reflect.set(node, name, cutAndTold(text, most, { problems, what: `${shown} of ${kind} ${node.id}` }));
      }
    }
  }
}
