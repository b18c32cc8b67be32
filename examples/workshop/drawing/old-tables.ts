import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { heightsCover } from './covers/warm.js';
import { cover, scene, writeDrawing } from './images.js';
import { idOf, type LegacyDatabase, type Row } from './legacy-database.js';
import { cloudClimbs, cloudHides, cloudRains } from './scenes.js';
import { narrate, writeSound } from './sound.js';
import { cloudStory } from './stories.js';
import { storyFields } from './story-rows.js';

const id = (name: string): string => idOf(`${cloudStory.slug} ${name}`);
const minute = (n: number): string => `2025-10-04T09:${String(30 + n).padStart(2, '0')}:00Z`;
const runId = id('run');
const storyId = String(storyFields(cloudStory).story_id);
const uploads = `data/uploads/${cloudStory.child}`;

const steps = [
  'vision_analysis',
  'story_generation',
  'safety_check',
  'image_styling',
  'image_generation',
  'tts_generation',
];

interface OldArtifact {
  name: string;
  type: 'image' | 'audio' | 'text' | 'json';
  state: 'intermediate' | 'candidate' | 'published' | 'archived';
  description: string;
  step?: string;
  path?: string;
  payload?: string;
  mime: string;
}

const analysis = { scene: 'a hill with trees', objects: ['cloud', 'girl', 'ribbon', 'sun'], mood: 'shy' };
const report = { violence: 0, fear: 0.06, wording: 'fits the age group', verdict: 'safe' };

const artifacts: OldArtifact[] = [
  {
    name: 'drawing',
    type: 'image',
    state: 'candidate',
    description: 'The drawing that the child uploaded',
    path: `${uploads}/cloud-drawing.webp`,
    mime: 'image/webp',
  },
  {
    name: 'analysis',
    type: 'json',
    state: 'intermediate',
    description: 'What the drawing shows',
    step: 'vision_analysis',
    payload: JSON.stringify(analysis),
    mime: 'application/json',
  },
  {
    name: 'text',
    type: 'text',
    state: 'published',
    description: 'The story',
    step: 'story_generation',
    payload: cloudStory.text,
    mime: 'text/plain',
  },
  {
    name: 'safety',
    type: 'json',
    state: 'intermediate',
    description: 'Safety report',
    step: 'safety_check',
    payload: JSON.stringify(report),
    mime: 'application/json',
  },
  {
    name: 'cover-take-1',
    type: 'image',
    state: 'archived',
    description: 'Cover, first take: too pale for a thumbnail',
    step: 'image_styling',
    path: 'data/styled/cloud-cover-take-1.webp',
    mime: 'image/webp',
  },
  {
    name: 'cover',
    type: 'image',
    state: 'published',
    description: 'Cover, second take, cut from paper',
    step: 'image_styling',
    path: 'data/styled/cloud-cover.webp',
    mime: 'image/webp',
  },
  {
    name: 'scene-1',
    type: 'image',
    state: 'published',
    description: 'Pim hides behind the tree',
    step: 'image_generation',
    path: 'data/scenes/cloud-1.webp',
    mime: 'image/webp',
  },
  {
    name: 'scene-2',
    type: 'image',
    state: 'published',
    description: 'Up the hill on a ribbon',
    step: 'image_generation',
    path: 'data/scenes/cloud-2.jpg',
    mime: 'image/jpeg',
  },
  {
    name: 'scene-3',
    type: 'image',
    state: 'published',
    description: 'It rains with all its heart',
    step: 'image_generation',
    path: 'data/scenes/cloud-3.webp',
    mime: 'image/webp',
  },
  {
    name: 'narration-wav',
    type: 'audio',
    state: 'candidate',
    description: 'Narration, as it was spoken',
    step: 'tts_generation',
    path: 'data/audio/cloud-narration.wav',
    mime: 'audio/wav',
  },
  {
    name: 'narration',
    type: 'audio',
    state: 'published',
    description: 'Narration',
    step: 'tts_generation',
    path: 'data/audio/cloud-narration.mp3',
    mime: 'audio/mpeg',
  },
];

/** Source, product, relation. */
const relations: [string, string, string][] = [
  ['drawing', 'analysis', 'derived_from'],
  ['analysis', 'text', 'derived_from'],
  ['text', 'safety', 'derived_from'],
  ['drawing', 'cover-take-1', 'derived_from'],
  ['cover-take-1', 'cover', 'variant_of'],
  ['drawing', 'cover', 'derived_from'],
  ...['scene-1', 'scene-2', 'scene-3'].flatMap((name): [string, string, string][] => [
    ['text', name, 'derived_from'],
    ['drawing', name, 'derived_from'],
  ]),
  ['text', 'narration-wav', 'derived_from'],
  ['narration-wav', 'narration', 'transcoded_from'],
];

/** Artifact, role, is primary, position. */
const links: [string, string, 0 | 1, number | null][] = [
  ['text', 'story_text', 1, null],
  ['cover', 'cover', 1, null],
  ['drawing', 'cover', 0, 1],
  ['narration', 'final_audio', 1, null],
  ['scene-1', 'scene_image', 1, 0],
  ['scene-2', 'scene_image', 0, 1],
  ['scene-3', 'scene_image', 0, 2],
];

async function makeFiles(root: string): Promise<void> {
  await writeDrawing(join(root, uploads, 'cloud-drawing.webp'), cover(heightsCover));
  await writeDrawing(join(root, 'data/styled/cloud-cover-take-1.webp'), cover(heightsCover, 'watercolour'));
  await writeDrawing(join(root, 'data/styled/cloud-cover.webp'), cover(heightsCover, 'papercut'));
  await writeDrawing(join(root, 'data/scenes/cloud-1.webp'), scene(cloudHides));
  await writeDrawing(join(root, 'data/scenes/cloud-2.jpg'), scene(cloudClimbs));
  await writeDrawing(join(root, 'data/scenes/cloud-3.webp'), scene(cloudRains));
  const spoken = narrate(
    'Pim was a cloud who was afraid of heights. This is not easy for a cloud.',
    'storyteller',
    cloudStory.slug,
  );
  writeSound(join(root, 'data/audio/cloud-narration.wav'), spoken);
  writeSound(join(root, 'data/audio/cloud-narration.mp3'), spoken);
}

/** The story whose run, artifacts, relations and links are in the old artifact tables, with a take that was dropped. */
export async function addCloudStory(db: LegacyDatabase, root: string): Promise<void> {
  await makeFiles(root);
  db.insert('stories', {
    ...storyFields(cloudStory),
    image_path: `${uploads}/cloud-drawing.webp`,
    image_url: `/${uploads}/cloud-drawing.webp`,
    audio_url: '/data/audio/cloud-narration.mp3',
    analysis: JSON.stringify({ title: cloudStory.title, ...analysis }),
    cover_artifact_id: id('cover'),
    canonical_audio_id: id('narration'),
    current_run_id: runId,
  });
  addRun(db);
  for (const artifact of artifacts) db.insert('artifacts', artifactRow(root, artifact));
  addStages(db);
  relations.forEach(([from, to, type]) =>
    db.insert('artifact_relations', {
      relation_id: id(`${type} ${from} ${to}`),
      from_artifact_id: id(from),
      to_artifact_id: id(to),
      relation_type: type,
      created_at: minute(8),
    }),
  );
  links.forEach(([name, role, isPrimary, position]) =>
    db.insert('story_artifact_links', {
      link_id: id(`link ${name} ${role}`),
      story_id: storyId,
      artifact_id: id(name),
      role,
      is_primary: isPrimary,
      position,
      created_at: minute(9),
      updated_at: minute(9),
    }),
  );
}

function addRun(db: LegacyDatabase): void {
  db.insert('runs', {
    run_id: runId,
    story_id: storyId,
    workflow_type: 'image_to_story',
    status: 'completed',
    result_summary: JSON.stringify({ artifacts: artifacts.length, takes_dropped: 1 }),
    created_at: minute(0),
    started_at: minute(0),
    completed_at: minute(9),
  });
  steps.forEach((name, order) =>
    db.insert('agent_steps', {
      agent_step_id: id(`step ${name}`),
      run_id: runId,
      step_name: name,
      step_order: order,
      input_data: JSON.stringify({ story: cloudStory.title }),
      output_data: JSON.stringify({
        made: artifacts.filter(({ step }) => step === name).map((made) => made.description),
      }),
      status: 'completed',
      created_at: minute(order),
      completed_at: minute(order + 1),
    }),
  );
}

function addStages(db: LegacyDatabase): void {
  for (const { name, state } of artifacts) {
    db.insert('run_artifact_links', {
      link_id: id(`stage ${name}`),
      run_id: runId,
      artifact_id: id(name),
      stage: state === 'published' ? 'approved' : state === 'archived' ? 'failed' : 'generated',
      created_at: minute(9),
    });
  }
}

function artifactRow(root: string, artifact: OldArtifact): Row {
  const bytes = artifact.path
    ? readFileSync(join(root, artifact.path))
    : Buffer.from(artifact.payload ?? '', 'utf8');
  const order = artifact.step ? steps.indexOf(artifact.step) : 0;
  return {
    artifact_id: id(artifact.name),
    artifact_type: artifact.type,
    lifecycle_state: artifact.state,
    content_hash: artifact.path ? createHash('sha256').update(bytes).digest('hex') : null,
    artifact_path: artifact.path ?? null,
    artifact_url: artifact.path ? `/${artifact.path}` : null,
    artifact_payload: artifact.payload ?? null,
    description: artifact.description,
    created_by_step_id: artifact.step ? id(`step ${artifact.step}`) : null,
    created_at: minute(order),
    stored_at: minute(order),
    mime_type: artifact.mime,
    file_size: bytes.byteLength,
    safety_score: artifact.name === 'text' ? cloudStory.safetyScore : null,
    created_by_agent: artifact.step ? `${artifact.step}_agent` : null,
  };
}
