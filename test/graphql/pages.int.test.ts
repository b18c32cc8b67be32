import { getNamedType, isInputObjectType, isObjectType, type GraphQLInputObjectType } from 'graphql';
import { z } from 'zod';
import { graphSchema } from '../../src/graphql/graph-schema.js';
import { typeStatement } from '../support/graph.js';
import { at, openGraphql, type TestGraphql } from './open-graphql.js';

const howMany = 60;
const pageSizes = [1, 2, 3, 7, 59];

/** The first order is read by pages of every size, the others by the two largest; with PAGES=all each by all. */
const sizesOf = (order: number): number[] =>
  order === 0 || process.env.PAGES === 'all' ? pageSizes : pageSizes.slice(-2);

let test: TestGraphql;
let ids: Awaited<ReturnType<typeof recordBatch>>;
beforeAll(async () => {
  test = await openGraphql();
  ids = await recordBatch();
});
afterAll(() => test.close());

async function ask(query: string, variables: Record<string, unknown> = {}) {
  const { data, errors } = await test.ask(query, variables);
  expect(errors).toBeUndefined();
  return data;
}

/** Sixty of everything, equal in all that can be sorted by but the id, each joined to one node of each kind. */
async function recordBatch() {
  const names = {
    source: test.unique('source'),
    story: test.unique('story'),
    run: test.unique('run'),
    step: test.unique('step'),
    batch: test.unique('batch'),
  };
  await typeStatement(
    test,
    `WITH datetime('2026-01-01T00:00:00.000Z') AS now, range(1, toInteger($howMany)) AS numbers
     CREATE (source:Artifact {id: $source, type: 'image', lifecycleState: 'intermediate', generation: 0, createdAt: now, storedAt: now})
     CREATE (story:Story {id: $story, createdAt: now, storedAt: now})
     CREATE (run:Run {id: $run, workflowType: 'kids_daily', status: 'running', createdAt: now, startedAt: now})
     CREATE (step:Step {id: $step, name: 'draw', order: 0, status: 'running', createdAt: now, startedAt: now})
     CREATE (step)-[:STEP_OF]->(:Run {id: $step, workflowType: 'kids_daily', status: 'running', createdAt: now, startedAt: now})
     FOREACH (n IN numbers |
       CREATE (a:Artifact {id: $batch + n, type: 'image', lifecycleState: 'intermediate', generation: 1, createdAt: now, storedAt: now, createdByAgent: $batch})
       CREATE (a)-[:DERIVED_FROM {id: $batch + n, edgeKey: a.id + '|' + $source, createdAt: now}]->(source)
       CREATE (a)-[:CREATED_BY]->(step)
       CREATE (step)-[:USED]->(a)
       CREATE (run)-[:RECORDED {id: $batch + n, stage: 'generated', linkKey: $run + '|' + a.id + '|generated', createdAt: now}]->(a)
       CREATE (story)-[:LINKED_AS {id: $batch + n, role: 'scene_image', isPrimary: false, position: 1, linkKey: $story + '|' + a.id + '|scene_image', createdAt: now, updatedAt: now}]->(a)
       CREATE (r:Run {id: $batch + n, workflowType: 'kids_daily', status: 'pending', sessionId: $batch, createdAt: now})-[:RUN_OF]->(story)
       CREATE (:Step {id: $batch + n, name: 'draw', model: $batch, order: 1, status: 'pending', createdAt: now})-[:STEP_OF]->(run)
       CREATE (:Story {id: $batch + n, title: $batch, createdAt: now, storedAt: now}))`,
    { ...names, howMany },
  );
  return names;
}

/** Every way to sort a field by one property, as written in a query. */
async function sortsOf(type: string, field: string): Promise<string[]> {
  const parent = (await graphSchema()).getType(type);
  const definition = isObjectType(parent) ? parent.getFields()[field] : undefined;
  const input = getNamedType(definition?.args.find(({ name }) => name === 'sort')?.type);
  if (!isInputObjectType(input)) throw new Error(`${type}.${field} is not sorted`);
  return ['ASC', 'DESC'].flatMap((direction) => sortsBy(input, direction));
}

function sortsBy(type: GraphQLInputObjectType, direction: string): string[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const inner = getNamedType(field.type);
    if (!isInputObjectType(inner)) return [`{${field.name}: ${direction}}`];
    return sortsBy(inner, direction).map((sort) => `{${field.name}: ${sort}}`);
  });
}

interface Place {
  /** Type and name of the list; its connection has the same name with `Connection` behind it. */
  type: string;
  list: string;
  /** The list alone, or below one node. */
  within: (fields: string) => string;
  path: string;
  where: string;
}

const root = (list: string, property: string): Place => ({
  type: 'Query',
  list,
  within: (fields) => fields,
  path: '',
  where: `where: {${property}: {eq: "${ids.batch}"}}, `,
});
const nested = (
  type: string,
  list: string,
  parent: string,
  of: 'source' | 'story' | 'run' | 'step',
): Place => ({
  type,
  list,
  within: (fields) => `${parent}(where: {id: {eq: "${ids[of]}"}}) { ${fields} }`,
  path: `${parent}.0.`,
  where: '',
});

const places: Record<string, () => Place> = {
  artifacts: () => root('artifacts', 'createdByAgent'),
  runs: () => root('runs', 'sessionId'),
  steps: () => root('steps', 'model'),
  stories: () => root('stories', 'title'),
  'derivatives of an artifact': () => nested('Artifact', 'derivatives', 'artifacts', 'source'),
  'artifacts of a story': () => nested('Story', 'artifacts', 'stories', 'story'),
  'runs of a story': () => nested('Story', 'runs', 'stories', 'story'),
  'artifacts of a run': () => nested('Run', 'artifacts', 'runs', 'run'),
  'steps of a run': () => nested('Run', 'steps', 'runs', 'run'),
  'inputs of a step': () => nested('Step', 'uses', 'steps', 'step'),
};

const idsIn = z.array(z.looseObject({ id: z.string() })).transform((rows) => rows.map(({ id }) => id));
const connectionIn = z.object({
  edges: z.array(z.object({ node: z.object({ id: z.string() }) })),
  pageInfo: z.object({ endCursor: z.string().nullable(), hasNextPage: z.boolean() }),
});

/** Fields of one request; below a node just one, or they would be one statement, which Neo4j plans for each order. */
const together = (path: string) => (path === '' ? 11 : 1);

async function readFields({ within, path }: Place, fields: readonly string[]): Promise<unknown[]> {
  const read: unknown[] = [];
  for (let from = 0; from < fields.length; from += together(path)) {
    const part = fields.slice(from, from + together(path));
    const data = await ask(`{ ${within(part.map((field, n) => `f${n}: ${field}`).join(' '))} }`);
    read.push(...part.map((_, n) => at(data, `${path}f${n}`)));
  }
  return read;
}

/** Ids by the size of the pages that they were read in. */
type Read = Map<number, string[]>;

/** All pages of some sizes of a list by offset. */
async function readList(place: Place, sort: string, sizes: readonly number[]): Promise<Read> {
  const { list, where } = place;
  const pages = sizes.flatMap((size) =>
    Array.from({ length: Math.ceil(howMany / size) }, (_, n) => ({ size, start: n * size })),
  );
  const found = await readFields(
    place,
    pages.map(
      ({ size, start }) => `${list}(${where}sort: [${sort}], limit: ${size}, offset: ${start}) { id }`,
    ),
  );
  const read: Read = new Map(sizes.map((size) => [size, []]));
  pages.forEach(({ size }, n) => read.get(size)?.push(...idsIn.parse(found[n])));
  return read;
}

/** All pages of some sizes of a connection, each behind the last cursor of the one before. */
async function readConnection(place: Place, sort: string, sizes: readonly number[]): Promise<Read> {
  const { list, where } = place;
  const walk = async (size: number) => {
    const ids: string[] = [];
    for (let after = ''; ;) {
      const page = `${list}Connection(${where}sort: [${sort}], first: ${size}${after}) { edges { node { id } } pageInfo { endCursor hasNextPage } }`;
      const [found] = await readFields(place, [page]);
      const { edges, pageInfo } = connectionIn.parse(found);
      ids.push(...edges.map(({ node }) => node.id));
      if (!pageInfo.hasNextPage || ids.length > howMany) return [size, ids] as const;
      after = `, after: "${pageInfo.endCursor}"`;
    }
  };
  // One field in each request, so that Neo4j plans one statement for all of them.
  return new Map(await Promise.all(sizes.map(walk)));
}

describe('pages give each of sixty equal rows exactly once, in every order', () => {
  const ways = { offsets: ['', readList], cursors: ['Connection', readConnection] } as const;
  it.each(
    Object.keys(places).flatMap((name) =>
      Object.entries(ways).map(([way, how]) => [name, way, how] as const),
    ),
  )(
    '%s by %s',
    async (name, _way, [ending, readAll]) => {
      const place = places[name]?.();
      if (!place) throw new Error(`no place ${name}`);
      const sorts = await sortsOf(place.type, `${place.list}${ending}`);
      const wrong: string[] = [];
      const lanes = Array.from({ length: 4 }, async (_, lane) => {
        for (const [n, sort] of sorts.entries()) {
          if (n % 4 !== lane) continue;
          for (const [size, read] of await readAll(place, sort, sizesOf(n)))
            if (read.length !== howMany || new Set(read).size !== howMany)
              wrong.push(`${sort} by ${size}: ${read.length} rows, ${new Set(read).size} different ones`);
        }
      });
      await Promise.all(lanes);
      expect(wrong).toEqual([]);
    },
    600_000,
  );
});

describe('cursors of root connections are places', () => {
  /** Rows of all values, some of them none, that are read while others are written. */
  const rows = [null, 1, 1, 2, null, 3, 3, 3, 4, null].map((value, n) => ({ n, value }));
  const timeOf = (n: number) => `2026-02-0${1 + (n % 3)}T00:00:00.00000000${n % 2}Z`;
  const write = (batch: string, numbers: readonly { n: number; value: number | null }[], mark: string) =>
    typeStatement(
      test,
      `UNWIND $rows AS row
       CREATE (:Artifact {id: $batch + $mark + row.n, type: 'image', lifecycleState: 'intermediate', generation: 0,
         createdAt: datetime(row.at), storedAt: datetime(row.at), createdByAgent: $batch, sizeBytes: toInteger(row.value),
         description: 'size ' + row.value, safetyScore: row.value / 7.0})`,
      { batch, mark, rows: numbers.map((row) => ({ ...row, at: timeOf(row.n) })) },
    );

  it.each(
    ['createdAt', 'id', 'sizeBytes', 'description', 'safetyScore', 'type']
      .flatMap((field) => [[`{${field}: ASC}`], [`{${field}: DESC}`]])
      .concat([
        [''],
        ['{sizeBytes: DESC}, {createdAt: ASC}'],
        ['{type: ASC}, {safetyScore: ASC}, {id: DESC}'],
      ]),
  )('who pages while others write sees each of the old rows once, as they lie: %s', async (sort) => {
    const batch = test.unique('places');
    await write(batch, rows, '-');
    const field = (after: string, first: number) =>
      `{ artifactsConnection(first: ${first}, where: {createdByAgent: {eq: "${batch}"}}${sort && `, sort: [${sort}]`}${after}) {
        edges { node { id } } pageInfo { endCursor hasNextPage } } }`;
    const readPage = async (after: string, first: number) => {
      const { artifactsConnection } = z
        .object({ artifactsConnection: connectionIn })
        .parse(await ask(field(after, first)));
      return artifactsConnection;
    };
    const whole = (await readPage('', 100)).edges.map(({ node }) => node.id);
    const seen: string[] = [];
    let after = '';
    for (let page = 0; ; page++) {
      const { edges, pageInfo } = await readPage(after, 3);
      seen.push(...edges.map(({ node }) => node.id));
      if (!pageInfo.hasNextPage || page > 30) break;
      after = `, after: "${pageInfo.endCursor}"`;
      // Before, among and behind what was read.
      if (page < 3) await write(batch, rows.slice(3 * page, 3 * page + 3), `${'!-~'.charAt(page)}new`);
    }
    expect(seen.filter((id) => whole.includes(id))).toEqual(whole);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each([
    ['of another order', (of: string) => of, 'sort: [{createdAt: ASC}]'],
    ['of another field', (of: string) => of, 'sort: [{id: ASC}]'],
    ['that is a position', () => Buffer.from('arrayconnection:3').toString('base64'), ''],
    ['that is none', () => 'x', ''],
    [
      'with a value of no kind',
      () => Buffer.from('[["createdAt","DESC",{}],["id","ASC","x"]]').toString('base64url'),
      '',
    ],
    [
      'with a time that is none',
      () => Buffer.from('[["createdAt","DESC","x"],["id","ASC","x"]]').toString('base64url'),
      '',
    ],
  ])('a cursor %s is refused', async (_, cursorFrom, sort) => {
    const first = await ask(`{ artifactsConnection(first: 1) { pageInfo { endCursor } } }`);
    const cursor = z
      .object({ artifactsConnection: z.object({ pageInfo: z.object({ endCursor: z.string() }) }) })
      .parse(first).artifactsConnection.pageInfo.endCursor;
    const { errors } = await test.ask(
      `{ artifactsConnection(first: 1, after: "${cursorFrom(cursor)}"${sort && `, ${sort}`}) { edges { node { id } } } }`,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'invalid_input' } }]);
    expect(errors?.[0]?.message).toMatch(/after/);
  });
});
