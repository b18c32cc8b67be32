import type { TestExplorer } from './open-explorer.js';

/** The ids of one story and of what it was made from. */
export interface Workshop {
  story: string;
  run: string;
  cover: string;
  narration: string;
  film: string;
  text: string;
  data: string;
}

/** One story from drawing to film, as the workshop makes them. */
export async function seedWorkshop(explorer: TestExplorer): Promise<Workshop> {
  const { post, upload } = explorer;
  const story = explorer.unique('story');
  await post('/stories', { story_id: story, title: 'The Moon Boat 月亮 🐶' });
  const run = String(
    (await post('/artifacts/runs', { workflow_type: 'image_to_story', story_id: story })).run_id,
  );
  const cover = await upload('data/uploads/child-poppy/lightning-dog.jpg', 'image', 'A drawing of a boat');
  const narration = await upload('data/audio/lightning-dog.mp3', 'audio', 'Narration of the boat');
  const film = await upload('extra/film-small.mp4', 'video', 'The film of the boat');
  const step = await post(`/artifacts/runs/${run}/steps`, {
    step_name: 'vision_analysis',
    step_order: 1,
    model: 'picture-reader-2',
    uses: [cover],
  });
  const made = await post('/artifacts', {
    artifact_type: 'json',
    description: 'What the drawing shows',
    artifact_payload: { mood: 'daring', objects: ['dog', 'moon'] },
    created_by_step_id: step.step_id,
    sources: [{ artifact_id: cover, relation_type: 'derived_from' }],
  });
  const data = String(made.artifact_id);
  const words = await post('/artifacts', {
    artifact_type: 'text',
    description: 'The words of the boat',
    artifact_payload: 'Every night the moon creaked like a boat.\n\n“It wants to be sailed,” said the dog.',
    sources: [{ artifact_id: data, relation_type: 'derived_from' }],
  });
  const text = String(words.artifact_id);
  await post(`/artifacts/steps/${String(step.step_id)}/complete`, { output_data: {}, status: 'completed' });
  for (const source of [cover, narration, text])
    await post(`/artifacts/${film}/relations`, { source_artifact_id: source, relation_type: 'derived_from' });
  const roles = { cover, final_audio: narration, final_video: film, story_text: text };
  for (const [role, artifact] of Object.entries(roles))
    await post(`/artifacts/stories/${story}/artifacts`, { artifact_id: artifact, role, is_primary: true });
  return { story, run, cover, narration, film, text, data };
}

/** Other test files share the graph, but not the store: their media are not to be had here. */
export function ofOwn(complaints: readonly string[], made: Workshop): string[] {
  const own = new Set<string>(Object.values(made));
  return complaints.filter((line) => {
    const id = /404.*\/artifacts\/([^/]+)\/(content|preview|waveform)/.exec(line)?.[1];
    return id === undefined || own.has(id);
  });
}
