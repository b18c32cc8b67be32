import { join } from 'node:path';
import { idOf, type LegacyDatabase, type Row } from './legacy-database.js';
import { cover, writeDrawing } from './images.js';
import { musicBox, narrate, writeSound } from './sound.js';
import type { SampleStory } from './stories.js';

const userId = idOf('user');
const jingle = 'workshop-jingle.mp3';

/** One paper-boat family that owns everything; nobody real. */
export function addUser(db: LegacyDatabase): void {
  db.insert('users', {
    user_id: userId,
    username: 'paper-boat',
    email: 'paper-boat@example.invalid',
    password_hash: 'none: nobody can sign in with this sample',
    display_name: 'The Paper Boat Workshop',
    role: 'parent',
    created_at: '2025-09-01T08:00:00Z',
    updated_at: '2025-09-01T08:00:00Z',
  });
}

/** The tune that closes every programme: three stories refer to the same file. */
export function makeJingle(root: string): void {
  writeSound(join(root, 'data/audio', jingle), musicBox('workshop jingle', 3.2));
}

/** Makes a story's media and its rows; paths are relative to the folder of the database. */
export async function addStory(db: LegacyDatabase, root: string, story: SampleStory): Promise<void> {
  const media = await makeMedia(root, story);
  const session = story.segments ? addSession(db, root, story) : null;
  const lines = makeLines(root, story);
  const { segments: _segments, ...fields } = storyFields(story);
  db.insert('stories', {
    ...fields,
    ...media.columns,
    audio_url: media.columns.audio_url ?? lines[0] ?? session?.audio[0] ?? null,
    analysis: JSON.stringify(analysisOf(story, lines, media.analysis, session?.id)),
  });
  if (!session) return;
  for (const row of session.segments) db.insert('story_segments', row);
}

/** The columns of a story that are no media. */
export function storyFields(story: SampleStory): Row {
  const { text, slug } = story;
  const hasSpaces = /\s\S/.test(text.slice(0, 40)) && !/[\u4e00-\u9fff]/.test(text.slice(0, 4));
  return {
    story_id: idOf(`story ${slug}`),
    user_id: userId,
    child_id: story.child,
    age_group: story.ageGroup,
    story_text: text,
    word_count: hasSpaces ? text.split(/\s+/).length : [...text].length,
    themes: JSON.stringify(story.themes),
    concepts: JSON.stringify(story.themes.slice(0, 2)),
    moral: story.moral,
    characters: JSON.stringify(story.characters),
    safety_score: story.safetyScore,
    story_type: story.type,
    created_at: story.createdAt,
    stored_at: story.createdAt,
  };
}

function analysisOf(story: SampleStory, lines: string[], more: object, sessionId?: string): object {
  const title = story.lines ? { kid_title: story.title } : { title: story.title };
  const programme = story.lines
    ? { category: story.themes[0], duration_seconds: 8 * story.lines.length, audio_urls: { ...lines } }
    : {};
  return { ...title, ...(sessionId ? { session_id: sessionId } : {}), ...programme, ...more };
}

async function makeMedia(root: string, story: SampleStory): Promise<{ columns: Row; analysis: object }> {
  const columns: Row = {};
  if (story.cover) {
    const place = `uploads/${story.child}/${story.slug}.${story.cover.format}`;
    await writeDrawing(join(root, 'data', place), cover(story.cover.paint));
    columns.image_path = `data/${place}`;
    columns.image_url = `/data/${place}`;
  }
  if (story.cover && story.styled) {
    const place = `styled/${story.slug}-${story.styled}.webp`;
    await writeDrawing(join(root, 'data', place), cover(story.cover.paint, story.styled));
    columns.styled_image_url = `/data/${place}`;
  }
  if (story.narration) {
    const name = `${story.slug}.${story.narration.format}`;
    writeSound(
      join(root, 'data/audio', name),
      narrate(story.narration.words, story.narration.voice, story.slug),
    );
    columns.audio_url = `/data/audio/${name}`;
  }
  const style = story.styled
    ? { style: story.styled, styled_image: `data/styled/${story.slug}-${story.styled}.webp` }
    : {};
  return { columns, analysis: style };
}

/** Addresses of the spoken lines of a programme, the jingle last. */
function makeLines(root: string, { slug, lines }: SampleStory): string[] {
  if (!lines) return [];
  const spoken = lines.map(({ words, voice }, i) => {
    const name = `${slug}-line-${i}.mp3`;
    writeSound(join(root, 'data/audio', name), narrate(words, voice, `${slug} ${i}`));
    return `/data/audio/${name}`;
  });
  return [...spoken, `/data/audio/${jingle}`];
}

interface Session {
  id: string;
  audio: string[];
  segments: Row[];
}

function addSession(db: LegacyDatabase, root: string, story: SampleStory): Session {
  const id = idOf(`session ${story.slug}`);
  const segments = story.segments ?? [];
  const audio = segments.map(({ words, voice }, i) => {
    const name = `${story.slug}-segment-${i}.mp3`;
    writeSound(join(root, 'data/audio', name), narrate(words, voice, `${story.slug} ${i}`));
    return `/data/audio/${name}`;
  });
  db.insert('sessions', {
    session_id: id,
    user_id: userId,
    child_id: story.child,
    story_title: story.title,
    age_group: story.ageGroup,
    interests: JSON.stringify(story.themes),
    theme: story.themes[0] ?? null,
    current_segment: segments.length - 1,
    total_segments: segments.length,
    choice_history: JSON.stringify(segments.flatMap(({ choices }) => choices[0]?.id ?? [])),
    audio_urls: JSON.stringify({ ...audio }),
    status: 'completed',
    created_at: story.createdAt,
    updated_at: story.createdAt,
    expires_at: '2025-10-13T16:05:40+08:00',
  });
  const rows = segments.map(({ words, choices }, i): Row => ({
    session_id: id,
    segment_id: i,
    text: words,
    audio_url: audio[i] ?? null,
    is_ending: i === segments.length - 1 ? 1 : 0,
    choices: JSON.stringify(choices),
    created_at: story.createdAt,
  }));
  return { id, audio, segments: rows };
}
