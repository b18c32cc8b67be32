import type { Tracker } from 'artifact-graph-client';
import type { Job } from './job.js';

/** A child's drawing arrives: a story begins with it. */
export async function uploadImage(tracker: Tracker, { key, run: facts, title, drawing }: Job): Promise<void> {
  await tracker.openStory(facts.story_id, { title });
  const run = await tracker.startRun(key, facts);
  await run.step('image_upload', {}, async (step) => {
    const image = { artifact_type: 'image', description: 'The drawing' } as const;
    const { file_size } = await step.record('drawing', image, () => ({ file: drawing }), showProgress);
    return { bytes: file_size };
  });
}

function showProgress({ sentBytes, totalBytes }: { sentBytes: number; totalBytes: number }): void {
  console.error(`drawing: ${sentBytes} of ${totalBytes} bytes sent`);
}
