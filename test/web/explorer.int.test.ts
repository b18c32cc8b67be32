import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.js';
import { findBarriers, openExplorer, widthBeyond, type TestExplorer } from './open-explorer.js';
import { ofOwn, seedWorkshop, type Workshop } from './seed-workshop.js';

let explorer: TestExplorer;
let made: Workshop;
beforeAll(async () => {
  explorer = await openExplorer();
  made = await seedWorkshop(explorer);
});
afterAll(() => explorer.close());

/** A page, its address, and a text that it shows. */
const pages: [string, (made: Workshop) => string, string | RegExp][] = [
  ['home', () => '/', 'Made lately'],
  ['story', (made) => `/stories/${made.story}`, 'The Moon Boat'],
  ['a picture', (made) => `/artifacts/${made.cover}`, 'A drawing of a boat'],
  ['a sound', (made) => `/artifacts/${made.narration}`, 'Narration of the boat'],
  ['a film', (made) => `/artifacts/${made.film}`, 'The film of the boat'],
  ['a text', (made) => `/artifacts/${made.text}`, 'The words of the boat'],
  ['a lineage', (made) => `/artifacts/${made.film}/lineage`, 'The film of the boat'],
  ['where lineages begin', () => '/lineage', 'Choose what to trace'],
  ['runs', () => '/runs', 'Drawing to story'],
  ['a search', () => '/search?q=moon', 'The Moon Boat'],
  ['a run', (made) => `/runs/${made.run}`, 'vision analysis'],
  ['a comparison', (made) => `/compare?a=${made.cover}&b=${made.narration}`, 'What differs'],
  ['changes', () => '/audit', 'Every change'],
  ['changes of one', (made) => `/audit?node=${made.cover}`, 'A drawing of a boat'],
  ['imports', () => '/import', /Nothing has been imported|Only what is not whole/],
  ['data', (made) => `/artifacts/${made.data}`, 'What the drawing shows'],
];

it.each(pages)(
  'shows %s without a complaint, a barrier or a sideways scroll, wide and narrow, light and dark',
  async (_, address, text) => {
    const { page, complaints } = await explorer.visit(address(made));
    await page.getByText(text).first().waitFor();
    const said = await findBarriers(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: 'dark' });
    said.push(...(await findBarriers(page)), ...ofOwn(complaints, made));
    if ((await widthBeyond(page)) > 0) said.push('wider than the window');
    expect(said).toEqual([]);
    await page.close();
  },
);

it('serves its pages with a strict policy, its assets for ever, and problems for what is not there', async () => {
  const index = await fetch(`${explorer.url}/stories/${made.story}`);
  expect(index.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
  expect(index.headers.get('cache-control')).toContain('max-age=0');
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await index.text())?.[1] ?? '';
  const asset = await fetch(explorer.url + script);
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  for (const path of ['/lineage/of/nothing', '/assets/nothing.js', '/api/v1/nothing']) {
    const missing = await fetch(explorer.url + path);
    expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  }
});

it('leads from a story to the drawing that its film came from', async () => {
  const { page, complaints } = await explorer.visit(`/stories/${made.story}`);
  await page
    .getByRole('link', { name: /The film of the boat/ })
    .first()
    .click();
  await page
    .getByRole('link', { name: /A drawing of a boat/ })
    .first()
    .click();
  await page.getByRole('heading', { name: 'A drawing of a boat' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/artifacts/${made.cover}`);
  expect(complaints).toEqual([]);
  await page.close();
});

it('lights the way between two artifacts and dims the rest', async () => {
  const { page } = await explorer.visit(
    `/artifacts/${made.film}/lineage?sel=${made.film}&with=${made.cover}`,
  );
  await page.locator('.item.is-dim').nth(2).waitFor();
  const lit = await page.locator('.item:not(.is-dim)').allInnerTexts();
  expect(lit.map((text) => /The film of the boat|A drawing of a boat/.exec(text)?.[0]).sort()).toEqual([
    'A drawing of a boat',
    'The film of the boat',
  ]);
  await page.close();
});

it('finds a story by a file that is dropped, without sending it anywhere', async () => {
  const { page, complaints } = await explorer.visit('/');
  const file = join(packageRoot, 'examples/workshop/data/uploads/child-poppy/lightning-dog.jpg');
  const sent: number[] = [];
  page.on('request', (request) => sent.push(request.postDataBuffer()?.length ?? 0));
  const bytes = (await readFile(file)).toString('base64');
  await page.evaluate(`{
    const dataTransfer = new DataTransfer();
    const bytes = Uint8Array.from(atob('${bytes}'), (letter) => letter.charCodeAt(0));
    dataTransfer.items.add(new File([bytes], 'drawing.jpg'));
    document.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }`);
  await page.getByRole('heading', { name: /^drawing\.jpg is / }).waitFor();
  await page.getByText('The Moon Boat').first().waitFor();
  expect(new URL(page.url()).searchParams.get('hash')).toMatch(/^[0-9a-f]{64}$/);
  expect(Math.max(...sent)).toBeLessThan(10_000);
  expect(ofOwn(complaints, made)).toEqual([]);
  await page.close();
});

it('says that no artifact has the bytes of a file that is chosen', async () => {
  const { page } = await explorer.visit('/search');
  await page
    .getByLabel(/look for a file/)
    .setInputFiles({ name: 'new.txt', mimeType: 'text/plain', buffer: Buffer.from(explorer.unique()) });
  await page.getByRole('heading', { name: 'No artifact has the bytes of new.txt' }).waitFor();
  await page.close();
});
