import { at, openGraphql, type TestGraphql } from './open-graphql.js';

let test: TestGraphql;
beforeAll(async () => {
  test = await openGraphql();
});
afterAll(() => test.close());

type Selected = readonly (readonly [key: string, field: string])[];

/** Each field under the name of the next one. */
const shifted = (fields: readonly string[]): Selected =>
  fields.map((field, n) => [fields[(n + 1) % fields.length] ?? field, field]);
const print = (selected: Selected) => selected.map(([key, field]) => `${key}: ${field}`).join(' ');

/** What an answer without aliases becomes when its keys are exchanged. */
const renamed = (plain: unknown, selected: Selected) =>
  Object.fromEntries(selected.map(([key, field]) => [key, at(plain, field)]));

// prettier-ignore
const artifactFields = [
  'id', 'type', 'lifecycleState', 'contentHash', 'path', 'url', 'payload', 'payloadText', 'metadata', 'metadataText',
  'mimeType', 'sizeBytes', 'description', 'safetyScore', 'createdByAgent', 'externalId', 'generation', 'createdAt', 'storedAt',
  'payloadFormat',
];

async function ask(query: string, variables: Record<string, unknown> = {}) {
  const { data, errors } = await test.ask(query, variables);
  expect(errors).toBeUndefined();
  return data;
}

/** Asks for one object with plain keys and with exchanged ones, by two spellings of the same field. */
async function expectOnlyRenamed(
  fields: readonly string[],
  operation: (selection: string) => string,
  path: string,
  variables: Record<string, unknown>,
) {
  const plain = at(await ask(operation(fields.join(' ')), variables), path);
  expect(plain).toBeDefined();
  const selected = shifted(fields);
  expect(at(await ask(operation(print(selected)), variables), path)).toMatchObject(renamed(plain, selected));
}

interface Recorded {
  source: string;
  product: string;
  story: string;
  run: string;
  step: string;
  hash: string;
}

async function record(): Promise<Recorded> {
  const [story, hash] = [test.unique('story'), 'e1'.repeat(32)];
  await ask(`mutation ($id: ID!) { registerStory(input: {id: $id, title: "A tale"}) { id } }`, { id: story });
  const run = String(
    at(
      await ask(
        `mutation ($story: ID!) { startRun(input: {workflowType: KIDS_DAILY, storyId: $story}) { id } }`,
        { story },
      ),
      'startRun.id',
    ),
  );
  const step = String(
    at(
      await ask(
        `mutation ($run: ID!) { startStep(input: {runId: $run, name: "draw", order: 1, input: {a: 1}}) { id } }`,
        { run },
      ),
      'startStep.id',
    ),
  );
  const register = async (input: object) =>
    String(
      at(
        await ask(`mutation ($input: RegisterArtifactInput!) { registerArtifact(input: $input) { id } }`, {
          input,
        }),
        'registerArtifact.id',
      ),
    );
  const source = await register({ type: 'TEXT', payload: 'once', description: 'the source' });
  const product = await register({
    type: 'IMAGE',
    payload: { b: 1 },
    metadata: { c: 2 },
    path: 'a/b.png',
    url: 'https://a.example/b.png',
    description: 'the product',
    mimeType: 'image/png',
    sizeBytes: 7,
    safetyScore: 0.5,
    createdByAgent: 'painter',
    externalId: test.unique('external'),
    createdByStepId: step,
    sources: [{ artifactId: source, type: 'DERIVED_FROM', metadata: { d: 3 } }],
  });
  await ask(`mutation ($a: ID!) { moveArtifact(id: $a, to: CANDIDATE) { id } }`, { a: product });
  await ask(`mutation ($a: ID!, $s: ID!) { publishArtifact(id: $a, storyId: $s, role: COVER) { id } }`, {
    a: product,
    s: story,
  });
  await ask(
    `mutation ($r: ID!, $a: ID!) { recordRunArtifact(runId: $r, artifactId: $a, stage: GENERATED) { id } }`,
    { r: run, a: product },
  );
  return { source, product, story, run, step, hash };
}

describe('an alias that is the name of another field only renames', () => {
  let ids: Recorded;
  beforeAll(async () => {
    ids = await record();
  });

  const artifacts: Record<string, [operation: (selection: string) => string, path: string]> = {
    artifacts: [
      (s) => `query ($product: ID!) { artifacts(where: {id: {eq: $product}}) { ${s} } }`,
      'artifacts.0',
    ],
    'artifacts by another filter': [
      (s) => `query ($product: ID!) { artifacts(where: {id: {in: [$product]}}) { ${s} } }`,
      'artifacts.0',
    ],
    artifactsConnection: [
      (s) =>
        `query ($product: ID!) { artifactsConnection(where: {id: {eq: $product}}) { edges { node { ${s} } } } }`,
      'artifactsConnection.edges.0.node',
    ],
    'a nested list': [
      (s) => `query ($source: ID!) { artifacts(where: {id: {eq: $source}}) { derivatives { ${s} } } }`,
      'artifacts.0.derivatives.0',
    ],
    'a nested connection': [
      (s) =>
        `query ($source: ID!) { artifacts(where: {id: {eq: $source}}) { c: derivativesConnection { e: edges { n: node { ${s} } } } } }`,
      'artifacts.0.c.e.0.n',
    ],
    lineage: [
      (s) => `query ($product: ID!) { lineage(artifactId: $product) { artifact { ${s} } } }`,
      'lineage.artifact',
    ],
    'lineage with relationships': [
      (s) =>
        `query ($source: ID!) { lineage(artifactId: $source) { nodes { artifact { ${s} stories { title: id } } } } }`,
      'lineage.nodes.0.artifact',
    ],
    lineagePath: [
      (s) =>
        `query ($source: ID!, $product: ID!) { lineagePath(fromArtifactId: $source, toArtifactId: $product) { ${s} } }`,
      'lineagePath.1',
    ],
    impact: [
      (s) => `query ($source: ID!) { impact(artifactIds: [$source]) { published { ${s} } } }`,
      'impact.published.0',
    ],
    storyManifest: [
      (s) => `query ($story: ID!) { storyManifest(storyId: $story) { links { artifact { ${s} } } } }`,
      'storyManifest.links.0.artifact',
    ],
    moveArtifact: [
      (s) => `mutation ($product: ID!) { moveArtifact(id: $product, to: ARCHIVED) { ${s} } }`,
      'moveArtifact',
    ],
  };
  it.each(Object.entries(artifacts))('of an artifact by %s', async (_, [operation, path]) => {
    const names = [...operation('').matchAll(/\$(\w+): ID!/g)].map(([, name]) => name);
    const given = Object.fromEntries(Object.entries(ids).filter(([name]) => names.includes(name)));
    await expectOnlyRenamed(artifactFields, operation, path, given);
  });

  const others: Record<string, [fields: string, operation: (selection: string) => string, path: string]> = {
    runs: [
      'id workflowType status sessionId summary summaryText externalId createdAt startedAt completedAt',
      (s) => `query ($run: ID!) { runs(where: {id: {eq: $run}}) { ${s} } }`,
      'runs.0',
    ],
    steps: [
      'id name order input inputText output outputText status error model promptHash createdAt startedAt',
      (s) => `query ($step: ID!) { steps(where: {id: {eq: $step}}) { ${s} } }`,
      'steps.0',
    ],
    stories: [
      'id title createdAt storedAt',
      (s) => `query ($story: ID!) { stories(where: {id: {eq: $story}}) { ${s} } }`,
      'stories.0',
    ],
    'lineage nodes': [
      'depth direction',
      (s) => `query ($product: ID!) { lineage(artifactId: $product) { nodes { ${s} } } }`,
      'lineage.nodes.0',
    ],
    'lineage edges': [
      'id productId sourceId type metadata createdAt',
      (s) => `query ($product: ID!) { lineage(artifactId: $product) { edges { ${s} } } }`,
      'lineage.edges.0',
    ],
    lineage: [
      'totalCount truncated',
      (s) => `query ($product: ID!) { lineage(artifactId: $product) { ${s} } }`,
      'lineage',
    ],
    'story links': [
      'id storyId artifactId role isPrimary position createdAt updatedAt',
      (s) => `query ($story: ID!) { storyManifest(storyId: $story) { links { ${s} } } }`,
      'storyManifest.links.0',
    ],
    'relationship properties': [
      'id metadataText createdAt',
      (s) =>
        `query ($product: ID!) { artifacts(where: {id: {eq: $product}}) { derivedFromConnection { edges { p: properties { ${s} } } } } }`,
      'artifacts.0.derivedFromConnection.edges.0.p',
    ],
    pageInfo: [
      'startCursor endCursor hasNextPage hasPreviousPage',
      (s) =>
        `query ($product: ID!) { artifactsConnection(where: {id: {eq: $product}}) { page: pageInfo { ${s} } } }`,
      'artifactsConnection.page',
    ],
    'nested pageInfo': [
      'startCursor endCursor hasNextPage hasPreviousPage',
      (s) =>
        `query ($product: ID!) { artifacts(where: {id: {eq: $product}}) { derivedFromConnection { page: pageInfo { ${s} } } } }`,
      'artifacts.0.derivedFromConnection.page',
    ],
  };
  it.each(Object.entries(others))('of %s', async (_, [fields, operation, path]) => {
    const names = [...operation('').matchAll(/\$(\w+): ID!/g)].map(([, name]) => name);
    const given = Object.fromEntries(Object.entries(ids).filter(([name]) => names.includes(name)));
    await expectOnlyRenamed(fields.split(' '), operation, path, given);
  });

  it('of whole connections', async () => {
    const connection = `artifactsConnection(where: {id: {eq: "${ids.product}"}})`;
    const data = await ask(`{
      edges: ${connection} {
        totalCount: edges { node: cursor cursor: node { type: id } }
        edges: pageInfo { hasNextPage: endCursor }
        pageInfo: totalCount
      }
    }`);
    const plain = await ask(
      `{ ${connection} { edges { cursor node { id } } pageInfo { endCursor } totalCount } }`,
    );
    expect(at(data, 'edges')).toEqual({
      totalCount: [{ node: at(plain, 'artifactsConnection.edges.0.cursor'), cursor: { type: ids.product } }],
      edges: { hasNextPage: at(plain, 'artifactsConnection.pageInfo.endCursor') },
      pageInfo: 1,
    });
  });

  it('where a value is made from others that were not asked for', async () => {
    const data = await ask(
      `query ($id: ID!) { artifacts(where: {id: {in: [$id]}}) { payloadText: description payloadFormat: path payload metadataText: url metadata key_id_id: type } }`,
      { id: ids.product },
    );
    expect(at(data, 'artifacts.0')).toEqual({
      payloadText: 'the product',
      payloadFormat: 'a/b.png',
      payload: { b: 1 },
      metadataText: 'https://a.example/b.png',
      metadata: { c: 2 },
      key_id_id: 'IMAGE',
    });
  });

  it('where nodes are joined to their places', async () => {
    const data = await ask(
      `query ($id: ID!) { lineage(artifactId: $id) { nodes { artifact { id: description _joinedNodeId: url derivedFrom: derivatives { id: description } } } } }`,
      { id: ids.product },
    );
    expect(at(data, 'lineage.nodes.0.artifact')).toEqual({
      id: 'the source',
      _joinedNodeId: null,
      derivedFrom: [{ id: 'the product' }],
    });
  });
});
