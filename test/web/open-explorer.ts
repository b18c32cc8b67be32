import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { registerGraphql } from '../../src/graphql/register-graphql.js';
import { createAccess } from '../../src/http/access.js';
import { createApp } from '../../src/http/app.js';
import { packageRoot } from '../../src/package-root.js';
import { registerRest } from '../../src/rest/register-rest.js';
import { registerExplorer } from '../../src/service/explorer.js';
import { openChromium } from '../support/chromium.js';
import { openTestContext, type TestContext } from '../support/graph.js';

export interface Visit {
  page: Page;
  /** What the browser complained of: console errors, failed requests, refusals, hosts that are not the service. */
  complaints: string[];
}

export interface TestExplorer extends TestContext {
  url: string;
  browser: Browser;
  /** Opens a page of the explorer and waits until it is no longer busy. */
  visit(path: string, options?: { width?: number; dark?: boolean }): Promise<Visit>;
  /** A request to REST that has to succeed; its answer. */
  post: (path: string, body: unknown) => Promise<Record<string, unknown>>;
  /** Stores a file of the sample workshop as an artifact; its id. */
  upload: (file: string, type: string, description: string) => Promise<string>;
}

/** The explorer, newly built, in front of the real service, and a browser to look at it. */
export async function openExplorer(
  auth: Partial<Parameters<typeof createAccess>[0]> = {},
): Promise<TestExplorer> {
  await promisify(execFile)(process.execPath, [join(packageRoot, 'scripts', 'build-web.mjs')]);
  const test = await openTestContext();
  const none = { tokensFile: undefined, jwksUrl: undefined, issuer: undefined, audience: undefined };
  const app = createApp({ context: test.ctx, access: createAccess({ ...none, ...auth }) });
  registerRest(app, { context: test.ctx });
  await registerGraphql(app, test.ctx);
  await registerExplorer(app);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const browser = await openChromium();
  return {
    ...test,
    url,
    browser,
    visit: (path, options) => visit(browser, url, path, options),
    post: (path, body) => post(`${url}/api/v1${path}`, JSON.stringify(body), 'application/json'),
    upload: async (file, type, description) => {
      const query = new URLSearchParams({ artifact_type: type, description });
      const bytes = await readFile(join(packageRoot, 'examples', 'workshop', file));
      const path = `${url}/api/v1/artifacts/content?${query.toString()}`;
      const { artifact_id } = await post(path, bytes, 'application/octet-stream');
      return String(artifact_id);
    },
    async close() {
      await browser.close();
      await app.close();
      await test.close();
    },
  };
}

async function post(url: string, body: string | Uint8Array, type: string): Promise<Record<string, unknown>> {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}

async function visit(
  browser: Browser,
  url: string,
  path: string,
  { width = 1400, dark = false }: { width?: number; dark?: boolean } = {},
): Promise<Visit> {
  const colorScheme = dark ? 'dark' : 'light';
  // Colours that are on their way from light to dark would be taken for too faint.
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme,
    reducedMotion: 'reduce',
  });
  const complaints: string[] = [];
  // A machine that has too much to do is not healthy, which is no fault of a page.
  const complain = (what: string) => !/503.*\/health$/.test(what) && complaints.push(what);
  page.on('console', (message) => {
    if (message.type() === 'error') complain(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complain(error.message));
  page.on('response', (answer) => {
    if (answer.status() >= 400) complain(`${answer.status()} ${answer.url()}`);
  });
  page.on('request', (request) => {
    const foreign = !request.url().startsWith(url) && !/^(blob|data):/.test(request.url());
    if (foreign) complain(`foreign host: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    // A film's download is broken off by the browser itself, once it knows what it wants to know.
    // A page that is left ends its own requests.
    const left = request.failure()?.errorText === 'net::ERR_ABORTED';
    if (!left && request.resourceType() !== 'media') complain(`failed: ${request.url()}`);
  });
  await page.goto(url + path, { waitUntil: 'load' });
  await untilCalm(page);
  return { page, complaints };
}

/** Waits until a page is there, and nothing of it is busy any more. */
export async function untilCalm(page: Page): Promise<void> {
  await page.locator('#main > *').first().waitFor({ state: 'attached' });
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
}

const barriers = z.array(
  z.object({
    id: z.string(),
    impact: z.string().nullable(),
    nodes: z.array(z.object({ html: z.string() })),
  }),
);

/** What axe finds that is serious or worse, one line each. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return barriers
    .parse(await page.evaluate('axe.run().then(({ violations }) => violations)'))
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** How far the page reaches beyond the window's right edge, in pixels. */
export function widthBeyond(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
}
