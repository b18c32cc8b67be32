import { createRequire } from 'node:module';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import type { LineageDocument } from '../../src/lineage/get-lineage-document.js';
import { printMermaid } from '../../src/lineage/print-graph.js';
import { openChromium } from '../support/chromium.js';
import { asSeen, givenDocuments, hostileDocument, linesOf } from './lineage-documents.js';

const require = createRequire(import.meta.url);
let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await openChromium();
  page = await browser.newPage();
  await page.addScriptTag({ path: require.resolve('mermaid/dist/mermaid.min.js') });
});
afterAll(() => browser.close());

const drawn = z.object({
  nodes: z.array(z.array(z.string().transform(asSeen))),
  edges: z.array(z.string()),
  marked: z.array(z.string()),
});

/** Runs in the page: what Mermaid, as it is configured from the start, makes of each text. */
const drawAll = `async (texts) => {
  mermaid.initialize({ startOnLoad: false });
  const pictures = [];
  for (const text of texts) {
    document.body.innerHTML = (await mermaid.render('picture', text)).svg;
    const all = (selector) => [...document.querySelectorAll(selector)];
    const lines = (label) => label.innerHTML.split(/<br ?\\/?>/).map((html) => {
      const line = document.createElement('p');
      line.innerHTML = html;
      return line.textContent;
    });
    pictures.push({
      nodes: all('.node .nodeLabel p').map(lines),
      edges: all('path.flowchart-link').map(({ id }) => id.replace(/^.*?L_(a\\d+_a\\d+)_\\d+$/, '$1')),
      marked: all('.node :is(i, b, em, strong, a, math, script, ul, ol, h1)').map((one) => one.outerHTML),
    });
  }
  return pictures;
}`;

async function areDrawnAsTheySay(documents: LineageDocument[]): Promise<void> {
  const texts = documents.map(printMermaid);
  const pictures = z.array(drawn).parse(await page.evaluate(`(${drawAll})(${JSON.stringify(texts)})`));
  for (const [index, { lineage, artifacts }] of documents.entries()) {
    const ids = [...artifacts.keys()];
    const named = (id: string) => `a${ids.indexOf(id)}`;
    expect(pictures[index]).toEqual({
      nodes: [...artifacts.values()].map(linesOf),
      edges: lineage.edges.map(({ sourceId, productId }) => `${named(sourceId)}_${named(productId)}`),
      marked: [],
    });
  }
}

describe('Mermaid in a browser', () => {
  it('draws every given name letter by letter', () =>
    areDrawnAsTheySay(givenDocuments.map(([, document]) => document)));

  it('draws any name letter by letter, and every edge between the right two', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostileDocument, { minLength: 1, maxLength: 10 }), areDrawnAsTheySay),
      { numRuns: 12 },
    );
  });
});
