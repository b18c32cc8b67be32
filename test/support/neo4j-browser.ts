import type { Browser, Locator, Page } from 'playwright-core';

/** Opens Neo4j Browser and logs in; it then plays the guide that its server names. */
export async function openNeo4jBrowser(
  browser: Browser,
  { address, user, password }: { address: string; user: string; password: string },
): Promise<{ page: Page; guide: Locator }> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.goto(address);
  await page.getByTestId('username').fill(user);
  await page.getByTestId('password').fill(password);
  await page.getByTestId('connect').click();
  const guide = page.getByTestId('frame').filter({ has: page.getByTestId('carousel') });
  await guide.waitFor();
  return { page, guide };
}

/** What the frame of a command says at its end: a table's or a graph's, a style's, a parameter's, an error's. */
const ended = /completed after|Displaying|Successfully set|^node \{|^ERROR$/im;

/** Clicks a cell of a guide into the editor, runs it, and waits for its result: the newest frame. */
export async function runCell(page: Page, cell: Locator): Promise<Locator> {
  const frames = page.getByTestId('frame');
  const before = await frames.count();
  await cell.click();
  await page.getByTestId('editor-Run').click();
  await frames.nth(before).waitFor();
  const result = frames.first();
  await result.getByText(ended).first().waitFor();
  return result;
}
