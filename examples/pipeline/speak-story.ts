import type { Tracker } from 'artifact-graph-client';
import type { Job } from './job.js';
import { speak } from './models.js';

/** Speech arrives as a stream; it is recorded while it arrives. */
export async function speakStory(tracker: Tracker, { key, run: facts }: Job): Promise<void> {
  const run = await tracker.startRun(key, facts);
  const text = run.getArtifact('story_generation', 'text');
  await run.step('tts_generation', { model: 'storyteller-voice', uses: [text] }, async (step) => {
    const audio = {
      artifact_type: 'audio',
      description: 'The narration',
      mime_type: 'audio/wav',
      derived_from: [text],
    } as const;
    const { metadata } = await step.record('narration', audio, () => speak(String(text.artifact_payload)));
    return { sound: metadata };
  });
}
