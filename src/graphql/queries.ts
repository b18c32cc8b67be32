import type { GraphQLResolveInfo } from 'graphql';
import { whereIs } from '../content/where-is.js';
import { getStoryManifest, traceManifest, type StoryManifest } from '../lineage/get-story-manifest.js';
import { listCuts } from '../lineage/list-cuts.js';
import { readLineage } from '../lineage/read-trace.js';
import type { Trace } from '../lineage/trace.js';
import { traceImpact, type Impact } from '../lineage/trace-impact.js';
import { tracePath } from '../lineage/trace-path.js';
import { sha256 } from '../model/digest.js';
import { parseInput } from '../model/parse-input.js';
import { z } from 'zod';
import { comparisonFields, resolveComparison } from './comparison.js';
import { legacyImportFields, legacyImports } from './legacy-imports.js';
import { columnsSelected, lineageSource } from './lineage-source.js';
import { loadNode, type GraphNode } from './load-nodes.js';
import { linkSource } from './node-sources.js';
import { resolveArtifact, resolveArtifacts, resolveStoryById } from './resolve-nodes.js';
import type { GraphqlRequest } from './request.js';
import { search, searchFields } from './search-answer.js';
import { needsGraph } from './selection.js';
import { withoutNulls } from './without-nulls.js';

type Args = Record<string, unknown>;

const whereIsInput = z.strictObject({ contentHash: sha256 });

export const queries = {
  async lineage(_: unknown, args: Args, { ctx }: GraphqlRequest, info: GraphQLResolveInfo) {
    return lineageSource(
      await readLineage(ctx, withoutNulls(args), columnsSelected(info.fieldNodes, info.fragments)),
    );
  },
  async lineagePath(_: unknown, args: Args, request: GraphqlRequest, info: GraphQLResolveInfo) {
    return resolveArtifacts(await tracePath(request.ctx, args), request, info);
  },
  async impact(_: unknown, args: Args, { ctx }: GraphqlRequest) {
    return traceImpact(ctx, withoutNulls(args));
  },
  async whereIs(_: unknown, args: Args, request: GraphqlRequest, info: GraphQLResolveInfo) {
    const found = await whereIs(request.ctx, parseInput(whereIsInput, args).contentHash);
    return Promise.all(found.map(({ artifact }) => resolveArtifact(artifact, request, info)));
  },
  async storyManifest(_: unknown, { storyId }: { storyId: string }, { ctx }: GraphqlRequest) {
    return getStoryManifest(ctx, storyId);
  },
  search,
  compareArtifacts: resolveComparison,
  legacyImports,
};

/** An artifact that its parent knows already, or that has to be read for its relationships. */
function knownArtifact(
  parent: { artifact: GraphNode | (() => GraphNode) },
  _: unknown,
  request: GraphqlRequest,
  info: GraphQLResolveInfo,
): GraphNode | Promise<GraphNode> {
  const artifact = typeof parent.artifact === 'function' ? parent.artifact() : parent.artifact;
  return needsGraph(info) ? loadNode('artifacts', String(artifact.id), request, info) : artifact;
}

async function artifactById(
  { artifactId }: { artifactId: string },
  _: unknown,
  request: GraphqlRequest,
  info: GraphQLResolveInfo,
): Promise<GraphNode | undefined> {
  return needsGraph(info)
    ? loadNode('artifacts', artifactId, request, info)
    : (await resolveArtifacts([artifactId], request, info))[0];
}

async function storyById(
  { storyId }: { storyId: string },
  _: unknown,
  request: GraphqlRequest,
  info: GraphQLResolveInfo,
): Promise<GraphNode> {
  return resolveStoryById(storyId, request, info);
}

/** Fields of the types that the queries give. */
export const answerFields = {
  ...searchFields,
  ...comparisonFields,
  ...legacyImportFields,
  Lineage: {
    artifact: knownArtifact,
    cuts: ({ trace }: { trace: Trace }, _: unknown, { ctx }: GraphqlRequest) => listCuts(ctx, trace),
  },
  LineageNode: { artifact: knownArtifact },
  Impact: {
    artifacts: ({ artifactIds }: Impact, _: unknown, request: GraphqlRequest, info: GraphQLResolveInfo) =>
      resolveArtifacts(artifactIds, request, info),
    published: ({ publishedIds }: Impact, _: unknown, request: GraphqlRequest, info: GraphQLResolveInfo) =>
      resolveArtifacts(publishedIds, request, info),
    stories: ({ storyIds }: Impact, _: unknown, request: GraphqlRequest, info: GraphQLResolveInfo) =>
      Promise.all(storyIds.map((id) => loadNode('stories', id, request, info))),
    totalCount: ({ artifactIds }: Impact) => artifactIds.length,
  },
  StoryManifest: {
    story: storyById,
    links: ({ links }: StoryManifest) => links.map(linkSource),
    lineage: async (manifest: StoryManifest, _: unknown, { ctx }: GraphqlRequest, info: GraphQLResolveInfo) =>
      lineageSource(await traceManifest(ctx, manifest, columnsSelected(info.fieldNodes, info.fragments))),
  },
  StoryLink: { artifact: artifactById, story: storyById },
  RunArtifact: {
    artifact: artifactById,
    run: ({ runId }: { runId: string }, _: unknown, request: GraphqlRequest, info: GraphQLResolveInfo) =>
      loadNode('runs', runId, request, info),
  },
};
