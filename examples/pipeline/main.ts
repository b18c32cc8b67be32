/**
 * The four places of a story workshop where media are made, one after the other, as its services would call them:
 *
 *   npm run example -- [URL of the service] [KEY of the job]
 *
 * Stop it where you like and start it again with the same key: it goes on, and records nothing twice.
 */
import { randomUUID } from 'node:crypto';
import { Tracker } from 'artifact-graph-client';
import type { Job } from './job.js';
import { publishStory } from './publish-story.js';
import { speakStory } from './speak-story.js';
import { uploadImage } from './upload-image.js';
import { writeStory } from './write-story.js';

const [url = 'http://127.0.0.1:4000', key = randomUUID()] = process.argv.slice(2);
const tracker = new Tracker({ url, agent: 'workshop' });
const job: Job = {
  key,
  run: { workflow_type: 'image_to_story', story_id: `story-${key}`, session_id: `session-${key}` },
  title: 'Back before the milk boiled',
  drawing: 'examples/workshop/data/uploads/child-poppy/lightning-dog.jpg',
};

for (const place of [uploadImage, writeStory, speakStory, publishStory]) await place(tracker, job);
console.log(`${url}/stories/${job.run.story_id}`);
