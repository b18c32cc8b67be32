import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { moveArtifact } from '../../src/artifacts/move-artifact.js';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import type { Context } from '../../src/context.js';
import { applyMigrations } from '../../src/db/apply-migrations.js';
import { Database } from '../../src/db/database.js';
import { schemaStatus } from '../../src/db/schema-status.js';
import type { LocalNeo4j } from '../../src/local/local-neo4j.js';
import { completeStep } from '../../src/runs/complete-step.js';
import { startRun } from '../../src/runs/start-run.js';
import { startStep } from '../../src/runs/start-step.js';
import { linkArtifact } from '../../src/stories/link-artifact.js';
import { registerStory } from '../../src/stories/register-story.js';
import { CommandLine } from '../cli/run-command.js';
import { openTestContext, type TestContext } from '../support/graph.js';
import { findGuardRule } from '../support/guard-rule.js';
import { startSmallNeo4j } from '../support/small-neo4j.js';
import { dismantling, found, refused, told } from './forgeries.js';

/** A Neo4j of its own, at which somebody with a user of his own types. */
let dataDir: string;
let server: LocalNeo4j;
let shared: TestContext;
let ctx: Context;
let forger: Database;
let ids: Record<string, string>;

beforeAll(async () => {
  shared = await openTestContext();
  dataDir = await mkdtemp(join(tmpdir(), 'forgeries-'));
  server = await startSmallNeo4j(dataDir);
  ctx = { ...shared.ctx, db: Database.connect({ ...server, database: 'neo4j' }) };
  await applyMigrations(ctx.db.driver, 'neo4j');
  const user = { user: 'forger', password: 'a password of his own' };
  await ctx.db.driver.executeQuery('CREATE USER $user SET PASSWORD $password CHANGE NOT REQUIRED', user, {
    database: 'system',
  });
  forger = Database.connect({ ...server, ...user, database: 'neo4j' });
  ids = await seed();
}, 240_000);
afterAll(async () => {
  await forger.close();
  await ctx.db.close();
  await server.stop();
  await shared.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** image ← cover, official and published, made by a step that is over; other, the alternative cover; a text. */
async function seed(): Promise<Record<string, string>> {
  const story = await registerStory(ctx, { title: 'Bear' });
  const run = await startRun(ctx, { workflowType: 'kids_daily', storyId: story.id });
  const step = await startStep(ctx, { runId: run.id, name: 'draw', order: 1 });
  const image = await registerArtifact(ctx, { type: 'image', path: 'a.png' });
  const cover = await registerArtifact(ctx, {
    type: 'image',
    createdByStepId: step.id,
    sources: [{ artifactId: image.id, type: 'DERIVED_FROM' }],
  });
  const other = await registerArtifact(ctx, { type: 'image' });
  const text = await registerArtifact(ctx, { type: 'text', payload: 'Bear sleeps' });
  await completeStep(ctx, { id: step.id, output: { n: 1 } });
  await moveArtifact(ctx, { id: cover.id, to: 'candidate' });
  await moveArtifact(ctx, { id: cover.id, to: 'published' });
  await linkArtifact(ctx, { storyId: story.id, artifactId: cover.id, role: 'cover' });
  await linkArtifact(ctx, { storyId: story.id, artifactId: other.id, role: 'cover', isPrimary: false });
  const made = { story: story.id, run: run.id, step: step.id, image: image.id, cover: cover.id };
  return { ...made, other: other.id, text: text.id, digest: 'f'.repeat(64) };
}

const type = (text: string, database = 'neo4j') => forger.driver.executeQuery(text, ids, { database });

async function refusalOf(text: string): Promise<string> {
  try {
    return (await findGuardRule(() => type(text))).replace('guard.', '');
  } catch (error) {
    expect(error).toMatchObject({ code: 'Neo.ClientError.Schema.ConstraintValidationFailed' });
    return 'constraint';
  }
}

describe('another user of the database is refused, by name, who', () => {
  it.each(refused)('%s', async (_what, rule, text) => {
    expect(await refusalOf(text)).toBe(rule);
  });
});

describe('the guard tells, as a direct statement, of another user of the database who', () => {
  it.each(told)('%s', async (_what, of, text) => {
    const events = async () => {
      const count = "MATCH (e:AuditEvent {actor: 'direct statement', nodeId: $id}) RETURN count(e) AS count";
      const { records } = await ctx.db.driver.executeQuery(count, { id: ids[of] }, { database: 'neo4j' });
      return z.number().parse(records[0]?.get('count'));
    };
    const before = await events();
    await type(text);
    expect(await events()).toBeGreaterThan(before);
  });
});

const findingsOf = z.object({
  findings: z.array(z.object({ rule: z.string(), id: z.string().nullable() })),
});

test('verify names everything that was done behind the back of the guard', async () => {
  // As an import from a backup begins: for its time the guard writes no events of its own.
  await type(
    "MERGE (l:Lock {name: 'import'}) SET l.lines = 1 CREATE (:Artifact {id: 'silent', type: 'image', lifecycleState: 'published', generation: toInteger(0), createdAt: datetime()})",
  );
  for (const [, , text] of dismantling) await type(text, text.startsWith('CALL') ? 'system' : 'neo4j');
  while ((await schemaStatus(ctx.db.driver, 'neo4j')).guards !== 'missing') await sleep(200);
  for (const [, , text] of found) await type(text);
  const { code, stdout } = await CommandLine.ofFolder(dataDir).run('verify', '--json');
  expect(code).toBe(1);
  const { findings } = findingsOf.parse(JSON.parse(stdout));
  const names = findings.map(({ rule, id }) => `${rule} ${String(id)}`);
  const expected = [...dismantling, ...found].map(([, name]) =>
    name.replace(/\$(\w+)/, (_, key: string) => ids[key] ?? key),
  );
  expect(names).toEqual(expect.arrayContaining([...expected, 'event silent']));
}, 180_000);
