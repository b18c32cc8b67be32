import { at, openGraphql, type TestGraphql } from './open-graphql.js';
import { artifactFields, print, renamed, shifted } from './renamed.js';

let test: TestGraphql;
beforeAll(async () => {
  test = await openGraphql();
});
afterAll(() => test.close());

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
  const story = test.unique('story');
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
  const hash = at(await ask(`{ artifacts(where: {id: {eq: "${product}"}}) { contentHash } }`), 'artifacts.0');
  return { source, product, story, run, step, hash: String(at(hash, 'contentHash')) };
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
    whereIs: [(s) => `{ whereIs(contentHash: "${ids.hash}") { ${s} } }`, 'whereIs.0'],
    'whereIs with relationships': [
      (s) =>
        `query ($source: ID!) { whereIs(contentHash: "${ids.hash}") { ${s} generated: derivedFrom(where: {id: {eq: $source}}) { path: id } } }`,
      'whereIs.0',
    ],
    'lineagePath with relationships': [
      (s) =>
        `query ($source: ID!, $product: ID!) { lineagePath(fromArtifactId: $source, toArtifactId: $product) { ${s} createdBy { name: id } } }`,
      'lineagePath.1',
    ],
    'all of impact': [
      (s) =>
        `query ($source: ID!) { impact(artifactIds: [$source]) { published: artifacts { ${s} } totalCount: truncated truncated: totalCount } }`,
      'impact.published.0',
    ],
    'what a step made': [
      (s) => `query ($step: ID!) { steps(where: {id: {eq: $step}}) { uses: artifacts { ${s} } } }`,
      'steps.0.uses.0',
    ],
    'what a run recorded': [
      (s) =>
        `query ($run: ID!) { runs(where: {id: {eq: $run}}) { steps: artifactsConnection { edges { node { ${s} } } } } }`,
      'runs.0.steps.edges.0.node',
    ],
    'a story’s cover': [
      (s) =>
        `query ($story: ID!) { stories(where: {id: {eq: $story}}) { canonicalAudio: coverArtifact { ${s} } } }`,
      'stories.0.canonicalAudio',
    ],
    'the lineage of a manifest': [
      (s) =>
        `query ($story: ID!) { storyManifest(storyId: $story) { links: lineage { nodes: artifact { ${s} } } } }`,
      'storyManifest.links.nodes',
    ],
    compareArtifacts: [
      (s) =>
        `query ($source: ID!, $product: ID!) { compareArtifacts(a: $source, b: $product) { a: b { ${s} } b: a { id } } }`,
      'compareArtifacts.a',
    ],
    search: [(s) => `{ search(text: "${ids.product}") { stories: artifacts { ${s} } } }`, 'search.stories.0'],
    'a hit of search': [
      (s) => `{ search(text: "${ids.product}") { hits { run: artifact { ${s} } } } }`,
      'search.hits.0.run',
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
    'what a run recorded': [
      'id stage createdAt',
      (s) =>
        `query ($run: ID!) { runs(where: {id: {eq: $run}}) { steps: artifactsConnection { e: edges { p: properties { ${s} } } } } }`,
      'runs.0.steps.e.0.p',
    ],
    'links as relationships': [
      'id role isPrimary position createdAt updatedAt',
      (s) =>
        `query ($product: ID!) { artifacts(where: {id: {eq: $product}}) { storiesConnection { edges { node: properties { ${s} } } } } }`,
      'artifacts.0.storiesConnection.edges.0.node',
    ],
    'what differs': [
      'name a b',
      (s) =>
        `query ($source: ID!, $product: ID!) { compareArtifacts(a: $source, b: $product) { making: facts { ${s} } } }`,
      'compareArtifacts.making.0',
    ],
    'hits of search': [
      'kind id score label',
      (s) => `{ search(text: "${ids.product}") { stories: hits { ${s} } } }`,
      'search.stories.0',
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
