import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSmallNeo4j } from '../support/small-neo4j.js';
import { CommandLine } from './run-command.js';

test('status looks at a new database without touching it, apply brings it to the schema', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'artifact-graph-schema-'));
  const line = CommandLine.ofFolder(folder);
  const stops: (() => Promise<void>)[] = [];
  try {
    const before = await line.run('schema', 'status');
    expect(before.code).toBe(1);
    expect(before.stdout).toMatch(/V001 +pending/);
    expect(before.stdout).toContain('version 0, guards missing');
    // From here on the commands find one that runs, so that not each has to start one.
    const { stop } = await startSmallNeo4j(folder);
    stops.push(stop);
    const applied = await line.run('schema', 'apply');
    expect(applied.code).toBe(0);
    const after = await line.run('schema', 'status', '--json');
    expect(after.code).toBe(0);
    expect(JSON.parse(after.stdout)).toMatchObject({ guards: 'active' });
  } finally {
    for (const stop of stops) await stop();
    await rm(folder, { recursive: true });
  }
}, 400_000);
