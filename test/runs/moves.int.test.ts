import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { runMoves, stepMoves } from '../../src/model/transitions.js';
import { runStatuses, stepStatuses, type RunStatus } from '../../src/model/vocabulary.js';
import { completeStep } from '../../src/runs/complete-step.js';
import { getRun } from '../../src/runs/get-run.js';
import { moveRun } from '../../src/runs/move-run.js';
import { recordRunArtifact } from '../../src/runs/record-run-artifact.js';
import { startRun } from '../../src/runs/start-run.js';
import { startStep } from '../../src/runs/start-step.js';
import { getStory } from '../../src/stories/get-story.js';
import { registerStory } from '../../src/stories/register-story.js';
import { countTraces, listChanges } from '../support/events.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';
import { openSecondInstance } from '../support/second-instance.js';

let test: TestContext;
beforeAll(async () => {
  test = await openTestContext();
});
afterAll(() => test.close());

const start = () => startRun(test.ctx, { workflowType: 'kids_daily' });

async function runIn(status: RunStatus): Promise<string> {
  const { id } = await start();
  if (status !== 'pending') await moveRun(test.ctx, { id, to: status });
  return id;
}

/** A step in any status; only an import leaves one pending. */
async function stepIn(status: string): Promise<{ id: string; runId: string }> {
  const runId = await runIn('running');
  if (status === 'pending') {
    const id = test.unique('step');
    await typeStatement(
      test,
      `MATCH (r:Run {id: $runId}) CREATE (:Step {id: $id, name: 'late', order: toInteger(1), status: 'pending', createdAt: datetime()})-[:STEP_OF]->(r)`,
      { id, runId },
    );
    return { id, runId };
  }
  const { id } = await startStep(test.ctx, { runId, name: 'safety_check', order: 1 });
  if (status !== 'running') await completeStep(test.ctx, { id, status });
  return { id, runId };
}

async function statusOf(id: string): Promise<unknown> {
  const [row] = await typeStatement(
    test,
    'OPTIONAL MATCH (r:Run {id: $id}) OPTIONAL MATCH (s:Step {id: $id}) RETURN coalesce(r.status, s.status) AS status',
    { id },
  );
  return row?.status;
}

describe('a run', () => {
  const pairs = runStatuses.flatMap((from) => runStatuses.map((to) => ({ from, to })));

  it.each(pairs.filter(({ from, to }) => runMoves[from].includes(to)))(
    'moves from $from to $to',
    async ({ from, to }) => {
      const id = await runIn(from);
      const run = await moveRun(test.ctx, { id, to, summary: { pages: 12 } });
      expect(run).toMatchObject({ id, status: to, summary: { pages: 12 } });
      expect(run.completedAt === null).toBe(to === 'running');
      expect((await listChanges(test, id)).at(-1)).toBe(`run.moved ${from}→${to}`);
    },
  );

  it.each(pairs.filter(({ from, to }) => !runMoves[from].includes(to)))(
    'refuses to move from $from to $to, and leaves nothing',
    async ({ from, to }) => {
      const id = await runIn(from);
      const before = await countTraces(test, id);
      await expect(moveRun(test.ctx, { id, to, summary: 'no' })).rejects.toMatchObject({
        code: 'illegal_transition',
      });
      expect((await getRun(test.ctx, id)).run).toMatchObject({ status: from, summary: null });
      expect(await countTraces(test, id)).toBe(before);
    },
  );

  it('is moved by one of many that end it at once on two instances', async () => {
    const other = openSecondInstance(test);
    try {
      const id = await runIn('running');
      const ends: RunStatus[] = ['completed', 'failed', 'cancelled', 'completed', 'failed', 'cancelled'];
      const outcomes = await Promise.allSettled(
        ends.map((to, n) => moveRun(n % 2 === 0 ? test.ctx : other, { id, to })),
      );
      const winners = outcomes.flatMap((outcome) =>
        outcome.status === 'fulfilled' ? [outcome.value.status] : [],
      );
      expect(winners).toEqual([await statusOf(id)]);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected')
          expect(['conflict', 'illegal_transition']).toContain(codeOf(outcome.reason));
    } finally {
      await other.db.close();
    }
  });

  it('becomes the current run of its story; of those that start at once exactly one does', async () => {
    const story = await registerStory(test.ctx, {});
    const runs = await Promise.all(
      Array.from({ length: 8 }, () =>
        startRun(test.ctx, { workflowType: 'morning_show', storyId: story.id }),
      ),
    );
    const { currentRunId } = await getStory(test.ctx, story.id);
    expect(runs.map(({ id }) => id)).toContain(currentRunId);
    const next = await startRun(test.ctx, { workflowType: 'morning_show', storyId: story.id });
    expect((await getStory(test.ctx, story.id)).currentRunId).toBe(next.id);
  });

  it('is known again by its external id, and refused when the facts differ, also on two instances at once', async () => {
    const other = openSecondInstance(test);
    try {
      const input = { workflowType: 'kids_daily', externalId: test.unique('session'), sessionId: 's' };
      const runs = await Promise.all(
        Array.from({ length: 8 }, (_, n) => startRun(n % 2 === 0 ? test.ctx : other, input)),
      );
      expect(new Set(runs.map(({ id }) => id)).size).toBe(1);
      await expect(startRun(other, { ...input, sessionId: 't' })).rejects.toMatchObject({
        code: 'duplicate',
      });
    } finally {
      await other.db.close();
    }
  });

  it('refuses an unknown story, workflow and run', async () => {
    const unknownStory = { workflowType: 'kids_daily', storyId: 'nobody' };
    await expect(startRun(test.ctx, unknownStory)).rejects.toMatchObject({
      code: 'not_found',
      entity: 'story',
    });
    await expect(startRun(test.ctx, { workflowType: 'nap' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(moveRun(test.ctx, { id: 'nobody', to: 'running' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(getRun(test.ctx, 'nobody')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a step', () => {
  const pairs = stepStatuses.flatMap((from) => stepStatuses.map((to) => ({ from, to })));

  it.each(pairs.filter(({ from, to }) => stepMoves[from].includes(to) && to !== 'running'))(
    'moves from $from to $to',
    async ({ from, to }) => {
      const { id } = await stepIn(from);
      const step = await completeStep(test.ctx, {
        id,
        status: to,
        output: [1, 'two', null],
        error: to === 'failed' ? 'no voice' : null,
      });
      expect(step).toMatchObject({ id, status: to, output: [1, 'two', null] });
      expect((await listChanges(test, id)).at(-1)).toBe(`step.completed ${from}→${to}`);
    },
  );

  it.each(pairs.filter(({ from, to }) => !stepMoves[from].includes(to) || to === 'running'))(
    'refuses to move from $from to $to, and leaves nothing',
    async ({ from, to }) => {
      const { id } = await stepIn(from);
      const before = await countTraces(test, id);
      const code = to === 'pending' || to === 'running' ? 'invalid_input' : 'illegal_transition';
      await expect(completeStep(test.ctx, { id, status: to, output: 'no' })).rejects.toMatchObject({ code });
      expect(await statusOf(id)).toBe(from);
      expect(await countTraces(test, id)).toBe(before);
    },
  );

  it('keeps its order, inputs and what it used', async () => {
    const runId = await runIn('running');
    const used = await registerArtifact(test.ctx, { type: 'text' });
    const second = await startStep(test.ctx, {
      runId,
      name: 'tts_generation',
      order: 2,
      uses: [used.id, used.id],
      input: { voice: 'fox' },
    });
    const first = await startStep(test.ctx, { runId, name: 'vision_analysis', order: 1 });
    const made = await registerArtifact(test.ctx, { type: 'audio', createdByStepId: second.id });
    const { steps, artifacts } = await getRun(test.ctx, runId);
    expect(steps.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(steps[1]).toMatchObject({ uses: [used.id], input: { voice: 'fox' }, status: 'running' });
    expect(artifacts.map(({ id }) => id)).toEqual([made.id]);
  });

  it('is refused in an unknown or ended run, and with an unknown input', async () => {
    const ended = await runIn('failed');
    const step = { name: 'n', order: 1 };
    await expect(startStep(test.ctx, { ...step, runId: ended })).rejects.toMatchObject({
      code: 'conflict',
      facts: { status: 'failed' },
    });
    await expect(startStep(test.ctx, { ...step, runId: 'nobody' })).rejects.toMatchObject({
      code: 'not_found',
      entity: 'run',
    });
    const unknownInput = { ...step, runId: await runIn('running'), uses: ['nobody'] };
    await expect(startStep(test.ctx, unknownInput)).rejects.toMatchObject({
      code: 'not_found',
      entity: 'artifact',
    });
    await expect(completeStep(test.ctx, { id: 'nobody' })).rejects.toMatchObject({ code: 'not_found' });
    expect((await getRun(test.ctx, ended)).steps).toEqual([]);
  });
});

describe('a stage', () => {
  it('is recorded once, whoever says it how often', async () => {
    const other = openSecondInstance(test);
    try {
      const [runId, artifact] = [await runIn('running'), await registerArtifact(test.ctx, { type: 'image' })];
      const input = { runId, artifactId: artifact.id, stage: 'approved' };
      const recorded = await Promise.all(
        Array.from({ length: 8 }, (_, n) => recordRunArtifact(n % 2 === 0 ? test.ctx : other, input)),
      );
      expect(new Set(recorded.map(({ link }) => link.id)).size).toBe(1);
      expect(recorded.filter(({ created }) => created)).toHaveLength(1);
      await recordRunArtifact(test.ctx, { ...input, stage: 'failed' });
      const { links } = await getRun(test.ctx, runId);
      expect(links.map(({ stage }) => stage)).toEqual(['approved', 'failed']);
    } finally {
      await other.db.close();
    }
  });

  it('is refused for an unknown run, artifact and stage', async () => {
    const [runId, artifact] = [await runIn('running'), await registerArtifact(test.ctx, { type: 'image' })];
    const input = { runId, artifactId: artifact.id, stage: 'generated' };
    await expect(recordRunArtifact(test.ctx, { ...input, runId: 'nobody' })).rejects.toMatchObject({
      code: 'not_found',
      entity: 'run',
    });
    await expect(recordRunArtifact(test.ctx, { ...input, artifactId: 'nobody' })).rejects.toMatchObject({
      code: 'not_found',
      entity: 'artifact',
    });
    await expect(recordRunArtifact(test.ctx, { ...input, stage: 'good' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error);
