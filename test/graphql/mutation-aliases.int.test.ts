import { at, openGraphql, type TestGraphql } from './open-graphql.js';
import { artifactFields, print, renamed, shifted } from './renamed.js';

let test: TestGraphql;
const made = new Map<string, string>();
/** The id of what an earlier mutation made. */
const of = (name: string) => made.get(name) ?? '';
beforeAll(async () => {
  test = await openGraphql();
});
afterAll(() => test.close());

async function ask(query: string) {
  const { data, errors } = await test.ask(query);
  expect(errors).toBeUndefined();
  return data;
}

const fieldsOf = {
  artifact: artifactFields,
  run: 'id workflowType status sessionId summary summaryText externalId createdAt startedAt completedAt'.split(
    ' ',
  ),
  step: 'id name order input inputText output outputText status error model promptHash createdAt startedAt'.split(
    ' ',
  ),
  story: 'id title createdAt storedAt'.split(' '),
  edge: 'id productId sourceId type metadata createdAt'.split(' '),
  link: 'id storyId artifactId role isPrimary position createdAt updatedAt'.split(' '),
  recorded: 'id runId artifactId stage createdAt'.split(' '),
};

/** Where what a mutation made is read again. */
const reads: Record<keyof typeof fieldsOf, (id: string, selection: string) => [query: string, path: string]> =
  {
    artifact: (id, s) => [`{ artifacts(where: {id: {eq: "${id}"}}) { ${s} } }`, 'artifacts.0'],
    run: (id, s) => [`{ runs(where: {id: {eq: "${id}"}}) { ${s} } }`, 'runs.0'],
    step: (id, s) => [`{ steps(where: {id: {eq: "${id}"}}) { ${s} } }`, 'steps.0'],
    story: (id, s) => [`{ stories(where: {id: {eq: "${id}"}}) { ${s} } }`, 'stories.0'],
    edge: (_, s) => [`{ lineage(artifactId: "${of('product')}") { edges { ${s} } } }`, 'lineage.edges.0'],
    link: (_, s) => [
      `{ storyManifest(storyId: "${of('story')}") { links { ${s} } } }`,
      'storyManifest.links.0',
    ],
    recorded: () => ['{ __typename }', ''],
  };

/** In this order: each goes on with what those before it made, under the name that stands first. */
const steps: [name: string, kind: keyof typeof fieldsOf, mutation: () => string][] = [
  ['story', 'story', () => 'registerStory(input: {title: "A tale"})'],
  [
    'run',
    'run',
    () => `startRun(input: {workflowType: KIDS_DAILY, storyId: "${of('story')}", sessionId: "s"})`,
  ],
  [
    'step',
    'step',
    () => `startStep(input: {runId: "${of('run')}", name: "draw", order: 1, input: {a: 1}, model: "m"})`,
  ],
  [
    'source',
    'artifact',
    () => 'registerArtifact(input: {type: TEXT, payload: "once", description: "the source"})',
  ],
  [
    'product',
    'artifact',
    () => `registerArtifact(input: {
      type: IMAGE, payload: {mutated: 1}, metadata: {custom: {c: 2}}, path: "a/b.png", url: "https://a.example/b.png",
      description: "the product", mimeType: "image/png", sizeBytes: 7, safetyScore: 0.5, createdByAgent: "painter",
      externalId: "${test.unique('external')}", createdByStepId: "${of('step')}"
    })`,
  ],
  [
    'edge',
    'edge',
    () =>
      `relateArtifacts(input: {productId: "${of('product')}", sourceId: "${of('source')}", type: VARIANT_OF, metadata: {d: 3}})`,
  ],
  ['moved', 'artifact', () => `moveArtifact(id: "${of('product')}", to: CANDIDATE)`],
  ['published', 'artifact', () => `publishArtifact(id: "${of('product')}")`],
  [
    'link',
    'link',
    () =>
      `linkArtifact(input: {storyId: "${of('story')}", artifactId: "${of('product')}", role: COVER, position: 4})`,
  ],
  [
    'recorded',
    'recorded',
    () => `recordRunArtifact(runId: "${of('run')}", artifactId: "${of('product')}", stage: APPROVED)`,
  ],
  ['completed', 'step', () => `completeStep(id: "${of('step')}", output: [1, {b: null}])`],
  ['over', 'run', () => `moveRun(id: "${of('run')}", to: CANCELLED, summary: {pictures: 1})`],
];

it.each(steps)('an alias in what a mutation gives only renames: %s', async (name, kind, mutation) => {
  const fields = fieldsOf[kind];
  const selected = shifted(fields);
  const answer = at(await ask(`mutation { generated: ${mutation()} { ${print(selected)} } }`), 'generated');
  const [keyOfId = ''] = selected.find(([, field]) => field === 'id') ?? [];
  const id = String(at(answer, keyOfId));
  made.set(name, id);
  if (kind === 'recorded') {
    const [run, artifact] = [of('run'), of('product')];
    expect(answer).toEqual(
      renamed(
        { id, runId: run, artifactId: artifact, stage: 'APPROVED', createdAt: expect.any(String) as unknown },
        selected,
      ),
    );
    return;
  }
  const [query, path] = reads[kind](id, fields.join(' '));
  expect(answer).toEqual(renamed(at(await ask(query), path), selected));
});

it('an alias in what lies below it, too', async () => {
  const answer = await ask(`mutation {
    registerStory: linkArtifact(input: {storyId: "${of('story')}", artifactId: "${of('product')}", role: COVER, isPrimary: true}) {
      artifactId: role role: story { id: title title: id coverArtifact: artifacts { description: path path: description } }
      story: artifact { id: description description: id derivedFrom: variantOf { payload: id id: payload } }
    }
  }`);
  expect(at(answer, 'registerStory')).toEqual({
    artifactId: 'COVER',
    role: {
      id: 'A tale',
      title: of('story'),
      coverArtifact: [{ description: 'a/b.png', path: 'the product' }],
    },
    story: {
      id: 'the product',
      description: of('product'),
      derivedFrom: [{ payload: of('source'), id: 'once' }],
    },
  });
});
