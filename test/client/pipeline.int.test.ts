import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { packageRoot } from '../../src/package-root.js';
import { openRest, type TestRest } from '../rest/open-rest.js';
import { openBetween, type Fate, type Written } from './between.js';
import { describeRun } from './describe-run.js';

const program = join(packageRoot, 'node_modules', '.cache', 'artifact-graph', `pipeline-${process.pid}.mjs`);
let rest: TestRest;

beforeAll(async () => {
  rest = await openRest();
  await build({
    entryPoints: [join(packageRoot, 'examples', 'pipeline', 'main.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
});
afterAll(async () => {
  await rm(program, { force: true });
  await rest.close();
});

/** The example pipeline in a process of its own. @returns its exit code, or the signal that ended it */
async function runPipeline(key: string, decide: (written: Written, kill: () => void) => Fate) {
  const between = await openBetween(rest.url, (written) => decide(written, () => child.kill('SIGKILL')));
  const child = spawn(process.execPath, [program, between.url, key], { cwd: packageRoot });
  child.stdout.resume();
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  await between.close();
  if (code !== null && code !== 0) throw new Error(said);
  return { ended: code ?? signal, writes: between.count(), said };
}

const undisturbed = () => 'answered' as const;

it('records the four places of a workshop, and nothing when they are repeated', async () => {
  const key = rest.unique();
  const first = await runPipeline(key, undisturbed);
  expect(first.said).toMatch(/drawing: (\d+) of \1 bytes sent/);
  const graph = await describeRun(rest, key);
  expect(graph).toMatchObject({
    run: { status: 'completed', summary: { published: 3 } },
    steps: [
      { step_name: 'image_upload', status: 'completed' },
      { step_name: 'vision_analysis', status: 'completed', uses: ['The drawing'] },
      { step_name: 'story_generation', status: 'completed', uses: ['What it shows'] },
      { step_name: 'tts_generation', status: 'completed', uses: ['The story'] },
    ],
    story: {
      cover_artifact_id: 'The drawing',
      canonical_audio_id: 'The narration',
    },
  });
  expect(graph.relations).toEqual([
    'The narration derived_from The story',
    'The story derived_from What it shows',
    'What it shows derived_from The drawing',
  ]);
  const again = await runPipeline(key, undisturbed);
  expect(await describeRun(rest, key)).toEqual(graph);
  expect(again.writes).toBeLessThan(first.writes / 2);
}, 300_000);

it('ends with the same graph when each of its attempts is killed with kill -9 behind the first new thing that it did', async () => {
  const [whole, killed] = [rest.unique(), rest.unique()];
  const { writes } = await runPipeline(whole, undisturbed);
  const killAfterProgress = ({ isReplay }: Written, kill: () => void): Fate => {
    if (isReplay) return 'answered';
    kill();
    return 'lost';
  };
  let kills = 0;
  while ((await runPipeline(killed, killAfterProgress)).ended === 'SIGKILL') kills += 1;
  expect(kills).toBeGreaterThan(20);
  expect(kills).toBeLessThanOrEqual(writes);
  expect(await describeRun(rest, killed)).toEqual(await describeRun(rest, whole));
}, 300_000);

it('ends with the same graph when every second answer is lost or replaced by a 503', async () => {
  const [whole, disturbed] = [rest.unique(), rest.unique()];
  await runPipeline(whole, undisturbed);
  const fates: Fate[] = ['answered', 'lost', 'answered', 'refused'];
  const { ended, writes } = await runPipeline(disturbed, ({ count }) => fates[count % 4] ?? 'answered');
  expect(ended).toBe(0);
  expect(writes).toBeGreaterThan(25);
  expect(await describeRun(rest, disturbed)).toEqual(await describeRun(rest, whole));
}, 300_000);
