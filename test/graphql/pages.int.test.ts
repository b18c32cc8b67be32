import { getNamedType, isInputObjectType, isObjectType, type GraphQLInputObjectType } from 'graphql';
import { z } from 'zod';
import { graphSchema } from '../../src/graphql/graph-schema.js';
import { typeStatement } from '../support/graph.js';
import { at, openGraphql, type TestGraphql } from './open-graphql.js';

const howMany = 60;
const pageSizes = [1, 2, 3, 7, 59];

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

/** All pages of a list by offset. */
async function readList({ list, within, path, where }: Place, sort: string, size: number): Promise<string[]> {
  const starts = Array.from({ length: Math.ceil(howMany / size) }, (_, n) => n * size);
  const pages = await Promise.all(
    starts.map(async (start) => {
      const page = `${list}(${where}sort: [${sort}], limit: ${size}, offset: ${start}) { id }`;
      return idsIn.parse(at(await ask(`{ ${within(page)} }`), `${path}${list}`));
    }),
  );
  return pages.flat();
}

/** All pages of a connection, each behind the last cursor of the one before. */
async function readConnection(
  { list, within, path, where }: Place,
  sort: string,
  size: number,
): Promise<string[]> {
  const read: string[] = [];
  let after = '';
  for (;;) {
    const data = await ask(
      `{ ${within(`${list}Connection(${where}sort: [${sort}], first: ${size}${after}) { edges { node { id } } pageInfo { endCursor hasNextPage } }`)} }`,
    );
    const { edges, pageInfo } = connectionIn.parse(at(data, `${path}${list}Connection`));
    read.push(...edges.map(({ node }) => node.id));
    if (!pageInfo.hasNextPage || read.length > howMany) return read;
    after = `, after: "${pageInfo.endCursor}"`;
  }
}

describe('pages give each of sixty equal rows exactly once', () => {
  it.each(Object.keys(places))(
    '%s',
    async (name) => {
      const place = places[name]?.();
      if (!place) throw new Error(`no place ${name}`);
      const wrong: string[] = [];
      const note = (what: string, read: readonly string[]) => {
        if (read.length !== howMany || new Set(read).size !== howMany)
          wrong.push(`${what}: ${read.length} rows, ${new Set(read).size} different ones`);
      };
      // Every size for the first order, one of them for every other.
      const sizes = (n: number) => (n === 0 ? pageSizes : n % 2 === 0 ? [7] : [59]);
      for (const [n, sort] of (await sortsOf(place.type, place.list)).entries()) {
        for (const size of sizes(n)) note(`${sort} by ${size}`, await readList(place, sort, size));
      }
      for (const [n, sort] of (await sortsOf(place.type, `${place.list}Connection`)).entries()) {
        for (const size of sizes(n))
          note(`${sort} by cursors, ${size}`, await readConnection(place, sort, size));
      }
      expect(wrong).toEqual([]);
    },
    600_000,
  );
});
