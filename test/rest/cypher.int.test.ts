import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { createAccess } from '../../src/http/access.js';
import { CommandLine } from '../cli/run-command.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';
import { openRest, type TestRest } from './open-rest.js';

let graph: TestContext;
let rest: TestRest;
beforeAll(async () => {
  graph = await openTestContext();
  rest = await openRest({}, graph);
});
afterAll(async () => {
  await rest.close();
  await graph.close();
});

const ask = (statement: string, more: object = {}) =>
  rest.send('POST', '/cypher', { json: { statement, ...more } });

describe('POST /cypher', () => {
  it('answers in plain JSON: nodes, relationships, paths, times, lists and maps', async () => {
    const source = await registerArtifact(graph.ctx, { type: 'image', path: 'a.png' });
    const { id } = await registerArtifact(graph.ctx, {
      type: 'image',
      sources: [{ artifactId: source.id, type: 'DERIVED_FROM' }],
    });
    const { status, body } = await ask(
      `MATCH path = (:Artifact {id: $id})-[edge]->(source:Artifact)
       RETURN source, edge, path, date('2026-01-02') AS day, {list: [1, 2.5, null]} AS map, duration('PT1S') AS long`,
      { parameters: { id } },
    );
    expect(status).toBe(200);
    const node = {
      labels: ['Artifact'],
      properties: expect.objectContaining({ id: source.id, path: 'a.png' }) as unknown,
    };
    const edge = {
      type: 'DERIVED_FROM',
      properties: expect.objectContaining({ edgeKey: `${id}|${source.id}` }) as unknown,
    };
    const product = expect.objectContaining({ labels: ['Artifact'] }) as unknown;
    expect(body).toEqual({
      columns: ['source', 'edge', 'path', 'day', 'map', 'long'],
      rows: [[node, edge, [product, edge, node], '2026-01-02', { list: [1, 2.5, null] }, 'PT1S']],
      truncated: false,
    });
  });

  it('gives as many rows as asked for, and says that there are more', async () => {
    const rows = 'UNWIND range(1, 3) AS n RETURN n';
    expect((await ask(rows, { limit: 3 })).body).toMatchObject({ rows: [[1], [2], [3]], truncated: false });
    expect((await ask(rows, { limit: 2 })).body).toMatchObject({ rows: [[1], [2]], truncated: true });
    expect((await ask(rows, { limit: 10_001 })).status).toBe(400);
  });

  it.each([
    ['creates', 'CREATE (n:Story {id: "s"}) RETURN n'],
    ['merges what is not there', 'MERGE (n:Nobody {id: "s"}) RETURN n'],
    ['sets', 'MATCH (a:Artifact) SET a.path = "b" RETURN a'],
    ['deletes', 'MATCH (a:Artifact) DETACH DELETE a'],
    [
      'writes in transactions of its own',
      'UNWIND [1] AS n CALL (n) { CREATE (:Nobody) } IN TRANSACTIONS RETURN n',
    ],
    ['writes by a procedure', "CALL apoc.cypher.doIt('CREATE (:Nobody)', {}) YIELD value RETURN value"],
    ['changes the schema', 'DROP CONSTRAINT artifact_id IF EXISTS'],
    ['drops the guard', "CALL apoc.trigger.drop('neo4j', 'guard') YIELD name RETURN name"],
    ['makes a user', 'CREATE USER somebody SET PASSWORD "a password"'],
    ['is no Cypher', 'SELECT 1'],
    ['is blank', ' \r\n'],
    ['is empty', ''],
    ['is a lone backslash', '\\'],
    ['is a comment without end', 'RETURN 1 /* and'],
    ['wants a parameter that is not given', 'RETURN $missing'],
  ])('refuses a statement that %s, in the words of Neo4j', async (_, statement) => {
    const { status, body } = await ask(statement);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'invalid_input', errors: [{ path: 'statement' }] });
    expect(await typeStatement(graph, 'MATCH (n:Nobody) RETURN n')).toEqual([]);
  });

  it('is for admins', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cypher-'));
    const digest = (token: string) => createHash('sha256').update(token).digest('hex');
    const tokensFile = join(folder, 'tokens');
    await writeFile(tokensFile, `bob writer ${digest('w')}\neve admin ${digest('a')}\n`);
    const closed = await openRest(
      { access: createAccess({ tokensFile, jwksUrl: undefined, issuer: undefined, audience: undefined }) },
      graph,
    );
    const as = (token: string) =>
      closed.send('POST', '/cypher', {
        json: { statement: 'RETURN 1 AS one' },
        headers: { authorization: `Bearer ${token}` },
      });
    expect((await as('w')).status).toBe(403);
    expect((await as('a')).body).toMatchObject({ rows: [[1]] });
    await closed.close();
    await rm(folder, { recursive: true });
  });
});

test('artifact-graph cypher prints a table, or JSON, and ends with 2 where the statement would write', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cypher-'));
  const line = CommandLine.inBucket('cypher', folder);
  const file = join(folder, 'question.cypher');
  await writeFile(file, 'UNWIND [[1, "one"], [22, "two\\nlines"]] AS row RETURN row[0] AS n, row[1] AS name');
  const table = await line.run('cypher', file);
  expect(table.stdout).toBe('n   name\n1   one\n22  two lines\n');
  const json = await line.run('cypher', file, '--json', '--limit', '1');
  expect(JSON.parse(json.stdout)).toEqual({ columns: ['n', 'name'], rows: [[1, 'one']], truncated: true });
  await writeFile(file, 'CREATE (:Nobody)');
  expect((await line.run('cypher', file)).code).toBe(2);
  await rm(folder, { recursive: true });
});
