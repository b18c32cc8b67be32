import { importLegacy } from '../../src/legacy/import-legacy.js';
import { countImportsBySource, listImports, type ListedImport } from '../../src/legacy/list-imports.js';
import { openLegacyTables } from '../../src/legacy/source/open-legacy-tables.js';
import { openTestContext, type TestContext } from '../support/graph.js';
import { fillWorkshop, Workshop } from './workshop.js';

let test_: TestContext;
beforeAll(async () => {
  test_ = await openTestContext();
});
afterAll(() => test_.close());

/** All that one import brought, page by page. */
async function readAll(source: string, troubled: boolean, first = 7): Promise<ListedImport[]> {
  const all: ListedImport[] = [];
  for (let after: string | null = null; ;) {
    const page = await listImports(test_.ctx, { first, after, troubled });
    all.push(...page.imports);
    if (!page.hasNextPage) return all.filter((one) => one.source === source);
    after = page.endCursor;
  }
}

test('gives every row that an import brought once, with its files that are not there, and counts them', async () => {
  const workshop = new Workshop();
  const ids = fillWorkshop(workshop, 30, 'listed-');
  const tables = await openLegacyTables(workshop.database);
  const summary = await importLegacy(test_.ctx, tables);
  const all = await readAll(tables.name, false);
  const stories = all.filter(({ kind }) => kind === 'story');
  expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
  expect(stories).toHaveLength(summary.imported + summary.failed);
  const missing = all.find(({ sourceId }) => sourceId === ids.get('missing')?.[0]);
  expect(missing).toMatchObject({ outcome: 'imported', files: [{ outcome: 'missing' }] });
  for (const first of [1, 2, 3, 59]) expect(await readAll(tables.name, false, first)).toEqual(all);
  const troubled = await readAll(tables.name, true);
  expect(troubled.length).toBeLessThan(all.length);
  expect(
    troubled.every((one) => one.outcome === 'failed' || one.files.length + one.problems.length > 0),
  ).toBe(true);
  const counted = (await countImportsBySource(test_.ctx)).find(({ source }) => source === tables.name);
  expect(counted).toMatchObject({
    imported: summary.imported,
    failed: summary.failed,
    artifacts: summary.artifacts,
  });
  await tables.close();
  workshop.close();
});

test.each([{ after: 'x' }, { first: 0 }, { first: 1000 }])('refuses %j', async (input) => {
  await expect(listImports(test_.ctx, input)).rejects.toMatchObject({ code: 'invalid_input' });
});
