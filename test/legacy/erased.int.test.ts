import { bindStore } from '../../src/content/bind-store.js';
import { erase } from '../../src/erase/erase.js';
import { importLegacy } from '../../src/legacy/import-legacy.js';
import type { ImportOptions } from '../../src/legacy/import-legacy.js';
import { findLegacyMedia } from '../../src/legacy/legacy-media.js';
import { legacyStatus } from '../../src/legacy/legacy-status.js';
import { rollbackLegacy } from '../../src/legacy/rollback-legacy.js';
import { openLegacyTables } from '../../src/legacy/source/open-legacy-tables.js';
import { validateLegacy } from '../../src/legacy/validate-legacy.js';
import { registerStory } from '../../src/stories/register-story.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';
import { Workshop } from './workshop.js';

let test_: TestContext;
beforeAll(async () => {
  test_ = await openTestContext();
  await bindStore(test_.ctx);
});
afterAll(() => test_.close());

async function importOf(workshop: Workshop, options: ImportOptions = {}) {
  const tables = await openLegacyTables(workshop.database);
  const told: (string | undefined)[] = [];
  const onReport: ImportOptions['onReport'] = ({ outcome, reason }) =>
    void told.push(`${outcome}: ${reason}`);
  try {
    return { summary: await importLegacy(test_.ctx, tables, { ...options, onReport }), told };
  } finally {
    await tables.close();
  }
}

const skipped = { imported: 0, skipped: 1, failed: 0, artifacts: 0, contents: 0, runs: 0 };
const erasedAgain = ['skipped: it was erased; what was erased is not imported again'];
const stories = (storyId: string) =>
  typeStatement(test_, 'MATCH (s:Story {id: $storyId}) RETURN keys(s) AS names', { storyId });

test('an erased story stays erased, whatever its old row says by then', async () => {
  const workshop = new Workshop();
  const storyId = workshop.usual('erased');
  await importOf(workshop);
  await erase(test_.ctx, { storyId, reason: 'asked for' });
  const before = await stories(storyId);
  for (const change of [
    "moral = 'Be bold'",
    "story_text = 'Told anew'",
    "image_path = 'uploads/erased.png'",
  ]) {
    workshop.run(`UPDATE stories SET ${change} WHERE story_id = '${storyId}'`);
    for (const options of [{}, { retryFailed: true }, { dryRun: true }]) {
      const { summary, told } = await importOf(workshop, options);
      expect(summary).toMatchObject(skipped);
      expect(told).toEqual(erasedAgain);
    }
  }
  expect(await stories(storyId)).toEqual(before);
  const tables = await openLegacyTables(workshop.database);
  expect(await validateLegacy(test_.ctx, tables)).toMatchObject({ total: 1, clean: 1, findings: 0 });
  expect(await findLegacyMedia(test_.ctx, tables, storyId, (id) => id)).toMatchObject({
    audioUrl: null,
    imageUrl: null,
    imagePath: null,
  });
  await tables.close();
  workshop.close();
});

test('an erased story that was never imported gets no fields from its old row', async () => {
  const workshop = new Workshop();
  const storyId = workshop.usual('known');
  await registerStory(test_.ctx, { id: storyId, title: 'made before' });
  await erase(test_.ctx, { storyId, reason: 'asked for' });
  const before = await stories(storyId);
  expect(await importOf(workshop)).toMatchObject({ summary: skipped, told: erasedAgain });
  expect(await stories(storyId)).toEqual(before);
  workshop.close();
});

test('an erased story is not recorded anew after its import was taken back', async () => {
  const workshop = new Workshop();
  const storyId = workshop.usual('back');
  await importOf(workshop);
  await erase(test_.ctx, { storyId, reason: 'asked for' });
  await rollbackLegacy(test_.ctx, workshop.database);
  expect(await importOf(workshop)).toMatchObject({ summary: skipped, told: erasedAgain });
  expect(await stories(storyId)).toEqual([]);
  const tables = await openLegacyTables(workshop.database);
  expect(await legacyStatus(test_.ctx, tables)).toMatchObject({ total: 1, pending: 0, percent: 100 });
  await tables.close();
  workshop.close();
});
