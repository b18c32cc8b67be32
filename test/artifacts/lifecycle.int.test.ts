import { getArtifact } from '../../src/artifacts/get-artifact.js';
import { moveArtifact } from '../../src/artifacts/move-artifact.js';
import { publishArtifact } from '../../src/stories/publish-artifact.js';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { lifecycleMoves } from '../../src/model/transitions.js';
import { lifecycleStates, type LifecycleState } from '../../src/model/vocabulary.js';
import { countTraces, listChanges } from '../support/events.js';
import { openTestContext, type TestContext } from '../support/graph.js';
import { openSecondInstance } from '../support/second-instance.js';

let test: TestContext;
beforeAll(async () => {
  test = await openTestContext();
});
afterAll(() => test.close());

const ways: Record<LifecycleState, LifecycleState[]> = {
  intermediate: [],
  candidate: ['candidate'],
  published: ['candidate', 'published'],
  archived: ['archived'],
};

async function artifactIn(state: LifecycleState): Promise<string> {
  const { id } = await registerArtifact(test.ctx, { type: 'image' });
  for (const to of ways[state]) await moveArtifact(test.ctx, { id, to });
  return id;
}

const pairs = lifecycleStates.flatMap((from) => lifecycleStates.map((to) => ({ from, to })));
const allowed = pairs.filter(({ from, to }) => lifecycleMoves[from].includes(to));
const illegal = pairs.filter(({ from, to }) => !lifecycleMoves[from].includes(to));

describe('the lifecycle', () => {
  it('is intermediate, candidate, published, and archived from each', () => {
    expect(allowed.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'intermediate candidate',
      'intermediate archived',
      'candidate published',
      'candidate archived',
      'published archived',
      'archived archived',
    ]);
  });

  it.each(allowed)('moves from $from to $to', async ({ from, to }) => {
    const id = await artifactIn(from);
    await expect(moveArtifact(test.ctx, { id, to })).resolves.toMatchObject({ id, lifecycleState: to });
    await expect(getArtifact(test.ctx, id)).resolves.toMatchObject({ lifecycleState: to });
    const moves = (await listChanges(test, id)).filter((change) => change.startsWith('artifact.moved'));
    expect(moves).toHaveLength(ways[from].length + (from === to ? 0 : 1));
    if (from !== to) expect(moves.at(-1)).toBe(`artifact.moved ${from}→${to}`);
  });

  it.each(illegal)('refuses to move from $from to $to, and leaves nothing', async ({ from, to }) => {
    const id = await artifactIn(from);
    const before = await countTraces(test, id);
    const refusal = { name: 'InvalidInput', code: 'illegal_transition', issues: [{ path: 'to' }] };
    await expect(moveArtifact(test.ctx, { id, to })).rejects.toMatchObject(refusal);
    if (to === 'published')
      await expect(publishArtifact(test.ctx, { id })).rejects.toMatchObject({ code: 'illegal_transition' });
    await expect(getArtifact(test.ctx, id)).resolves.toMatchObject({ lifecycleState: from });
    expect(await countTraces(test, id)).toBe(before);
  });

  it('refuses an unknown artifact and an unknown state', async () => {
    await expect(moveArtifact(test.ctx, { id: 'nobody', to: 'candidate' })).rejects.toMatchObject({
      code: 'not_found',
      id: 'nobody',
    });
    await expect(moveArtifact(test.ctx, { id: 'nobody', to: 'good' })).rejects.toMatchObject({
      code: 'invalid_input',
      issues: [{ path: 'to' }],
    });
  });

  it('of racing moves on two instances lets one win and gives the others a conflict', async () => {
    const other = openSecondInstance(test);
    try {
      const id = await artifactIn('candidate');
      const racers = Array.from({ length: 8 }, (_, n) => {
        const ctx = n % 2 === 0 ? test.ctx : other;
        return moveArtifact(ctx, { id, to: n % 4 < 2 ? 'published' : 'archived' });
      });
      const outcomes = await Promise.allSettled(racers);
      const codes = outcomes.map((outcome) =>
        outcome.status === 'rejected' ? code(outcome.reason) : 'moved',
      );
      // Published first leaves room for one move to archived that read after it.
      const moves = (await listChanges(test, id)).filter((change) => change.startsWith('artifact.moved'));
      expect(new Set(moves).size).toBe(moves.length);
      expect(codes.filter((each) => each === 'moved').length).toBeGreaterThanOrEqual(moves.length - 1);
      for (const each of codes) expect(['moved', 'conflict', 'illegal_transition']).toContain(each);
    } finally {
      await other.db.close();
    }
  });
});

const code = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
