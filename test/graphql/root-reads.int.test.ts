import type { ProfiledPlan } from 'neo4j-driver';
import { typeStatement } from '../support/graph.js';
import { at, openGraphql, type TestGraphql } from './open-graphql.js';

const howMany = 4000;
const page = 10;

let test: TestGraphql;
let small: TestGraphql;
let batch: string;
beforeAll(async () => {
  test = await openGraphql();
  small = await openGraphql({}, undefined, { maxRead: 1000 });
  batch = test.unique('root');
  await write(batch, howMany, new Date('2026-01-01'));
  await write(test.unique('oldest'), 100, new Date('2001-01-01'));
  // The planner goes by statistics, which follow a batch only after a while.
  await typeStatement(test, 'CALL db.prepareForReplanning(120)');
});
afterAll(async () => {
  await small.close();
  await test.close();
});

/** An artifact, a story and a run in each of so many milliseconds. */
async function write(name: string, count: number, from: Date): Promise<void> {
  await typeStatement(
    test,
    `UNWIND range(1, toInteger($count)) AS n
     WITH n, datetime({epochMillis: toInteger($from) + n}) AS at, ['scene_image', 'final_audio'][n % 2] AS role
     CREATE (a:Artifact {id: $name + n, type: ['image', 'audio'][n % 2], lifecycleState: ['candidate', 'published'][n % 3 / 2],
       generation: 0, createdAt: at, storedAt: at, createdByAgent: $name + n % 2, externalId: $name + n, description: 'scene ' + n})
     CREATE (s:Story {id: $name + n, title: $name, createdAt: at, storedAt: at})
     CREATE (:Run {id: $name + n, workflowType: 'kids_daily', status: ['pending', 'running'][n % 2], createdAt: at})-[:RECORDED
       {id: $name + n, stage: 'generated', linkKey: a.id + '|' + a.id + '|generated', createdAt: at}]->(a)
     CREATE (s)-[:LINKED_AS {id: $name + n, role: role, isPrimary: false, position: 1,
       linkKey: s.id + '|' + a.id + '|' + role, createdAt: at, updatedAt: at}]->(a)`,
    { name, count, from: from.getTime() },
  );
}

interface Sent {
  text: string;
  params: object;
}

/** What a work sends to the database by generated statements. */
async function sentBy(work: () => Promise<unknown>): Promise<Sent[]> {
  const { driver } = test.ctx.db;
  const session = driver.session.bind(driver);
  const sent: Sent[] = [];
  driver.session = (config) => {
    const opened = session(config);
    const executeRead = opened.executeRead.bind(opened);
    opened.executeRead = (read, settings) =>
      executeRead((tx) => {
        const run = tx.run.bind(tx);
        tx.run = (text: string, params: object = {}) => {
          sent.push({ text, params });
          return run(text, params);
        };
        return read(tx);
      }, settings);
    return opened;
  };
  try {
    await work();
  } finally {
    driver.session = session;
  }
  return sent.filter(({ text }) => !text.includes('dbms.components'));
}

const hitsOf = ({ dbHits, children }: ProfiledPlan): number =>
  children.reduce((sum, child) => sum + hitsOf(child), Number(dbHits));

/** Database hits of an operation's generated statements, as PROFILE counts them. */
async function hitsFor(operation: string): Promise<number> {
  const { driver, name } = test.ctx.db;
  const sent = await sentBy(async () => expect((await test.ask(operation)).errors).toBeUndefined());
  let hits = 0;
  for (const { text, params } of sent) {
    const profiled = text.replace(/^CYPHER 5\s/, 'CYPHER 5 PROFILE ');
    const { summary } = await driver.executeQuery(profiled, params, { database: name });
    if (!summary.profile) throw new Error(`not profiled: ${profiled}`);
    hits += hitsOf(summary.profile);
  }
  return hits;
}

const newest = 'sort: [{createdAt: DESC}]';
const connection = (name: string, args: string, more = '') =>
  `{ ${name}Connection(first: ${page}, ${args}) { ${more} edges { node { id } } pageInfo { hasNextPage } } }`;
/** The page behind so many rows of the batch, wherever in the whole order it lies. */
async function connectionBehind(rows: number, name: string, where: string, sort: string): Promise<string> {
  const ofBatch = `${where} id: {startsWith: "${batch}"}`;
  const { data } = await test.ask(
    `{ ${name}Connection(first: ${rows}, where: {${ofBatch}}, ${sort}) { pageInfo { endCursor } } }`,
  );
  const after = String(at(data, `${name}Connection.pageInfo.endCursor`));
  return connection(name, `after: "${after}", ${where ? `where: {${where}}, ` : ''}${sort}`);
}

/** The root queries of docs/graphql.md. */
const rootQueries: [string, () => string | Promise<string>][] = [
  ['artifacts, newest first', () => `{ artifacts(limit: ${page}, ${newest}) { id type } }`],
  ['artifacts without a sort', () => `{ artifacts(limit: ${page}) { id } }`],
  [
    'artifacts of one type, oldest first',
    () => `{ artifacts(limit: ${page}, where: {type: {eq: IMAGE}}, sort: [{createdAt: ASC}]) { id } }`,
  ],
  [
    'artifacts of one type and state',
    () =>
      `{ artifacts(limit: ${page}, where: {type: {eq: AUDIO}, lifecycleState: {eq: PUBLISHED}}, ${newest}) { id } }`,
  ],
  [
    'artifacts of one agent',
    () => `{ artifacts(limit: ${page}, where: {createdByAgent: {eq: "${batch}1"}}, ${newest}) { id } }`,
  ],
  [
    'artifacts of a story',
    () =>
      `{ artifacts(limit: ${page}, where: {stories: {some: {id: {eq: "${batch}7"}}}}, ${newest}) { id } }`,
  ],
  [
    'artifacts of a run',
    () =>
      `{ artifacts(limit: ${page}, where: {recordedIn: {some: {id: {eq: "${batch}7"}}}}, ${newest}) { id } }`,
  ],
  ['an artifact by its external id', () => `{ artifacts(where: {externalId: {eq: "${batch}9"}}) { id } }`],
  ['artifacts by id, a page', () => connection('artifacts', 'sort: [{id: ASC}]')],
  ['artifacts with a total', () => connection('artifacts', newest, 'totalCount')],
  [
    'artifacts of one state, second page',
    () => connectionBehind(50, 'artifacts', 'lifecycleState: {eq: CANDIDATE}', newest),
  ],
  ['stories with a total', () => connection('stories', newest, 'totalCount')],
  ['runs of one status, second page', () => connectionBehind(50, 'runs', 'status: {eq: RUNNING}', newest)],
];

describe('a root read looks at its page and not at the graph', () => {
  it.each(rootQueries)('%s', async (_, operation) => {
    // Rows of one time are ordered by id, all of them: at both ends of the order lie rows that others have not written.
    await write(test.unique('newest'), 100, new Date());
    // Each row of a page costs a few hits; a walk through the batch alone would cost thousands.
    expect(await hitsFor(await operation())).toBeLessThan(60 * page);
  });

  it.each([
    ['artifacts', '', newest],
    ['artifacts', 'type: {eq: AUDIO}', 'sort: [{createdAt: ASC}]'],
    ['artifacts', 'type: {eq: IMAGE}, lifecycleState: {eq: CANDIDATE}', newest],
    ['artifacts', 'lifecycleState: {eq: PUBLISHED}', ''],
    ['artifacts', '', 'sort: [{id: ASC}]'],
    ['artifacts', '', 'sort: [{id: DESC}]'],
    ['runs', 'status: {eq: RUNNING}', newest],
    ['stories', '', newest],
  ])('however much lies before it: %s, %s, %s', async (name, where, sort) => {
    const near = await connectionBehind(10, name, where, sort);
    const far = await connectionBehind(1000, name, where, sort);
    expect(await hitsFor(far)).toBeLessThanOrEqual((await hitsFor(near)) + 2 * page);
  });
});

it('a list without a sort gives the newest first', async () => {
  const where = `where: {createdByAgent: {in: ["${batch}0", "${batch}1"]}}`;
  const { data } = await test.ask(`{ artifacts(limit: 3, ${where}) { id } }`);
  expect(at(data, 'artifacts')).toEqual([0, 1, 2].map((n) => ({ id: `${batch}${howMany - n}` })));
});

it.each([
  ['a story', 'stories'],
  ['a run', 'recordedIn'],
])('a filter by %s lets through what it let through before', async (_, name) => {
  const where = `where: {${name}: {some: {id: {eq: "${batch}7"}}}, type: {eq: AUDIO}}`;
  const { data, errors } = await test.ask(
    `{ artifactsConnection(first: 5, ${where}) { totalCount edges { node { id } } }
       none: artifacts(where: {${name}: {some: {id: {eq: "nothing"}}}}) { id } }`,
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    artifactsConnection: { totalCount: 1, edges: [{ node: { id: `${batch}7` } }] },
    none: [],
  });
});

describe('what would read the whole graph', () => {
  it.each([
    ['an order without an index', '{ artifacts(limit: 5, sort: [{sizeBytes: DESC}]) { id } }'],
    [
      'the same of stories',
      '{ storiesConnection(first: 5, sort: [{title: ASC}]) { edges { node { id } } } }',
    ],
    [
      'a count by a filter without an index',
      '{ artifactsConnection(where: {description: {contains: "scene"}}) { totalCount } }',
    ],
  ])(
    'is answered while it is small and refused before it starts when it is not: %s',
    async (_, operation) => {
      expect((await test.ask(operation)).errors).toBeUndefined();
      const { errors } = await small.ask(operation);
      expect(errors).toMatchObject([{ extensions: { code: 'too_costly' } }]);
      expect(errors?.[0]?.message).toMatch(/would read all \d+ (artifacts|stories)/);
    },
  );

  it.each([
    ['ids', '{ artifacts(where: {id: {in: ["x"]}}, sort: [{sizeBytes: DESC}]) { id } }'],
    ['a story', '{ artifacts(where: {stories: {some: {id: {eq: "x"}}}}, sort: [{sizeBytes: DESC}]) { id } }'],
    [
      'type and state',
      '{ artifactsConnection(where: {type: {eq: IMAGE}, lifecycleState: {eq: PUBLISHED}}) { totalCount } }',
    ],
  ])('is not refused where a filter leaves little of it: %s', async (_, operation) => {
    expect((await small.ask(operation)).errors).toBeUndefined();
  });
});
