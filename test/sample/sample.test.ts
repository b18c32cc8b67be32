import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { parseBuffer } from 'music-metadata';
import sharp from 'sharp';
import { z } from 'zod';
import { packageRoot } from '../../src/package-root.js';

const root = join(packageRoot, 'examples', 'workshop');
const text = z.string().nullable();

const storyRow = z.object({
  story_id: z.uuid(),
  story_text: z.string().min(40),
  analysis: z.string().transform((json) => analysisShape.parse(JSON.parse(json))),
  image_path: text,
  image_url: text,
  styled_image_url: text,
  audio_url: text,
  created_at: z.string(),
});
const analysisShape = z.object({
  title: z.string().optional(),
  kid_title: z.string().optional(),
  styled_image: z.string().optional(),
  audio_urls: z.record(z.string(), z.string()).default({}),
});

function rows<Shape extends z.ZodType>(shape: Shape, query: string): z.infer<Shape>[] {
  const db = new Database(join(root, 'legacy.db'), { readonly: true });
  try {
    return z.array(shape).parse(db.prepare(query).all([]));
  } finally {
    db.close();
  }
}

const stories = rows(storyRow, 'SELECT * FROM stories ORDER BY id');
const segments = rows(z.object({ audio_url: text }), 'SELECT audio_url FROM story_segments');
const artifacts = rows(
  z.object({ artifact_path: text, lifecycle_state: z.string() }),
  'SELECT * FROM artifacts',
);
const relations = rows(z.object({ relation_type: z.string() }), 'SELECT * FROM artifact_relations');

/** Every file that a row names, relative to the folder of the database. */
const referenced = new Set(
  [
    ...stories.flatMap(({ image_path, image_url, styled_image_url, audio_url, analysis }) => [
      ...[image_path, image_url, styled_image_url, audio_url, analysis.styled_image ?? null],
      ...Object.values(analysis.audio_urls),
    ]),
    ...segments.map(({ audio_url }) => audio_url),
    ...artifacts.map(({ artifact_path }) => artifact_path),
  ]
    .filter((place) => place !== null)
    .map((place) => place.replace(/^\//, '')),
);

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((place) => join(folder, place))
    .filter((place) => statSync(join(root, place)).isFile());
const files = filesIn('.');
const isImage = (file: string): boolean => /\.(png|webp|jpe?g)$/.test(file);
const isSound = (file: string): boolean => /\.(mp3|ogg|m4a|wav|flac|mp4)$/.test(file);

describe('the sample workshop', () => {
  it('is small enough to be cloned by everybody: under 5 MB', () => {
    const bytes = files.reduce((sum, file) => sum + statSync(join(root, file)).size, 0);
    expect(bytes).toBeLessThan(5_000_000);
  });

  it('has a dozen stories, each with a title, over several weeks', () => {
    expect(stories).toHaveLength(12);
    for (const { analysis } of stories) expect(analysis.title ?? analysis.kid_title).toBeTruthy();
    const times = stories.map(({ created_at }) => Date.parse(created_at));
    const days = (Math.max(...times) - Math.min(...times)) / 86_400_000;
    expect(days).toBeGreaterThan(28);
  });

  it('names only files that are there, by paths that work in any checkout', () => {
    const there = new Set(files);
    expect([...referenced].filter((place) => !there.has(place))).toEqual([]);
    expect([...referenced].filter((place) => !place.startsWith('data/'))).toEqual([]);
  });

  it('has no media file that no row names', () => {
    expect(filesIn('data').filter((file) => !referenced.has(file))).toEqual([]);
  });

  it('shows pictures that decode to their last pixel', async () => {
    const images = files.filter(isImage);
    expect(images.length).toBeGreaterThan(20);
    for (const file of images) {
      const { info } = await sharp(readFileSync(join(root, file)), { failOn: 'warning' })
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([file, info.width, info.height >= 450]).toEqual([file, 600, true]);
    }
  });

  it('plays sound of a few seconds in each of its encodings', async () => {
    const sounds = files.filter(isSound);
    expect(sounds.length).toBeGreaterThan(30);
    for (const file of sounds) {
      const { format } = await parseBuffer(readFileSync(join(root, file)), undefined, { duration: true });
      expect([file, (format.duration ?? 0) > 1, (format.duration ?? 0) < 30]).toEqual([file, true, true]);
    }
  });

  it('has a story in the old artifact tables, with a variant, a transcode and an archived take', () => {
    const types = new Set(relations.map(({ relation_type }) => relation_type));
    expect(types).toEqual(new Set(['derived_from', 'variant_of', 'transcoded_from']));
    expect(artifacts.filter(({ lifecycle_state }) => lifecycle_state === 'archived')).toHaveLength(1);
  });
});
