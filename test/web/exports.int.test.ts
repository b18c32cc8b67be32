import { join } from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { packageRoot } from '../../src/package-root.js';
import { hostileText, hostileTexts } from '../lineage/hostile-names.js';
import { asSeen } from '../lineage/lineage-documents.js';
import { openChromium } from '../support/chromium.js';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(packageRoot, 'web', 'src', 'lineage', 'export.ts')],
    ...{ bundle: true, write: false, format: 'iife', globalName: 'exported', jsx: 'automatic' },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  browser = await openChromium();
  page = await browser.newPage();
  await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
});
afterAll(() => browser.close());

const read = z.array(z.object({ tags: z.array(z.string()), text: z.string(), csv: z.string() }));

/** Runs in the page: what the browser's reader of SVG makes of each drawing, and the same as CSV. */
const exportAll = `(names) => names.map((description) => {
  const one = { id: 'a,"1', type: 'IMAGE', lifecycleState: 'CANDIDATE', description, createdBy: null };
  const scene = { items: [{ key: 'a', cut: { UPSTREAM: 0, DOWNSTREAM: 0 }, x: 0, y: 0, depth: 0, layer: 0, members: [one] }], ties: [], lines: [], placeOf: new Map() };
  const drawing = new DOMParser().parseFromString(exported.toSvg(scene), 'image/svg+xml');
  const all = [...drawing.querySelectorAll('*')];
  const lines = [...drawing.querySelectorAll('text')].slice(0, -1).map((line) => line.textContent);
  return { tags: [...new Set(all.map(({ tagName }) => tagName))], text: lines.join(' '), csv: exported.toCsv(scene) };
})`;

async function exportOf(names: readonly string[]) {
  return read.parse(await page.evaluate(`(${exportAll})(${JSON.stringify(names)})`));
}

/** The cells of one row as RFC 4180 has them. */
const cellsOf = (csv: string) =>
  [...csv.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell.replaceAll('""', '"'));

const withoutBlanks = (text: string) => asSeen(text).replaceAll(' ', '');

it('a saved drawing says a name letter by letter, and is nothing but a drawing', async () => {
  const names = [...hostileTexts, ...fc.sample(hostileText, 200)];
  for (const [n, { tags, text }] of (await exportOf(names)).entries()) {
    expect(tags.sort()).toEqual(['g', 'rect', 'svg', 'text']);
    const wanted = withoutBlanks(names[n] ?? '');
    // A drawing has the first four lines of a long name.
    const told = withoutBlanks(text).replace(/…$/, '');
    if (wanted.length > 0) expect([wanted, wanted.startsWith(told)]).toEqual([wanted, true]);
    if (n < hostileTexts.length) expect(withoutBlanks(text)).toBe(wanted);
  }
});

it.each(['👩‍👩‍👧‍👦', '🇩🇪', 'e\u0301', 'नि'])(
  'a saved drawing leaves out whole characters only, and shows it: %s',
  async (character) => {
    const [drawn] = await exportOf([character.repeat(100)]);
    expect(withoutBlanks(drawn?.text ?? '')).toBe(`${character.repeat(96)}…`);
  },
);

it('a saved table has every name in a cell of its own, and none that a spreadsheet computes', async () => {
  const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'];
  const names = [...formulas, 'a,b\r\n"c"', ...hostileTexts];
  for (const [n, { csv }] of (await exportOf(names)).entries()) {
    const cells = cellsOf(csv);
    expect(cells).toHaveLength(12);
    expect(cells[6]).toBe('a,"1');
    expect(cells[9]).toBe(`${n < formulas.length ? "'" : ''}${names[n]}`);
  }
});
