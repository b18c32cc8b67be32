import { Kind, parse, type FieldDefinitionNode } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMigrations } from '../../src/db/migration-files.js';
import { artifactEntity } from '../../src/model/artifact.js';
import { catalogue, relationships } from '../../src/model/catalogue.js';
import { contentEntity } from '../../src/model/content.js';
import type { Entity, Property } from '../../src/model/entity.js';
import { relationEntity } from '../../src/model/relation.js';
import { runArtifactEntity, runEntity, stepEntity } from '../../src/model/run.js';
import { storedNames } from '../../src/model/stored.js';
import { storyEntity, storyLinkEntity } from '../../src/model/story.js';
import { packageRoot } from '../../src/package-root.js';

const migrations = readMigrations();
const statements = migrations.flatMap((migration) => migration.statements).join('\n');
const guard = migrations.filter(({ kind }) => kind === 'trigger').at(-1)?.statements[0] ?? '';

/** What is in one list and not in the other, as sentences. */
function missing(wanted: readonly string[], found: readonly string[], where: string): string[] {
  return wanted.filter((name) => !found.includes(name)).map((name) => `${name} is missing in ${where}`);
}

describe('schema.graphql has the properties of the catalogue', () => {
  const fields = new Map(
    parse(readFileSync(join(packageRoot, 'src/graphql/schema.graphql'), 'utf8')).definitions.flatMap(
      (type) =>
        type.kind === Kind.OBJECT_TYPE_DEFINITION ? [[type.name.value, type.fields ?? []] as const] : [],
    ),
  );
  /** Fields that hold what is stored: not what is reached over relationships, nor what a resolver makes. */
  const isStored = ({ directives = [] }: FieldDefinitionNode) =>
    !directives.some(({ name }) => ['relationship', 'cypher', 'customResolver'].includes(name.value));

  const isJson = ({ properties }: Entity, name: string) =>
    properties[name]?.stored === 'json' || properties[name]?.stored === 'payload';

  it.each([
    ['Artifact', artifactEntity],
    ['Content', contentEntity],
    ['Run', runEntity],
    ['Step', stepEntity],
    ['Story', storyEntity],
    ['Provenance', relationEntity],
    ['Recording', runArtifactEntity],
    ['Link', storyLinkEntity],
  ] as [string, Entity][])('%s', (type, entity) => {
    const shown = (fields.get(type) ?? []).filter(isStored).map(({ name }) => name.value);
    const wanted = storedNames(entity)
      .filter((name) => !(name in entity.keys))
      .map((name) => (isJson(entity, name) ? `${name}Text` : name));
    expect([
      ...missing(wanted, shown, `type ${type} of schema.graphql`),
      ...missing(shown, wanted, `entity ${entity.name} of src/model`),
    ]).toEqual([]);
  });
});

describe('the migrations have the constraints of the catalogue', () => {
  const unique = (pattern: string, name: string) =>
    new RegExp(`FOR ${pattern} REQUIRE \\w+\\.${name} IS UNIQUE`).test(statements);

  it.each([...catalogue.values()].map((entity) => [entity.name, entity] as const))(
    '%s',
    (_, { graph, properties, keys }) => {
      const names =
        'label' in graph
          ? ['id', 'externalId', 'sha256'].filter((name) => name in properties)
          : Object.keys(keys);
      const patterns =
        'label' in graph
          ? [`\\(\\w+:${graph.label}\\)`]
          : graph.types.map((type) => `\\(\\)-\\[\\w+:${type}\\]-\\(\\)`);
      const open = patterns.flatMap((pattern) =>
        names
          .filter((name) => !unique(pattern, name))
          .map((name) => `no constraint keeps ${name} unique for ${pattern}`),
      );
      expect(open).toEqual([]);
    },
  );
});

describe('the guard keeps what the catalogue says never changes', () => {
  const wordsIn = (text = '') => [...text.matchAll(/'(\w+)'/g)].map(([, name]) => name ?? '').sort();
  const stored = ({ properties }: Entity, wanted: (changes: Property['changes']) => boolean) =>
    Object.entries(properties)
      .filter(([, one]) => typeof one.stored === 'string' && wanted(one.changes))
      .map(([name]) => name)
      .sort();
  const never = (changes: Property['changes']) => changes === undefined;
  const once = (changes: Property['changes']) => changes === 'once';

  it('artifacts: all but what may change', () => {
    const clause = /'Artifact' IN labels\(c\.node\) AND NOT \(c\.key IN \[([^\]]*)\]([^]*?)'Content' IN/.exec(
      guard,
    );
    const onlyOnce = (clause?.[2] ?? '').match(/c\.key = '\w+' AND c\.old IS NULL/g) ?? [];
    expect(wordsIn(onlyOnce.join())).toEqual(stored(artifactEntity, once));
    expect(wordsIn(clause?.[1])).toEqual(
      stored(artifactEntity, (changes) => changes === true || changes === 'grows'),
    );
  });

  it.each([
    ['Run', runEntity],
    ['Step', stepEntity],
    ['Story', storyEntity],
  ] as [string, Entity][])('%s', (label, entity) => {
    const lists = (then: string) =>
      wordsIn(
        new RegExp(`'${label}' IN labels\\(c\\.node\\) AND \\(?c\\.key IN \\[([^\\]]*)\\]${then}`).exec(
          guard,
        )?.[1],
      );
    const [kept, wanted] = [lists('(?! AND)'), stored(entity, never)];
    expect(missing(wanted, kept, `the guard's list for ${label}`)).toEqual([]);
    expect(missing(kept, wanted, `what src/model keeps of ${entity.name}`)).toEqual([]);
    if (label !== 'Story') expect(lists(' AND \\(c\\.old IS NOT NULL')).toEqual(stored(entity, once));
  });
});

describe('the invariant queries know the words of the catalogue', () => {
  const query = readFileSync(join(packageRoot, 'cypher/audit/find-broken-invariants.cypher'), 'utf8');
  const words = [...catalogue.values()].flatMap(({ name, properties }) =>
    Object.entries(properties).flatMap(([property, { shape, stored }]) =>
      stored === 'text' && 'options' in shape && name !== 'content'
        ? [[`${name}.${property}`, shape.options as string[]] as const]
        : [],
    ),
  );

  it.each(words)('%s', (_, options) => {
    expect(query).toContain(`IN [${options.map((word) => `'${word}'`).join(', ')}]`);
  });
});

it('each relationship of the catalogue joins labels of the catalogue', () => {
  const labels = [...catalogue.values()].flatMap(({ graph }) => ('label' in graph ? [graph.label] : []));
  expect(relationships.filter(({ from, to }) => !labels.includes(from) || !labels.includes(to))).toEqual([]);
  expect(new Set(relationships.map(({ type }) => type)).size).toBe(relationships.length);
});
