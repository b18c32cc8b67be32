import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { Workshop } from '../legacy/workshop.js';

import { CommandLine } from './run-command.js';

const report = z.object({
  dry_run: z.boolean(),
  total: z.number(),
  imported: z.number(),
  skipped: z.number(),
  failed: z.number(),
  stories: z.array(
    z.object({
      story_id: z.string(),
      outcome: z.string(),
      files: z.array(z.object({ outcome: z.string() })),
    }),
  ),
});
const media = z.object({
  audio_url: z.string().nullable(),
  image_url: z.string().nullable(),
  image_path: z.string().nullable(),
  origin: z.string(),
});

const openapi = z.object({ paths: z.record(z.string(), z.unknown()) });

let folder: string;
let line: CommandLine;
let workshop: Workshop;
let stories: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artifact-graph-cli-'));
  line = CommandLine.inBucket('command-line-legacy', folder);
  workshop = new Workshop();
  stories = [workshop.usual('one'), workshop.usual('two'), workshop.story({ image_path: '/gone/cover.png' })];
});
afterAll(async () => {
  workshop.close();
  await rm(folder, { recursive: true });
});

/** Runs `serve` while `work` asks it, then ends it as Ctrl-C does. */
async function whileServing(
  more: Record<string, string>,
  work: (url: string) => Promise<void>,
): Promise<void> {
  const child = line.start(['serve'], more);
  const ended = once(child, 'close');
  let url: string | undefined;
  for await (const said of createInterface({ input: child.stderr })) {
    url = /^serving at (http:\S+)$/.exec(said)?.[1];
    if (url) break;
  }
  try {
    await work(z.string().parse(url));
  } finally {
    child.kill('SIGINT');
    child.stderr.resume();
    await ended;
  }
  expect(child.exitCode).toBe(0);
}

test('an old database is served, examined, imported, checked and taken back by commands', async () => {
  const { database } = workshop;
  const [first = ''] = stories;
  await whileServing({ LEGACY_DATABASE: database }, async (url) => {
    const mediaOf = async (story: string) => {
      const answer = await fetch(`${url}/api/v1/legacy/stories/${story}/media`);
      return media.parse(await answer.json());
    };
    expect(await mediaOf(first)).toMatchObject({ origin: 'legacy', image_url: '/data/uploads/one.png' });
    const { paths } = openapi.parse(await (await fetch(`${url}/openapi.json`)).json());
    expect(Object.keys(paths).filter((path) => !path.startsWith('/api/v1/'))).toEqual([]);

    const dry = await line.run('legacy', 'import', database, '--dry-run', '--json');
    expect(dry.code).toBe(0);
    expect(report.parse(JSON.parse(dry.stdout))).toMatchObject({ dry_run: true, total: 3, imported: 3 });
    expect(await mediaOf(first)).toMatchObject({ origin: 'legacy' });

    const file = join(folder, 'report.json');
    const real = await line.run('legacy', 'import', database, '--report', file);
    expect(real).toMatchObject({ code: 0 });
    expect(real.stdout).toContain('3 stories: 3 imported');
    const written = report.parse(JSON.parse(await readFile(file, 'utf8')));
    expect(written.stories.map(({ story_id }) => story_id).sort()).toEqual([...stories].sort());
    expect(await readFile(join(folder, 'report.txt'), 'utf8')).toContain('/gone/cover.png');

    const now = await mediaOf(first);
    expect(now.origin).toBe('artifact');
    const bytes = await fetch(`${url}${now.image_url}`);
    expect(Buffer.from(await bytes.arrayBuffer())).toEqual(
      await readFile(join(workshop.media, 'uploads/one.png')),
    );
  });

  const status = await line.run('legacy', 'status', database);
  expect(status.stdout).toContain('100 %');
  expect((await line.run('legacy', 'validate', database)).code).toBe(0);
  workshop.run(`UPDATE stories SET story_text = 'another text' WHERE story_id = '${first}'`);
  const changed = await line.run('legacy', 'validate', database);
  expect(changed.code).toBe(1);
  expect(changed.stdout).toContain(first);
  expect((await line.run('legacy', 'rollback', database, '--yes')).code).toBe(0);
  expect((await line.run('legacy', 'status', database)).stdout).toMatch(/^0 %/);
});

test('what is no old database is named', async () => {
  const missing = await line.run('legacy', 'import', join(folder, 'missing.db'));
  expect(missing).toMatchObject({ code: 2, stdout: '' });
  expect(missing.stderr).toContain('missing.db');
  const none = await line.run('legacy', 'status');
  expect(none).toMatchObject({ code: 2 });
  expect(none.stderr).toContain('LEGACY_DATABASE');
});
