import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { packageRoot } from '../../src/package-root.js';
import { openRest, type TestRest } from '../rest/open-rest.js';
import { describeRun } from './describe-run.js';

const python = process.env.PYTHON ?? 'python3';
const openApi = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });
let rest: TestRest;
let program: string;

beforeAll(async () => {
  rest = await openRest();
  const page = await readFile(join(packageRoot, 'docs', 'from-python.md'), 'utf8');
  program = [...page.matchAll(/^```python\n(.*?)^```/gms)].map(([, lines]) => lines).join('\n');
});
afterAll(() => rest.close());

const runLines = (lines: string) =>
  promisify(execFile)(python, ['-c', lines], { cwd: packageRoot, timeout: 240_000 });
const canRun = (lines: string) =>
  runLines(lines).then(
    () => true,
    () => false,
  );

it('speaks of addresses that the service has', async () => {
  const { paths } = openApi.parse(await (await fetch(`${rest.url}/openapi.json`)).json());
  const used = [...program.matchAll(/send\(\s*"(\w+)", f?"([^"]+)"/g)].map(
    ([, method = '', path = '']) =>
      [method.toLowerCase(), `/api/v1${path.replace(/\{\w+\}/g, '{id}')}`] as const,
  );
  expect(used.length).toBeGreaterThan(10);
  expect(used.filter(([method, path]) => paths[path]?.[method] === undefined)).toEqual([]);
});

it('runs where Python 3 with httpx is, twice with the graph of once', async () => {
  if (!(await canRun('import httpx'))) {
    console.warn('Install Python 3 with httpx (or set PYTHON) to have the lines of docs/from-python.md run.');
    expect(program).toContain('import httpx');
    return;
  }
  const key = rest.unique();
  const lines = program.replace('http://127.0.0.1:4000', rest.url).replace('job-4711', key);
  await runLines(lines);
  const graph = await describeRun(rest, key);
  expect(graph).toMatchObject({
    run: { status: 'completed' },
    story: { cover_artifact_id: 'The drawing', canonical_audio_id: 'The narration' },
    relations: ['The narration derived_from The story', 'The story derived_from The drawing'],
    stages: ['The drawing: approved', 'The narration: approved', 'The story: approved'],
  });
  expect(graph.steps.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
  await runLines(lines);
  expect(await describeRun(rest, key)).toEqual(graph);
}, 600_000);
