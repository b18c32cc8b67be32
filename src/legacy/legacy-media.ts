import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { NotFound } from '../errors.js';
import { id } from '../model/identifiers.js';
import { parseInput } from '../model/parse-input.js';
import { textOf } from './source/legacy-row.js';
import type { LegacyTables } from './source/legacy-tables.js';
import { findErased } from './write/remember-imports.js';

const text = z.string().nullable();
const shown = z.object({ id: z.string(), path: text, url: text, hasContent: z.boolean() }).nullable();
type Shown = z.infer<typeof shown>;
const readStoryMedia = statement('legacy/read-story-media.cypher', {
  params: z.object({ storyId: z.string(), coverSlot: z.string(), audioSlot: z.string() }),
  row: z.object({ cover: shown, audio: shown, imagePath: text, imageUrl: text, audioUrl: text }),
});

/** Where a story's media are, for clients of the old system. `artifact` as soon as one of them comes from the graph. */
export interface LegacyMedia {
  audioUrl: string | null;
  imageUrl: string | null;
  imagePath: string | null;
  origin: 'artifact' | 'legacy';
}

/**
 * The media of a story, imported or not: its primary artifacts first, and whatever they do not give from the fields of
 * the old row, which is read from the old database as long as the story is neither imported nor erased.
 * @param tables the old database, or null when none is configured
 * @param contentUrl the address under which the service gives an artifact's bytes
 * @throws InvalidInput; NotFound when neither the graph nor the old database has the story
 */
export async function findLegacyMedia(
  ctx: Context,
  tables: LegacyTables | null,
  storyId: string,
  contentUrl: (artifactId: string) => string,
): Promise<LegacyMedia> {
  const story = parseInput(id, storyId);
  const slots = { coverSlot: `${story}|cover`, audioSlot: `${story}|final_audio` };
  const found = await ctx.db.maybeOne(readStoryMedia, { storyId: story, ...slots });
  // A story that the service has without the old fields may be one that is still to be imported.
  const known = found && [found.imagePath, found.imageUrl, found.audioUrl].some(Boolean);
  const old = known ? found : ((await readUnlessErased(ctx, tables, story)) ?? found);
  if (!old) throw new NotFound('story', story);
  const { cover, audio } = found ?? { cover: null, audio: null };
  const urlOf = (artifact: Shown) => artifact && addressOf(artifact, contentUrl);
  return {
    audioUrl: urlOf(audio) ?? (old.audioUrl || null),
    imageUrl: urlOf(cover) ?? (old.imageUrl || null),
    imagePath: cover?.path ?? (old.imagePath || null),
    origin: cover || audio ? 'artifact' : 'legacy',
  };
}

/** An address that works for everybody, else where the service gives the bytes, else what the old system called it. */
function addressOf(
  { id, url, path, hasContent }: NonNullable<Shown>,
  contentUrl: (artifactId: string) => string,
): string | null {
  if (url !== null && URL.canParse(url)) return url;
  return hasContent ? contentUrl(id) : (url ?? path);
}

async function readUnlessErased(
  { db }: Context,
  tables: LegacyTables | null,
  storyId: string,
): Promise<Omit<LegacyMedia, 'origin'> | null> {
  if ((await findErased(db, [storyId])).size > 0) return null;
  const [row] = (await tables?.rowsWhere('stories', 'story_id', [storyId])) ?? [];
  if (!row) return null;
  return {
    audioUrl: textOf(row, 'audio_url'),
    imageUrl: textOf(row, 'image_url'),
    imagePath: textOf(row, 'image_path'),
  };
}
