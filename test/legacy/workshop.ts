import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'libsql';

export type Row = Record<string, string | number | Uint8Array | null>;

const schema = `
CREATE TABLE stories (id INTEGER PRIMARY KEY AUTOINCREMENT, story_id TEXT, user_id TEXT, child_id TEXT, age_group TEXT, story_text TEXT,
  word_count INTEGER, themes TEXT, moral TEXT, analysis TEXT, safety_score REAL, image_path TEXT, image_url TEXT, styled_image_url TEXT,
  audio_url TEXT, story_type TEXT, created_at TEXT, stored_at TEXT, cover_artifact_id TEXT, canonical_audio_id TEXT,
  canonical_video_id TEXT, current_run_id TEXT);
CREATE TABLE sessions (id INTEGER PRIMARY KEY, session_id TEXT, story_title TEXT, audio_urls TEXT, status TEXT, created_at TEXT, updated_at TEXT);
CREATE TABLE story_segments (id INTEGER PRIMARY KEY, session_id TEXT, segment_id INTEGER, text TEXT, audio_url TEXT, is_ending INTEGER, choices TEXT, created_at TEXT);
CREATE TABLE runs (id INTEGER PRIMARY KEY, run_id TEXT, story_id TEXT, session_id TEXT, workflow_type TEXT, status TEXT, result_summary TEXT,
  created_at TEXT, started_at TEXT, completed_at TEXT);
CREATE TABLE agent_steps (id INTEGER PRIMARY KEY, agent_step_id TEXT, run_id TEXT, step_name TEXT, step_order INTEGER, input_data TEXT,
  output_data TEXT, status TEXT, error_message TEXT, created_at TEXT, completed_at TEXT);
CREATE TABLE artifacts (id INTEGER PRIMARY KEY, artifact_id TEXT, artifact_type TEXT, lifecycle_state TEXT, content_hash TEXT, artifact_path TEXT,
  artifact_url TEXT, artifact_payload TEXT, metadata TEXT, description TEXT, created_by_step_id TEXT, created_at TEXT, stored_at TEXT,
  mime_type TEXT, file_size INTEGER, safety_score REAL, created_by_agent TEXT);
CREATE TABLE artifact_relations (id INTEGER PRIMARY KEY, relation_id TEXT, from_artifact_id TEXT, to_artifact_id TEXT, relation_type TEXT,
  metadata TEXT, created_at TEXT);
CREATE TABLE story_artifact_links (id INTEGER PRIMARY KEY, link_id TEXT, story_id TEXT, artifact_id TEXT, role TEXT, is_primary INTEGER,
  position INTEGER, created_at TEXT, updated_at TEXT);
CREATE TABLE run_artifact_links (id INTEGER PRIMARY KEY, link_id TEXT, run_id TEXT, artifact_id TEXT, stage TEXT, created_at TEXT);
`;

/** Bytes that are recognized as a PNG of 4 by 3 pixels; different for each name. */
export function png(name: string): Buffer {
  const head = Buffer.from('89504e470d0a1a0a0000000d4948445200000004000000030802000000', 'hex');
  return Buffer.concat([head, createHash('sha512').update(name).digest()]);
}

/** A second of 8-bit sound at 64 samples a second; different for each name. */
export function wav(name: string): Buffer {
  const data = createHash('sha512').update(name).digest();
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 1],
    [34, 8],
  ] as const)
    head.writeUInt16LE(value, at);
  head.writeUInt32LE(64, 24);
  head.writeUInt32LE(64, 28);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

export const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** An old database with a media folder, in a folder of its own, to be filled row by row. */
export class Workshop {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'workshop-')));
  readonly database = join(this.folder, 'legacy.db');
  readonly media = join(this.folder, 'data');
  readonly secret = Buffer.from(`secret ${randomUUID()}`);
  readonly #sqlite: InstanceType<typeof Database>;

  constructor(tables = schema) {
    mkdirSync(this.media);
    writeFileSync(join(this.folder, 'secret.txt'), this.secret);
    this.#sqlite = new Database(this.database);
    this.#sqlite.exec(tables);
  }

  add(table: string, row: Row): void {
    const columns = Object.keys(row);
    const places = columns.map(() => '?').join();
    this.#sqlite
      .prepare(`INSERT INTO ${table} (${columns.join()}) VALUES (${places})`)
      .run(...Object.values(row));
  }

  run(sql: string): void {
    this.#sqlite.exec(sql);
  }

  /** A story with text and an hour of its own; `row` adds and overrides. @returns its id */
  story(row: Row = {}): string {
    const id = randomUUID();
    this.add('stories', {
      story_id: id,
      child_id: 'child-1',
      age_group: '6-8',
      story_text: `Once upon a time there was ${id}.`,
      word_count: 8,
      story_type: 'image_to_story',
      created_at: '2025-09-01T08:00:00.123456',
      stored_at: '2025-09-01T08:00:01Z',
      ...row,
    });
    return typeof row.story_id === 'string' ? row.story_id : id;
  }

  /** Writes a file below the media folder. @returns its absolute path */
  put(path: string, bytes: Uint8Array): string {
    const file = join(this.media, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    return file;
  }

  link(path: string, target: string): string {
    const file = join(this.media, path);
    mkdirSync(dirname(file), { recursive: true });
    symlinkSync(target, file);
    return file;
  }

  /** A story as most are: text, cover, narration. */
  usual(name: string, row: Row = {}): string {
    this.put(`audio/${name}.wav`, wav(name));
    const cover = this.put(`uploads/${name}.png`, png(name));
    return this.story({
      image_path: cover,
      image_url: `/data/uploads/${name}.png`,
      audio_url: `/data/audio/${name}.wav`,
      ...row,
    });
  }

  close(): void {
    this.#sqlite.close();
  }
}

/**
 * Stories of many kinds, awkward ones among them; the same shape for the same count.
 * @param prefix of the files' names, which their bytes follow: with one of its own a test shares content with no other
 * @returns their ids by kind
 */
export function fillWorkshop(workshop: Workshop, count: number, prefix = ''): Map<string, string[]> {
  const kinds = Object.keys(makers);
  const ids = new Map<string, string[]>();
  for (let index = 0; index < count; index++) {
    const kind =
      index < kinds.length * 2 || index % 3 === 0 ? (kinds[index % kinds.length] ?? 'usual') : 'usual';
    const id = makers[kind]?.(workshop, `${prefix}${kind}-${index}`);
    if (id !== undefined) ids.set(kind, [...(ids.get(kind) ?? []), id]);
  }
  return ids;
}

const badText = Buffer.from('4f6e6365ff2066fe', 'hex');

const makers: Record<string, (workshop: Workshop, name: string) => string> = {
  usual: (w, name) => w.usual(name),
  relative: (w, name) => w.usual(name, { image_path: `data/uploads/${name}.png` }),
  remote: (w) =>
    w.story({
      image_url: 'https://cdn.example.invalid/c.png?sig=a%2Fb',
      audio_url: 'http://cdn.example.invalid/a.mp3',
    }),
  missing: (w, name) => w.usual(name, { image_path: join(w.media, 'uploads/nowhere.png'), image_url: null }),
  sameCover: (w, name) =>
    w.usual(name, { image_path: w.put('uploads/same.png', png(`same ${w.folder}`)), image_url: null }),
  empty: (w, name) =>
    w.usual(name, { image_path: w.put(`uploads/${name}-0.png`, Buffer.alloc(0)), image_url: '' }),
  traversal: (w, name) =>
    w.usual(name, { image_path: '../secret.txt', image_url: '/data/%2e%2e/secret.txt' }),
  symlink: (w, name) =>
    w.usual(name, {
      image_path: w.link(`uploads/${name}-link.png`, join(w.folder, 'secret.txt')),
      image_url: null,
    }),
  folder: (w, name) => w.usual(name, { image_path: join(w.media, 'uploads'), image_url: null }),
  textAsCover: (w, name) =>
    w.usual(name, {
      image_path: w.put(`uploads/${name}.txt.png`, Buffer.from(`text of ${name}`)),
      image_url: null,
    }),
  badJson: (w, name) => w.usual(name, { themes: '["friendship", ', analysis: "{'a': 1}" }),
  badTime: (w, name) => w.usual(name, { created_at: 'yesterday', stored_at: 'n/a' }),
  badScore: (w, name) => w.usual(name, { safety_score: 'high' }),
  badText: (w, name) => {
    const id = w.usual(name);
    w.run(
      `UPDATE stories SET story_text = CAST(x'${badText.toString('hex')}' AS TEXT) WHERE story_id = '${id}'`,
    );
    return id;
  },
  styled: (w, name) => {
    w.put(`styled/${name}.png`, png(`styled ${name}`));
    return w.usual(name, { styled_image_url: `/data/styled/${name}.png` });
  },
  interactive: (w, name) => {
    const session = randomUUID();
    for (const [place, isEnding] of [
      [0, 0],
      [1, 1],
    ] as const) {
      w.put(`audio/${name}-${place}.wav`, wav(`${name} ${place}`));
      const row = {
        session_id: session,
        segment_id: place,
        text: `Part ${place} of ${name}`,
        is_ending: isEnding,
      };
      w.add('story_segments', {
        ...row,
        audio_url: place === 0 ? `/data/audio/${name}-0.wav` : null,
        choices: '[',
      });
    }
    const urls = JSON.stringify({ 0: `/data/audio/${name}-0.wav`, 1: `/data/audio/${name}-1.wav` });
    w.add('sessions', {
      session_id: session,
      story_title: 'The cave',
      audio_urls: urls,
      status: 'completed',
      created_at: '2025-09-01T08:00:00',
    });
    const analysis = JSON.stringify({ session_id: session, title: 'The cave' });
    return w.story({ story_type: 'interactive', analysis, audio_url: `/data/audio/${name}-0.wav` });
  },
  news: (w, name) => {
    const lines = [0, 1, 2].map((place) => [String(place), `/data/audio/${name}-line${place}.wav`] as const);
    for (const [place, url] of lines) w.put(url.slice('/data/'.length), wav(`${name} line ${place}`));
    const analysis = JSON.stringify({ kid_title: 'Space bus', audio_urls: Object.fromEntries(lines) });
    return w.story({ story_type: 'news_to_kids', analysis, audio_url: lines[0]?.[1] ?? null });
  },
  already: (w, name) => {
    const [cover, take, run, step] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const id = w.usual(name, { cover_artifact_id: cover, current_run_id: run });
    const times = { created_at: '2025-09-02T08:00:00Z' };
    w.add('runs', {
      run_id: run,
      story_id: id,
      workflow_type: 'image_to_story',
      status: 'completed',
      ...times,
    });
    w.add('agent_steps', {
      agent_step_id: step,
      run_id: run,
      step_name: 'drawing',
      step_order: 0,
      status: 'completed',
      ...times,
    });
    const artifact = {
      artifact_type: 'image',
      created_by_step_id: step,
      ...times,
      stored_at: times.created_at,
    };
    w.add('artifacts', {
      ...artifact,
      artifact_id: cover,
      lifecycle_state: 'published',
      artifact_url: `/data/uploads/${name}.png`,
    });
    w.add('artifacts', {
      ...artifact,
      artifact_id: take,
      lifecycle_state: 'archived',
      artifact_payload: '{"a":1}',
    });
    w.add('story_artifact_links', {
      link_id: randomUUID(),
      story_id: id,
      artifact_id: cover,
      role: 'cover',
      is_primary: 1,
      ...times,
    });
    w.add('artifact_relations', {
      relation_id: randomUUID(),
      from_artifact_id: cover,
      to_artifact_id: take,
      relation_type: 'variant_of',
      ...times,
    });
    w.add('artifact_relations', {
      relation_id: randomUUID(),
      from_artifact_id: take,
      to_artifact_id: cover,
      relation_type: 'derived_from',
      ...times,
    });
    w.add('run_artifact_links', {
      link_id: randomUUID(),
      run_id: run,
      artifact_id: cover,
      stage: 'approved',
      ...times,
    });
    return id;
  },
};
