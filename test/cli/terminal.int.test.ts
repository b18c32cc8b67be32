import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { linkArtifact } from '../../src/stories/link-artifact.js';
import { registerStory } from '../../src/stories/register-story.js';
import { Workshop } from '../legacy/workshop.js';
import { openTestContext, type TestContext } from '../support/graph.js';
import { CommandLine, type Finished } from './run-command.js';

/** What a terminal would obey: erases, moves, colours, a title, a link, C1 controls, marks of direction. */
const hostile =
  'kept\u001b[2K\u001b[1A\u001b[31m RED\u001b[0m \u001b]0;owned\u0007 \u001b]8;;https://a.example\u001b\\ \u009b2J\u0090q \u202egnp.exe \u2066x\u2069\u200f\u061c \b\u007f\r';
const active = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

let graph: TestContext;
let folder: string;
let line: CommandLine;
let workshop: Workshop;
const made = { artifact: '', story: '', file: '', statement: '' };

beforeAll(async () => {
  graph = await openTestContext();
  folder = await mkdtemp(join(tmpdir(), 'artifact-graph-terminal-'));
  line = CommandLine.inBucket('command-line-terminal', folder);
  // Other tests have bound the graph to stores of theirs, so this one is not bound by itself.
  expect((await line.run('content', 'bind')).code).toBe(0);
  const bytes = Buffer.from(graph.unique('bytes'));
  const { ctx } = graph;
  const source = await registerArtifact(ctx, { type: 'text', description: hostile, createdByAgent: hostile });
  const artifact = await registerArtifact(ctx, {
    ...{ type: 'image', description: hostile, path: hostile, payload: bytes.toString() },
    sources: [{ artifactId: source.id, type: 'DERIVED_FROM' }],
  });
  const story = await registerStory(ctx, { title: hostile });
  await linkArtifact(ctx, { storyId: story.id, artifactId: artifact.id, role: 'cover' });
  Object.assign(made, { artifact: artifact.id, story: story.id, file: join(folder, 'bytes') });
  await writeFile(made.file, bytes);
  made.statement = join(folder, 'statement.cypher');
  await writeFile(
    made.statement,
    `MATCH (a:Artifact {id: $id}) RETURN a.description AS text, [a.path, {inside: a.path}] AS more`,
  );
  workshop = new Workshop();
  workshop.story({ story_id: `${hostile}\nstory forged: imported`, image_path: `/gone/${hostile}.png` });
  workshop.story({
    story_id: graph.unique('odd'),
    image_path: `/gone/${hostile}\n  forged.png`,
    analysis: '{',
  });
});
afterAll(async () => {
  workshop.close();
  await graph.close();
  await rm(folder, { recursive: true });
});

const parameters = () => ['--parameters', JSON.stringify({ id: made.artifact })];
const commands: Record<string, () => string[]> = {
  lineage: () => ['lineage', made.artifact],
  'lineage for Graphviz': () => ['lineage', made.artifact, '--format', 'dot'],
  'lineage for Mermaid': () => ['lineage', made.artifact, '--format', 'mermaid'],
  'lineage in PROV-JSON': () => ['lineage', made.artifact, '--format', 'prov'],
  'lineage in JSON': () => ['lineage', made.artifact, '--json'],
  whereis: () => ['whereis', made.file],
  'whereis in JSON': () => ['whereis', made.file, '--json'],
  cypher: () => ['cypher', made.statement, ...parameters()],
  'cypher in JSON': () => ['cypher', made.statement, '--json', ...parameters()],
  'legacy import': () => ['legacy', 'import', workshop.database, '--report', join(folder, 'report.json')],
  'legacy import in JSON': () => ['legacy', 'import', workshop.database, '--json', '--dry-run'],
  'legacy validate': () => ['legacy', 'validate', workshop.database],
  'legacy rollback': () => ['legacy', 'rollback', workshop.database, '--yes', '--reason', hostile],
  erase: () => ['erase', '--artifact', made.artifact, '--reason', hostile],
  'an unknown id': () => ['lineage', 'kept \u202egnp.exe \u2066x'],
  'a wrong id': () => ['erase', '--artifact', made.artifact, '--reason', hostile.repeat(20)],
  'a missing file': () => ['whereis', join(folder, hostile)],
  'a folder that is not there': () => ['export', join(folder, hostile, 'backup')],
  'a missing database': () => ['legacy', 'status', join(folder, hostile)],
  'an unknown command': () => [hostile],
  'an unknown option': () => ['lineage', made.artifact, `--${hostile}`],
};

function expectPlain({ stdout, stderr }: Pick<Finished, 'stdout' | 'stderr'>): void {
  for (const text of [stdout, stderr]) {
    expect(text.replaceAll('\n', '')).not.toMatch(active);
    expect(text.split('\n').filter((one) => /^(story )?\s*forged/.test(one))).toEqual([]);
  }
}

it.each(Object.entries(commands))('nothing that is recorded steers the terminal: %s', async (name, args) => {
  const finished = await line.run(...args());
  expectPlain(finished);
  expect(finished.stdout + finished.stderr).toMatch(/kept|imports taken back|reason/);
  if (name.endsWith('JSON')) expect(() => JSON.parse(finished.stdout) as unknown).not.toThrow();
});

it('nor does a report that was written for people', async () => {
  expectPlain({ stdout: await readFile(join(folder, 'report.txt'), 'utf8'), stderr: '' });
  expectPlain({ stdout: await readFile(join(folder, 'report.json'), 'utf8'), stderr: '' });
});
