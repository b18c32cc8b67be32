import type { Page } from 'playwright-core';
import { openExplorer, untilCalm, type TestExplorer } from './open-explorer.js';
import { ofOwn, seedWorkshop, type Workshop } from './seed-workshop.js';

let explorer: TestExplorer;
let made: Workshop;
beforeAll(async () => {
  explorer = await openExplorer();
  made = await seedWorkshop(explorer);
});
afterAll(() => explorer.close());

/** Runs in the page: what the focus is on, in words. */
const focused = `(() => {
  const { activeElement: element, body } = document;
  return element === body ? '' : element.textContent + ' ' + (element.ariaLabel ?? '');
})()`;

/** Presses Tab until the focus is on what is called so. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    if (name.test(await page.evaluate<string>(focused))) return;
  }
  throw new Error(`Tab does not lead to ${String(name)}`);
}

/** Presses an arrow key in the list until the focus is on what is called so; it follows with the next drawing of the page. */
async function walkTo(page: Page, name: string, key: string): Promise<void> {
  const place = page.locator('[role=treeitem]:focus');
  for (let last = ''; !(await place.innerText()).includes(name);) {
    last = (await place.getAttribute('data-node-id')) ?? '';
    await page.keyboard.press(key);
    await page.locator(`[role=treeitem]:focus:not([data-node-id="${last}"])`).waitFor();
  }
}

const title = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();

it('leads from the search to the drawing behind a film without a mouse, and back to where one was', async () => {
  const { page, complaints } = await explorer.visit('/');
  await page.keyboard.press('/');
  // Other tests tell the same story at the same time: by its id there is one.
  await page.keyboard.type(made.story);
  await page.keyboard.press('Enter');
  await title(page, /^1 story .* for “/);
  await tabTo(page, /The Moon Boat/);
  await page.keyboard.press('Enter');
  await title(page, /^The Moon Boat/);
  await tabTo(page, /^The film of the boat/);
  await page.keyboard.press('Enter');
  await title(page, 'The film of the boat');
  // The focus is on the new page, and the first Tab is in it.
  await tabTo(page, /^Lineage/);
  await page.keyboard.press('Enter');
  await page.getByText('As a list').waitFor();
  await tabTo(page, /As a list/);
  await page.keyboard.press('Enter');
  await tabTo(page, /The film of the boat/);
  await walkTo(page, 'A drawing of a boat', 'ArrowUp');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('[role=treeitem]:focus', { hasText: 'A drawing of a boat' }).waitFor();
  await page.keyboard.press('Enter');
  await title(page, 'A drawing of a boat');
  await page.goBack();
  await title(page, 'The film of the boat');
  expect(ofOwn(complaints, made)).toEqual([]);
  await page.close();
});

/** Runs in the page: what a click does something to, and Tab does not reach. */
const unreachable = `(() => {
  const acts = 'a[href], button, input, select, summary, [role=treeitem][aria-selected=true]';
  return [...document.querySelectorAll(acts)]
    .filter((element) => element.checkVisibility() && element.tabIndex < 0 && !element.closest('[aria-hidden=true]'))
    .map(({ outerHTML }) => outerHTML.slice(0, 100));
})()`;

it.each([
  ['a story', () => `/stories/${made.story}`],
  ['a sound', () => `/artifacts/${made.narration}`],
  ['a lineage', () => `/artifacts/${made.film}/lineage`],
  ['a comparison', () => `/compare?a=${made.cover}&b=${made.narration}`],
  ['changes', () => '/audit'],
])('has nothing on the page of %s that Tab does not reach', async (_, address) => {
  const { page } = await explorer.visit(address());
  await page.locator('main h1, main h2').first().waitFor();
  expect(await page.evaluate(unreachable)).toEqual([]);
  await page.close();
});

it('keeps the steps of a run that are open in its address', async () => {
  const { page } = await explorer.visit(`/runs/${made.run}`);
  await page.getByText('vision analysis').last().click();
  await page.getByText('It used').waitFor();
  const { page: other } = await explorer.visit(page.url().slice(explorer.url.length));
  await other.getByText('It used').waitFor();
  await other.getByText('vision analysis').last().click();
  await other.waitForURL((url) => url.search === '');
  await Promise.all([page.close(), other.close()]);
});

it('keeps what one sees of a lineage in its address', async () => {
  const { page } = await explorer.visit(`/artifacts/${made.film}/lineage`);
  await page.locator('.item', { hasText: 'A drawing of a boat' }).click();
  await page.getByLabel('Chosen').getByRole('heading', { name: 'A drawing of a boat' }).waitFor();
  await page.getByLabel('Which way').selectOption('what it was made from');
  await page.getByLabel('other take of').uncheck();
  // The answer to these choices may move the view.
  await untilCalm(page);
  await page.locator('.stage').hover();
  await page.mouse.wheel(0, -120);
  await page.waitForURL(/[?&]at=/);
  const seen = (one: Page) => one.locator('.stage-cards').getAttribute('style');
  const { page: other } = await explorer.visit(page.url().slice(explorer.url.length));
  await other.getByLabel('Chosen').getByRole('heading', { name: 'A drawing of a boat' }).waitFor();
  await other.locator('.item.is-selected').waitFor();
  expect(await other.getByLabel('Which way').inputValue()).toBe('UPSTREAM');
  expect(await other.getByLabel('other take of').isChecked()).toBe(false);
  const places = async (one: Page) => ((await seen(one)) ?? '').match(/-?[\d.]+/g)?.map(Number) ?? [];
  const [here, there] = [await places(page), await places(other)];
  // Places are whole in the address: a pixel or two on the screen.
  expect(here.map((number, n) => Math.abs(number - (there[n] ?? NaN)) < 3)).toEqual([true, true, true]);
  await page.getByRole('button', { name: 'Fit', includeHidden: true }).click();
  await page.waitForURL((url) => !url.searchParams.has('at'));
  await Promise.all([page.close(), other.close()]);
});
