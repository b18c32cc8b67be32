import { z } from 'zod';
import type { Context } from '../context.js';
import { recordEvents } from '../audit/record-events.js';
import { GroupedWrite, type Outcome } from '../db/group-commit.js';
import { statement } from '../db/statement.js';
import { Conflict, InvalidInput, NotFound } from '../errors.js';
import { parseInput } from '../model/parse-input.js';
import { stepEntity, completeStepInput, type CompleteStepInput, type Step } from '../model/run.js';
import { stepMoves } from '../model/transitions.js';
import { stepStatus, type StepStatus } from '../model/vocabulary.js';
import { rowOf, storeJson } from '../model/stored.js';

const readState = statement('runs/read-step-state.cypher', {
  params: z.object({ id: z.string() }),
  row: z.object({ status: stepStatus }),
});
const setStatus = statement('runs/set-step-status.cypher', {
  params: z.object({
    id: z.string(),
    from: stepStatus,
    to: stepStatus,
    output: z.string().nullable(),
    error: z.string().nullable(),
    now: z.number().int(),
  }),
  row: z.object({ step: rowOf(stepEntity) }),
});

/**
 * Ends a step, completed or failed, with what it gave.
 * @throws NotFound; InvalidInput `illegal_transition` for a step that has ended; Conflict when another writer ended it meanwhile
 */
export async function completeStep(ctx: Context, input: unknown): Promise<Step> {
  const parsed = parseInput(completeStepInput, input);
  const state = await ctx.db.maybeOne(readState, { id: parsed.id });
  if (!state) throw new NotFound('step', parsed.id);
  const from = state.status;
  if (!stepMoves[from].includes(parsed.status)) {
    const message = `step ${parsed.id} is ${from}; it cannot become ${parsed.status}`;
    throw new InvalidInput(message, [{ path: 'status', message }], 'illegal_transition');
  }
  return ctx.db.writeTogether(completing, { ...parsed, from, actor: ctx.actor, now: ctx.clock().getTime() });
}

const completing = new GroupedWrite<
  CompleteStepInput & { from: StepStatus; actor: string; now: number },
  Step
>({
  locks: ({ id }) => ({ steps: [id] }),
  async run(tx, completions, locked) {
    const outcomes: Outcome<Step>[] = [];
    for (const { id, from, status: to, output, error, actor, now } of completions) {
      const found = locked.steps.get(id)?.status;
      if (found !== from) {
        const refused = new Conflict(`step ${id} became ${found} meanwhile`, 'conflict', {
          expected: from,
          found,
        });
        outcomes.push({ refused });
        continue;
      }
      const { step } = await tx.one(setStatus, {
        id,
        from,
        to,
        output: storeJson(output),
        error: error ?? null,
        now,
      });
      locked.steps.set(id, { status: to });
      await recordEvents(tx, [
        { actor, action: 'step.completed', nodeLabel: 'Step', nodeId: id, before: from, after: to },
      ]);
      outcomes.push({ done: step });
    }
    return outcomes;
  },
});
