import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { relateArtifacts } from '../../src/artifacts/relate-artifacts.js';
import { at, openGraphql, type TestGraphql } from './open-graphql.js';

let test: TestGraphql;
let middle: string;
let around: { source: string; last: string };
beforeAll(async () => {
  test = await openGraphql();
  const source = await registerArtifact(test.ctx, {
    type: 'json',
    payload: { take: [1, 2], why: null },
    metadata: { custom: { a: 1 } },
    safetyScore: 0.5,
    sizeBytes: 6_000_000_000,
    externalId: test.unique('external'),
  });
  const product = await registerArtifact(test.ctx, {
    type: 'text',
    payload: 'once upon a time',
    sources: [{ artifactId: source.id, type: 'DERIVED_FROM', metadata: { k: 'v' } }],
  });
  const last = await registerArtifact(test.ctx, {
    type: 'audio',
    sources: [{ artifactId: product.id, type: 'TRANSCODED_FROM' }],
  });
  await relateArtifacts(test.ctx, { productId: last.id, sourceId: source.id, type: 'VARIANT_OF' });
  middle = product.id;
  around = { source: source.id, last: last.id };
});
afterAll(() => test.close());

const artifact = `id type lifecycleState contentHash path url payload payloadText payloadFormat metadata metadataText
  mimeType sizeBytes description safetyScore createdByAgent externalId generation createdAt storedAt __typename`;

async function lineageOf(query: string, variables: Record<string, unknown> = {}) {
  const { data, errors } = await test.ask(query, { id: middle, ...variables });
  expect(errors).toBeUndefined();
  return data;
}

it('gives every field of an artifact as a read of that artifact does', async () => {
  const data = await lineageOf(
    `query ($id: ID!, $around: [ID!]) {
       lineage(artifactId: $id) { artifact { ${artifact} } nodes { artifact { ${artifact} } } }
       artifacts(where: {id: {in: $around}}) { ${artifact} }
     }`,
    { around: [middle, ...Object.values(around)] },
  );
  const byId = new Map(
    (at(data, 'artifacts') as { id: string }[]).map((node): [string, unknown] => [node.id, node]),
  );
  expect(at(data, 'lineage.artifact')).toEqual(byId.get(middle));
  const nodes = at(data, 'lineage.nodes') as { artifact: { id: string } }[];
  expect(nodes).toEqual(nodes.map((node) => ({ artifact: byId.get(node.artifact.id) })));
  expect(nodes.map((node) => node.artifact.id).sort()).toEqual(Object.values(around).sort());
});

it('gives every field of the lineage, its nodes and its edges', async () => {
  const data = await lineageOf(
    `query ($id: ID!) { lineage(artifactId: $id) { __typename totalCount truncated cuts { artifactId }
       nodes { depth direction __typename artifact { id } }
       edges { id type productId sourceId metadata createdAt __typename } } }`,
  );
  const edge = { id: expect.any(String) as string, createdAt: expect.any(String) as string };
  const frame = { __typename: 'LineageEdge', metadata: null };
  const { source, last } = around;
  expect(at(data, 'lineage')).toEqual({
    __typename: 'Lineage',
    totalCount: 3,
    truncated: false,
    cuts: [],
    nodes: [
      { depth: 1, direction: 'UPSTREAM', __typename: 'LineageNode', artifact: { id: source } },
      { depth: 1, direction: 'DOWNSTREAM', __typename: 'LineageNode', artifact: { id: last } },
    ],
    edges: [
      {
        ...edge,
        ...frame,
        type: 'DERIVED_FROM',
        productId: middle,
        sourceId: source,
        metadata: { k: 'v' },
      },
      { ...edge, ...frame, type: 'TRANSCODED_FROM', productId: last, sourceId: middle },
      { ...edge, ...frame, type: 'VARIANT_OF', productId: last, sourceId: source },
    ],
  });
});

it('says where it was cut off', async () => {
  const data = await lineageOf(
    `query ($id: ID!) { lineage(artifactId: $id, limit: 1, relationTypes: [DERIVED_FROM, TRANSCODED_FROM]) {
       truncated cuts { artifactId direction relations } } }`,
  );
  const cuts = [{ artifactId: middle, direction: 'DOWNSTREAM', relations: 1 }];
  expect(at(data, 'lineage')).toEqual({ truncated: true, cuts });
});

describe('what a lineage brings is told from its selection', () => {
  it.each([
    ['fragments', 'nodes { artifact { ...g } }', 'fragment g on Artifact { id metadata }'],
    ['inline fragments', '... on Lineage { nodes { artifact { ... on Artifact { id metadata } } } }', ''],
    ['the same field twice', 'nodes { artifact { id } } nodes { artifact { metadata } }', ''],
    ['directives', 'nodes { artifact { id metadata @include(if: true) path @skip(if: true) } }', ''],
  ])('through %s', async (_, selected, fragment) => {
    const data = await lineageOf(
      `query ($id: ID!) { lineage(artifactId: $id, direction: UPSTREAM) { ${selected} } } ${fragment}`,
    );
    expect(at(data, 'lineage')).toEqual({
      nodes: [{ artifact: { id: around.source, metadata: { custom: { a: 1 } } } }],
    });
  });

  it('under aliases, which only rename', async () => {
    const data = await lineageOf(
      `query ($id: ID!) {
         up: lineage(artifactId: $id, direction: UPSTREAM) { n: nodes { d: depth a: artifact { path: id id: type } } }
         down: lineage(artifactId: $id, direction: DOWNSTREAM) { edges { type: productId productId: type } }
       }`,
    );
    expect(data).toEqual({
      up: { n: [{ d: 1, a: { path: around.source, id: 'JSON' } }] },
      down: { edges: [{ type: around.last, productId: 'TRANSCODED_FROM' }] },
    });
  });
});

describe('arguments of a lineage', () => {
  const query = `query ($id: ID!, $depth: Int = 1, $direction: LineageDirection = DOWNSTREAM, $limit: Int) {
    lineage(artifactId: $id, depth: $depth, direction: $direction, limit: $limit, relationTypes: [DERIVED_FROM, TRANSCODED_FROM]) {
      totalCount truncated edges { type } } }`;
  const [down, up] = [{ type: 'TRANSCODED_FROM' }, { type: 'DERIVED_FROM' }];

  it.each([
    [{}, { totalCount: 2, truncated: false, edges: [down] }],
    [
      { depth: 5, direction: 'BOTH' },
      { totalCount: 3, truncated: false, edges: [up, down] },
    ],
    [
      { depth: null, direction: null, limit: 1 },
      { totalCount: 2, truncated: true, edges: [up] },
    ],
  ])('come as variables with defaults, null meaning absent: %j', async (variables, expected) => {
    expect(at(await lineageOf(query, variables), 'lineage')).toEqual(expected);
  });

  it.each([
    [{ id: 'nobody' }, 'not_found'],
    [{ depth: 0 }, 'invalid_input'],
    [{ depth: 'x' }, 'invalid_input'],
  ])('are refused where they name nothing or are wrong: %j', async (variables, code) => {
    const { data, errors } = await test.ask(query, { id: middle, ...variables });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual([code]);
    expect(data ?? null).toBeNull();
  });
});
