// node scripts/run.mjs scripts/screenshots.ts [ADDRESS]: makes the pictures in docs/pictures from the explorer that runs
// there (http://127.0.0.1:4000), with the sample workshop in it: `npm start` in an empty data directory.
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { packageRoot } from '../src/package-root.js';
import { openChromium } from '../test/support/chromium.js';

const address = process.argv.at(-1)?.startsWith('http') ? process.argv.at(-1) : 'http://127.0.0.1:4000';

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
  await page.screenshot({
    path: join(packageRoot, 'docs', 'pictures', `${name}.jpg`),
    type: 'jpeg',
    quality: 60,
  });
  await page.close();
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
await browser.close();
