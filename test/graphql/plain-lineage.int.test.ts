import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { relateArtifacts } from '../../src/artifacts/relate-artifacts.js';
import { openGraphql, type TestGraphql } from './open-graphql.js';

let test: TestGraphql;
let middle: string;
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
});
afterAll(() => test.close());

const artifact = `id type lifecycleState contentHash path url payload payloadText payloadFormat metadata metadataText
  mimeType sizeBytes description safetyScore createdByAgent externalId generation createdAt storedAt __typename`;
const all = `__typename totalCount truncated artifact { ${artifact} }
  nodes { depth direction __typename artifact { ${artifact} } }
  edges { id type productId sourceId metadata createdAt __typename }`;

describe('a plain lineage is answered as the general executor answers it', () => {
  // A directive makes an operation take the general executor.
  it.each([
    ['every field', `query Q@{ lineage(artifactId: "$id") { ${all} } }`],
    [
      'no edges',
      'query Q@{ lineage(artifactId: "$id", direction: UPSTREAM) { nodes { artifact { type } } } }',
    ],
    [
      'aliases',
      'query Q@{ up: lineage(artifactId: "$id", direction: UPSTREAM) { n: nodes { d: depth a: artifact { i: id } b: artifact { t: type } } } down: lineage(artifactId: "$id", direction: DOWNSTREAM) { nodes { depth direction artifact { id } } } }',
    ],
    [
      'fragments',
      'query Q@{ lineage(artifactId: "$id") { ...f ... on Lineage { truncated } } } fragment f on Lineage { nodes { artifact { ...g } } } fragment g on Artifact { id metadata }',
    ],
    [
      'limits',
      'query Q@{ lineage(artifactId: "$id", limit: 1, depth: null, relationTypes: [DERIVED_FROM, VARIANT_OF]) { totalCount truncated edges { type } } }',
    ],
    [
      'the same field twice',
      'query Q@{ lineage(artifactId: "$id") { nodes { depth } nodes { direction } } }',
    ],
    ['an unknown artifact', 'query Q@{ lineage(artifactId: "nobody") { totalCount } }'],
    ['a wrong depth', 'query Q@{ lineage(artifactId: "$id", depth: 0) { totalCount } }'],
    ['a wrong type', 'query Q@{ lineage(artifactId: "$id", depth: "many") { totalCount } }'],
  ])('with %s', async (_, text) => {
    const query = text.replaceAll('$id', middle);
    const plain = await test.ask(query.replace('Q@', 'Q '));
    const general = await test.ask(
      query.replace('Q@', 'Q ').replace(/(lineage\([^)]*\))/g, '$1 @include(if: true)'),
    );
    const strip = (answer: typeof plain) => JSON.stringify(answer).replace(/"locations":\[[^\]]*\],?/g, '');
    expect(strip(plain)).toBe(strip(general));
    expect(plain.data ?? plain.errors).toBeTruthy();
  });

  it('with variables and their defaults', async () => {
    const query = (directive: string) =>
      `query Q($id: ID!, $depth: Int = 1, $direction: LineageDirection = DOWNSTREAM) {
         lineage(artifactId: $id, depth: $depth, direction: $direction) ${directive} { nodes { depth artifact { id } } } }`;
    for (const variables of [{}, { depth: 5, direction: 'BOTH' }, { depth: 'x' }, { direction: null }]) {
      const plain = await test.ask(query(''), { id: middle, ...variables });
      const general = await test.ask(query('@include(if: true)'), { id: middle, ...variables });
      expect(plain).toEqual(general);
    }
  });
});
