/** How a forgery comes to light: refused by a rule of the guard, or by a constraint; or found by `verify`. */
export type Forgery = [what: string, rule: string, text: string];

const grant = "CREATE (:MaintenanceGrant:AuditEvent {at: datetime(), actor: 'me', reason: 'asked to'})";
const artifact = (id: string) =>
  `(:Artifact {id: ${id}, type: 'image', lifecycleState: 'published', generation: toInteger(0), createdAt: datetime()})`;

/** What the guard or a constraint refuses. */
export const refused: Forgery[] = [
  ['says that another file was made', 'immutable', "MATCH (a:Artifact {id: $image}) SET a.path = 'b.png'"],
  ['rewrites a text', 'immutable', "MATCH (a:Artifact {id: $text}) SET a.payload = 'Wolf'"],
  ['gives other bytes', 'immutable', 'MATCH (a:Artifact {id: $text}) SET a.contentHash = $digest'],
  [
    'makes an artifact older',
    'immutable',
    "MATCH (a:Artifact {id: $image}) SET a.createdAt = datetime('2020-01-01')",
  ],
  ['says when it was stored', 'immutable', 'MATCH (a:Artifact {id: $image}) SET a.storedAt = datetime()'],
  ['deletes an artifact', 'delete', 'MATCH (a:Artifact {id: $image}) DETACH DELETE a'],
  [
    'hides an artifact under another label',
    'delete',
    'MATCH (a:Artifact {id: $image}) REMOVE a:Artifact SET a:Hidden',
  ],
  ['cuts a lineage', 'delete', 'MATCH (:Artifact {id: $cover})-[r:DERIVED_FROM]->() DELETE r'],
  [
    'turns a lineage around',
    'generation',
    "MATCH (p:Artifact {id: $image}), (s:Artifact {id: $cover}) CREATE (p)-[:DERIVED_FROM {edgeKey: p.id + '|' + s.id}]->(s)",
  ],
  ['makes room for a cycle', 'generation', 'MATCH (a:Artifact {id: $cover}) SET a.generation = toInteger(0)'],
  [
    'names another creator',
    'single',
    'MATCH (a:Artifact {id: $image}), (s:Step {id: $step}) CREATE (a)-[:CREATED_BY]->(s)',
  ],
  [
    'moves a step to another run',
    'single',
    "MATCH (s:Step {id: $step}) CREATE (s)-[:STEP_OF]->(:Run {id: 'r', workflowType: 'kids_daily', status: 'pending', createdAt: datetime()})",
  ],
  [
    'takes a publication back',
    'lifecycle',
    "MATCH (a:Artifact {id: $cover}) SET a.lifecycleState = 'intermediate'",
  ],
  ['rewrites what a step gave', 'immutable', "MATCH (s:Step {id: $step}) SET s.output = '{}'"],
  ['changes when a step ended', 'immutable', 'MATCH (s:Step {id: $step}) SET s.completedAt = datetime()'],
  ['lets a step fail that was well', 'status', "MATCH (s:Step {id: $step}) SET s.status = 'failed'"],
  [
    'makes a second official cover',
    'primary',
    'MATCH (:Story {id: $story})-[l:LINKED_AS {isPrimary: false}]->() SET l.isPrimary = true',
  ],
  [
    'makes a text the cover',
    'kind',
    "MATCH (s:Story {id: $story}), (a:Artifact {id: $text}) CREATE (s)-[:LINKED_AS {id: 'l', role: 'cover', linkKey: s.id + '|' + a.id + '|cover', isPrimary: false, createdAt: datetime()}]->(a)",
  ],
  [
    'lets a story use an image',
    'ends',
    'MATCH (s:Story {id: $story}), (a:Artifact {id: $image}) CREATE (s)-[:USED]->(a)',
  ],
  ['blames somebody else', 'immutable', "MATCH (e:AuditEvent {nodeId: $cover}) SET e.actor = 'maria'"],
  ['deletes the traces', 'delete', 'MATCH (e:AuditEvent {nodeId: $cover}) DELETE e'],
  [
    'deletes the traces with a grant',
    'delete',
    `${grant} WITH 1 AS one MATCH (e:AuditEvent {nodeId: $cover}) DELETE e`,
  ],
  [
    'deletes with a grant that says no reason',
    'delete',
    "CREATE (:MaintenanceGrant:AuditEvent {at: datetime(), actor: 'me'}) WITH 1 AS one MATCH (a:Artifact {id: $image}) DETACH DELETE a",
  ],
  [
    'exchanges an artifact with a grant',
    'delete',
    `${grant} WITH 1 AS one MATCH (a:Artifact {id: $text}) DETACH DELETE a CREATE ${artifact('$text')}`,
  ],
  [
    'exchanges an edge with a grant',
    'delete',
    `${grant} WITH 1 AS one MATCH (p:Artifact {id: $cover})-[r:DERIVED_FROM]->(s) DELETE r CREATE (p)-[:VARIANT_OF {edgeKey: p.id + '|' + s.id}]->(s)`,
  ],
  ['takes the lock of generations', 'delete', "MATCH (l:Lock {name: 'generation'}) DELETE l"],
  [
    'forges the record of a migration',
    'immutable',
    "MATCH (m:SchemaMigration {version: 1}) SET m.checksum = 'x'",
  ],
  ['makes a second artifact of one id', 'constraint', `CREATE ${artifact('$image')}`],
];

/** Changes that anybody may make, and that the guard tells with the actor `direct statement`: [what, of which node, text]. */
export const told: Forgery[] = [
  ['moves a state', 'text', "MATCH (a:Artifact {id: $text}) SET a.lifecycleState = 'candidate'"],
  [
    'swaps the official cover beside an event of its own',
    'story',
    `CREATE (:AuditEvent {at: datetime(), actor: 'maria', action: 'story.link-updated', nodeId: $story})
     WITH 1 AS one MATCH (s:Story {id: $story})-[now:LINKED_AS {isPrimary: true}]->(), (s)-[next:LINKED_AS {isPrimary: false}]->()
     SET now.isPrimary = false REMOVE now.primarySlot SET next.isPrimary = true, next.primarySlot = s.id + '|cover'`,
  ],
  [
    'adds an input to a step that is over',
    'step',
    'MATCH (s:Step {id: $step}), (a:Artifact {id: $text}) CREATE (s)-[:USED]->(a)',
  ],
];

/** Against the schema, typed to the database `system` or not: [what, finding, text]. */
export const dismantling: Forgery[] = [
  [
    'puts a trigger beside the guard',
    'trigger quiet',
    "CALL apoc.trigger.install('neo4j', 'quiet', 'RETURN 1', {phase: 'before'})",
  ],
  ['drops the guard', 'guard guard', "CALL apoc.trigger.drop('neo4j', 'guard')"],
  ['drops a constraint', 'constraint artifact_id', 'DROP CONSTRAINT artifact_id'],
  ['drops an index', 'index audit_event_at', 'DROP INDEX audit_event_at'],
];

/** What `verify` finds of what was written while there was no guard: [what, rule and id, text]. */
export const found: Forgery[] = [
  [
    'takes a publication back',
    'history $cover',
    "MATCH (a:Artifact {id: $cover}) SET a.lifecycleState = 'intermediate'",
  ],
  ['rewrites a text', 'hash $text', "MATCH (a:Artifact {id: $text}) SET a.payload = 'Wolf'"],
  ['deletes the traces', 'event $image', 'MATCH (e:AuditEvent {nodeId: $image}) DELETE e'],
  [
    'closes a cycle',
    'acyclic $image',
    "MATCH (p:Artifact {id: $image}), (s:Artifact {id: $cover}) CREATE (p)-[:DERIVED_FROM {edgeKey: p.id + '|' + s.id}]->(s)",
  ],
  ['makes a second artifact of one id', 'unique $other', `CREATE ${artifact('$other')}`],
  [
    'makes a text the cover',
    'kind $story',
    "MATCH (s:Story {id: $story}), (a:Artifact {id: $text}) CREATE (s)-[:LINKED_AS {id: 'l', role: 'cover', linkKey: s.id + '|' + a.id + '|cover', isPrimary: false, createdAt: datetime()}]->(a)",
  ],
  [
    'lets a story use an image',
    'ends $story',
    'MATCH (s:Story {id: $story}), (a:Artifact {id: $image}) CREATE (s)-[:USED]->(a)',
  ],
  [
    'invents a migration of a newer version, so that no start repairs anything',
    'schema V999',
    "CREATE (:SchemaMigration {version: toInteger(999), name: 'x', checksum: 'x', appliedAt: datetime()})",
  ],
  ['takes the lock of generations', 'lock generation', "MATCH (l:Lock {name: 'generation'}) DELETE l"],
];
