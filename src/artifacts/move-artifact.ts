import { z } from 'zod';
import type { Context } from '../context.js';
import { GroupedWrite, type Outcome } from '../db/group-commit.js';
import type { Artifact } from '../model/artifact.js';
import { id } from '../model/identifiers.js';
import { parseInput } from '../model/parse-input.js';
import { lifecycleState } from '../model/vocabulary.js';
import { getArtifact } from './get-artifact.js';
import { allowMove, changedMeanwhile, writeMoves, type Move } from './write-moves.js';

const moveArtifactInput = z.strictObject({ id, to: lifecycleState });

/**
 * Moves an artifact along its lifecycle, from the state that it has now.
 * @throws NotFound; InvalidInput `illegal_transition`; Conflict when another writer moved it in between
 */
export async function moveArtifact(ctx: Context, input: unknown): Promise<Artifact> {
  const { id, to } = parseInput(moveArtifactInput, input);
  const artifact = await getArtifact(ctx, id);
  const from = artifact.lifecycleState;
  allowMove(artifact, to);
  if (from === to) return artifact;
  await ctx.db.writeTogether(moving, { id, from, to, actor: ctx.actor, now: ctx.clock().getTime() });
  return { ...artifact, lifecycleState: to };
}

const moving = new GroupedWrite<Move, Move>({
  locks: ({ id }) => ({ artifacts: [id] }),
  async run(tx, moves, locked) {
    const accepted: Move[] = [];
    const outcomes = moves.map((move): Outcome<Move> => {
      const refused = changedMeanwhile(move, locked);
      if (refused) return { refused };
      accepted.push(move);
      return { done: move };
    });
    await writeMoves(tx, accepted);
    return outcomes;
  },
});
