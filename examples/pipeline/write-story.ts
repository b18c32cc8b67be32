import type { Tracker } from 'artifact-graph-client';
import type { Job } from './job.js';
import { seen, tale } from './models.js';

/** The story service: it looks at the drawing and writes, in the session that the run names. */
export async function writeStory(tracker: Tracker, { key, run: facts }: Job): Promise<void> {
  const run = await tracker.startRun(key, facts);
  const drawing = run.getArtifact('image_upload', 'drawing');
  const analysis = await run.step(
    'vision_analysis',
    { model: 'picture-reader-2', uses: [drawing] },
    (step) => {
      const json = { artifact_type: 'json', description: 'What it shows', derived_from: [drawing] } as const;
      return step.record('analysis', json, () => ({ payload: seen }));
    },
  );
  await run.step('story_generation', { model: 'tale-writer-5', uses: [analysis] }, async (step) => {
    const text = { artifact_type: 'text', description: 'The story', derived_from: [analysis] } as const;
    await step.record('text', text, () => ({ payload: tale }));
    return { characters: tale.length };
  });
}
