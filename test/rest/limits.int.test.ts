import { isEnumType } from 'graphql';
import { z } from 'zod';
import { graphSchema } from '../../src/graphql/graph-schema.js';
import { maxPage } from '../../src/graphql/limits.js';
import { restName } from '../../src/http/field-names.js';
import { lineageDirections, maxDepth, maxLimit } from '../../src/lineage/trace-request.js';
import { artifactEntity, maxItems, maxSources } from '../../src/model/artifact.js';
import { givenNames, type Entity, type Property } from '../../src/model/entity.js';
import { maxUses, runEntity, stepEntity } from '../../src/model/run.js';
import { storyEntity } from '../../src/model/story.js';
import * as vocabulary from '../../src/model/vocabulary.js';
import { maxHits, searchKinds } from '../../src/search/search-graph.js';
import { CommandLine } from '../cli/run-command.js';
import { openGraphql, type TestGraphql } from '../graphql/open-graphql.js';
import { openRest, type TestRest } from './open-rest.js';

let rest: TestRest;
let graphql: TestGraphql;
let openapi: unknown;
let runId: string;
beforeAll(async () => {
  [rest, graphql] = await Promise.all([openRest(), openGraphql()]);
  openapi = await (await fetch(`${rest.url}/openapi.json`)).json();
  runId = (await rest.send('POST', '/artifacts/runs', { json: { workflow_type: 'kids_daily' } })).body.run_id;
});
afterAll(() => Promise.all([rest.close(), graphql.close()]));

const node = z.looseObject({});
/** What lies at a path of /openapi.json; a value that may be null is looked at beside its null. */
function at(...path: string[]): Record<string, unknown> {
  const found = path.reduce<unknown>((value, key) => node.parse(value)[key], openapi);
  const { anyOf, ...plain } = node.parse(found);
  return z
    .array(node)
    .parse(anyOf ?? [])
    .reduce((all, one) => ({ ...all, ...one }), plain);
}
const ofSchema = (schema: string, field: string) =>
  at('components', 'schemas', `${schema}Input`, 'properties', field);

interface Way {
  entity: Entity;
  schema: string;
  path: () => string;
  /** What has to be given besides, as REST and GraphQL name it. */
  rest: object;
  mutation: string;
  input: () => object;
}
const ways: Way[] = [
  {
    entity: artifactEntity,
    schema: 'NewArtifact',
    path: () => '/artifacts',
    rest: { artifact_type: 'text' },
    mutation: 'mutation ($input: RegisterArtifactInput!) { registerArtifact(input: $input) { id } }',
    input: () => ({ type: 'TEXT' }),
  },
  {
    entity: runEntity,
    schema: 'NewRun',
    path: () => '/artifacts/runs',
    rest: { workflow_type: 'kids_daily' },
    mutation: 'mutation ($input: StartRunInput!) { startRun(input: $input) { id } }',
    input: () => ({ workflowType: 'KIDS_DAILY' }),
  },
  {
    entity: stepEntity,
    schema: 'NewStep',
    path: () => `/artifacts/runs/${runId}/steps`,
    rest: { step_name: 's', step_order: 0 },
    mutation: 'mutation ($input: StartStepInput!) { startStep(input: $input) { id } }',
    input: () => ({ runId, name: 's', order: 0 }),
  },
  {
    entity: storyEntity,
    schema: 'NewStory',
    path: () => '/stories',
    rest: {},
    mutation: 'mutation ($input: RegisterStoryInput!) { registerStory(input: $input) { id } }',
    input: () => ({}),
  },
];

interface Limit {
  /** As /openapi.json says it. */
  said: Record<string, number>;
  beyond: unknown;
}

/** The limit of a property, and a value beyond it; null for one that has none of its own. */
function limitOf(name: string, { shape }: Property): Limit | null {
  const bytes = shape.meta()?.['x-max-bytes'];
  if (typeof bytes === 'number') {
    const text = 'x'.repeat(bytes + 1);
    return { said: { 'x-max-bytes': bytes }, beyond: name === 'metadata' ? { text } : text };
  }
  if (shape instanceof z.ZodString && shape.maxLength !== null) {
    const beyond = (name === 'mimeType' ? 'a/' : '') + 'x'.repeat(shape.maxLength + 1);
    return { said: { maxLength: shape.maxLength }, beyond };
  }
  if (shape instanceof z.ZodNumber && shape.maxValue !== null && shape.maxValue < Number.MAX_SAFE_INTEGER)
    return { said: { maximum: shape.maxValue }, beyond: shape.maxValue + 1 };
  return null;
}

const limits = ways.flatMap((way) =>
  givenNames(way.entity).flatMap((given) => {
    const name = String(given);
    const property = way.entity.properties[name];
    const limit = property && name !== 'runId' ? limitOf(name, property) : null;
    return limit && property ? [{ ...way, ...limit, name, field: restName(name, property) }] : [];
  }),
);

it('covers texts, numbers and JSON', () => {
  const kinds = new Set(limits.flatMap(({ said }) => Object.keys(said)));
  expect([...kinds].sort()).toEqual(['maxLength', 'maximum', 'x-max-bytes']);
  expect(limits.length).toBeGreaterThan(15);
});

it.each(limits.map((one) => [`${one.entity.name}.${one.name}`, one] as const))(
  'REST, GraphQL and /openapi.json have one limit of %s',
  async (_, { schema, field, said, path, rest: body, beyond, mutation, input, name }) => {
    expect(ofSchema(schema, field)).toMatchObject(said);
    const refused = await rest.send('POST', path(), { json: { ...body, [field]: beyond } });
    expect(refused.body).toMatchObject({ status: 400, errors: [{ path: field }] });
    const { errors } = await graphql.ask(mutation, { input: { ...input(), [name]: beyond } });
    expect(errors?.[0]?.extensions.code).toBe('invalid_input');
    expect(errors?.[0]?.message).toContain(name);
  },
);

describe('a place in an order is given back by every surface, or refused by every one', () => {
  const most = 2 ** 31 - 1;
  const ofStep = async (order: number) => {
    const given = await rest.send('POST', `/artifacts/runs/${runId}/steps`, {
      json: { step_name: 's', step_order: order },
    });
    const input = { runId, name: 's', order };
    const { data, errors } = await graphql.ask(
      'mutation ($input: StartStepInput!) { startStep(input: $input) { id order } }',
      { input },
    );
    const read = await graphql.ask(`{ runs(where: {id: {eq: "${runId}"}}) { steps { order } } }`);
    expect(read.errors).toBeUndefined();
    return { rest: given, field: 'step_order', back: given.body.step_order, data, errors };
  };
  const ofLink = async (position: number) => {
    const { body: story } = await rest.send('POST', '/stories', { json: {} });
    const { body: artifact } = await rest.send('POST', '/artifacts', { json: { artifact_type: 'image' } });
    const { story_id, artifact_id } = { ...story, artifact_id: artifact.artifact_id };
    const given = await rest.send('POST', `/artifacts/stories/${story_id}/artifacts`, {
      json: { artifact_id, role: 'scene_image', position },
    });
    const input = { storyId: story_id, artifactId: artifact_id, role: 'SCENE_IMAGE', position };
    const { data, errors } = await graphql.ask(
      'mutation ($input: LinkArtifactInput!) { linkArtifact(input: $input) { position } }',
      { input },
    );
    const read = await graphql.ask(
      `{ stories(where: {id: {eq: "${story_id}"}}) { artifactsConnection { edges { properties { position } } } } }`,
    );
    expect(read.errors).toBeUndefined();
    return { rest: given, field: 'position', back: given.body.position, data, errors };
  };

  const places = { 'a step': ofStep, 'a link': ofLink };
  const kinds = Object.keys(places) as (keyof typeof places)[];
  it.each(kinds.flatMap((kind) => [0, 1, 65_536, most].map((place) => [kind, place] as const)))(
    'of %s: %d is given back',
    async (kind, place) => {
      const { rest: given, back, data, errors } = await places[kind](place);
      expect([given.status, back, errors]).toEqual([201, place, undefined]);
      expect(JSON.stringify(data)).toContain(String(place));
    },
  );
  const beyond = [most + 1, 2 ** 32, 1_767_225_600_000, Number.MAX_SAFE_INTEGER, -1, 0.5];
  it.each(kinds.flatMap((kind) => beyond.map((place) => [kind, place] as const)))(
    'of %s: %d is refused',
    async (kind, place) => {
      const { rest: given, field, errors } = await places[kind](place);
      expect(given.body).toMatchObject({ status: 400, errors: [{ path: field }] });
      expect(errors).toHaveLength(1);
    },
  );
});

it('lists have one limit', () => {
  expect(ofSchema('NewArtifact', 'sources')).toMatchObject({ maxItems: maxSources });
  expect(ofSchema('NewStep', 'uses')).toMatchObject({ maxItems: maxUses });
  for (const list of ['artifacts', 'relations']) expect(ofSchema('Batch', list)).toMatchObject({ maxItems });
});

const parameter = z.array(z.looseObject({ name: z.string(), schema: node }));
function parameterOf(path: string, name: string): Record<string, unknown> | undefined {
  const { parameters } = at('paths', `/api/v1${path}`, 'get');
  return parameter.parse(parameters).find((one) => one.name === name)?.schema;
}

it('pages and traces have one limit, on the command line too', async () => {
  expect(parameterOf('/artifacts', 'limit')).toMatchObject({ maximum: maxPage });
  expect(parameterOf('/artifacts/{id}/lineage', 'depth')).toMatchObject({ maximum: maxDepth });
  expect(parameterOf('/artifacts/{id}/lineage', 'limit')).toMatchObject({ maximum: maxLimit });
  expect(parameterOf('/search', 'limit')).toMatchObject({ maximum: maxHits });
  const code = async (query: string) => (await graphql.ask(query)).errors?.[0]?.extensions.code;
  for (const wrong of [
    `{ artifacts(limit: ${maxPage + 1}) { id } }`,
    `{ lineage(artifactId: "x", depth: ${maxDepth + 1}) { totalCount } }`,
    `{ lineage(artifactId: "x", limit: ${maxLimit + 1}) { totalCount } }`,
    `{ search(text: "x", first: ${maxHits + 1}) { truncated } }`,
  ])
    expect(await code(wrong)).toBe('invalid_input');
  const command = new CommandLine({});
  for (const [option, most] of [
    ['--depth', maxDepth],
    ['--limit', maxLimit],
  ] as const) {
    const refused = await command.run('lineage', 'x', option, String(most + 1));
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(`1 to ${most}`) as string });
  }
});

describe('words', () => {
  const lists: Record<string, readonly string[]> = {
    ArtifactType: vocabulary.artifactTypes,
    LifecycleState: vocabulary.lifecycleStates,
    RelationType: vocabulary.relationTypes.map((type) => type.toLowerCase()),
    WorkflowType: vocabulary.workflowTypes,
    RunStatus: vocabulary.runStatuses,
    StepStatus: vocabulary.stepStatuses,
    RunStage: vocabulary.runStages,
    StoryRole: vocabulary.storyRoles,
    LineageDirection: lineageDirections,
    SearchKind: searchKinds,
  };

  function enumsIn(value: unknown): string[][] {
    if (typeof value !== 'object' || value === null) return [];
    const here = z.looseObject({ enum: z.array(z.string()) }).safeParse(value).data?.enum;
    return [...(here ? [here] : []), ...Object.values(value).flatMap(enumsIn)];
  }

  it.each(Object.entries(lists))('%s has the same in REST and GraphQL', async (name, words) => {
    const type = (await graphSchema()).getType(name);
    if (!isEnumType(type)) throw new Error(`GraphQL has no enum ${name}`);
    expect(type.getValues().map((value) => value.name)).toEqual(words.map((word) => word.toUpperCase()));
    expect(enumsIn(openapi)).toContainEqual([...words]);
  });

  it('REST has lower case only', () => {
    const words = enumsIn(openapi).flat();
    expect(words.filter((word) => word !== word.toLowerCase())).toEqual([]);
  });
});
