import { createHash } from 'node:crypto';
import { linkArtifact } from '../../src/stories/link-artifact.js';
import { moveArtifact } from '../../src/artifacts/move-artifact.js';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { moveRun } from '../../src/runs/move-run.js';
import { recordRunArtifact } from '../../src/runs/record-run-artifact.js';
import { startRun } from '../../src/runs/start-run.js';
import { startStep } from '../../src/runs/start-step.js';
import { registerStory } from '../../src/stories/register-story.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';
import { findGuardRule } from '../support/guard-rule.js';

let test: TestContext;
let ids: Record<string, string>;

/**
 * image ← cover (candidate, the story's primary cover) ← loud; other is the alternative cover; a run that is running
 * with one step that made `loud`.
 */
async function seed(): Promise<Record<string, string>> {
  const { ctx } = test;
  const image = await registerArtifact(ctx, { type: 'image', path: 'a.png', sizeBytes: 7 });
  const from = (source: { id: string }) => [{ artifactId: source.id, type: 'DERIVED_FROM' }];
  const cover = await registerArtifact(ctx, { type: 'image', description: 'a cover', sources: from(image) });
  const other = await registerArtifact(ctx, { type: 'image', externalId: test.unique('external') });
  await moveArtifact(ctx, { id: cover.id, to: 'candidate' });
  const story = await registerStory(ctx, { title: 'Bear' });
  await linkArtifact(ctx, { storyId: story.id, artifactId: cover.id, role: 'cover' });
  await linkArtifact(ctx, { storyId: story.id, artifactId: other.id, role: 'cover', isPrimary: false });
  const run = await startRun(ctx, { workflowType: 'kids_daily', storyId: story.id });
  await moveRun(ctx, { id: run.id, to: 'running' });
  const step = await startStep(ctx, {
    runId: run.id,
    name: 'tts_generation',
    order: 1,
    uses: [image.id],
    model: 'm',
  });
  const loud = await registerArtifact(ctx, { type: 'audio', createdByStepId: step.id, sources: from(cover) });
  await recordRunArtifact(ctx, { runId: run.id, artifactId: loud.id, stage: 'generated' });
  const archived = await registerArtifact(ctx, { type: 'text' });
  await moveArtifact(ctx, { id: archived.id, to: 'archived' });
  await typeStatement(
    test,
    `CREATE (:Content {sha256: $one, sizeBytes: toInteger(7), mimeType: 'image/png', storedAt: datetime(), store: 'disk'})
     CREATE (a:Artifact {id: $withContent, type: 'image', lifecycleState: 'intermediate', generation: toInteger(0),
       contentHash: $one, createdAt: datetime()})
     WITH a MATCH (c:Content {sha256: $one}) CREATE (a)-[:HAS_CONTENT]->(c)`,
    { one: digest, withContent: test.unique('with-content') },
  );
  return {
    image: image.id,
    cover: cover.id,
    other: other.id,
    loud: loud.id,
    archived: archived.id,
    story: story.id,
    run: run.id,
    step: step.id,
    digest,
    fresh: test.unique('fresh'),
  };
}

const digest = Array.from({ length: 64 }, () => Math.floor(Math.random() * 16).toString(16)).join('');

beforeAll(async () => {
  test = await openTestContext();
  ids = await seed();
});
afterAll(() => test.close());

/** A digest of everything around the seed: what a refused statement must leave as it was. */
async function picture(): Promise<string> {
  const rows = await typeStatement(
    test,
    `CALL () {
       UNWIND $ids AS id MATCH (n:Artifact|Run|Step|Story {id: id}) RETURN n
       UNION MATCH (n:Content {sha256: $digest}) RETURN n
       UNION UNWIND $ids AS id MATCH (n:AuditEvent {nodeId: id}) RETURN n
     }
     RETURN labels(n) AS labels, n {.*} AS properties,
       COLLECT { MATCH (n)-[r]->(m) RETURN type(r) + coalesce(m.id, m.sha256) + apoc.convert.toJson(r {.*}) AS edge ORDER BY edge } AS edges
     ORDER BY elementId(n)`,
    { ids: Object.values(ids), digest },
  );
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
}

/** The rule of the refusal, or 'accepted'. */
const type = (text: string) => findGuardRule(() => typeStatement(test, text, ids));

const artifact = `(:Artifact {id: $fresh, type: 'image', lifecycleState: 'intermediate', generation: toInteger(0), createdAt: datetime()})`;
const newEdge = (product: string, source: string, properties: string) =>
  `MATCH (p:Artifact {id: $${product}}), (s:Artifact|Story {id: $${source}}) CREATE (p)-[:DERIVED_FROM {${properties}}]->(s)`;
const edgeKey = "edgeKey: p.id + '|' + s.id";
const coverLink = 'MATCH (:Story {id: $story})-[l:LINKED_AS]->(:Artifact {id: $cover})';
const otherLink = 'MATCH (s:Story {id: $story})-[l:LINKED_AS]->(a:Artifact {id: $other})';
const grant = "CREATE (:MaintenanceGrant:AuditEvent {at: datetime(), actor: 'me', reason: 'asked to'})";

const refused: [what: string, rule: string, text: string][] = [
  // What was written
  ['changes a property', 'immutable', "MATCH (a:Artifact {id: $image}) SET a.path = 'b.png'"],
  [
    'changes only the type of a value',
    'immutable',
    'MATCH (a:Artifact {id: $image}) SET a.sizeBytes = toFloat(a.sizeBytes)',
  ],
  ['sets a property to null', 'immutable', 'MATCH (a:Artifact {id: $image}) SET a.path = null'],
  ['removes a property', 'immutable', 'MATCH (a:Artifact {id: $image}) REMOVE a.path'],
  ['replaces all properties by none', 'immutable', 'MATCH (a:Artifact {id: $image}) SET a = {}'],
  [
    'replaces all properties by others',
    'immutable',
    "MATCH (a:Artifact {id: $image}) SET a = {id: a.id, type: 'audio', lifecycleState: 'intermediate', generation: 0}",
  ],
  ['changes a property by +=', 'immutable', "MATCH (a:Artifact {id: $image}) SET a += {type: 'audio'}"],
  ['adds a property', 'immutable', "MATCH (a:Artifact {id: $image}) SET a.description = 'late'"],
  [
    'adds a property that the model does not know',
    'immutable',
    'MATCH (a:Artifact {id: $image}) SET a.rating = 5',
  ],
  ['changes an id', 'immutable', 'MATCH (a:Artifact {id: $image}) SET a.id = $fresh'],
  ['removes storedAt', 'immutable', 'MATCH (a:Artifact {id: $image}) REMOVE a.storedAt'],
  ['changes the size of content', 'immutable', 'MATCH (c:Content {sha256: $digest}) SET c.sizeBytes = 8'],
  [
    'changes the workflow of a run',
    'immutable',
    "MATCH (r:Run {id: $run}) SET r.workflowType = 'morning_show'",
  ],
  ['changes the model of a step', 'immutable', "MATCH (s:Step {id: $step}) SET s.model = 'another'"],
  ['changes the id of a story', 'immutable', 'MATCH (s:Story {id: $story}) SET s.id = $fresh'],
  // Labels
  ['takes the label away', 'delete', 'MATCH (a:Artifact {id: $image}) REMOVE a:Artifact'],
  [
    'takes the label away, changes, and gives it back',
    'immutable',
    "MATCH (a:Artifact {id: $image}) REMOVE a:Artifact SET a.path = 'b.png' SET a:Artifact",
  ],
  ['makes an artifact a story as well', 'relabel', 'MATCH (a:Artifact {id: $image}) SET a:Story'],
  // Deletion
  ['deletes an artifact', 'delete', 'MATCH (a:Artifact {id: $archived}) DELETE a'],
  ['deletes an artifact with its relationships', 'delete', 'MATCH (a:Artifact {id: $image}) DETACH DELETE a'],
  [
    'deletes and creates it again',
    'delete',
    `MATCH (a:Artifact {id: $archived}) DELETE a WITH a CREATE ${artifact}`,
  ],
  ['deletes a story', 'delete', 'MATCH (s:Story {id: $story}) DETACH DELETE s'],
  ['deletes a run', 'delete', 'MATCH (r:Run {id: $run}) DETACH DELETE r'],
  ['deletes content', 'delete', 'MATCH (c:Content {sha256: $digest}) DETACH DELETE c'],
  // Provenance
  ['deletes a provenance edge', 'delete', 'MATCH (:Artifact {id: $cover})-[r:DERIVED_FROM]->() DELETE r'],
  [
    'replaces a provenance edge',
    'delete',
    `MATCH (p:Artifact {id: $cover})-[r:DERIVED_FROM]->(s) DELETE r CREATE (p)-[:VARIANT_OF {id: $fresh, ${edgeKey}}]->(s)`,
  ],
  [
    'changes a provenance edge',
    'immutable',
    "MATCH (:Artifact {id: $cover})-[r:DERIVED_FROM]->() SET r.metadata = '{}'",
  ],
  [
    'takes a property of a provenance edge away',
    'immutable',
    'MATCH (:Artifact {id: $cover})-[r:DERIVED_FROM]->() REMOVE r.createdAt',
  ],
  ['deletes a record of a stage', 'delete', 'MATCH (:Run {id: $run})-[r:RECORDED]->() DELETE r'],
  ['deletes an input of a step', 'delete', 'MATCH (:Step {id: $step})-[r:USED]->() DELETE r'],
  ['deletes a link', 'delete', `${coverLink} DELETE l`],
  ['adds an edge against the generations', 'generation', newEdge('image', 'loud', edgeKey)],
  ['adds an edge of equal generations', 'generation', newEdge('image', 'other', edgeKey)],
  ['adds an edge to itself', 'generation', newEdge('image', 'image', edgeKey)],
  ['adds an edge without its key', 'generation', newEdge('loud', 'other', "edgeKey: 'any'")],
  ['adds an edge to something else', 'generation', newEdge('loud', 'story', edgeKey)],
  [
    'gives a second creating step',
    'single',
    'MATCH (a:Artifact {id: $image}), (s:Step {id: $step}) CREATE (a)-[:CREATED_BY]->(s)',
  ],
  [
    'gives content that is not that of the hash',
    'key',
    'MATCH (a:Artifact {id: $image}), (c:Content {sha256: $digest}) CREATE (a)-[:HAS_CONTENT]->(c)',
  ],
  [
    'gives a story a second current run',
    'single',
    'MATCH (s:Story {id: $story}), (r:Run {id: $run}) CREATE (s)-[:CURRENT_RUN]->(r)',
  ],
  [
    'gives a step a second run',
    'single',
    "MATCH (s:Step {id: $step}) CREATE (s)-[:STEP_OF]->(:Run {id: $fresh, workflowType: 'kids_daily', status: 'pending', createdAt: datetime()})",
  ],
  [
    'gives a run a second story',
    'single',
    'MATCH (r:Run {id: $run}) CREATE (r)-[:RUN_OF]->(:Story {id: $fresh, createdAt: datetime()})',
  ],
  [
    'lets a story use an artifact',
    'ends',
    'MATCH (s:Story {id: $story}), (a:Artifact {id: $image}) CREATE (s)-[:USED]->(a)',
  ],
  [
    'gives a hash that is not that of the payload',
    'immutable',
    'MATCH (a:Artifact {id: $image}) SET a.contentHash = $digest',
  ],
  ['gives a running step an output', 'immutable', "MATCH (s:Step {id: $step}) SET s.output = '{}'"],
  ['changes when a run began', 'immutable', 'MATCH (r:Run {id: $run}) SET r.startedAt = datetime()'],
  [
    'changes when an artifact was stored',
    'immutable',
    'MATCH (a:Artifact {id: $image}) SET a.storedAt = datetime()',
  ],
  ['forgets a migration', 'delete', 'MATCH (m:SchemaMigration {version: 1}) DELETE m'],
  [
    'changes the checksum of a migration',
    'immutable',
    "MATCH (m:SchemaMigration {version: 1}) SET m.checksum = 'x'",
  ],
  [
    'gives the lock of generations another name',
    'delete',
    "MATCH (l:Lock {name: 'generation'}) SET l.name = 'x'",
  ],
  [
    'takes the label of the lock of generations away',
    'delete',
    "MATCH (l:Lock {name: 'generation'}) REMOVE l:Lock",
  ],
  [
    'invents a migration',
    'shape',
    "CREATE (:SchemaMigration {version: toInteger(999), name: 'x', checksum: 'x', appliedAt: datetime()})",
  ],
  [
    'replaces an artifact with a grant',
    'delete',
    `${grant} WITH 1 AS one MATCH (a:Artifact {id: $archived}) DETACH DELETE a CREATE ${artifact.replace('$fresh', '$archived')}`,
  ],
  [
    'replaces an edge with a grant',
    'delete',
    `${grant} WITH 1 AS one MATCH (p:Artifact {id: $cover})-[r:DERIVED_FROM]->(s) DELETE r CREATE (p)-[:DERIVED_FROM {id: $fresh, ${edgeKey}, metadata: '{}'}]->(s)`,
  ],
  ['deletes the lock of generations', 'delete', "MATCH (l:Lock {name: 'generation'}) DETACH DELETE l"],
  [
    'deletes with a grant that is no audit event',
    'delete',
    "CREATE (:MaintenanceGrant {at: datetime(), actor: 'me', reason: 'x'}) WITH 1 AS one MATCH (a:Artifact {id: $archived}) DELETE a",
  ],
  [
    'deletes with a grant without a time',
    'delete',
    "CREATE (:MaintenanceGrant:AuditEvent {actor: 'me', reason: 'x'}) WITH 1 AS one MATCH (a:Artifact {id: $archived}) DELETE a",
  ],
  [
    'records an unknown stage',
    'key',
    "MATCH (r:Run {id: $run}), (a:Artifact {id: $image}) CREATE (r)-[:RECORDED {stage: 'good', linkKey: r.id + '|' + a.id + '|good'}]->(a)",
  ],
  // Generations
  ['lowers a generation', 'generation', 'MATCH (a:Artifact {id: $loud}) SET a.generation = 0'],
  [
    'raises a generation to that of a product',
    'generation',
    'MATCH (a:Artifact {id: $image}) SET a.generation = 1',
  ],
  ['removes a generation', 'generation', 'MATCH (a:Artifact {id: $loud}) REMOVE a.generation'],
  ['makes a generation a fraction', 'generation', 'MATCH (a:Artifact {id: $loud}) SET a.generation = 7.5'],
  // Lifecycle
  [
    'moves a state backwards',
    'lifecycle',
    "MATCH (a:Artifact {id: $cover}) SET a.lifecycleState = 'intermediate'",
  ],
  ['skips a state', 'lifecycle', "MATCH (a:Artifact {id: $image}) SET a.lifecycleState = 'published'"],
  ['leaves archived', 'lifecycle', "MATCH (a:Artifact {id: $archived}) SET a.lifecycleState = 'candidate'"],
  ['invents a state', 'lifecycle', "MATCH (a:Artifact {id: $image}) SET a.lifecycleState = 'good'"],
  ['removes a state', 'lifecycle', 'MATCH (a:Artifact {id: $image}) REMOVE a.lifecycleState'],
  ['moves a run backwards', 'status', "MATCH (r:Run {id: $run}) SET r.status = 'pending'"],
  ['moves a step backwards', 'status', "MATCH (s:Step {id: $step}) SET s.status = 'pending'"],
  // Primaries
  ['makes a second primary', 'primary', `${otherLink} SET l.isPrimary = true`],
  ['takes a slot without being primary', 'primary', `${otherLink} SET l.primarySlot = 'slot'`],
  ['takes primary from a link but not its slot', 'primary', `${coverLink} SET l.isPrimary = false`],
  ['leaves it open whether a link is primary', 'primary', `${otherLink} SET l.isPrimary = null`],
  [
    'gives a link another role',
    'immutable',
    `${otherLink} SET l.role = 'scene_image', l.linkKey = s.id + '|' + a.id + '|scene_image'`,
  ],
  [
    'links in an unknown role',
    'primary',
    "MATCH (s:Story {id: $story}), (a:Artifact {id: $image}) CREATE (s)-[:LINKED_AS {id: $fresh, role: 'poster', linkKey: s.id + '|' + a.id + '|poster', isPrimary: false, createdAt: datetime()}]->(a)",
  ],
  ...[
    ['scene_image', 'loud'],
    ['final_audio', 'image'],
    ['final_video', 'loud'],
    ['story_text', 'image'],
    ['cover', 'archived'],
  ].map(([role = '', id = '']): [string, string, string] => [
    `gives the role ${role} to something of another kind`,
    'kind',
    `MATCH (s:Story {id: $story}), (a:Artifact {id: $${id}})
     CREATE (s)-[:LINKED_AS {id: $fresh, role: '${role}', linkKey: s.id + '|' + a.id + '|${role}', isPrimary: false, createdAt: datetime()}]->(a)`,
  ]),
  // Shapes
  [
    'creates an artifact of an unknown type',
    'shape',
    `CREATE (a${artifact.slice(1, -1)}) SET a.type = 'song'`,
  ],
  [
    'creates an artifact without generation',
    'shape',
    `CREATE (a${artifact.slice(1, -1)}) REMOVE a.generation`,
  ],
  ['creates a story without id', 'shape', "CREATE (:Story {title: 'nobody'})"],
  [
    'creates a run in an unknown status',
    'shape',
    "CREATE (:Run {id: $fresh, workflowType: 'kids_daily', status: 'good', createdAt: datetime()})",
  ],
  // Audit
  ['changes an audit event', 'immutable', "MATCH (e:AuditEvent {nodeId: $cover}) SET e.actor = 'nobody'"],
  ['deletes audit events', 'delete', 'MATCH (e:AuditEvent {nodeId: $cover}) DELETE e'],
  [
    'deletes audit events with a grant',
    'delete',
    `${grant} WITH 1 AS one MATCH (e:AuditEvent {nodeId: $cover}) DELETE e`,
  ],
  [
    'takes the label of audit events away',
    'delete',
    'MATCH (e:AuditEvent {nodeId: $cover}) REMOVE e:AuditEvent',
  ],
  // Grants that are none
  [
    'deletes with a grant without reason',
    'delete',
    "CREATE (:MaintenanceGrant {actor: 'me'}) WITH 1 AS one MATCH (a:Artifact {id: $archived}) DELETE a",
  ],
  [
    'deletes with a grant of a blank reason',
    'delete',
    "CREATE (:MaintenanceGrant {actor: 'me', reason: ' '}) WITH 1 AS one MATCH (a:Artifact {id: $archived}) DELETE a",
  ],
  [
    'deletes with a grant that does not stay',
    'delete',
    "CREATE (g:MaintenanceGrant {actor: 'me', reason: 'x'}) WITH g MATCH (a:Artifact {id: $archived}) DELETE a, g",
  ],
  [
    'calls a node that is there a grant',
    'relabel',
    "MATCH (s:Story {id: $story}), (a:Artifact {id: $archived}) SET s:MaintenanceGrant:AuditEvent, s.at = datetime(), s.actor = 'me', s.reason = 'x' DELETE a",
  ],
  [
    'changes a property with a grant',
    'immutable',
    `${grant} WITH 1 AS one MATCH (a:Artifact {id: $image}) SET a.path = 'b.png'`,
  ],
  [
    'relabels with a grant',
    'delete',
    `${grant} WITH 1 AS one MATCH (a:Artifact {id: $image}) REMOVE a:Artifact`,
  ],
];

describe('a statement typed into Neo4j Browser is refused, naming the rule, when it', () => {
  let before: string;
  beforeAll(async () => {
    before = await picture();
  });
  it.each(refused)('%s', async (_what, rule, text) => {
    expect(await type(text)).toBe(`guard.${rule}`);
  });
  it('(whatever it was, nothing of it is left)', async () => {
    expect(await picture()).toBe(before);
  });

  it('turns a node into an artifact in a second transaction', async () => {
    await typeStatement(
      test,
      `CREATE (:Draft {id: $fresh, type: 'image', lifecycleState: 'published', generation: toInteger(0), createdAt: datetime()})`,
      ids,
    );
    expect(await type('MATCH (n:Draft {id: $fresh}) SET n:Artifact')).toBe('guard.relabel');
    await typeStatement(test, 'MATCH (n:Draft {id: $fresh}) DELETE n', ids);
  });

  it('takes the slot of the primary (by the unique constraint)', async () => {
    const slot = `${otherLink} SET l.isPrimary = true, l.primarySlot = s.id + '|cover'`;
    await expect(typeStatement(test, slot, ids)).rejects.toMatchObject({
      code: 'Neo.ClientError.Schema.ConstraintValidationFailed',
    });
  });
});

describe('a statement typed into Neo4j Browser still can', () => {
  it('read everything', async () => {
    expect(
      await type(
        'MATCH (n:Artifact|Story) WHERE n.id IN [$image, $story] OPTIONAL MATCH (n)-[r]-(m) RETURN n, r, m',
      ),
    ).toBe('accepted');
  });

  it('move a state forward, and the guard writes the audit event', async () => {
    expect(await type("MATCH (a:Artifact {id: $image}) SET a.lifecycleState = 'candidate'")).toBe('accepted');
    const events = await typeStatement(
      test,
      "MATCH (e:AuditEvent {nodeId: $image, actor: 'direct statement'}) RETURN e.action AS action, e.nodeLabel AS label, e.before AS before, e.after AS after",
      ids,
    );
    expect(events).toEqual([
      { action: 'artifact.moved', label: 'Artifact', before: 'intermediate', after: 'candidate' },
    ]);
  });

  it('end a step, and an event of something else does not stand for its own', async () => {
    expect(
      await type(
        "CREATE (:AuditEvent {at: datetime(), actor: 'me', nodeId: 'x'}) WITH 1 AS one MATCH (s:Step {id: $step}) SET s.status = 'failed'",
      ),
    ).toBe('accepted');
    expect(
      await typeStatement(
        test,
        'MATCH (e:AuditEvent {nodeId: $step, after: "failed"}) RETURN e.action AS action, e.before AS before',
        ids,
      ),
    ).toEqual([{ action: 'step.completed', before: 'running' }]);
  });

  it('record a payload without its hash, and the hash later', async () => {
    const own = { fresh: test.unique(), hash: createHash('sha256').update('Once upon a time').digest('hex') };
    await typeStatement(
      test,
      "CREATE (:Artifact {id: $fresh, type: 'text', lifecycleState: 'intermediate', generation: toInteger(0), createdAt: datetime(), payload: 'Once upon a time'})",
      own,
    );
    const set = 'MATCH (a:Artifact {id: $fresh}) SET a.contentHash = $hash';
    expect(await findGuardRule(() => typeStatement(test, set, own))).toBe('accepted');
  });

  it('choose no actor for a move, neither by metadata nor by an event that tells another one', async () => {
    const moved = await registerArtifact(test.ctx, { type: 'image' });
    const session = test.ctx.db.driver.session({ database: test.ctx.db.name });
    const text = `CREATE (:AuditEvent {at: datetime(), actor: 'somebody', nodeId: $id, action: 'artifact.moved'})
      WITH 1 AS one MATCH (a:Artifact {id: $id}) SET a.lifecycleState = 'candidate'`;
    await session.run(text, { id: moved.id }, { metadata: { actor: 'somebody else' } });
    await session.close();
    const found = "MATCH (e:AuditEvent {nodeId: $id, after: 'candidate'}) RETURN e.actor AS actor";
    expect(await typeStatement(test, found, { id: moved.id })).toEqual([{ actor: 'direct statement' }]);
  });

  it('add properties to a story', async () => {
    expect(
      await type("MATCH (s:Story {id: $story}) SET s.mood = 'calm', s.title = 'Bear sleeps' REMOVE s.mood"),
    ).toBe('accepted');
  });

  it('move a primary to another link in one statement', async () => {
    const text = `MATCH (s:Story {id: $story})-[now:LINKED_AS {role: 'cover', isPrimary: true}]->(), (s)-[next:LINKED_AS {role: 'cover', isPrimary: false}]->()
      SET now.isPrimary = false REMOVE now.primarySlot
      SET next.isPrimary = true, next.primarySlot = s.id + '|cover'`;
    expect(await type(text)).toBe('accepted');
    const events = await typeStatement(
      test,
      "MATCH (e:AuditEvent {nodeId: $story, action: 'story.link-updated', actor: 'direct statement'}) RETURN e.after AS after",
      ids,
    );
    expect(events).toHaveLength(2);
  });

  it('record an artifact of its own, which gets the time of storing', async () => {
    const own = { ...ids, fresh: test.unique() };
    await typeStatement(test, `CREATE ${artifact}`, own);
    expect(
      await typeStatement(
        test,
        'MATCH (a:Artifact {id: $fresh}) RETURN a.storedAt IS NOT NULL AS stored',
        own,
      ),
    ).toEqual([{ stored: true }]);
  });

  it('delete what a maintenance grant of the same transaction gives reasons for; the grant stays', async () => {
    const doomed = await registerArtifact(test.ctx, {
      type: 'image',
      sources: [{ artifactId: ids.image, type: 'VARIANT_OF' }],
    });
    const own = { doomed: doomed.id, reason: `erasure ${doomed.id}` };
    await typeStatement(
      test,
      `CREATE (:MaintenanceGrant:AuditEvent {at: datetime(), actor: 'me', reason: $reason, nodeId: $doomed})
       WITH 1 AS one MATCH (a:Artifact {id: $doomed}) DETACH DELETE a`,
      own,
    );
    expect(await typeStatement(test, 'MATCH (a:Artifact {id: $doomed}) RETURN a', own)).toEqual([]);
    const found = 'MATCH (g:MaintenanceGrant {reason: $reason}) RETURN g.actor AS actor';
    expect(await typeStatement(test, found, own)).toEqual([{ actor: 'me' }]);
    const told = "MATCH (e:AuditEvent {action: 'guard.deleted', nodeId: $doomed}) RETURN e.before AS before";
    expect(await typeStatement(test, told, own)).toEqual([
      { before: `${doomed.id} ${doomed.id}|${ids.image}` },
    ]);
    const remove = 'MATCH (g:MaintenanceGrant {reason: $reason}) DELETE g';
    expect(await findGuardRule(() => typeStatement(test, remove, own))).toBe('guard.delete');
  });
});
