import type { GraphQLResolveInfo } from 'graphql';
import { getArtifacts } from '../artifacts/get-artifact.js';
import type { Artifact } from '../model/artifact.js';
import type { Run, Step } from '../model/run.js';
import { getStory } from '../stories/get-story.js';
import type { Story } from '../model/story.js';
import { isoTime } from '../model/iso-time.js';
import { loadNode, type GraphNode } from './load-nodes.js';
import { artifactSource, runSource, stepSource } from './node-sources.js';
import type { GraphqlRequest } from './request.js';
import { fieldsBelow, needsGraph } from './selection.js';

// Nodes for fields that are resolved by hand. What is known already is given as it is; relationships below it are read
// through the generated schema, for all nodes of a field together.

export async function resolveArtifact(
  artifact: Artifact,
  request: GraphqlRequest,
  info: GraphQLResolveInfo,
): Promise<GraphNode> {
  return needsGraph(info) ? loadNode('artifacts', artifact.id, request, info) : artifactSource(artifact);
}

/** Artifacts in the order of their ids. */
export async function resolveArtifacts(
  ids: readonly string[],
  request: GraphqlRequest,
  info: GraphQLResolveInfo,
): Promise<GraphNode[]> {
  if (needsGraph(info)) return Promise.all(ids.map((id) => loadNode('artifacts', id, request, info)));
  const fields = [...fieldsBelow(info.fieldNodes, info.fragments).keys()];
  if (fields.every((name) => name === 'id' || name === '__typename')) return ids.map((id) => ({ id }));
  return (await getArtifacts(request.ctx, ids)).map(artifactSource);
}

export async function resolveRun(
  run: Run,
  request: GraphqlRequest,
  info: GraphQLResolveInfo,
): Promise<GraphNode> {
  return needsGraph(info) ? loadNode('runs', run.id, request, info) : runSource(run);
}

export async function resolveStep(
  step: Step,
  request: GraphqlRequest,
  info: GraphQLResolveInfo,
): Promise<GraphNode> {
  return needsGraph(info) ? loadNode('steps', step.id, request, info) : stepSource(step);
}

export async function resolveStory(
  { id, title, createdAt, storedAt }: Story,
  request: GraphqlRequest,
  info: GraphQLResolveInfo,
): Promise<GraphNode> {
  if (needsGraph(info)) return loadNode('stories', id, request, info);
  return { id, title, createdAt: isoTime(createdAt), storedAt: isoTime(storedAt) };
}

export async function resolveStoryById(
  id: string,
  request: GraphqlRequest,
  info: GraphQLResolveInfo,
): Promise<GraphNode> {
  if (needsGraph(info)) return loadNode('stories', id, request, info);
  return resolveStory(await getStory(request.ctx, id), request, info);
}
