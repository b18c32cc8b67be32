import { findBarriers, openExplorer, widthBeyond, type TestExplorer } from './open-explorer.js';
import { seedWorkshop, type Workshop } from './seed-workshop.js';

let explorer: TestExplorer;
let made: Workshop;
beforeAll(async () => {
  explorer = await openExplorer();
  made = await seedWorkshop(explorer);
});
afterAll(() => explorer.close());

const pages = (): [string, string, string][] => [
  ['home', '/', 'Made lately'],
  ['story', `/stories/${made.story}`, 'The Moon Boat'],
  ['a picture', `/artifacts/${made.cover}`, 'A drawing of a boat'],
  ['a sound', `/artifacts/${made.narration}`, 'Narration of the boat'],
  ['a film', `/artifacts/${made.film}`, 'The film of the boat'],
  ['a text', `/artifacts/${made.text}`, 'The words of the boat'],
  ['a lineage', `/artifacts/${made.film}/lineage`, 'The film of the boat'],
  ['where lineages begin', '/lineage', 'Choose what to trace'],
  ['runs', '/runs', 'Drawing to story'],
  ['a search', '/search?q=moon', 'The Moon Boat'],
  ['a run', `/runs/${made.run}`, 'vision analysis'],
  ['a comparison', `/compare?a=${made.cover}&b=${made.narration}`, 'What differs'],
  ['changes', '/audit', 'Every change'],
  ['changes of one', `/audit?node=${made.cover}`, 'recorded'],
  ['data', `/artifacts/${made.data}`, 'What the drawing shows'],
];

/** Other test files share the graph, but not the store: their media are not to be had here. */
function ofOwn(complaints: readonly string[]): string[] {
  const own = new Set<string>(Object.values(made));
  const isForeign = (line: string) => {
    const id = /^404 .*\/artifacts\/([^/]+)\/(content|preview|waveform)/.exec(line)?.[1];
    return id !== undefined && !own.has(id);
  };
  let echoes = complaints.filter(isForeign).length;
  const isEcho = (line: string) =>
    line.startsWith('Failed to load resource') && line.includes('404') && echoes-- > 0;
  return complaints.filter((line) => !isForeign(line) && !isEcho(line));
}

it('shows every page without a complaint, a barrier or a sideways scroll, wide and narrow, light and dark', async () => {
  const found: string[] = [];
  for (const [name, path, text] of pages()) {
    for (const options of [{}, { dark: true, width: 390 }]) {
      const { page, complaints } = await explorer.visit(path, options);
      await page.getByText(text).first().waitFor();
      const said = [...ofOwn(complaints), ...(await findBarriers(page))];
      if ((await widthBeyond(page)) > 0) said.push('wider than the window');
      found.push(...said.map((line) => `${name} ${JSON.stringify(options)}: ${line}`));
      await page.close();
    }
  }
  expect(found).toEqual([]);
});

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
