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
const writeOne = (tx: Transaction, made = artifact()) =>
  writeArtifacts(tx, test.ctx.content, { artifacts: [made], relations: [] });
const countOf = async (id: string) => {
  const [row] = await typeStatement(test, 'MATCH (a:Artifact {id: $id}) RETURN count(a) AS count', { id });
  return row?.count;
};

describe('what a transaction writes', () => {
  it('is gone when its work fails', async () => {
    const made = artifact();
    const failing = test.ctx.db.write(async (tx) => {
      await lockAll(tx, [{ artifacts: [made.id] }]);
      await writeOne(tx, made);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await countOf(made.id)).toBe(0);
  });

  it('leaves nothing when the guard refuses it', async () => {
    const made = { ...artifact(), generation: -1 };
    const refused = { code: 'conflict', facts: { rule: 'guard.shape' } };
    await expect(test.ctx.db.write((tx) => writeOne(tx, made))).rejects.toMatchObject(refused);
    expect(await countOf(made.id)).toBe(0);
  });
});
