import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '../context.js';
import { recordEvents } from '../audit/record-events.js';
import { GroupedWrite, type Outcome } from '../db/group-commit.js';
import { statement } from '../db/statement.js';
import { NotFound } from '../errors.js';
import { canonicalJson } from '../model/json.js';
import { parseInput } from '../model/parse-input.js';
import {
  runArtifactEntity,
  recordRunArtifactInput,
  type RecordRunArtifactInput,
  type RunArtifact,
} from '../model/run.js';
import { writeRunArtifacts } from './write-runs.js';
import { stageKey } from '../model/keys.js';
import { rowOf } from '../model/stored.js';

const findLink = statement('runs/find-run-artifact.cypher', {
  params: z.object({ linkKey: z.string() }),
  row: z.object({ link: rowOf(runArtifactEntity) }),
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
      const known = await tx.maybeOne(findLink, { linkKey: stageKey(input) });
      const link = known?.link ?? { ...input, id: randomUUID(), createdAt: now };
      if (!known) {
        await writeRunArtifacts(tx, [link]);
        const after = canonicalJson({ artifactId, stage });
        const event = { actor, action: 'run.recorded', nodeId: runId, before: null, after };
        await recordEvents(tx, [{ ...event, nodeLabel: 'Run' }]);
      }
      outcomes.push({ done: { link, created: !known } });
    }
    return outcomes;
  },
});
