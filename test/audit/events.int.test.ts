import { join } from 'node:path';
import { moveArtifact } from '../../src/artifacts/move-artifact.js';
import { publishArtifact } from '../../src/stories/publish-artifact.js';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { registerBatch } from '../../src/artifacts/register-batch.js';
import { relateArtifacts } from '../../src/artifacts/relate-artifacts.js';
import { findBrokenInvariants } from '../../src/audit/find-broken-invariants.js';
import { readCypher } from '../../src/db/statement.js';
import { packageRoot } from '../../src/package-root.js';
import { completeStep } from '../../src/runs/complete-step.js';
import { moveRun } from '../../src/runs/move-run.js';
import { recordRunArtifact } from '../../src/runs/record-run-artifact.js';
import { startRun } from '../../src/runs/start-run.js';
import { startStep } from '../../src/runs/start-step.js';
import { linkArtifact } from '../../src/stories/link-artifact.js';
import { registerStory } from '../../src/stories/register-story.js';
import { listChanges } from '../support/events.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';

let test: TestContext;
beforeAll(async () => {
  test = await openTestContext();
});
afterAll(() => test.close());

const folder = join(packageRoot, 'cypher', 'audit');
const runAudit = (file: string, params: Record<string, unknown> = {}) =>
  typeStatement(test, readCypher(join(folder, file)), params);

describe('the audit', () => {
  it('has one event for each change, with what was before and after', async () => {
    const { ctx } = test;
    const story = await registerStory(ctx, { title: 'Bear' });
    const run = await startRun(ctx, { workflowType: 'kids_daily', storyId: story.id });
    await moveRun(ctx, { id: run.id, to: 'running' });
    const step = await startStep(ctx, { runId: run.id, name: 'n', order: 1 });
    const { artifacts } = await registerBatch(ctx, { artifacts: [{ ref: 'a', type: 'image' }] });
    const source = artifacts[0]?.artifactId ?? '';
    const product = await registerArtifact(ctx, { type: 'image', createdByStepId: step.id });
    await relateArtifacts(ctx, { productId: product.id, sourceId: source, type: 'VARIANT_OF' });
    await moveArtifact(ctx, { id: product.id, to: 'candidate' });
    await publishArtifact(ctx, { id: product.id, storyId: story.id, role: 'cover' });
    await linkArtifact(ctx, { storyId: story.id, artifactId: source, role: 'cover' });
    await recordRunArtifact(ctx, { runId: run.id, artifactId: product.id, stage: 'approved' });
    await completeStep(ctx, { id: step.id });
    await moveRun(ctx, { id: run.id, to: 'completed' });

    expect(await listChanges(test, source)).toEqual(['artifact.registered →intermediate']);
    expect(await listChanges(test, product.id)).toEqual([
      'artifact.registered →intermediate',
      `artifact.related →{"sourceId":"${source}","type":"VARIANT_OF"}`,
      'artifact.moved intermediate→candidate',
      'artifact.moved candidate→published',
    ]);
    expect(await listChanges(test, step.id)).toEqual([
      'step.started →running',
      'step.completed running→completed',
    ]);
    expect(await listChanges(test, run.id)).toEqual([
      'run.started →pending',
      'run.moved pending→running',
      `run.recorded →{"artifactId":"${product.id}","stage":"approved"}`,
      'run.moved running→completed',
    ]);
    const changes = await listChanges(test, story.id);
    expect(changes[0]).toBe('story.registered →Bear');
    expect(
      changes.slice(1).map((change) =>
        change
          .split('→')
          .map((part) => part.replace(/^\S+ (?={)/, ''))
          .map((part) => JSON.parse(part) as unknown),
      ),
    ).toEqual([
      [
        { artifactId: null, isPrimary: false, primary: null, role: 'cover' },
        { artifactId: product.id, isPrimary: true, position: null, role: 'cover' },
      ],
      [
        { artifactId: null, isPrimary: false, primary: product.id, role: 'cover' },
        { artifactId: source, isPrimary: true, position: null, role: 'cover' },
      ],
    ]);
  });

  it('names who did it and when', async () => {
    const { id } = await registerArtifact({ ...test.ctx, actor: 'illustrator' }, { type: 'image' });
    const history = await runAudit('history-of-node.cypher', { id });
    expect(history).toMatchObject([
      { actor: 'illustrator', action: 'artifact.registered', before: null, after: 'intermediate' },
    ]);
    // Others write to this graph meanwhile, more than an answer holds: only the moment of the change itself is sure.
    const from = String(history[0]?.at);
    const to = new Date(Date.parse(from) + 1).toISOString();
    const found = await runAudit('changes-between.cypher', { from, to });
    expect(found.map(({ nodeId }) => nodeId)).toContain(id);
    const before = await runAudit('changes-between.cypher', { from: '2026-11-01T11:00:00Z', to: from });
    expect(before.map(({ nodeId }) => nodeId)).not.toContain(id);
  });

  it('shows what did not come through the service', async () => {
    const { id } = await registerArtifact(test.ctx, { type: 'image' });
    await typeStatement(test, "MATCH (a:Artifact {id: $id}) SET a.lifecycleState = 'candidate'", { id });
    const found = await runAudit('direct-statements.cypher');
    expect(found.find(({ nodeId }) => nodeId === id)).toMatchObject({
      actor: 'direct statement',
      before: 'intermediate',
      after: 'candidate',
    });
  });

  it('finds no broken invariant among what the service wrote', async () => {
    const { artifacts } = await registerBatch(test.ctx, {
      artifacts: [
        { ref: 'a', type: 'image' },
        { ref: 'b', type: 'image', sources: [{ artifactId: 'a', type: 'DERIVED_FROM' }] },
      ],
    });
    const ids = new Set(artifacts.map(({ artifactId }) => artifactId));
    const broken = await findBrokenInvariants(test.ctx);
    expect(broken.filter(({ id }) => id !== null && ids.has(id))).toEqual([]);
  });
});
