import type { Page } from 'playwright-core';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { findBarriers, openExplorer, type TestExplorer } from './open-explorer.js';

let explorer: TestExplorer;
/** Made from two drawings, one of them from two others; used for a story, from which seven pictures were made. */
let film: string;
beforeAll(async () => {
  explorer = await openExplorer();
  const make = async (description: string, ...sources: string[]) => {
    const from = sources.map((artifactId) => ({ artifactId, type: 'DERIVED_FROM' }));
    return (await registerArtifact(explorer.ctx, { type: 'image', description, sources: from })).id;
  };
  const [shared, alone] = [await make('A sketch of both'), await make('A sketch of one')];
  film = await make('The film', await make('Drawing one', shared, alone), await make('Drawing two', shared));
  const story = await make('The story', film);
  for (let n = 1; n <= 7; n++) await make(`Scene ${n}`, story);
});
afterAll(() => explorer.close());

const more = (page: Page, words: string) => page.locator('.stage').getByText(words, { exact: true });
const listed = (page: Page) => page.getByRole('treeitem').locator('span:first-child').allInnerTexts();

it('says at each place how much depth cut off, and opens it there by hand and by keyboard', async () => {
  const { page, complaints } = await explorer.visit(`/artifacts/${film}/lineage?depth=1`);
  await page.getByText('As a list, for the keyboard').click();
  await page.getByText('10 ways lead on').waitFor();
  expect(await findBarriers(page)).toEqual([]);
  for (const words of ['+ 2 more', '+ 1 more', '+ 7 more']) await more(page, words).waitFor();
  await page.getByRole('treeitem', { name: /Drawing one.*\+ 2 more that it was made from/ }).waitFor();

  await more(page, '+ 2 more').click();
  await page.getByRole('treeitem', { name: 'A sketch of both' }).waitFor();
  // The relation between the other drawing and the sketch that both share is not shown yet, and said to be there.
  await more(page, '+ 1 more').waitFor();
  await more(page, '+ 1 more').click();
  await more(page, '+ 1 more').waitFor({ state: 'detached' });

  await page.getByRole('treeitem', { name: /The story.*\+ 7 more made from it/ }).press('m');
  await page.getByRole('treeitem', { name: '7 pictures' }).waitFor();
  await page.locator('.more').first().waitFor({ state: 'detached' });
  expect(await page.getByText('There is more').count()).toBe(0);

  const seen = await listed(page);
  expect(seen).toHaveLength(7);
  const { page: other } = await explorer.visit(page.url().slice(explorer.url.length));
  await other.getByText('As a list, for the keyboard').click();
  await other.getByRole('treeitem', { name: '7 pictures' }).waitFor();
  expect(await listed(other)).toEqual(seen);
  expect(complaints).toEqual([]);
  await Promise.all([page.close(), other.close()]);
});

it('shows a lineage whose address asks for more of something that is not there, and says so', async () => {
  const { page } = await explorer.visit(`/artifacts/${film}/lineage?depth=1&more=UPSTREAM%20gone`);
  await more(page, '+ 2 more').waitFor();
  await page.getByRole('alert').getByText('Artifact gone does not exist').waitFor();
  await page.close();
});

it('says how much the limit cut off', async () => {
  const { page } = await explorer.visit(`/artifacts/${film}/lineage?direction=used-for&limit=5`);
  await more(page, '+ 3 more').waitFor();
  await page.getByRole('button', { name: 'Show more' }).click();
  await more(page, '+ 3 more').waitFor({ state: 'detached' });
  await page.close();
});
