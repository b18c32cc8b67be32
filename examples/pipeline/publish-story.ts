import type { Tracker } from 'artifact-graph-client';
import type { Job } from './job.js';

/** The story goes out: its cover, its words and its sound. */
export async function publishStory(tracker: Tracker, { key, run: facts }: Job): Promise<void> {
  const run = await tracker.startRun(key, facts);
  await run.publish(run.getArtifact('image_upload', 'drawing'), 'cover');
  await run.publish(run.getArtifact('story_generation', 'text'), 'story_text');
  await run.publish(run.getArtifact('tts_generation', 'narration'), 'final_audio');
  await run.complete({ published: 3 });
}
