import type { GraphQLResolveInfo } from 'graphql';
import { countImportsBySource, listImports, type ListedImport } from '../legacy/list-imports.js';
import { isoTime } from '../model/iso-time.js';
import { findNode, type GraphNode } from './load-nodes.js';
import type { GraphqlRequest } from './request.js';
import { withoutNulls } from './without-nulls.js';

export function legacyImports(_: unknown, args: unknown, { ctx }: GraphqlRequest) {
  return listImports(ctx, withoutNulls(args));
}

export const legacyImportFields = {
  LegacyImportPage: {
    sources: (_page: unknown, _args: unknown, { ctx }: GraphqlRequest) => countImportsBySource(ctx),
  },
  LegacyImportSource: { latest: ({ latest }: { latest: number }) => isoTime(latest) },
  LegacyImport: {
    at: ({ at }: ListedImport) => isoTime(at),
    // What was made may have been erased since.
    artifacts: async (
      { artifactIds }: ListedImport,
      _args: unknown,
      request: GraphqlRequest,
      info: GraphQLResolveInfo,
    ): Promise<GraphNode[]> => {
      const found = await Promise.all(artifactIds.map((id) => findNode('artifacts', id, request, info)));
      return found.filter((node) => node !== null);
    },
    story: (
      { kind, sourceId }: ListedImport,
      _args: unknown,
      request: GraphqlRequest,
      info: GraphQLResolveInfo,
    ) => (kind === 'story' && sourceId !== null ? findNode('stories', sourceId, request, info) : null),
  },
};
