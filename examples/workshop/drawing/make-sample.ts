/**
 * Makes examples/workshop/: a small legacy database with its pictures and sounds, and the media of the runs that the
 * first start adds on top. Nothing is random: the same machine makes the same files. The results are committed, so
 * only somebody who changes the sample needs this, and Debian's packages ffmpeg, flite and espeak-ng.
 *
 *   node scripts/run.mjs examples/workshop/drawing/make-sample.ts
 *
 * Run it in the root of the checkout. It replaces legacy.db, data/ and extra/ of the folder.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeExtra } from './extra.js';
import { createLegacyDatabase } from './legacy-database.js';
import { addCloudStory } from './old-tables.js';
import { addStory, addUser, makeJingle } from './story-rows.js';
import { stories } from './stories.js';

const root = resolve('examples/workshop');
for (const folder of ['data', 'extra']) rmSync(join(root, folder), { recursive: true, force: true });
mkdirSync(root, { recursive: true });

const db = createLegacyDatabase(join(root, 'legacy.db'));
addUser(db);
makeJingle(root);
for (const story of stories) {
  await addStory(db, root, story);
  console.log(story.title);
}
await addCloudStory(db, root);
db.close();
await makeExtra(join(root, 'extra'));
