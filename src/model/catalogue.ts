import { artifactEntity } from './artifact.js';
import { contentEntity } from './content.js';
import type { Entity } from './entity.js';
import { relationEntity } from './relation.js';
import { runArtifactEntity, runEntity, stepEntity } from './run.js';
import { storyEntity, storyLinkEntity } from './story.js';

/** Everything that the graph holds of media and their making, by the name that statements use. */
export const catalogue: ReadonlyMap<string, Entity> = new Map(
  [
    artifactEntity,
    contentEntity,
    relationEntity,
    runEntity,
    stepEntity,
    runArtifactEntity,
    storyEntity,
    storyLinkEntity,
  ].map((one) => [one.name, one]),
);

/** A relationship type and the labels that it joins. */
export interface RelationshipEnds {
  type: string;
  from: string;
  to: string;
}

/** Every relationship of the model. */
export const relationships: readonly RelationshipEnds[] = [
  { type: 'HAS_CONTENT', from: 'Artifact', to: 'Content' },
  { type: 'CURRENT_RUN', from: 'Story', to: 'Run' },
  ...[...catalogue.values()].flatMap(endsOf),
];

function endsOf({ graph, properties }: Entity): RelationshipEnds[] {
  if ('types' in graph) return graph.types.map((type) => ({ type, from: graph.from, to: graph.to }));
  return Object.values(properties).flatMap(({ stored }) =>
    typeof stored === 'object' && 'via' in stored
      ? [{ type: stored.via, from: graph.label, to: stored.to }]
      : [],
  );
}
