import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { startRun } from '../../src/runs/start-run.js';
import { startStep } from '../../src/runs/start-step.js';
import { openTestContext, type TestContext } from '../support/graph.js';

import { CommandLine } from './run-command.js';

let graph: TestContext;
let folder: string;
let line: CommandLine;
/** drawing → sketch and colours → picture: two ways from the picture to the drawing. */
let ids: { drawing: string; sketch: string; colours: string; picture: string };

beforeAll(async () => {
  graph = await openTestContext();
  folder = await mkdtemp(join(tmpdir(), 'artifact-graph-cli-'));
  line = CommandLine.inBucket('command-line', folder);
  const { id: runId } = await startRun(graph.ctx, { workflowType: 'image_to_story' });
  const { id: createdByStepId } = await startStep(graph.ctx, { runId, name: 'style_transfer', order: 1 });
  const make = async (description: string, sources: string[], facts = {}) => {
    const made = { type: 'image', description, ...facts };
    const from = sources.map((artifactId) => ({ artifactId, type: 'DERIVED_FROM' }));
    return (await registerArtifact(graph.ctx, { ...made, sources: from })).id;
  };
  const drawing = await make('a drawing of a "dragon"', []);
  const sketch = await make('its lines', [drawing]);
  const colours = await make('its colours', [drawing]);
  const picture = await make('the picture', [sketch, colours], {
    createdByStepId,
    createdByAgent: 'painter',
  });
  ids = { drawing, sketch, colours, picture };
});
afterAll(async () => {
  await graph.close();
  await rm(folder, { recursive: true });
});

async function lineageOf(id: string, ...options: string[]): Promise<string> {
  const { code, stdout, stderr } = await line.run('lineage', id, ...options);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

describe('artifact-graph lineage', () => {
  it('prints a tree that spreads a shared source out once', async () => {
    const lines = (await lineageOf(ids.picture, '--upstream')).trimEnd().split('\n');
    expect(lines[0]).toContain(ids.picture);
    expect(lines.filter((one) => one.includes(ids.drawing))).toHaveLength(2);
    expect(lines.slice(1).every((one) => /^[│ ]*[├└]─ derived from /.test(one))).toBe(true);
    expect(await lineageOf(ids.drawing, '--upstream')).toContain('nothing is recorded on this side');
    expect(await lineageOf(ids.picture, '--depth', '1')).toContain(
      '(there is more: raise --depth or --limit)',
    );
  });

  it('prints JSON with every artifact and every relation', async () => {
    const document = z
      .object({
        artifactId: z.string(),
        nodes: z.array(z.object({ artifactId: z.string(), depth: z.number() })),
        edges: z.array(z.object({ productId: z.string(), sourceId: z.string() })),
        artifacts: z.array(z.object({ id: z.string() })),
        totalCount: z.number(),
        truncated: z.boolean(),
      })
      .parse(JSON.parse(await lineageOf(ids.picture, '--json')));
    expect(document).toMatchObject({ artifactId: ids.picture, totalCount: 4, truncated: false });
    expect(document.nodes.map(({ depth }) => depth)).toEqual([1, 1, 2]);
    expect(document.edges).toHaveLength(4);
    expect(document.artifacts.map(({ id }) => id).sort()).toEqual(Object.values(ids).sort());
  });

  it('prints graphs for Graphviz and Mermaid, with texts that cannot break out of their quotes', async () => {
    const dot = await lineageOf(ids.picture, '--format', 'dot');
    expect(dot).toMatch(/^digraph /);
    expect(dot.match(/->/g)).toHaveLength(4);
    expect(dot).toContain('a drawing of a &#34;dragon&#34;');
    const mermaid = await lineageOf(ids.picture, '--format', 'mermaid');
    expect(mermaid).toMatch(/^(flowchart|graph) /);
    expect(mermaid.match(/-->/g)).toHaveLength(4);
    expect(mermaid).not.toContain('"dragon"');
  });

  it('prints PROV-JSON whose relations name only what the document declares', async () => {
    const records = z.record(z.string(), z.record(z.string(), z.unknown())).default({});
    const prov = z
      .object({
        prefix: z.record(z.string(), z.string()),
        entity: records,
        activity: records,
        agent: records,
        wasDerivedFrom: records,
        wasGeneratedBy: records,
        wasAttributedTo: records,
      })
      .strict()
      .parse(JSON.parse(await lineageOf(ids.picture, '--format', 'prov')));
    expect(Object.keys(prov.entity)).toHaveLength(4);
    expect(Object.keys(prov.activity)).toHaveLength(1);
    expect(Object.keys(prov.wasDerivedFrom)).toHaveLength(4);
    expect(Object.keys(prov.wasAttributedTo)).toHaveLength(1);
    const declared = { entity: prov.entity, activity: prov.activity, agent: prov.agent };
    const ends = [
      ...Object.values(prov.wasDerivedFrom).flatMap((r) => [
        ['entity', r['prov:generatedEntity']],
        ['entity', r['prov:usedEntity']],
      ]),
      ...Object.values(prov.wasGeneratedBy).flatMap((r) => [
        ['entity', r['prov:entity']],
        ['activity', r['prov:activity']],
      ]),
      ...Object.values(prov.wasAttributedTo).flatMap((r) => [
        ['entity', r['prov:entity']],
        ['agent', r['prov:agent']],
      ]),
    ];
    expect(ends).toHaveLength(12);
    for (const [kind, name] of ends) {
      const names = Object.keys(declared[kind as keyof typeof declared]);
      expect(names).toContain(name);
      expect(prov.prefix).toHaveProperty(String(name).split(':')[0] ?? '');
    }
  });

  it('says what is wrong, and ends with 1 for an unknown id, 2 for wrong use', async () => {
    const unknown = await line.run('lineage', graph.unique('nobody'));
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toMatch(/^(there is no )?artifact .*nobody/);
    const depth = await line.run('lineage', ids.picture, '--depth', '0');
    expect(depth).toMatchObject({ code: 2, stdout: '' });
    expect(depth.stderr).toContain('--depth');
    expect(await line.run('linage')).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('artifact-graph whereis', () => {
  it('finds the artifacts and stories of a file by its bytes, and ends with 1 where there are none', async () => {
    const file = join(folder, 'nowhere.txt');
    await writeFile(file, graph.unique('these bytes are nowhere'));
    const nowhere = await line.run('whereis', file);
    expect(nowhere.code).toBe(1);
    expect(nowhere.stdout).toContain('no artifact has these bytes');
    const missing = await line.run('whereis', join(folder, 'missing'));
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('missing');
  });
});

describe('artifact-graph schema status', () => {
  it('lists the migrations and says that the guards are active', async () => {
    const { code, stdout } = await line.run('schema', 'status');
    expect(code).toBe(0);
    expect(stdout).toMatch(/V001 +applied/);
    expect(stdout).toContain('guards active');
  });
});
