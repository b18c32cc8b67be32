import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '../context.js';
import { recordEvents } from '../audit/record-events.js';
import { GroupedWrite, type Outcome } from '../db/group-commit.js';
import { statement } from '../db/statement.js';
import { NotFound } from '../errors.js';
import { canonicalJson } from '../model/json.js';
import { parseInput } from '../model/parse-input.js';
import { recordRunArtifactInput, type RecordRunArtifactInput, type RunArtifact } from '../model/run.js';
import { runStage } from '../model/vocabulary.js';
import { runArtifactRow } from './run-row.js';

const upsertLink = statement('runs/upsert-run-artifact.cypher', {
  params: z.object({
    id: z.string(),
    runId: z.string(),
    artifactId: z.string(),
    stage: runStage,
    linkKey: z.string(),
    now: z.number().int(),
  }),
  row: z.object({ link: runArtifactRow, created: z.boolean() }),
});

export interface RecordedRunArtifact {
  link: RunArtifact;
  created: boolean;
}

/**
 * Records the stage that an artifact reached in a run; the same again gives the link that is there.
 * @throws NotFound for an unknown run or artifact
 */
export async function recordRunArtifact(ctx: Context, input: unknown): Promise<RecordedRunArtifact> {
  const parsed = parseInput(recordRunArtifactInput, input);
  return ctx.db.writeTogether(recording, { input: parsed, actor: ctx.actor, now: ctx.clock().getTime() });
}

const recording = new GroupedWrite<
  { input: RecordRunArtifactInput; actor: string; now: number },
  RecordedRunArtifact
>({
  locks: ({ input }) => ({ runs: [input.runId], artifacts: [input.artifactId] }),
  async run(tx, recordings, locked) {
    const outcomes: Outcome<RecordedRunArtifact>[] = [];
    for (const { input, actor, now } of recordings) {
      const { runId, artifactId, stage } = input;
      if (!locked.runs.has(runId)) {
        outcomes.push({ refused: new NotFound('run', runId) });
        continue;
      }
      if (!locked.artifacts.has(artifactId)) {
        outcomes.push({ refused: new NotFound('artifact', artifactId) });
        continue;
      }
      const linkKey = `${runId}|${artifactId}|${stage}`;
      const recorded = await tx.one(upsertLink, { ...input, id: randomUUID(), linkKey, now });
      if (recorded.created) {
        const after = canonicalJson({ artifactId, stage });
        const event = { at: now, actor, action: 'run.recorded', nodeId: runId, before: null, after };
        await recordEvents(tx, [{ ...event, nodeLabel: 'Run' }]);
      }
      outcomes.push({ done: recorded });
    }
    return outcomes;
  },
});
