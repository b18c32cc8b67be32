import { setTimeout as sleep } from 'node:timers/promises';
import { bindStore } from '../../src/content/bind-store.js';
import { collectGarbage } from '../../src/content/collect-garbage.js';
import { sha256 } from '../../src/model/digest.js';
import { importLegacy } from '../../src/legacy/import-legacy.js';
import { openLegacyTables } from '../../src/legacy/source/open-legacy-tables.js';
import { rollbackLegacy } from '../../src/legacy/rollback-legacy.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';
import { fillWorkshop, Workshop } from './workshop.js';

let test_: TestContext;
beforeAll(async () => {
  test_ = await openTestContext();
});
afterAll(() => test_.close());

test('an import keeps all its bytes while collections take what an earlier one left', async () => {
  const { ctx } = test_;
  await bindStore(ctx);
  const workshop = new Workshop();
  const ids = [...fillWorkshop(workshop, 20, 'collected-').values()].flat();
  const tables = await openLegacyTables(workshop.database);
  await importLegacy(ctx, tables);
  await rollbackLegacy(ctx, workshop.database);

  const importing = { done: false };
  const collect = async () => {
    // Files of this very moment count as old.
    const soon = { ...ctx, clock: () => new Date(Date.now() + 2_000) };
    while (!importing.done) {
      await collectGarbage(soon, { graceMs: 0, quarantineMs: 0, force: true });
      await sleep(300);
    }
  };
  const collecting = [collect(), collect()];
  const summary = await importLegacy(ctx, tables, { batch: 10 }).finally(() => (importing.done = true));
  await Promise.all(collecting);

  expect(summary.imported).toBe(20);
  const rows = await typeStatement(
    test_,
    'MATCH (s:Story)-[:LINKED_AS]->(:Artifact)-[:HAS_CONTENT]->(c:Content) WHERE s.id IN $ids RETURN DISTINCT c.sha256 AS sha256',
    { ids },
  );
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) expect(await ctx.content.stat(sha256.parse(row.sha256))).not.toBeNull();
  await tables.close();
}, 300_000);
