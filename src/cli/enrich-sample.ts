import { buffer } from 'node:stream/consumers';
import { moveArtifact } from '../artifacts/move-artifact.js';
import { publishArtifact } from '../artifacts/publish-artifact.js';
import { registerArtifact } from '../artifacts/register-artifact.js';
import { openContent } from '../content/open-content.js';
import { registerContent } from '../content/register-content.js';
import type { Context } from '../context.js';
import type { Artifact, SourceReference } from '../model/artifact.js';
import type { Json } from '../model/json.js';
import type { ArtifactType, RelationType } from '../model/vocabulary.js';
import { completeStep } from '../runs/complete-step.js';
import { moveRun } from '../runs/move-run.js';
import { recordRunArtifact } from '../runs/record-run-artifact.js';
import { startRun } from '../runs/start-run.js';
import { startStep } from '../runs/start-step.js';
import { findIllustrated, type IllustratedStory } from '../stories/find-illustrated.js';
import { linkArtifact } from '../stories/link-artifact.js';
import { asWebp, lineDrawing, relit, tune } from './sample-media.js';

const storiesToEnrich = 3;

/**
 * Runs of agents on top of the imported sample, through the same functions that real agents use: each makes a film
 * from a child's cover, seven steps deep, and all of them speak with one voice. A story that has such a run is left.
 */
export async function enrichSample(ctx: Context): Promise<void> {
  const workshop = { ...ctx, actor: 'workshop agents' };
  const stories = await findIllustrated(workshop, storiesToEnrich);
  const [first] = stories;
  if (!first) return;
  const voice = await recordVoice(workshop, first);
  for (const [position, story] of stories.entries()) await makeFilm(workshop, story, voice, position);
}

/** One recording that every later narration is spoken with: the answer to "what else used that voice?". */
async function recordVoice(ctx: Context, { narrationId }: IllustratedStory): Promise<Artifact> {
  const narration = await readContent(ctx, narrationId);
  const input = {
    type: 'audio',
    description: 'Voice sample "Fable"',
    createdByAgent: 'voice_booth',
    externalId: 'sample/voice/fable',
    sources: [{ artifactId: narrationId, type: 'VARIANT_OF' }],
  };
  return registerContent(ctx, input, chunks(narration));
}

interface Work {
  ctx: Context;
  runId: string;
  prefix: string;
  order: number;
}

/** One step that uses some artifacts and makes one. */
interface Making {
  step: string;
  model?: string;
  name: string;
  type: ArtifactType;
  description: string;
  from: readonly (readonly [Artifact | string, RelationType?])[];
  payload?: Json;
  bytes?: Buffer;
  url?: string;
}

async function make(work: Work, making: Making): Promise<Artifact> {
  const { ctx, runId, prefix } = work;
  const sources = making.from.map(([source, type = 'DERIVED_FROM']): SourceReference => ({
    artifactId: typeof source === 'string' ? source : source.id,
    type,
  }));
  const uses = sources.map(({ artifactId }) => artifactId);
  const step = await startStep(ctx, {
    runId,
    name: making.step,
    order: work.order++,
    model: making.model ?? null,
    uses,
  });
  const input = {
    type: making.type,
    description: making.description,
    payload: making.payload ?? null,
    url: making.url ?? null,
    createdByAgent: making.step,
    createdByStepId: step.id,
    externalId: `${prefix}/${making.name}`,
    sources,
  };
  const artifact = making.bytes
    ? await registerContent(ctx, input, chunks(making.bytes))
    : await registerArtifact(ctx, input);
  await completeStep(ctx, { id: step.id, output: { artifactId: artifact.id } });
  await recordRunArtifact(ctx, { runId, artifactId: artifact.id, stage: 'generated' });
  return artifact;
}

async function makeFilm(
  ctx: Context,
  story: IllustratedStory,
  voice: Artifact,
  position: number,
): Promise<void> {
  const prefix = `sample/film/${story.storyId}`;
  const run = await startRun(ctx, {
    workflowType: 'image_to_story',
    storyId: story.storyId,
    externalId: prefix,
  });
  if (run.status !== 'pending') return;
  await moveRun(ctx, { id: run.id, to: 'running' });
  const work: Work = { ctx, runId: run.id, prefix, order: 1 };
  const cover = await readContent(ctx, story.coverId);
  const storyboard = await plan(work, story, cover);
  const scenes = await paintScenes(work, storyboard, { story, cover, position });
  const narration = await narrate(work, storyboard, voice, position);
  await assemble(work, story, [...scenes, narration]);
  await moveRun(ctx, { id: run.id, to: 'completed', summary: { scenes: scenes.length } });
}

/** From the drawing to a storyboard: what is in it, a tale about it, the tale made safe, the tale cut into scenes. */
async function plan(
  work: Work,
  { coverId, textId, title }: IllustratedStory,
  cover: Buffer,
): Promise<Artifact> {
  const lines = await make(work, {
    step: 'vision_analysis',
    name: 'lines',
    type: 'image',
    description: 'Lines of the drawing',
    from: [[coverId]],
    bytes: await lineDrawing(cover),
  });
  const seen = await make(work, {
    step: 'vision_analysis',
    name: 'seen',
    type: 'json',
    description: 'What the agent saw',
    from: [[lines], [coverId]],
    payload: { mood: 'warm', medium: 'crayon', title },
  });
  const tale = await make(work, {
    step: 'story_generation',
    name: 'tale',
    type: 'text',
    description: 'Screenplay, first draft',
    from: [[seen], [textId]],
    payload: `A film of ${title ?? 'the drawing'}: it begins where the crayon first touched the paper.`,
  });
  const safe = await make(work, {
    step: 'safety_check',
    name: 'safe',
    type: 'text',
    description: 'Screenplay, checked',
    from: [[tale, 'VARIANT_OF']],
    payload: `A film of ${title ?? 'the drawing'}: it begins where the crayon first touched the paper. Nobody is afraid.`,
  });
  return make(work, {
    step: 'storyboard',
    name: 'storyboard',
    type: 'json',
    description: 'Storyboard',
    from: [[safe]],
    payload: { scenes: [{ light: 'morning' }, { light: 'evening' }] },
  });
}

async function paintScenes(
  work: Work,
  storyboard: Artifact,
  { story, cover, position }: { story: IllustratedStory; cover: Buffer; position: number },
): Promise<Artifact[]> {
  const scenes: Artifact[] = [];
  for (const [number, hue] of [20, 300].entries()) {
    const scene = await make(work, {
      step: 'image_styling',
      name: `scene-${number + 1}`,
      type: 'image',
      description: `Scene ${number + 1}`,
      from: [[storyboard], [story.coverId]],
      bytes: await relit(cover, hue + 15 * position),
    });
    scenes.push(scene);
    const { id: artifactId } = scene;
    await linkArtifact(work.ctx, {
      storyId: story.storyId,
      artifactId,
      role: 'scene_image',
      isPrimary: number === 0,
      position: number,
    });
  }
  const [first] = scenes;
  if (first) {
    const take = await make(work, {
      step: 'image_styling',
      name: 'scene-1-second-take',
      type: 'image',
      description: 'Scene 1, a take that was put aside',
      from: [[first, 'VARIANT_OF']],
      bytes: await asWebp(await relit(cover, 180)),
    });
    await moveArtifact(work.ctx, { id: take.id, to: 'archived' });
  }
  return scenes;
}

async function narrate(
  work: Work,
  storyboard: Artifact,
  voice: Artifact,
  position: number,
): Promise<Artifact> {
  const spoken = await make(work, {
    step: 'tts_generation',
    model: 'fable',
    name: 'narration',
    type: 'audio',
    description: 'Narration of the film',
    from: [[storyboard], [voice]],
    bytes: tune([0, 4, 7, 12, 7, 4, position]),
  });
  return make(work, {
    step: 'audio_mixing',
    name: 'mix',
    type: 'audio',
    description: 'Narration with music',
    from: [[spoken]],
    bytes: tune([0, 4, 7, 12, 7, 4, position, 0, -5, 0]),
  });
}

/** The film and its smaller encoding. The videos are records alone: their bytes are kept elsewhere. */
async function assemble(
  work: Work,
  { storyId, title }: IllustratedStory,
  parts: readonly Artifact[],
): Promise<void> {
  const address = `https://films.example.invalid/${storyId}`;
  const film = await make(work, {
    step: 'video_assembly',
    name: 'film',
    type: 'video',
    description: `Film of ${title ?? 'the story'}`,
    from: parts.map((part) => [part] as const),
    url: `${address}.mkv`,
  });
  const small = await make(work, {
    step: 'video_transcoding',
    name: 'film-720p',
    type: 'video',
    description: `Film of ${title ?? 'the story'}, 720p`,
    from: [[film, 'TRANSCODED_FROM']],
    url: `${address}-720p.mp4`,
  });
  await recordRunArtifact(work.ctx, { runId: work.runId, artifactId: small.id, stage: 'approved' });
  await moveArtifact(work.ctx, { id: small.id, to: 'candidate' });
  await publishArtifact(work.ctx, { id: small.id, storyId, role: 'final_video' });
}

async function readContent(ctx: Context, artifactId: string): Promise<Buffer> {
  const { body } = await openContent(ctx, artifactId, {});
  return body ? buffer(body) : Buffer.alloc(0);
}

async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}
