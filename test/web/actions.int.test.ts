import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { moveArtifact } from '../../src/artifacts/move-artifact.js';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { getPrimaryArtifact } from '../../src/stories/get-primary-artifact.js';
import { linkArtifact } from '../../src/stories/link-artifact.js';
import { registerStory } from '../../src/stories/register-story.js';
import { findBarriers, openExplorer, type TestExplorer } from './open-explorer.js';

const line = (name: string, role: string) =>
  `${name} ${role} ${createHash('sha256').update(`${name}-token`).digest('hex')}\n`;

let folder: string;
let explorer: TestExplorer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'explorer-access-'));
  const tokensFile = join(folder, 'tokens');
  await writeFile(tokensFile, line('rita', 'reader') + line('will', 'writer'));
  explorer = await openExplorer({ tokensFile });
});
afterAll(async () => {
  await explorer.close();
  await rm(folder, { recursive: true });
});

const picture = () => registerArtifact(explorer.ctx, { type: 'image', description: 'A boat' });

/** Opens a page that asks for a token, and gives it one. */
async function enter(path: string, name: string): Promise<Page> {
  const { page } = await explorer.visit(path);
  const form = page.getByRole('main');
  await form.getByLabel('Access token').fill(`${name}-token`);
  await form.getByRole('button', { name: 'Use it in this tab' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).filter({ visible: true }).last().click();

it('asks for a token where one is needed, keeps it for the tab, and asks before each change', async () => {
  const { id } = await picture();
  const page = await enter(`/artifacts/${id}`, 'will');
  await press(page, 'Make it a candidate');
  await page.getByRole('dialog').getByText('Make “A boat” a candidate?').waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await press(page, 'Make it a candidate');
  await press(page, 'Publish');
  await press(page, 'Publish');
  await page.getByText('moved this from candidate to published').waitFor();
  await page.getByRole('main').getByText('token:will').first().waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'A boat' }).waitFor();
  const { page: other } = await explorer.visit(`/artifacts/${id}`);
  await other.getByRole('main').getByLabel('Access token').waitFor();
  await Promise.all([page.close(), other.close()]);
});

it("shows the service's own words where it refuses", async () => {
  const { id } = await picture();
  const page = await enter(`/artifacts/${id}`, 'will');
  await press(page, 'Make it a candidate');
  await moveArtifact(explorer.ctx, { id, to: 'archived' });
  await press(page, 'Make it a candidate');
  await page.getByRole('alert').getByText(`artifact ${id} is archived`).waitFor();
  await press(page, 'Leave it as it is');
  await page.close();
});

it('offers changes only to those who may make them', async () => {
  const { id } = await picture();
  const page = await enter(`/artifacts/${id}`, 'rita');
  // Nobody is offered anything before that is known.
  await page.getByText('you are token:rita, reader').waitFor({ state: 'attached' });
  expect(await page.getByRole('button', { name: 'Archive' }).count()).toBe(0);
  await page.close();
});

it('makes an alternative the primary of its role', async () => {
  const { id: storyId } = await registerStory(explorer.ctx, { title: 'The boat' });
  const [first, second] = [await picture(), await picture()];
  for (const { id: artifactId } of [second, first])
    await linkArtifact(explorer.ctx, { storyId, artifactId, role: 'cover' });
  const page = await enter(`/stories/${storyId}`, 'will');
  await press(page, 'Make primary');
  await press(page, 'Make primary');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect((await getPrimaryArtifact(explorer.ctx, { storyId, role: 'cover' })).id).toBe(second.id);
  await page.close();
});
