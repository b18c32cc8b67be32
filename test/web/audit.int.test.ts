import { typeStatement } from '../support/graph.js';
import { openExplorer, type TestExplorer } from './open-explorer.js';

let explorer: TestExplorer;
beforeAll(async () => {
  explorer = await openExplorer();
});
afterAll(() => explorer.close());

const register = async () =>
  String((await explorer.post('/artifacts', { artifact_type: 'image', description: 'A boat' })).artifact_id);

it('tells what was typed into the database apart, and leads to what it tells of', async () => {
  const id = await register();
  await typeStatement(explorer, `MATCH (a:Artifact {id: $id}) SET a.lifecycleState = 'archived'`, { id });
  const { page, complaints } = await explorer.visit(`/audit?node=${id}`);
  const typed = page.locator('.unusual');
  await typed.getByText('Typed into the database, past the service').waitFor();
  expect(await typed.count()).toBe(1);
  expect(await typed.textContent()).toContain('from intermediate to archived');
  await typed.getByRole('link', { name: 'A boat' }).click();
  await page.getByRole('heading', { name: 'History' }).waitFor();
  expect(await page.locator('.changes > li').count()).toBe(2);
  expect(complaints).toEqual([]);
  await page.close();
});

it('filters by what is typed, and keeps it in the address', async () => {
  const id = await register();
  const { page } = await explorer.visit('/audit');
  await page.getByLabel('Of what').fill(id);
  await page.getByRole('combobox').selectOption('artifact.registered');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.waitForURL(new RegExp(`node=${id}`));
  await page.locator('.changes > li:only-child').waitFor();
  expect(new URL(page.url()).searchParams.get('action')).toBe('artifact.registered');
  await page.getByLabel('Until').fill('2000-01-01T00:00');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByRole('heading', { name: 'No such change' }).waitFor();
  await page.close();
});
