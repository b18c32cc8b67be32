import { recordEvents } from '../../src/audit/record-events.js';
import { lockAll } from '../../src/db/locks.js';
import { writeArtifacts } from '../../src/artifacts/write-artifacts.js';
import { newArtifact } from '../../src/artifacts/new-artifact.js';
import type { Transaction } from '../../src/db/transaction.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';

let test: TestContext;
beforeAll(async () => {
  test = await openTestContext();
});
afterAll(() => test.close());

const artifact = () => newArtifact({ type: 'text' }, Date.now());
const writeLast = (tx: Transaction, made = artifact()) =>
  writeArtifacts(tx, test.ctx.content, { artifacts: [made], relations: [] });
const countOf = async (id: string) => {
  const [row] = await typeStatement(test, 'MATCH (a:Artifact {id: $id}) RETURN count(a) AS count', { id });
  return row?.count;
};

describe('the last statement of a transaction', () => {
  it('is a transaction of its own where it is the only one: it is there before the work ends', async () => {
    const made = artifact();
    const seen = await test.ctx.db.write(async (tx) => {
      await writeLast(tx, made);
      return countOf(made.id);
    });
    expect(seen).toBe(1);
  });

  it('belongs to the others where there are others: it is gone with them', async () => {
    const made = artifact();
    const failing = test.ctx.db.write(async (tx) => {
      await lockAll(tx, [{ artifacts: [made.id] }]);
      await writeLast(tx, made);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await countOf(made.id)).toBe(0);
  });

  it('is refused by the guard like any other, and leaves nothing', async () => {
    const made = { ...artifact(), generation: -1 };
    const refused = { code: 'conflict', facts: { rule: 'guard.shape' } };
    await expect(test.ctx.db.write((tx) => writeLast(tx, made))).rejects.toMatchObject(refused);
    expect(await countOf(made.id)).toBe(0);
  });

  it('is followed by none', async () => {
    const made = artifact();
    const event = { at: Date.now(), actor: 'test', action: 'x', nodeId: made.id, before: null, after: null };
    const failing = test.ctx.db.write(async (tx) => {
      await writeLast(tx, made);
      await recordEvents(tx, [{ ...event, nodeLabel: 'Artifact' }]);
    });
    await expect(failing).rejects.toThrow('after the last one');
  });
});
