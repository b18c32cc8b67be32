import { openExplorer, type TestExplorer } from './open-explorer.js';

let explorer: TestExplorer;
beforeAll(async () => {
  explorer = await openExplorer();
});
afterAll(() => explorer.close());

const comparison = (a: string, b: string) => explorer.visit(`/compare?a=${a}&b=${b}`);

it('lays two pictures of one size over each other, up to where a slider stands', async () => {
  const drawing = 'data/uploads/child-poppy/lightning-dog.jpg';
  const takes = [
    await explorer.upload(drawing, 'image', 'First take'),
    await explorer.upload(drawing, 'image', 'Second take'),
  ] as const;
  const { page, complaints } = await comparison(...takes);
  const over = page.getByAltText('Second take');
  await over.waitFor();
  await page.getByLabel('How much of the first one shows').fill('20');
  const shown = `getComputedStyle(document.querySelector('[alt="Second take"]')).clipPath`;
  expect(await page.evaluate(shown)).toBe('inset(0px 0px 0px 20%)');
  expect(complaints).toEqual([]);
  await page.close();
});

it('goes on at the same place in time when the other of two sounds is heard', async () => {
  const sounds = [
    await explorer.upload('data/audio/lightning-dog.mp3', 'audio', 'First voice'),
    await explorer.upload('data/audio/lightning-dog.mp3', 'audio', 'Second voice'),
  ] as const;
  const { page, complaints } = await comparison(...sounds);
  await page.locator('.sound-switch audio').first().waitFor();
  const timeOf = (place: number) =>
    page.evaluate(`document.querySelectorAll('.sound-switch audio')[${place}].currentTime`);
  await page.waitForFunction(
    "[...document.querySelectorAll('.sound-switch audio')].every((one) => one.readyState > 0)",
  );
  await page.evaluate("document.querySelector('.sound-switch audio').currentTime = 1.5");
  await page.getByRole('button', { name: 'B: Second voice' }).click();
  expect(await timeOf(1)).toBeCloseTo(1.5);
  expect(await page.locator('.sound-switch audio:visible').count()).toBe(1);
  expect(complaints).toEqual([]);
  await page.close();
});

it('marks the words that only one of two texts has', async () => {
  const record = async (artifact_payload: string) =>
    String((await explorer.post('/artifacts', { artifact_type: 'text', artifact_payload })).artifact_id);
  const { page, complaints } = await comparison(
    await record('The moon creaked like a boat.'),
    await record('The moon sang like a boat.'),
  );
  await page.getByRole('region', { name: 'Both texts as one' }).waitFor();
  expect(await page.locator('del').allInnerTexts()).toEqual(['creaked']);
  expect(await page.locator('ins').allInnerTexts()).toEqual(['sang']);
  expect(complaints).toEqual([]);
  await page.close();
});
