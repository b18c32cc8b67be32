import { z } from 'zod';
import type { Context } from '../context.js';
import { recordEvents } from '../audit/record-events.js';
import { GroupedWrite, type Outcome } from '../db/group-commit.js';
import { statement } from '../db/statement.js';
import { Conflict, InvalidInput, NotFound } from '../errors.js';
import { parseInput } from '../model/parse-input.js';
import { runEntity, moveRunInput, type MoveRunInput, type Run } from '../model/run.js';
import { runMoves } from '../model/transitions.js';
import { runStatus, type RunStatus } from '../model/vocabulary.js';
import { rowOf, storeJson } from '../model/stored.js';

const readState = statement('runs/read-run-state.cypher', {
  params: z.object({ id: z.string() }),
  row: z.object({ status: runStatus }),
});
const setStatus = statement('runs/set-run-status.cypher', {
  params: z.object({
    id: z.string(),
    from: runStatus,
    to: runStatus,
    summary: z.string().nullable(),
    ended: z.boolean(),
    now: z.number().int(),
  }),
  row: z.object({ run: rowOf(runEntity) }),
});

/**
 * Moves a run forward, from the status that it has now.
 * @throws NotFound; InvalidInput `illegal_transition`; Conflict when another writer moved it in between
 */
export async function moveRun(ctx: Context, input: unknown): Promise<Run> {
  const parsed = parseInput(moveRunInput, input);
  const state = await ctx.db.maybeOne(readState, { id: parsed.id });
  if (!state) throw new NotFound('run', parsed.id);
  const from = state.status;
  if (!runMoves[from].includes(parsed.to)) {
    const message = `run ${parsed.id} is ${from}; it cannot become ${parsed.to}`;
    throw new InvalidInput(message, [{ path: 'to', message }], 'illegal_transition');
  }
  return ctx.db.writeTogether(moving, { ...parsed, from, actor: ctx.actor, now: ctx.clock().getTime() });
}

const moving = new GroupedWrite<MoveRunInput & { from: RunStatus; actor: string; now: number }, Run>({
  locks: ({ id }) => ({ runs: [id] }),
  async run(tx, moves, locked) {
    const outcomes: Outcome<Run>[] = [];
    for (const { id, from, to, summary, actor, now } of moves) {
      const found = locked.runs.get(id)?.status;
      if (found !== from) {
        const refused = new Conflict(`run ${id} became ${found} meanwhile`, 'conflict', {
          expected: from,
          found,
        });
        outcomes.push({ refused });
        continue;
      }
      const ended = runMoves[to].length === 0;
      const { run } = await tx.one(setStatus, { id, from, to, summary: storeJson(summary), ended, now });
      locked.runs.set(id, { status: to });
      await recordEvents(tx, [
        { actor, action: 'run.moved', nodeLabel: 'Run', nodeId: id, before: from, after: to },
      ]);
      outcomes.push({ done: run });
    }
    return outcomes;
  },
});
