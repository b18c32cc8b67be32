import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { importLegacy } from '../../src/legacy/import-legacy.js';
import { openLegacyTables } from '../../src/legacy/source/open-legacy-tables.js';
import { rollbackLegacy } from '../../src/legacy/rollback-legacy.js';
import { validateLegacy, type LegacyFinding } from '../../src/legacy/validate-legacy.js';
import { packageRoot } from '../../src/package-root.js';
import { openTestContext, type TestContext } from '../support/graph.js';
import { readStoryGraphs } from './story-graph.js';
import { fillWorkshop, Workshop } from './workshop.js';

let test_: TestContext;
beforeAll(async () => {
  test_ = await openTestContext();
});
afterAll(() => test_.close());

const program = join(packageRoot, 'node_modules', '.cache', `import-child-${process.pid}.mjs`);

/** Runs the import in its own process and kills it as soon as it has said that so many stories are done. */
async function importAndKill(database: string, afterStories: number): Promise<void> {
  const child = spawn(process.execPath, [program, database, test_.ctx.content.scratchDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    if (Number(line) >= afterStories) child.kill('SIGKILL');
  }
  await exited;
}

test('an import that is killed again and again ends as one that never was', async () => {
  await build({
    entryPoints: [fileURLToPath(new URL('import-child.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  const workshop = new Workshop();
  const ids = [...fillWorkshop(workshop, 200, 'resume-').values()].flat();
  const tables = await openLegacyTables(workshop.database);
  const whole = await importLegacy(test_.ctx, tables);
  const expected = await readStoryGraphs(test_, ids);
  expect(expected).toHaveLength(200);
  await rollbackLegacy(test_.ctx, workshop.database);
  expect(await readStoryGraphs(test_, ids)).toEqual([]);

  for (const afterStories of [20, 50, 110]) await importAndKill(workshop.database, afterStories);
  const rest = await importLegacy(test_.ctx, tables);
  expect(rest.imported).toBeGreaterThan(0);
  expect(rest.imported).toBeLessThan(whole.imported);
  expect(rest.skipped + rest.imported).toBe(200);
  expect(await readStoryGraphs(test_, ids)).toEqual(expected);
  const findings: LegacyFinding[] = [];
  await validateLegacy(test_.ctx, tables, { onFinding: (finding) => void findings.push(finding) });
  expect(findings).toEqual([]);
  await tables.close();
  workshop.close();
});
