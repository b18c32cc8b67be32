import { z } from 'zod';
import type { Context } from '../context.js';
import { GroupedWrite, type Outcome } from '../db/group-commit.js';
import { NotFound, type AppError } from '../errors.js';
import type { Artifact } from '../model/artifact.js';
import { id } from '../model/identifiers.js';
import { parseInput } from '../model/parse-input.js';
import { storyRole, type StoryRole } from '../model/vocabulary.js';
import { refuseRole, writeLink } from './write-link.js';
import { getArtifact } from '../artifacts/get-artifact.js';
import { allowMove, changedMeanwhile, writeMoves, type Move } from '../artifacts/write-moves.js';

const publishArtifactInput = z
  .strictObject({ id, storyId: id.nullish(), role: storyRole.nullish() })
  .refine(({ storyId, role }) => Boolean(storyId) || !role, {
    path: ['storyId'],
    message: 'is needed with role',
  })
  .refine(({ storyId, role }) => !storyId || Boolean(role), {
    path: ['role'],
    message: 'is needed with storyId',
  });

interface Publication {
  move: Move;
  /** The role that the artifact takes as primary, in the same transaction. */
  place: { storyId: string; role: StoryRole } | null;
}

/**
 * Publishes a candidate, and makes it the primary of a role in a story when both are given: all or nothing.
 * @throws NotFound; InvalidInput `illegal_transition`; Conflict when another writer moved it in between
 */
export async function publishArtifact(ctx: Context, input: unknown): Promise<Artifact> {
  const { id, storyId, role } = parseInput(publishArtifactInput, input);
  const artifact = await getArtifact(ctx, id);
  const refused = role ? refuseRole(role, id, artifact.type) : null;
  if (refused) throw refused;
  allowMove(artifact, 'published');
  const move: Move = {
    id,
    from: artifact.lifecycleState,
    to: 'published',
    actor: ctx.actor,
    now: ctx.clock().getTime(),
  };
  await ctx.db.writeTogether(publishing, { move, place: storyId && role ? { storyId, role } : null });
  return { ...artifact, lifecycleState: 'published' };
}

const publishing = new GroupedWrite<Publication, Publication>({
  locks: ({ move, place }) => ({ artifacts: [move.id], stories: place ? [place.storyId] : [] }),
  async run(tx, publications, locked) {
    const outcomes: Outcome<Publication>[] = [];
    for (const publication of publications) {
      const { move, place } = publication;
      const unknownStory =
        place && !locked.stories.has(place.storyId) ? new NotFound('story', place.storyId) : null;
      const refused: AppError | null = unknownStory ?? changedMeanwhile(move, locked);
      outcomes.push(refused ? { refused } : { done: publication });
      if (refused) continue;
      await writeMoves(tx, [move]);
      if (place) await writeLink(tx, { ...place, artifactId: move.id, isPrimary: true }, move);
    }
    return outcomes;
  },
});
