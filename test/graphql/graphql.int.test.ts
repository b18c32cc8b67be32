import { createHash } from 'node:crypto';
import { chain, loadShape, randomGraph } from '../lineage/provenance-shapes.js';
import { at, openGraphql, type TestGraphql } from './open-graphql.js';

let test: TestGraphql;
beforeAll(async () => {
  test = await openGraphql();
});
afterAll(() => test.close());

async function mutate(query: string, variables: Record<string, unknown> = {}) {
  const { data, errors } = await test.ask(query, variables);
  expect(errors).toBeUndefined();
  return data as Record<string, Record<string, unknown>>;
}

async function registered(fields = '', sources: string[] = []): Promise<string> {
  const list = sources.map((id) => `{artifactId: "${id}", type: DERIVED_FROM}`).join(', ');
  const { registerArtifact } = await mutate(
    `mutation { registerArtifact(input: {type: IMAGE, sources: [${list}] ${fields}}) { id } }`,
  );
  return String(registerArtifact?.id);
}

describe('mutations and what they give', () => {
  it('record an artifact whole and read it back the same', async () => {
    const source = await registered();
    const input = {
      type: 'JSON',
      path: 'out/scene.json',
      url: 'https://media.example/scene.json',
      payload: { b: [1, 2.5, null, 'ü'], a: { deep: true } },
      metadata: { custom: { take: 2 } },
      description: 'A scene',
      mimeType: 'application/json',
      sizeBytes: 5_000_000_000,
      safetyScore: 0.75,
      createdByAgent: 'writer',
      contentHash: createHash('sha256').update('{"a":{"deep":true},"b":[1,2.5,null,"ü"]}').digest('hex'),
      externalId: test.unique('external'),
      sources: [{ artifactId: source, type: 'VARIANT_OF', metadata: { why: 'test' } }],
    };
    const fields = `id type lifecycleState contentHash path url payload metadata mimeType sizeBytes description
      safetyScore createdByAgent externalId generation createdAt storedAt`;
    const { data, errors } = await test.ask(
      `mutation ($input: RegisterArtifactInput!) { registerArtifact(input: $input) { ${fields} } }`,
      { input },
    );
    expect(errors).toBeUndefined();
    const { sources: _, ...facts } = input;
    expect(at(data, 'registerArtifact')).toMatchObject({
      ...facts,
      lifecycleState: 'INTERMEDIATE',
      generation: 1,
    });
    const id = String(at(data, 'registerArtifact.id'));
    const read = await test.ask(
      `query ($id: ID!, $hash: String!) {
         artifacts(where: {id: {eq: $id}}) { ${fields} variantOfConnection { edges { properties { metadataText } node { id } } } }
         lineage(artifactId: $id) { artifact { ${fields} } edges { productId sourceId type metadata } }
         whereIs(contentHash: $hash) { ${fields} }
       }`,
      { id, hash: input.contentHash },
    );
    expect(read.errors).toBeUndefined();
    expect(at(read.data, 'artifacts')).toEqual([
      {
        ...Object(at(data, 'registerArtifact')),
        variantOfConnection: {
          edges: [{ properties: { metadataText: '{"why":"test"}' }, node: { id: source } }],
        },
      },
    ]);
    expect(at(read.data, 'lineage')).toEqual({
      artifact: at(data, 'registerArtifact'),
      edges: [{ productId: id, sourceId: source, type: 'VARIANT_OF', metadata: { why: 'test' } }],
    });
    expect(at(read.data, 'whereIs')).toContainEqual(at(data, 'registerArtifact'));
  });

  it('tell a story from its run to its manifest', async () => {
    const { registerStory } = await mutate(
      `mutation { registerStory(input: {title: "The fox"}) { id title coverArtifact { id } runs { id } } }`,
    );
    expect(registerStory).toMatchObject({ title: 'The fox', coverArtifact: null, runs: [] });
    const storyId = String(registerStory?.id);
    const { startRun } = await mutate(
      `mutation ($storyId: ID!) { startRun(input: {workflowType: IMAGE_TO_STORY, storyId: $storyId}) {
         id status workflowType story { title currentRun { id } } } }`,
      { storyId },
    );
    const runId = String(startRun?.id);
    expect(startRun).toMatchObject({
      workflowType: 'IMAGE_TO_STORY',
      story: { title: 'The fox', currentRun: { id: runId } },
    });
    const drawing = await registered('description: "drawing"');
    const { startStep } = await mutate(
      `mutation ($runId: ID!, $uses: [ID!]) { startStep(input: {runId: $runId, name: "illustrate", order: 0, input: {style: "ink"}, uses: $uses}) {
         id status input uses { id } run { id } } }`,
      { runId, uses: [drawing] },
    );
    expect(startStep).toMatchObject({ input: { style: 'ink' }, uses: [{ id: drawing }], run: { id: runId } });
    const stepId = String(startStep?.id);
    const cover = await registered(`createdByStepId: "${stepId}"`, [drawing]);
    const { completeStep } = await mutate(
      `mutation ($id: ID!) { completeStep(id: $id, output: [1, {a: null}]) { status output artifacts { id } } }`,
      { id: stepId },
    );
    expect(completeStep).toEqual({
      status: 'COMPLETED',
      output: [1, { a: null }],
      artifacts: [{ id: cover }],
    });
    const { recordRunArtifact } = await mutate(
      `mutation ($runId: ID!, $artifactId: ID!) { recordRunArtifact(runId: $runId, artifactId: $artifactId, stage: APPROVED) {
         stage artifact { id createdBy { name } } run { id status } } }`,
      { runId, artifactId: cover },
    );
    expect(recordRunArtifact).toMatchObject({
      stage: 'APPROVED',
      artifact: { id: cover, createdBy: { name: 'illustrate' } },
      run: { id: runId },
    });
    await mutate(`mutation ($id: ID!) { moveArtifact(id: $id, to: CANDIDATE) { lifecycleState } }`, {
      id: cover,
    });
    const { publishArtifact } = await mutate(
      `mutation ($id: ID!, $storyId: ID!) { publishArtifact(id: $id, storyId: $storyId, role: COVER) {
         lifecycleState storiesConnection { edges { properties { role isPrimary } } } } }`,
      { id: cover, storyId },
    );
    expect(publishArtifact).toEqual({
      lifecycleState: 'PUBLISHED',
      storiesConnection: { edges: [{ properties: { role: 'COVER', isPrimary: true } }] },
    });
    const alternative = await registered();
    const { linkArtifact } = await mutate(
      `mutation ($input: LinkArtifactInput!) { linkArtifact(input: $input) { role isPrimary position storyId artifact { id type } story { coverArtifact { id } } } }`,
      { input: { storyId, artifactId: alternative, role: 'COVER', isPrimary: false, position: 3 } },
    );
    expect(linkArtifact).toEqual({
      role: 'COVER',
      isPrimary: false,
      position: 3,
      storyId,
      artifact: { id: alternative, type: 'IMAGE' },
      story: { coverArtifact: { id: cover } },
    });
    const { moveRun } = await mutate(
      `mutation ($id: ID!) { moveRun(id: $id, to: COMPLETED, summary: {images: 1}) { status summary } }`,
      { id: runId },
    );
    expect(moveRun).toEqual({ status: 'COMPLETED', summary: { images: 1 } });
    const { data, errors } = await test.ask(
      `query ($storyId: ID!, $stepId: ID!, $runId: ID!, $drawing: ID!) {
        storyManifest(storyId: $storyId) {
          story { id title } missingRoles
          links { role isPrimary artifact { id createdBy { run { story { title } } } } }
          lineage { artifact { id } nodes { depth artifact { id description } } edges { productId sourceId } totalCount truncated }
        }
        byStep: impact(stepId: $stepId) { artifacts { id type } published { id } stories { id title } totalCount truncated }
        byRun: impact(runId: $runId) { artifacts { id } }
        byId: impact(artifactIds: [$drawing]) { artifacts { id createdBy { name } } }
      }`,
      { storyId, stepId, runId, drawing },
    );
    expect(errors).toBeUndefined();
    expect(at(data, 'storyManifest')).toEqual({
      story: { id: storyId, title: 'The fox' },
      missingRoles: ['FINAL_AUDIO', 'FINAL_VIDEO', 'SCENE_IMAGE', 'STORY_TEXT'],
      links: [
        {
          role: 'COVER',
          isPrimary: true,
          artifact: { id: cover, createdBy: { run: { story: { title: 'The fox' } } } },
        },
        { role: 'COVER', isPrimary: false, artifact: { id: alternative, createdBy: null } },
      ],
      lineage: {
        artifact: { id: cover },
        nodes: [
          { depth: 0, artifact: { id: alternative, description: null } },
          { depth: 1, artifact: { id: drawing, description: 'drawing' } },
        ],
        edges: [{ productId: cover, sourceId: drawing }],
        totalCount: 3,
        truncated: false,
      },
    });
    expect(at(data, 'byStep')).toEqual({
      artifacts: [{ id: cover, type: 'IMAGE' }],
      published: [{ id: cover }],
      stories: [{ id: storyId, title: 'The fox' }],
      totalCount: 1,
      truncated: false,
    });
    expect(at(data, 'byRun')).toEqual({ artifacts: [{ id: cover }] });
    expect(at(data, 'byId')).toEqual({ artifacts: [{ id: cover, createdBy: { name: 'illustrate' } }] });
  });

  it('relate artifacts, and find the way between them', async () => {
    const [first, second, third] = [await registered(), await registered(), await registered()];
    const related = await mutate(
      `mutation ($a: ID!, $b: ID!, $c: ID!) {
         one: relateArtifacts(input: {productId: $b, sourceId: $a, type: TRANSCODED_FROM, metadata: {kbps: 64}}) {
           id productId sourceId type metadata createdAt }
         two: relateArtifacts(input: {productId: $c, sourceId: $b, type: DERIVED_FROM}) { metadata }
       }`,
      { a: first, b: second, c: third },
    );
    expect(related).toMatchObject({
      one: { productId: second, sourceId: first, type: 'TRANSCODED_FROM', metadata: { kbps: 64 } },
      two: { metadata: null },
    });
    const { data } = await test.ask(
      `query ($a: ID!, $c: ID!) {
         way: lineagePath(fromArtifactId: $a, toArtifactId: $c) { id transcodes { id } }
         back: lineagePath(fromArtifactId: $c, toArtifactId: $a) { id }
         here: lineagePath(fromArtifactId: $a, toArtifactId: $a) { id type }
       }`,
      { a: first, c: third },
    );
    expect(data).toEqual({
      way: [
        { id: first, transcodes: [{ id: second }] },
        { id: second, transcodes: [] },
        { id: third, transcodes: [] },
      ],
      back: [],
      here: [{ id: first, type: 'IMAGE' }],
    });
  });
});

describe('nested fields', () => {
  const nested = `query ($id: ID!, $depth: Int) {
    lineage(artifactId: $id, depth: $depth) {
      totalCount
      artifact { id }
      nodes { depth artifact { id t: type createdBy { run { story { title } } } derivedFrom { id } ...more } }
    }
  }
  fragment more on Artifact { usedBy(limit: 1) { id } link: storiesConnection(first: 1) { edges { node { id } } } }`;

  it('of 500 nodes are read with as many statements as those of 5', async () => {
    const shape = chain(501);
    await loadShape(test.ctx.db.driver, shape);
    const id = shape.artifacts[500]?.id;
    await test.ask(nested, { id, depth: 1 });
    const statements: number[] = [];
    for (const depth of [5, 500]) {
      const count = test.countStatements();
      const { data, errors } = await test.ask(nested, { id, depth });
      expect(errors).toBeUndefined();
      expect(at(data, 'lineage.nodes')).toHaveLength(depth);
      expect(at(data, 'lineage.nodes.3.artifact')).toMatchObject({
        t: 'IMAGE',
        createdBy: null,
        derivedFrom: [{ id: shape.artifacts[495]?.id }],
      });
      statements.push(count());
    }
    expect(statements).toEqual([2, 2]);
  });

  it('that a lineage brings itself need no further statement', async () => {
    const shape = chain(5);
    await loadShape(test.ctx.db.driver, shape);
    const count = test.countStatements();
    const { data } = await test.ask(
      `query ($id: ID!) { lineage(artifactId: $id) { nodes { artifact { id type storedAt payload generation } } edges { id createdAt } } }`,
      { id: shape.artifacts[4]?.id },
    );
    expect(at(data, 'lineage.nodes.0.artifact')).toMatchObject({
      type: 'IMAGE',
      payload: null,
      generation: 3,
    });
    expect(at(data, 'lineage.edges')).toHaveLength(4);
    expect(count()).toBe(1);
  });
});

describe('requests that come together', () => {
  it('share statements, point reads and lineages alike', async () => {
    const shape = randomGraph(60, 10, 3);
    await loadShape(test.ctx.db.driver, shape);
    const ids = shape.artifacts.map(({ id }) => id);
    const together = (field: (id: string) => string) =>
      `{ ${ids.map((id, n) => `a${n}: ${field(id)}`).join('\n')} }`;
    const points = together((id) => `artifacts(where: {id: {eq: "${id}"}}) { id derivedFrom { id } }`);
    const lineages = together((id) => `lineage(artifactId: "${id}", depth: 3) { artifact { id } }`);
    const count = test.countStatements();
    const answers = await Promise.all([test.ask(points), test.ask(lineages), test.ask(lineages)]);
    expect(count()).toBeLessThanOrEqual(6);
    for (const [n, id] of ids.entries()) {
      expect(at(answers[0].data, `a${n}.0.id`)).toBe(id);
      expect(at(answers[1].data, `a${n}.artifact.id`)).toBe(id);
    }
  });

  it('see what was written before them', async () => {
    for (let round = 0; round < 10; round++) {
      const id = await registered();
      const { data } = await test.ask('query ($id: ID!) { artifacts(where: {id: {eq: $id}}) { id } }', {
        id,
      });
      expect(at(data, 'artifacts')).toEqual([{ id }]);
    }
  });
});
