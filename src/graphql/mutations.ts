import type { GraphQLResolveInfo } from 'graphql';
import { moveArtifact } from '../artifacts/move-artifact.js';
import { publishArtifact } from '../stories/publish-artifact.js';
import { registerArtifact } from '../artifacts/register-artifact.js';
import { relateArtifacts } from '../artifacts/relate-artifacts.js';
import { erase, type Certificate } from '../erase/erase.js';
import { requireRole, type Role } from '../http/access.js';
import { completeStep } from '../runs/complete-step.js';
import { moveRun } from '../runs/move-run.js';
import { recordRunArtifact } from '../runs/record-run-artifact.js';
import { startRun } from '../runs/start-run.js';
import { startStep } from '../runs/start-step.js';
import { linkArtifact } from '../stories/link-artifact.js';
import { registerStory } from '../stories/register-story.js';
import { edgeSource, linkSource, runArtifactSource } from './node-sources.js';
import type { GraphqlRequest } from './request.js';
import { resolveArtifact, resolveRun, resolveStep, resolveStory } from './resolve-nodes.js';
import { withoutNulls } from './without-nulls.js';

type Write = (
  args: { input?: unknown },
  request: GraphqlRequest,
  info: GraphQLResolveInfo,
) => Promise<unknown>;

/** Every mutation calls the function that REST calls, for callers that may write. */
const writes: Record<string, Write> = {
  registerArtifact: async ({ input }, request, info) =>
    resolveArtifact(await registerArtifact(request.ctx, withoutNulls(input)), request, info),
  relateArtifacts: async ({ input }, { ctx }) => edgeSource(await relateArtifacts(ctx, input)),
  moveArtifact: async (args, request, info) =>
    resolveArtifact(await moveArtifact(request.ctx, args), request, info),
  publishArtifact: async (args, request, info) =>
    resolveArtifact(await publishArtifact(request.ctx, args), request, info),
  registerStory: async ({ input }, request, info) =>
    resolveStory(await registerStory(request.ctx, input), request, info),
  linkArtifact: async ({ input }, { ctx }) => linkSource((await linkArtifact(ctx, withoutNulls(input))).link),
  startRun: async ({ input }, request, info) => resolveRun(await startRun(request.ctx, input), request, info),
  moveRun: async (args, request, info) => resolveRun(await moveRun(request.ctx, args), request, info),
  startStep: async ({ input }, request, info) =>
    resolveStep(await startStep(request.ctx, withoutNulls(input)), request, info),
  completeStep: async (args, request, info) =>
    resolveStep(await completeStep(request.ctx, withoutNulls(args)), request, info),
  recordRunArtifact: async (args, { ctx }) => runArtifactSource((await recordRunArtifact(ctx, args)).link),
};

/** What cannot be taken back is an admin's alone. */
const removals: Record<string, Write> = {
  erase: async (args, { ctx }) => certificateSource(await erase(ctx, args)),
};

const forRole = (role: Role, resolvers: Record<string, Write>) =>
  Object.entries(resolvers).map(([name, write]) => [
    name,
    (_: unknown, args: { input?: unknown }, request: GraphqlRequest, info: GraphQLResolveInfo) => {
      requireRole(request.principal, role);
      return write(args, request, info);
    },
  ]);

export const mutations = Object.fromEntries([
  ...forRole('writer', writes),
  ...forRole('admin', removals),
]) as Record<string, unknown>;

const certificateSource = ({ at, erased, removed, ...rest }: Certificate) => ({
  ...rest,
  ...erased,
  at: new Date(at).toISOString(),
  removed: removed.map(({ sha256 }) => sha256),
});
