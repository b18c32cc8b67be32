import { randomUUID } from 'node:crypto';
import type { Context } from '../context.js';
import { recordEvents } from '../audit/record-events.js';
import { GroupedWrite, type Outcome } from '../db/group-commit.js';
import type { Locked } from '../db/locks.js';
import { Conflict, NotFound, type AppError } from '../errors.js';
import { parseInput } from '../model/parse-input.js';
import { stepEntity, startStepInput, type Step } from '../model/run.js';
import { runMoves } from '../model/transitions.js';
import { withAbsent } from '../model/entity.js';
import { writeSteps } from './write-runs.js';

/**
 * Records a step that begins now, with the artifacts that go into it.
 * @throws NotFound for an unknown run or used artifact; Conflict when the run has ended
 */
export async function startStep(ctx: Context, input: unknown): Promise<Step> {
  const parsed = parseInput(startStepInput, input);
  const now = ctx.clock().getTime();
  const step: Step = {
    ...withAbsent(stepEntity, parsed),
    id: randomUUID(),
    status: 'running',
    output: null,
    error: null,
    uses: [...new Set(parsed.uses)],
    createdAt: now,
    startedAt: now,
    completedAt: null,
  };
  return ctx.db.writeTogether(starting, { step, actor: ctx.actor });
}

const starting = new GroupedWrite<{ step: Step; actor: string }, Step>({
  locks: ({ step }) => ({ runs: [step.runId], artifacts: step.uses }),
  async run(tx, starts, locked) {
    const accepted: { step: Step; actor: string }[] = [];
    const outcomes = starts.map((start): Outcome<Step> => {
      const refused = refuse(start.step, locked);
      if (refused) return { refused };
      accepted.push(start);
      return { done: start.step };
    });
    if (accepted.length === 0) return outcomes;
    await writeSteps(
      tx,
      accepted.map(({ step }) => step),
    );
    await recordEvents(
      tx,
      accepted.map(({ step, actor }) => ({
        actor,
        action: 'step.started',
        nodeLabel: 'Step',
        nodeId: step.id,
        before: null,
        after: step.status,
      })),
    );
    return outcomes;
  },
});

function refuse({ runId, uses }: Step, locked: Locked): AppError | null {
  const run = locked.runs.get(runId);
  if (!run) return new NotFound('run', runId);
  const unknown = uses.find((id) => !locked.artifacts.has(id));
  if (unknown !== undefined) return new NotFound('artifact', unknown);
  if (runMoves[run.status].length > 0) return null;
  return new Conflict(`run ${runId} is ${run.status} and takes no more steps`, 'conflict', {
    runId,
    status: run.status,
  });
}
