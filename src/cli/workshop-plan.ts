import type { Json } from '../model/json.js';
import type { ArtifactType, RelationType, StoryRole, WorkflowType } from '../model/vocabulary.js';

/**
 * What agents are said to have done after the old workshop was imported. An artifact is spoken of by its key, or as
 * `cover` or `text`: the imported primary of the run's story.
 */
export type Source = string | readonly [key: string, relation: RelationType];

export interface PlannedArtifact {
  key: string;
  type: ArtifactType;
  description: string;
  from: readonly Source[];
  /** In examples/workshop/extra; an artifact without a file has a payload. */
  file?: string;
  payload?: Json;
  state?: 'candidate' | 'published' | 'archived';
  role?: { name: StoryRole; isPrimary: boolean; position?: number };
}

export interface PlannedStep {
  name: string;
  model?: string;
  output: Json;
  error?: string;
  makes: readonly PlannedArtifact[];
}

export interface PlannedRun {
  key: string;
  storyId: string;
  workflowType: WorkflowType;
  steps: readonly PlannedStep[];
  summary: Json;
}

/** Ids of the stories in legacy.db. */
const story = {
  lightningDog: '88764921-7f75-8987-a2e5-c272b124395f',
  dragon: 'ef36ba1b-cde9-86fb-ac92-a6bef7959df8',
  whale: 'dff54300-fc2a-8f1d-a9f5-d9151f7aac3d',
  snail: '45c3eedf-6d7f-87f9-aa8f-5fac2130b86b',
  buttons: '1268351f-3fa4-8fa4-a1e6-82a41fc126f6',
  owl: '4e3bd0f9-fc6b-807c-ad10-0e04370e7c21',
};

/** Recorded once, in no run: every later reading is made with this voice. */
export const voice: readonly PlannedArtifact[] = [
  {
    key: 'voice-sample',
    type: 'audio',
    description: 'Voice sample “Storyteller”',
    from: [],
    file: 'voice-sample.ogg',
    state: 'candidate',
  },
  {
    key: 'voice-profile',
    type: 'json',
    description: 'Voice profile “Storyteller”',
    from: ['voice-sample'],
    payload: { name: 'Storyteller', language: 'en', pitch: 1, pace: 'calm' },
    state: 'candidate',
  },
];

const scenes = ['The moon creaks', 'Fishing for stars', 'A light for the windowsill'];
const words = [
  'Lightning Dog ran so fast that his tail crackled, up the last long shadow and off the edge of it.',
  'He steered by the Dog Star, which was only polite, and let down a string, and fished.',
  'On the windowsill sat something the size of a crumb, shining as hard as it could.',
];
const numbers = [1, 2, 3];

const film: PlannedRun = {
  key: 'film',
  storyId: story.lightningDog,
  workflowType: 'image_to_story',
  summary: { film_seconds: 19, scenes: 3, takes_dropped: 2 },
  steps: [
    {
      name: 'vision_analysis',
      model: 'picture-reader-2',
      output: { objects: 5 },
      makes: [
        {
          key: 'seen',
          type: 'json',
          description: 'What the drawing shows',
          from: ['cover'],
          payload: { objects: ['dog', 'moon', 'sail', 'stars', 'sea'], time: 'night', mood: 'daring' },
        },
      ],
    },
    {
      name: 'story_generation',
      model: 'tale-writer-5',
      output: { drafts: 2 },
      makes: [
        {
          key: 'draft-1',
          type: 'text',
          description: 'Film script, first draft: too many stars',
          from: ['seen', 'text'],
          payload: `${words.join('\n')}\nAnd then he fished for a hundred more.`,
          state: 'archived',
        },
        {
          key: 'script',
          type: 'text',
          description: 'Film script',
          from: [['draft-1', 'VARIANT_OF']],
          payload: words.join('\n'),
          state: 'candidate',
        },
      ],
    },
    {
      name: 'safety_check',
      model: 'careful-reader-3',
      output: { verdict: 'safe' },
      makes: [
        {
          key: 'safety',
          type: 'json',
          description: 'Safety report of the script',
          from: ['script'],
          payload: { fear: 0.04, violence: 0, verdict: 'safe' },
        },
      ],
    },
    {
      name: 'storyboard',
      model: 'tale-writer-5',
      output: { scenes: 3 },
      makes: [
        {
          key: 'storyboard',
          type: 'json',
          description: 'Storyboard',
          from: ['script', 'safety'],
          payload: { scenes: scenes.map((title, i) => ({ title, words: words[i] ?? '' })) },
        },
      ],
    },
    {
      name: 'image_generation',
      model: 'crayon-xl',
      output: { pictures: 4 },
      makes: [
        {
          key: 'scene-2-take-1',
          type: 'image',
          description: 'Fishing for stars, first take: too foggy',
          from: ['storyboard', 'cover'],
          file: 'scene-2-take-1.webp',
          state: 'archived',
        },
        ...numbers.map((n): PlannedArtifact => ({
          key: `scene-${n}`,
          type: 'image',
          description: scenes[n - 1] ?? '',
          from: ['storyboard', 'cover', ...(n === 2 ? [['scene-2-take-1', 'VARIANT_OF'] as const] : [])],
          file: `scene-${n}.webp`,
          state: 'candidate',
        })),
      ],
    },
    {
      name: 'image_styling',
      model: 'scissors-1',
      output: { style: 'papercut' },
      makes: numbers.map((n) => ({
        key: `scene-${n}-papercut`,
        type: 'image',
        description: `${scenes[n - 1]}, cut from paper`,
        from: [[`scene-${n}`, 'VARIANT_OF']],
        file: `scene-${n}-papercut.webp`,
        state: 'published',
        role: { name: 'scene_image', isPrimary: n === 1, position: n - 1 },
      })),
    },
    {
      name: 'tts_generation',
      model: 'storyteller-voice',
      output: { parts: 3 },
      makes: numbers.map((n) => ({
        key: `part-${n}`,
        type: 'audio',
        description: `Words of scene ${n}`,
        from: ['script', 'voice-profile'],
        file: `part-${n}.ogg`,
      })),
    },
    {
      name: 'music_generation',
      model: 'music-box-4',
      output: { seconds: 19 },
      makes: [
        {
          key: 'tune',
          type: 'audio',
          description: 'A tune of a music box',
          from: ['storyboard'],
          file: 'tune.ogg',
        },
      ],
    },
    {
      name: 'audio_mixing',
      output: { tracks: 4 },
      makes: [
        {
          key: 'mix',
          type: 'audio',
          description: 'Words and music, lossless',
          from: ['part-1', 'part-2', 'part-3', 'tune'],
          file: 'mix.flac',
          state: 'candidate',
        },
        {
          key: 'mix-mp3',
          type: 'audio',
          description: 'Words and music',
          from: [['mix', 'TRANSCODED_FROM']],
          file: 'mix.mp3',
          state: 'published',
          role: { name: 'final_audio', isPrimary: false, position: 1 },
        },
      ],
    },
    {
      name: 'video_assembly',
      output: { frames_per_second: 12 },
      makes: [
        {
          key: 'film',
          type: 'video',
          description: 'The film',
          from: [...numbers.map((n) => `scene-${n}-papercut`), 'mix-mp3'],
          file: 'film.mp4',
          state: 'published',
          role: { name: 'final_video', isPrimary: true },
        },
        {
          key: 'film-small',
          type: 'video',
          description: 'The film, for slow connections',
          from: [['film', 'TRANSCODED_FROM']],
          file: 'film-small.mp4',
          state: 'published',
          role: { name: 'final_video', isPrimary: false, position: 1 },
        },
      ],
    },
  ],
};

const excerpts = {
  dragon: '“I made too many,” said Ember, who had counted three times.',
  whale: '“Here,” said the small one, a bit late, and the ship came in as neatly as a letter.',
  snail: 'On Tuesday it rained, and Sorrel the snail sang.',
  buttons: 'One thousand two hundred and five.',
};

/** The last lines of a story, read by the shared voice; the story that had no sound gets its first. */
function bedtime(name: keyof typeof excerpts): PlannedRun {
  const isFirst = name === 'buttons';
  return {
    key: `bedtime-${name}`,
    storyId: story[name],
    workflowType: 'image_to_story',
    summary: { readings: 1 },
    steps: [
      {
        name: 'text_selection',
        output: { characters: excerpts[name].length },
        makes: [
          {
            key: `excerpt-${name}`,
            type: 'text',
            description: 'Lines for bedtime',
            from: ['text'],
            payload: excerpts[name],
          },
        ],
      },
      {
        name: 'tts_generation',
        model: 'storyteller-voice',
        output: { parts: 1 },
        makes: [
          {
            key: `reading-${name}`,
            type: 'audio',
            description: 'Bedtime reading',
            from: [`excerpt-${name}`, 'voice-profile'],
            file: `bedtime-${name}.mp3`,
            state: isFirst ? 'published' : 'candidate',
            role: { name: 'final_audio', isPrimary: isFirst, ...(isFirst ? {} : { position: 1 }) },
          },
        ],
      },
    ],
  };
}

/** A run that did not work out: its script stays behind, unused. */
const failed: PlannedRun = {
  key: 'owl-film',
  storyId: story.owl,
  workflowType: 'morning_show',
  summary: { reason: 'no second owl voice' },
  steps: [
    {
      name: 'story_generation',
      model: 'tale-writer-5',
      output: { drafts: 1 },
      makes: [
        {
          key: 'owl-script',
          type: 'text',
          description: 'Script for a longer morning show',
          from: ['text'],
          payload: 'Hob hums. Tilly throws a sock.',
        },
      ],
    },
    {
      name: 'tts_generation',
      model: 'storyteller-voice',
      output: null,
      error: 'the voice “Tilly, sleepy” does not exist',
      makes: [],
    },
  ],
};

export const runs: readonly PlannedRun[] = [
  bedtime('dragon'),
  bedtime('whale'),
  bedtime('snail'),
  bedtime('buttons'),
  failed,
  film,
];
