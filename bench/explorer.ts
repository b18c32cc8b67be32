/**
 * The explorer in headless Chromium, against a service in a process of its own: the first view of home, story and lineage,
 * each in a new browser; then lineages of 5,000 artifacts: how long after the answer's arrival the first picture stands,
 * and, wholly unfolded, the longest gap between two frames while a hand pans and zooms.
 *
 *   npm run bench -- explorer [--data-dir DIR]
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import type { Context } from '../src/context.js';
import { packageRoot } from '../src/package-root.js';
import { loadShape, randomGraph, star, type Shape } from '../test/lineage/provenance-shapes.js';
import { openChromium } from '../test/support/chromium.js';
import { median, percentile, timed } from './support/measure.js';
import { withOwnNeo4j } from './support/own-neo4j.js';
import { measureOrServe, serveArtifactGraph, withServiceProcess } from './support/service-process.js';
import { addStories, externalId, storyId } from './support/workshop-graph.js';

const rounds = 5;
const stories = 20;
const large: Record<string, Shape> = {
  'two sources each': randomGraph(5_000, 300),
  'one source': star(4_999),
};

const open = (browser: Browser) => browser.newPage({ viewport: { width: 1400, height: 900 } });

/** Milliseconds from the request until what the page is about can be seen. */
async function firstView(browser: Browser, url: string, shown: string): Promise<number> {
  const page = await open(browser);
  const ms = await timed(async () => {
    await page.goto(url, { waitUntil: 'commit' });
    await page.locator(shown).first().waitFor();
  });
  await page.close();
  return ms;
}

/** Notes when the first cards are painted. */
const watchFirstPicture = `new MutationObserver((_, observer) => {
  if (!document.querySelector('.stage-cards .item')) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => {
    document.documentElement.dataset.firstPicture = performance.now();
  }));
}).observe(document, { childList: true, subtree: true });`;

/** The longest answer is that of the lineage. */
const sincePicture = `document.documentElement.dataset.firstPicture - performance.getEntriesByType('resource')
  .filter(({ name }) => name.endsWith('/graphql'))
  .sort((a, b) => b.decodedBodySize - a.decodedBodySize)[0].responseEnd`;

async function untilPicture(browser: Browser, url: string): Promise<number> {
  const page = await open(browser);
  await page.addInitScript(watchFirstPicture);
  await page.goto(url, { waitUntil: 'commit' });
  // The page's policy lets nobody evaluate a text as often as waiting for a function would.
  await page.locator('html[data-first-picture]').waitFor();
  const ms = z.number().parse(await page.evaluate(sincePicture));
  await page.close();
  return ms;
}

const startFrames = `window.gaps = []; (() => {
  let last = performance.now();
  const next = (now) => { window.gaps.push(now - last); last = now; requestAnimationFrame(next); };
  requestAnimationFrame(next);
})()`;

/** Gaps between frames in milliseconds, while the wheel zooms from all to one card and back and a hand drags about. */
async function frameGaps(browser: Browser, url: string): Promise<number[]> {
  const page = await open(browser);
  await page.goto(url);
  await page.locator('.stage-cards .item').first().waitFor();
  await page.waitForTimeout(2_000);
  await page.evaluate(startFrames);
  await useHand(page);
  const gaps = z.array(z.number()).parse(await page.evaluate('window.gaps'));
  await page.close();
  return gaps;
}

async function useHand(page: Page): Promise<void> {
  const box = await page.locator('.stage').boundingBox();
  if (!box) throw new Error('the page has no stage');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  for (const turn of [240, -120]) {
    await page.mouse.move(x, y);
    for (let n = 0; n < 20; n++) await page.mouse.wheel(0, turn);
    await page.mouse.down();
    for (let n = 0; n < 60; n++) await page.mouse.move(x + 300 * Math.sin(n / 6), y + 200 * Math.cos(n / 9));
    await page.mouse.up();
  }
}

const ms = (value: number) => `${value.toFixed(0)} ms`;

async function measure(browser: Browser, url: string, shapes: Record<string, string>): Promise<void> {
  const lineageOf = (id: string) => `${url}/artifacts/${id}/lineage`;
  const views = {
    home: [url, '.card'],
    story: [`${url}/stories/${storyId(1)}`, 'h1'],
    lineage: [lineageOf(await lastOfStory(url)), '.stage-cards .item'],
  };
  for (const [name, [address = '', shown = '']] of Object.entries(views)) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) times.push(await firstView(browser, address, shown));
    console.log(`first view of ${name}: median ${ms(median(times))}, longest ${ms(Math.max(...times))}`);
  }
  for (const [name, id] of Object.entries(shapes)) {
    const asked = `${lineageOf(id)}?depth=1000&limit=10000`;
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) times.push(await untilPicture(browser, asked));
    const gaps = await frameGaps(browser, `${asked}&open=all`);
    console.log(
      `lineage of 5,000, ${name}: first picture ${ms(median(times))} after the answer, longest ${ms(Math.max(...times))}; ` +
        `unfolded ${gaps.length} frames, p99 ${ms(percentile(gaps, 0.99))}, longest ${ms(Math.max(...gaps))}`,
    );
  }
}

async function lastOfStory(url: string): Promise<string> {
  const query = `{ artifacts(where: { externalId: { eq: "${externalId(99)}" } }) { id } }`;
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const found = z.object({ data: z.object({ artifacts: z.tuple([z.object({ id: z.string() })]) }) });
  return found.parse(await answer.json()).data.artifacts[0].id;
}

async function load({ db }: Context): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const [name, shape] of Object.entries(large)) {
    await loadShape(db.driver, shape, {
      description: 'The fox looks over the hill',
      createdByAgent: 'illustrator',
    });
    ids[name] = shape.artifacts[0]?.id ?? '';
  }
  return ids;
}

async function main(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(packageRoot, 'scripts', 'build-web.mjs')]);
  await withOwnNeo4j(async (ctx, { folder, neo4j }) => {
    await addStories(ctx, 0, stories);
    const shapes = await load(ctx);
    await withServiceProcess('artifact-graph', { ...neo4j, folder }, 1, async (_call, url) => {
      const browser = await openChromium();
      try {
        await measure(browser, url, shapes);
      } finally {
        await browser.close();
      }
    });
  });
}

await measureOrServe(main, { 'artifact-graph': serveArtifactGraph });
