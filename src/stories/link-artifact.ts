import type { Context } from '../context.js';
import { GroupedWrite, type Outcome } from '../db/group-commit.js';
import type { Locked } from '../db/locks.js';
import { NotFound, type AppError } from '../errors.js';
import { parseInput } from '../model/parse-input.js';
import { linkArtifactInput, type LinkArtifactInput } from '../model/story.js';
import { refuseRole, writeLink, type WrittenLink } from './write-link.js';

/**
 * Gives an artifact a role in a story. The same story, artifact and role again updates the one link; a new primary
 * demotes the old one; `isPrimary: false` on the primary leaves the role without one.
 * @throws NotFound for an unknown story or artifact; InvalidInput when the role does not take the artifact's type
 */
export async function linkArtifact(ctx: Context, input: unknown): Promise<WrittenLink> {
  const parsed = parseInput(linkArtifactInput, input);
  return ctx.db.writeTogether(linking, { input: parsed, actor: ctx.actor, now: ctx.clock().getTime() });
}

const linking = new GroupedWrite<{ input: LinkArtifactInput; actor: string; now: number }, WrittenLink>({
  locks: ({ input }) => ({ stories: [input.storyId], artifacts: [input.artifactId] }),
  async run(tx, links, locked) {
    const outcomes: Outcome<WrittenLink>[] = [];
    for (const { input, actor, now } of links) {
      const refused = refuseLink(input, locked);
      outcomes.push(refused ? { refused } : { done: await writeLink(tx, input, { actor, now }) });
    }
    return outcomes;
  },
});

function refuseLink({ storyId, artifactId, role }: LinkArtifactInput, locked: Locked): AppError | null {
  if (!locked.stories.has(storyId)) return new NotFound('story', storyId);
  const artifact = locked.artifacts.get(artifactId);
  return artifact ? refuseRole(role, artifactId, artifact.type) : new NotFound('artifact', artifactId);
}
