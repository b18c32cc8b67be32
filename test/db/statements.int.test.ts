import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from 'neo4j-driver';
import { registerBatch } from '../../src/artifacts/register-batch.js';
import { readCypher } from '../../src/db/statement.js';
import { packageRoot } from '../../src/package-root.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';

let test: TestContext;
beforeAll(async () => {
  test = await openTestContext();
});
afterAll(() => test.close());

const folder = join(packageRoot, 'cypher');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.cypher'))
  .map((file) => file.replaceAll('\\', '/'))
  .sort();

/** Operators that read more than what was asked for. */
const scans = new Set(['NodeByLabelScan', 'UnionNodeByLabelsScan', 'AllNodesScan', 'CartesianProduct']);

/** Statements that are about the whole graph, and why. */
const aboutEverything: Record<string, string> = {
  'artifacts/find-any.cypher': 'stops at the first artifact and the first story',
  'audit/find-broken-invariants.cypher': 'checks everything',
  'backup/list-contents-of-graph.cypher': 'counts everything, once before an import',
  'backup/read-nodes.cypher': 'exports everything',
  'backup/read-relationships.cypher': 'exports everything',
  'stories/find-showcase.cypher': 'looks among all stories for one to show',
};

const nameOf = ({ operatorType }: Plan) => operatorType.replace(/@.*$/, '');

function findScans(plan: Plan): string[] {
  const below = plan.children.flatMap(findScans);
  const found = scans.has(nameOf(plan)) && !(nameOf(plan) === 'CartesianProduct' && isOneRow(plan));
  return found ? [nameOf(plan), ...below] : below;
}

/** Seeks by unique keys give one row each, and so does their product. */
function isOneRow(plan: Plan): boolean {
  if (plan.children.length === 0) return /UniqueIndexSeek|^Argument$/.test(nameOf(plan));
  return !nameOf(plan).includes('Expand') && plan.children.every(isOneRow);
}

async function explain(file: string): Promise<Plan> {
  const { driver, name } = test.ctx.db;
  const session = driver.session({ database: name });
  try {
    const { summary } = await session.run(`EXPLAIN ${readCypher(join(folder, file))}`);
    if (!summary.plan) throw new Error('no plan');
    return summary.plan;
  } finally {
    await session.close();
  }
}

describe('each statement under cypher/', () => {
  it.each(files)('%s says what it does and reads only what it is asked for', async (file) => {
    expect(readFileSync(join(folder, file), 'utf8')).toMatch(/^\/\/ \S/);
    const plan = await explain(file);
    if (!(file in aboutEverything)) expect(findScans(plan)).toEqual([]);
  });
});

const ofWholeIndexes = files.filter(
  (file) => /^artifacts\/read-page/.test(file) && file !== 'artifacts/read-page-of-selection.cypher',
);

it('pages stop at their limit, because the index gives the order, in a small graph too', async () => {
  await registerBatch(test.ctx, {
    artifacts: Array.from({ length: 1000 }, (_, n) => ({ ref: `r${n}`, type: 'image' })),
  });
  const operators = (plan: Plan): string[] => [nameOf(plan), ...plan.children.flatMap(operators)];
  for (const file of ofWholeIndexes) {
    const found = operators(await explain(file));
    const asHoped =
      found.includes('PartialTop') && !found.some((name) => ['Sort', 'Top', 'Union'].includes(name));
    expect({ file, asHoped, found }).toMatchObject({ asHoped: true });
  }
});

it('the list of statements about the whole graph names files that exist', () => {
  expect(files).toEqual(expect.arrayContaining(Object.keys(aboutEverything)));
});

describe('the schema', () => {
  it('has the constraints that the model declares, and no other on its labels and types', async () => {
    const rows = await typeStatement(
      test,
      'SHOW CONSTRAINTS YIELD type, labelsOrTypes, properties RETURN type + " " + labelsOrTypes[0] + "." + properties[0] AS constraint',
    );
    const unique = 'UNIQUENESS';
    const keys = [
      'DERIVED_FROM.edgeKey',
      'VARIANT_OF.edgeKey',
      'TRANSCODED_FROM.edgeKey',
      'LINKED_AS.linkKey',
      'LINKED_AS.primarySlot',
      'RECORDED.linkKey',
    ];
    const ids = [
      'Artifact.id',
      'Artifact.externalId',
      'Content.sha256',
      'Run.id',
      'Run.externalId',
      'Step.id',
      'Story.id',
      'Lock.name',
      'SchemaMigration.version',
    ];
    const expected = [
      ...ids.map((id) => `${unique} ${id}`),
      ...keys.map((key) => `RELATIONSHIP_${unique} ${key}`),
    ];
    const found = rows.map(({ constraint }) => String(constraint));
    expect(found).toEqual(expect.arrayContaining(expected));
    const ofOurs = found.filter((each) => expected.some((one) => one.split('.')[0] === each.split('.')[0]));
    expect(ofOurs.sort()).toEqual(expected.sort());
  });

  it('has every index online', async () => {
    const rows = await typeStatement(
      test,
      "SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN name",
    );
    expect(rows).toEqual([]);
  });
});
