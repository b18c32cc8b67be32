import type { GraphQLResolveInfo } from 'graphql';
import { compareArtifacts, type Comparison, type Parting } from '../compare/compare-artifacts.js';
import type { GraphqlRequest } from './request.js';
import { resolveArtifacts } from './resolve-nodes.js';

export function resolveComparison(_: unknown, args: unknown, { ctx }: GraphqlRequest): Promise<Comparison> {
  return compareArtifacts(ctx, args);
}

type Source = Comparison | Parting;

const artifactsBy =
  (idsOf: (source: Source) => readonly string[]) =>
  (source: Source, _: unknown, request: GraphqlRequest, info: GraphQLResolveInfo) =>
    resolveArtifacts(idsOf(source), request, info);

const artifactBy =
  (idOf: (source: Source) => string | null) =>
  async (source: Source, _: unknown, request: GraphqlRequest, info: GraphQLResolveInfo) => {
    const id = idOf(source);
    return id === null ? null : (await resolveArtifacts([id], request, info))[0];
  };

const pair = {
  a: artifactBy(({ aId }) => aId),
  b: artifactBy(({ bId }) => bId),
  sourcesOnlyOfA: artifactsBy(({ sourceIdsOnlyOfA }) => sourceIdsOnlyOfA),
  sourcesOnlyOfB: artifactsBy(({ sourceIdsOnlyOfB }) => sourceIdsOnlyOfB),
};

export const comparisonFields = {
  ArtifactComparison: pair,
  LineageParting: {
    ...pair,
    commonSources: (
      { commonSourceIds }: Parting,
      _: unknown,
      request: GraphqlRequest,
      info: GraphQLResolveInfo,
    ) => resolveArtifacts(commonSourceIds, request, info),
  },
};
