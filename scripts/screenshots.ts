// node scripts/run.mjs scripts/screenshots.ts [ADDRESS [NEO4J_BROWSER PASSWORD_FILE]]: makes the pictures in docs/pictures
// from the explorer that runs there (http://127.0.0.1:4000), with the sample workshop in it: `npm start` in an empty data
// directory. What it prints of Neo4j Browser gives the picture of the guide, too.
// The packaged Chromium takes the fonts of this machine too: Noto has serifs, CJK and emoji.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { packageRoot } from '../src/package-root.js';
import { openChromium } from '../test/support/chromium.js';
import { openNeo4jBrowser, runCell } from '../test/support/neo4j-browser.js';

const [address = 'http://127.0.0.1:4000', neo4jBrowser, passwordFile] = process.argv.slice(2);

const answer = z.object({
  data: z.object({
    stories: z.array(z.object({ id: z.string(), canonicalVideo: z.object({ id: z.string() }).nullable() })),
    artifacts: z.array(z.object({ id: z.string(), variants: z.array(z.object({ id: z.string() })) })),
  }),
});

/** The story with a film, and a picture with its second take. */
async function findSubjects() {
  const query = `{
    stories(limit: 100) { id canonicalVideo { id } }
    artifacts(where: { type: { eq: IMAGE }, lifecycleState: { eq: ARCHIVED } }, limit: 100) { id variants(limit: 1) { id } }
  }`;
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { stories, artifacts } = answer.parse(await response.json()).data;
  const story = stories.find(({ canonicalVideo }) => canonicalVideo);
  const take = artifacts.find(({ variants }) => variants.length > 0);
  if (!story?.canonicalVideo || !take?.variants[0]) throw new Error(`${address} has not the sample workshop`);
  return { story: story.id, film: story.canonicalVideo.id, takes: [take.id, take.variants[0].id] };
}

interface Shot {
  path: string;
  dark?: boolean;
  width?: number;
}

async function shoot(browser: Browser, name: string, { path, dark = false, width = 1400 }: Shot) {
  const page = await browser.newPage({
    viewport: { width, height: width > 1000 ? 900 : 844 },
    colorScheme: dark ? 'dark' : 'light',
  });
  await page.goto(`${address}${path}`, { waitUntil: 'networkidle', timeout: 120_000 });
  // Thumbnails come as they scroll into view.
  await page.waitForTimeout(2000);
  await keep(page, name);
}

async function keep(page: Page, name: string) {
  const path = join(packageRoot, 'docs', 'pictures', `${name}.jpg`);
  await page.screenshot({ path, type: 'jpeg', quality: 60 });
  await page.close();
}

/** The guide in Neo4j Browser, after a cell that shows nodes of several labels in their colours. */
async function shootGuide(browser: Browser, where: string, file: string) {
  const login = { address: where, user: 'neo4j', password: (await readFile(file, 'utf8')).trim() };
  const { page, guide } = await openNeo4jBrowser(browser, login);
  for (const text of [':style', ':param artifact'])
    await (await runCell(page, guide.locator('pre.runnable', { hasText: text }))).getByTitle('Close').click();
  await guide.getByTestId('nextSlide').click();
  await runCell(page, guide.locator('pre.runnable', { hasText: 'CREATED_BY' }));
  await page.waitForTimeout(4000);
  await page.mouse.wheel(0, -2000);
  await keep(page, 'neo4j-browser');
}

const { story, film, takes } = await findSubjects();
const shots: Record<string, Shot> = {
  stories: { path: '/' },
  story: { path: `/stories/${story}` },
  lineage: { path: `/artifacts/${film}/lineage?direction=made-from`, dark: true },
  compare: { path: `/compare?a=${takes[0]}&b=${takes[1]}` },
  audit: { path: '/audit' },
  'audit-direct': { path: '/audit?actor=direct%20statement' },
  import: { path: '/import' },
  phone: { path: `/stories/${story}`, width: 390, dark: true },
};
const browser = await openChromium();
for (const [name, shot] of Object.entries(shots)) await shoot(browser, name, shot);
if (neo4jBrowser && passwordFile) await shootGuide(browser, neo4jBrowser, passwordFile);
await browser.close();
