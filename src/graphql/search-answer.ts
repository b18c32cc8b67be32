import type { GraphQLResolveInfo } from 'graphql';
import { searchGraph, type SearchAnswer, type SearchHit, type searchKinds } from '../search/search-graph.js';
import { loadNode, type GraphNode } from './load-nodes.js';
import { resolveArtifacts, resolveStoryById } from './resolve-nodes.js';
import type { GraphqlRequest } from './request.js';

export function search(
  _: unknown,
  { text, first }: { text: string; first?: number | null },
  { ctx }: GraphqlRequest,
): Promise<SearchAnswer> {
  return searchGraph(ctx, { text, limit: first ?? undefined });
}

const idsOf = ({ hits }: SearchAnswer, kind: (typeof searchKinds)[number]) =>
  hits.filter((hit) => hit.kind === kind).map(({ id }) => id);

async function artifactOfHit(
  { kind, id }: SearchHit,
  _: unknown,
  request: GraphqlRequest,
  info: GraphQLResolveInfo,
): Promise<GraphNode | null> {
  return kind === 'artifact' ? ((await resolveArtifacts([id], request, info))[0] ?? null) : null;
}

export const searchFields = {
  SearchAnswer: {
    stories: (answer: SearchAnswer, _: unknown, request: GraphqlRequest, info: GraphQLResolveInfo) =>
      Promise.all(idsOf(answer, 'story').map((id) => loadNode('stories', id, request, info))),
    artifacts: (answer: SearchAnswer, _: unknown, request: GraphqlRequest, info: GraphQLResolveInfo) =>
      resolveArtifacts(idsOf(answer, 'artifact'), request, info),
  },
  SearchHit: {
    artifact: artifactOfHit,
    story: ({ storyId }: SearchHit, _: unknown, request: GraphqlRequest, info: GraphQLResolveInfo) =>
      storyId === null ? null : resolveStoryById(storyId, request, info),
    run: ({ kind, id }: SearchHit, _: unknown, request: GraphqlRequest, info: GraphQLResolveInfo) =>
      kind === 'run' ? loadNode('runs', id, request, info) : null,
  },
};
