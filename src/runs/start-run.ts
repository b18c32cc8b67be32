import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '../context.js';
import { recordEvents } from '../audit/record-events.js';
import { GroupedWrite, type Outcome } from '../db/group-commit.js';
import type { Locked } from '../db/locks.js';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { Conflict, NotFound } from '../errors.js';
import { parseInput } from '../model/parse-input.js';
import { runEntity, startRunInput, type Run } from '../model/run.js';
import { writeCurrentRuns, writeRuns } from './write-runs.js';
import { givenNames, withAbsent } from '../model/entity.js';
import { rowOf } from '../model/stored.js';

const findByExternalIds = statement('runs/find-runs-by-external-ids.cypher', {
  params: z.object({ externalIds: z.array(z.string()) }),
  row: z.object({ run: rowOf(runEntity) }),
});

/**
 * Records a run, pending; it becomes the current run of its story.
 *
 * With an `externalId` that is known already the existing run is returned when workflow, story and session are equal.
 * @throws NotFound for an unknown story; Conflict `duplicate` for a known external id with other facts
 */
export async function startRun(ctx: Context, input: unknown): Promise<Run> {
  const parsed = parseInput(startRunInput, input);
  const run: Run = {
    ...withAbsent(runEntity, parsed),
    id: randomUUID(),
    status: 'pending',
    summary: null,
    createdAt: ctx.clock().getTime(),
    startedAt: null,
    completedAt: null,
  };
  return ctx.db.writeTogether(starting, { run, actor: ctx.actor });
}

const starting = new GroupedWrite<{ run: Run; actor: string }, Run>({
  locks: ({ run }) => ({ stories: run.storyId === null ? [] : [run.storyId] }),
  run: insert,
});

async function insert(
  tx: Transaction,
  starts: readonly { run: Run; actor: string }[],
  locked: Locked,
): Promise<Outcome<Run>[]> {
  const known = await findKnown(tx, starts);
  const accepted: { run: Run; actor: string }[] = [];
  const outcomes = starts.map((start): Outcome<Run> => {
    const { run } = start;
    if (run.storyId !== null && !locked.stories.has(run.storyId))
      return { refused: new NotFound('story', run.storyId) };
    const twin = run.externalId === null ? undefined : known.get(run.externalId);
    if (twin) return sameFacts(twin, run);
    if (run.externalId !== null) known.set(run.externalId, run);
    accepted.push(start);
    return { done: run };
  });
  if (accepted.length === 0) return outcomes;
  const runs = accepted.map(({ run }) => run);
  await writeRuns(tx, runs);
  await writeCurrentRuns(tx, runs);
  await recordEvents(
    tx,
    accepted.map(({ run, actor }) => ({
      actor,
      action: 'run.started',
      nodeLabel: 'Run',
      nodeId: run.id,
      before: null,
      after: run.status,
    })),
  );
  return outcomes;
}

async function findKnown(tx: Transaction, starts: readonly { run: Run }[]): Promise<Map<string, Run>> {
  const externalIds = starts.flatMap(({ run }) => run.externalId ?? []);
  if (externalIds.length === 0) return new Map();
  const rows = await tx.many(findByExternalIds, { externalIds: [...new Set(externalIds)].sort() });
  return new Map(rows.map(({ run }) => [run.externalId ?? '', run]));
}

function sameFacts(known: Run, asked: Run): Outcome<Run> {
  const equal = givenNames(runEntity).every((name) => known[name] === asked[name]);
  if (equal) return { done: known };
  const message = `external id ${asked.externalId} is run ${known.id}, which has other facts`;
  return { refused: new Conflict(message, 'duplicate', { externalId: asked.externalId, runId: known.id }) };
}
