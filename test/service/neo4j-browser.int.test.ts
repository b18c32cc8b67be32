import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { moveArtifact } from '../../src/artifacts/move-artifact.js';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { parseConfig } from '../../src/config.js';
import { freePort } from '../../src/local/free-port.js';
import { browserGuideUrl, listen, type Listening } from '../../src/service/listen.js';
import { openService, type Service } from '../../src/service/open-service.js';
import { startRun } from '../../src/runs/start-run.js';
import { startStep } from '../../src/runs/start-step.js';
import { linkArtifact } from '../../src/stories/link-artifact.js';
import { registerStory } from '../../src/stories/register-story.js';
import { openChromium } from '../support/chromium.js';
import { openNeo4jBrowser, runCell } from '../support/neo4j-browser.js';

/** A Neo4j of its own: its Browser opens with the guide only where the service started it so. */
let dataDir: string;
let service: Service;
let listening: Listening;
let browser: Browser;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'neo4j-browser-'));
  const config = parseConfig({
    PORT: String(await freePort(undefined)),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    ARTIFACT_GRAPH_CACHE: process.env.ARTIFACT_GRAPH_CACHE,
  });
  service = await openService({
    config,
    onProgress: () => undefined,
    signal: new AbortController().signal,
    actor: 'test',
    browserGuideUrl: browserGuideUrl(config),
  });
  await seed(service);
  listening = await listen(config, service);
  browser = await openChromium();
}, 300_000);
afterAll(async () => {
  await browser.close();
  await listening.close();
  await service.close();
  await rm(dataDir, { recursive: true, force: true });
}, 120_000);

/** A story with a published cover, which a step made from a drawing. */
async function seed({ ctx }: Service): Promise<void> {
  const { id: storyId } = await registerStory(ctx, { title: 'The guide' });
  const { id: runId } = await startRun(ctx, { workflowType: 'image_to_story', storyId });
  const drawing = await registerArtifact(ctx, { type: 'image', description: 'A drawing' });
  const step = await startStep(ctx, { runId, name: 'illustration', order: 1, uses: [drawing.id] });
  const { id: artifactId } = await registerArtifact(ctx, {
    type: 'image',
    description: 'The cover',
    createdByStepId: step.id,
    sources: [{ artifactId: drawing.id, type: 'DERIVED_FROM' }],
  });
  for (const to of ['candidate', 'published']) await moveArtifact(ctx, { id: artifactId, to });
  await linkArtifact(ctx, { storyId, artifactId, role: 'cover' });
}

/** What `artifact-graph up` tells people. */
async function howToLogIn() {
  const told = /^(\S+) \(user (\S+), password in (.+)\)$/.exec(service.places.browser ?? '');
  const [, address = '', user = '', file = ''] = told ?? [];
  return { address, user, password: (await readFile(file, 'utf8')).trim() };
}

test('the guide opens by itself in Neo4j Browser, and every cell of it runs there, or is refused by the rule that it shows', async () => {
  const { page, guide } = await openNeo4jBrowser(browser, await howToLogIn());
  const said: [cell: string, refused: string | null, result: string][] = [];
  for (let isLast = false; !isLast;) {
    for (const cell of await guide.locator('pre.runnable').all()) {
      const [text, refused] = [await cell.innerText(), await cell.getAttribute('data-refused')];
      const result = await runCell(page, cell);
      said.push([text, refused, await result.innerText()]);
      if (text.includes('*0..]')) {
        // The style of the cell before it: artifacts have their colour, and are called by their description.
        await result.locator('.caption', { hasText: 'The cover' }).first().waitFor();
        expect(await result.locator('circle[fill="#9a4521"]').count()).toBe(2);
      }
      await result.getByTitle('Close').click();
    }
    const next = guide.getByTestId('nextSlide');
    isLast = (await next.count()) === 0;
    if (!isLast) await next.click();
  }
  const wrong = said.filter(([, refused, result]) =>
    refused === null ? /^ERROR$/m.test(result) : !result.includes(`[${refused}]`),
  );
  expect(wrong).toEqual([]);
  const served = await (await fetch(`${listening.url}/guide.html`)).text();
  expect(said).toHaveLength(served.split('<pre').length - 1);
  await page.close();
}, 400_000);
