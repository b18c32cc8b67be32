import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import pino from 'pino';
import { z } from 'zod';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { findBrokenInvariants } from '../../src/audit/find-broken-invariants.js';
import { exportGraph } from '../../src/backup/export-graph.js';
import { bindStore } from '../../src/content/bind-store.js';
import { registerContent } from '../../src/content/register-content.js';
import { verifyContent } from '../../src/content/verify-content.js';
import { erase } from '../../src/erase/erase.js';
import { InvalidInput, NotFound } from '../../src/errors.js';
import type { Artifact } from '../../src/model/artifact.js';
import { packageRoot } from '../../src/package-root.js';
import { linkArtifact } from '../../src/stories/link-artifact.js';
import { registerStory } from '../../src/stories/register-story.js';
import { openOwnDatabase, type OwnDatabase } from '../backup/own-database.js';
import { toAsync } from '../contract/content-store.js';
import { openRest, type TestRest } from '../rest/open-rest.js';
import { typeStatement } from '../support/graph.js';
import { findGuardRule } from '../support/guard-rule.js';
import { tellStory } from './told-story.js';

let own: OwnDatabase;
let rest: TestRest;
const logged: string[] = [];
beforeAll(async () => {
  const opened = await openOwnDatabase();
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged.push(chunk.toString());
      done();
    },
  });
  own = { ...opened, ctx: { ...opened.ctx, log: pino({ level: 'trace' }, sink) } };
  await bindStore(own.ctx);
  rest = await openRest({}, own);
}, 240_000);
afterAll(async () => {
  await rest.app.close();
  await own.close();
});

async function exported(): Promise<string> {
  let text = '';
  await exportGraph(own.ctx, async (pieces) => {
    for await (const piece of pieces) text += piece;
  });
  return text;
}

/** Names and bytes of all that lies in the store's folder, previews and staged files included. */
async function stored(): Promise<string> {
  const entries = await readdir(join(own.folder, 'content'), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  // An object's digest is its folder and its name.
  const texts = paths.map(
    async (path) => `${path.replaceAll('/', '')} ${(await readFile(path)).toString('latin1')}`,
  );
  return (await Promise.all(texts)).join('\n');
}

/** All that is kept anywhere, but what the record of deletions names: digests of bytes that are gone. */
async function everything(): Promise<string> {
  const lines = (await exported()).split('\n');
  const isDeletion = (line: string) => /"action":"(content\.collected|guard\.deleted)"/.test(line);
  return [...lines.filter((line) => !isDeletion(line)), await stored()].join('\n');
}
const digestsOf = (...artifacts: Artifact[]) => artifacts.map(({ contentHash }) => String(contentHash));

async function findings(): Promise<unknown[]> {
  const found: unknown[] = await findBrokenInvariants(own.ctx);
  for await (const finding of verifyContent(own.ctx)) found.push(finding);
  return found;
}

/** Where an artifact came from, without what is told of it. */
async function lineageOf(id: string) {
  const { ancestors, relations } = (await rest.send('GET', `/artifacts/${id}/lineage`)).body;
  return {
    ancestors: ancestors.map(({ artifact_id, depth }) => ({ artifact_id, depth })),
    relations: z
      .array(z.looseObject({}))
      .parse(relations)
      .map(({ metadata: _, ...relation }) => relation),
  };
}

/** A story that shows an artifact made from these. */
async function tellOther(...sources: Artifact[]) {
  const { id: storyId } = await registerStory(own.ctx, { title: 'Another story' });
  const product = await registerArtifact(own.ctx, {
    type: 'image',
    description: 'of another story',
    sources: sources.map(({ id }) => ({ artifactId: id, type: 'VARIANT_OF' })),
  });
  await linkArtifact(own.ctx, { storyId, artifactId: product.id, role: 'cover' });
  return { storyId, product };
}

const bytesOfBoth = Buffer.from('words that both stories have');

test('an erased story leaves no text, no bytes and no preview; the lineage of others is what it was', async () => {
  const story = await tellStory(own, bytesOfBoth);
  const { word, storyId, runId, photo, cover, text } = story;
  const answered = await rest.send('POST', '/artifacts', {
    json: {
      artifact_type: 'text',
      description: `kept answer ${word}`,
      sources: [{ artifact_id: cover.id, relation_type: 'derived_from' }],
    },
    headers: { 'idempotency-key': own.unique('key') },
  });
  const same = await registerContent(own.ctx, { type: 'text' }, toAsync([bytesOfBoth]));
  const other = await tellOther(cover, same);
  const lineage = await lineageOf(other.product.id);
  const before = await everything();
  for (const told of [word, ...digestsOf(photo, cover)]) expect(before).toContain(told);

  const certificate = await erase(own.ctx, { storyId, reason: 'the parents asked for it' });

  const after = await everything();
  for (const told of [word, ...digestsOf(photo, cover)]) expect(after).not.toContain(told);
  for (const path of [
    `/stories/${storyId}`,
    `/artifacts/runs/${runId}`,
    `/artifacts/stories/${storyId}/artifacts`,
    `/artifacts/${cover.id}`,
    `/artifacts/${answered.body.artifact_id}`,
    `/artifacts/${text.id}/lineage`,
    '/events?limit=1000',
    `/search?q=${word}`,
  ]) {
    const answer = await rest.send('GET', path);
    expect({ path, status: answer.status }).toEqual({ path, status: 200 });
    expect(answer.text).not.toContain(word);
  }
  for (const path of [`/artifacts/${cover.id}/content`, `/artifacts/${cover.id}/preview?size=64`])
    expect((await rest.send('GET', path)).status).toBe(404);
  expect(logged.join('')).not.toContain(word);

  expect(await lineageOf(other.product.id)).toEqual(lineage);
  expect((await rest.send('GET', `/artifacts/${same.id}/content`)).text).toBe(bytesOfBoth.toString());
  expect((await rest.send('GET', `/artifacts/${cover.id}`)).body).toMatchObject({
    artifact_type: 'image',
    lifecycle_state: cover.lifecycleState,
    generation: cover.generation,
    content_hash: null,
    description: null,
  });
  expect(await findings()).toEqual([]);

  expect(certificate).toMatchObject({
    actor: 'test',
    reason: 'the parents asked for it',
    erased: { stories: [storyId], runs: [runId] },
    kept: [{ id: other.product.id, storyId: other.storyId }],
    shared: digestsOf(same),
    locked: [],
    answers: 1,
  });
  expect(certificate.removed.map((one) => String(one.sha256)).sort()).toEqual(digestsOf(photo, cover).sort());
  expect(certificate.remaining.join(' ')).toMatch(/export.*backup/);
  const find = 'MATCH (g:MaintenanceGrant {id: $id}) RETURN g.action AS action, g.reason AS reason';
  expect(await typeStatement(own, find, { id: certificate.id })).toEqual([
    { action: 'graph.erased', reason: 'the parents asked for it' },
  ]);
});

test('what another story shows stays and is told, and so do sources that both were made from', async () => {
  const { ctx } = own;
  const story = await tellStory(own);
  const style = await registerArtifact(ctx, { type: 'image', description: 'a style for all' });
  const sketch = await registerArtifact(ctx, {
    type: 'image',
    sources: [{ artifactId: style.id, type: 'DERIVED_FROM' }],
  });
  const scene = await registerArtifact(ctx, {
    type: 'image',
    sources: [{ artifactId: sketch.id, type: 'DERIVED_FROM' }],
  });
  await linkArtifact(ctx, { storyId: story.storyId, artifactId: scene.id, role: 'scene_image' });
  const other = await tellOther(sketch);
  await linkArtifact(ctx, { storyId: other.storyId, artifactId: story.thumbnail.id, role: 'scene_image' });
  const { kept, erased } = await erase(ctx, { storyId: story.storyId, reason: 'r' });
  const { storyId } = other;
  expect(kept.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
    [style, sketch, story.thumbnail]
      .map(({ id }) => ({ id, storyId }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
  const { photo, cover, text } = story;
  expect([...erased.artifacts].sort()).toEqual([photo, cover, text, scene].map(({ id }) => id).sort());
  expect((await rest.send('GET', `/artifacts/${style.id}`)).body.description).toBe('a style for all');
});

test('artifacts can be erased alone', async () => {
  const { text, cover, word } = await tellStory(own);
  await erase(own.ctx, { artifactIds: [text.id], reason: 'r' });
  expect((await rest.send('GET', `/artifacts/${text.id}`)).text).not.toContain(word);
  expect((await rest.send('GET', `/artifacts/${cover.id}`)).text).toContain(word);
  expect(await findings()).toEqual([]);
});

describe('an erasure that is killed', () => {
  const program = join(packageRoot, 'node_modules', '.cache', `erase-child-${process.pid}.mjs`);
  beforeAll(() =>
    build({
      entryPoints: [fileURLToPath(new URL('erase-child.ts', import.meta.url))],
      outfile: program,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    }),
  );

  it.each(['before', 'after'])('%s it removed bytes is completed by running it again', async (when) => {
    const { word, storyId, photo, cover } = await tellStory(own);
    const child = spawn(process.execPath, [program, storyId, join(own.folder, 'content'), when], {
      env: { ...process.env, ...own.connection },
      stdio: 'inherit',
    });
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
    const between = await everything();
    expect(digestsOf(photo, cover).some((digest) => between.includes(digest))).toBe(true);

    await erase(own.ctx, { storyId, reason: 'again' });
    const after = await everything();
    for (const told of [word, ...digestsOf(photo, cover)]) expect(after).not.toContain(told);
    expect(await findings()).toEqual([]);
  });
});

test('what is erased is named rightly, with a reason', async () => {
  const reason = 'r';
  for (const wrong of [
    { reason },
    { storyId: 's', artifactIds: ['a'], reason },
    { storyId: 's', reason: ' ' },
  ])
    await expect(erase(own.ctx, wrong)).rejects.toThrow(InvalidInput);
  await expect(erase(own.ctx, { storyId: 'nobody', reason })).rejects.toThrow(NotFound);
  await expect(erase(own.ctx, { artifactIds: ['nobody'], reason })).rejects.toThrow(NotFound);
});

describe('the guard lets an erasure empty nodes, and nothing else', () => {
  const under = (action: string, change: string) =>
    `CREATE (:MaintenanceGrant:AuditEvent {
       id: randomUUID(), at: datetime(), actor: 'somebody', action: '${action}', reason: 'r', nodeId: 'x'})
     WITH 1 AS one ${change}`;
  const artifact = 'MATCH (a:Artifact {id: $id})';
  let id: string;
  beforeAll(async () => {
    ({ id } = await registerArtifact(own.ctx, { type: 'text', payload: 'p', description: 'd' }));
  });

  it.each([
    ['under another grant', 'content.collected', `${artifact} REMOVE a.description`],
    ['with another text in its place', 'graph.erased', `${artifact} SET a.description = 'other'`],
    ['of an id', 'graph.erased', `${artifact} REMOVE a.id`],
    ['of a time', 'graph.erased', `${artifact} REMOVE a.createdAt`],
    ['of who did it', 'graph.erased', 'MATCH (e:AuditEvent {nodeId: $id}) REMOVE e.actor'],
  ])('no removal %s', async (_, action, change) => {
    const rule = await findGuardRule(() => typeStatement(own, under(action, change), { id }));
    expect(rule).toBe('guard.immutable');
  });

  it('and names the nodes in an event of its own', async () => {
    await typeStatement(own, under('graph.erased', `${artifact} REMOVE a.description`), { id });
    const find = `MATCH (e:AuditEvent {action: 'guard.erased'}) WHERE e.before CONTAINS $id RETURN e.actor AS actor`;
    expect(await typeStatement(own, find, { id })).toEqual([{ actor: 'guard' }]);
  });
});
