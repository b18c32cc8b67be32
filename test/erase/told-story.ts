import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { makePreview } from '../../src/content/preview/make-preview.js';
import { registerContent } from '../../src/content/register-content.js';
import type { Context } from '../../src/context.js';
import type { Artifact } from '../../src/model/artifact.js';
import { sha256 } from '../../src/model/digest.js';
import { completeStep } from '../../src/runs/complete-step.js';
import { moveRun } from '../../src/runs/move-run.js';
import { recordRunArtifact } from '../../src/runs/record-run-artifact.js';
import { startRun } from '../../src/runs/start-run.js';
import { startStep } from '../../src/runs/start-step.js';
import { linkArtifact } from '../../src/stories/link-artifact.js';
import { registerStory } from '../../src/stories/register-story.js';
import { toAsync } from '../contract/content-store.js';
import { typeStatement, type TestContext } from '../support/graph.js';

export interface ToldStory {
  /** A word that is in every text of the story, and nowhere else. */
  word: string;
  storyId: string;
  runId: string;
  /** What the cover was made from; the story does not show it. */
  photo: Artifact;
  cover: Artifact;
  text: Artifact;
  /** Made from the cover, and shown by nobody. */
  thumbnail: Artifact;
}

/** A story whose word is wherever a text can be, with bytes, previews and an old row. */
export async function tellStory(opened: TestContext, shared?: Buffer): Promise<ToldStory> {
  const { ctx } = opened;
  const word = `word${randomUUID().replaceAll('-', '')}`;
  const { id: storyId } = await registerStory(ctx, { title: `Story of ${word}` });
  const names = { sessionId: `s ${word}`, externalId: `e ${word}` };
  const { id: runId } = await startRun(ctx, { workflowType: 'image_to_story', storyId, ...names });
  const media = await makeMedia(ctx, runId, word, shared);
  await recordRunArtifact(ctx, { runId, artifactId: media.cover.id, stage: 'generated' });
  await moveRun(ctx, { id: runId, to: 'completed', summary: { word } });
  await linkArtifact(ctx, { storyId, artifactId: media.cover.id, role: 'cover' });
  await linkArtifact(ctx, { storyId, artifactId: media.text.id, role: 'story_text' });
  await rememberOldRow(opened, storyId, word);
  return { word, storyId, runId, ...media };
}

async function makeMedia(ctx: Context, runId: string, word: string, shared: Buffer | undefined) {
  const facts = () => ({
    path: `/data/${word}.png`,
    url: `https://example.org/${word}`,
    description: `about ${word}`,
    metadata: { custom: { word } },
    createdByAgent: `agent ${word}`,
    externalId: `${word} ${randomUUID()}`,
  });
  const photo = await registerContent(ctx, { type: 'image', ...facts() }, toAsync([await picture()]));
  const texts = { name: `look at ${word}`, input: { word }, model: word, promptHash: word };
  const step = await startStep(ctx, { runId, order: 0, uses: [photo.id], ...texts });
  const from = ({ id }: Artifact) => [{ artifactId: id, type: 'DERIVED_FROM', metadata: { word } }];
  const made = (source: Artifact) => ({ ...facts(), createdByStepId: step.id, sources: from(source) });
  const cover = await registerContent(ctx, { type: 'image', ...made(photo) }, toAsync([await picture()]));
  const payload = `Once there was ${word}`;
  const text = await registerArtifact(ctx, { type: 'text', payload, ...made(cover) });
  const thumbnail = await registerArtifact(ctx, { type: 'image', ...facts(), sources: from(cover) });
  if (shared) await registerContent(ctx, { type: 'text', ...made(photo) }, toAsync([shared]));
  await completeStep(ctx, { id: step.id, status: 'failed', output: { word }, error: `no ${word}` });
  for (const { contentHash, sizeBytes } of [photo, cover]) {
    const content = { sha256: sha256.parse(contentHash), sizeBytes: sizeBytes ?? 0, mimeType: 'image/png' };
    await makePreview(ctx, content, 64);
  }
  return { photo, cover, text, thumbnail };
}

/** One that no other story has. */
function picture(): Promise<Buffer> {
  const background = `#${randomUUID().slice(0, 6)}`;
  return sharp({ create: { width: 60, height: 40, channels: 3, background } })
    .withExif({ IFD0: { ImageDescription: randomUUID() } })
    .png()
    .toBuffer();
}

/** What an import would have left of an old story. */
async function rememberOldRow(opened: TestContext, storyId: string, word: string): Promise<void> {
  await typeStatement(
    opened,
    `CREATE (:LegacyImport {key: 'old story ' + $storyId, source: 'old', kind: 'story', sourceId: $storyId, rowName: $word,
       digest: 'd', outcome: 'imported', at: datetime(), actor: 'test', madeStory: false, addedFields: ['themeText'],
       artifactIds: [], runIds: [], stepIds: [], linkKeys: [], relationKeys: [], stageKeys: [],
       problems: ['not kept: ' + $word], files: '[{"path":"' + $word + '"}]'})
     WITH 1 AS one MATCH (s:Story {id: $storyId}) SET s.themeText = 'theme of ' + $word`,
    { storyId, word },
  );
}
