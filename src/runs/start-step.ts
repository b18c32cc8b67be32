import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '../context.js';
import { recordEvents } from '../audit/record-events.js';
import { GroupedWrite, type Outcome } from '../db/group-commit.js';
import type { Locked } from '../db/locks.js';
import { statement } from '../db/statement.js';
import { Conflict, NotFound, type AppError } from '../errors.js';
import { parseInput } from '../model/parse-input.js';
import { startStepInput, type Step } from '../model/run.js';
import { runMoves } from '../model/transitions.js';
import { stepStatus } from '../model/vocabulary.js';
import { storeJson } from './run-row.js';

const text = z.string().nullable();
const insertSteps = statement('runs/insert-steps.cypher', {
  params: z.object({
    steps: z.array(
      z.object({
        id: z.string(),
        runId: z.string(),
        name: z.string(),
        order: z.number().int(),
        input: text,
        status: stepStatus,
        model: text,
        promptHash: text,
        createdAt: z.number().int(),
        startedAt: z.number().int().nullable(),
        uses: z.array(z.string()),
      }),
    ),
  }),
  row: z.never(),
});

/**
 * Records a step that begins now, with the artifacts that go into it.
 * @throws NotFound for an unknown run or used artifact; Conflict when the run has ended
 */
export async function startStep(ctx: Context, input: unknown): Promise<Step> {
  const parsed = parseInput(startStepInput, input);
  const now = ctx.clock().getTime();
  const step: Step = {
    id: randomUUID(),
    runId: parsed.runId,
    name: parsed.name,
    order: parsed.order,
    status: 'running',
    input: parsed.input ?? null,
    output: null,
    error: null,
    model: parsed.model ?? null,
    promptHash: parsed.promptHash ?? null,
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
    await tx.exec(insertSteps, {
      steps: accepted.map(({ step }) => ({ ...step, input: storeJson(step.input) })),
    });
    await recordEvents(
      tx,
      accepted.map(({ step, actor }) => ({
        at: step.createdAt,
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
