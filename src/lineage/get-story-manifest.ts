import type { Context } from '../context.js';
import type { StoryLink } from '../model/story.js';
import { storyRoles, type StoryRole } from '../model/vocabulary.js';
import { listStoryArtifacts } from '../stories/list-story-artifacts.js';
import { readTrace } from './read-trace.js';
import { emptyTrace, type Trace } from './trace.js';
import { maxDepth, maxLimit, type TraceColumns } from './trace-request.js';

export interface StoryManifest {
  storyId: string;
  /** By role, primary first, then position, then age. */
  links: StoryLink[];
  /** Roles without a primary. */
  missingRoles: StoryRole[];
}

/** @throws InvalidInput; NotFound */
export async function getStoryManifest(ctx: Context, storyId: string): Promise<StoryManifest> {
  const links = await listStoryArtifacts(ctx, { storyId });
  const shown = new Set(links.filter(({ isPrimary }) => isPrimary).map(({ role }) => role));
  return { storyId, links, missingRoles: storyRoles.filter((role) => !shown.has(role)) };
}

/** Everything that the linked artifacts were made from. */
export async function traceManifest(
  ctx: Pick<Context, 'db'>,
  { links }: StoryManifest,
  columns: TraceColumns,
): Promise<Trace> {
  if (links.length === 0) return emptyTrace;
  return readTrace(ctx, {
    artifactIds: [...new Set(links.map(({ artifactId }) => artifactId))],
    direction: 'upstream',
    depth: maxDepth,
    limit: maxLimit,
    relationTypes: null,
    columns,
  });
}
