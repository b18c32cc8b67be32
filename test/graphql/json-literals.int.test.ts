import { at, openGraphql, type TestGraphql } from './open-graphql.js';

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

const declarations = { $a: 'String', $b: 'JSON', $c: 'JSON = {k: [1]}', $d: 'String = null' };
/** A mutation with the variables that are used in it. */
function mutationOf(selection: string): string {
  const used = Object.entries(declarations).filter(([name]) => selection.includes(name));
  const declared = used.map(([name, type]) => `${name}: ${type}`).join(', ');
  return `mutation ${declared && `(${declared})`} { ${selection} }`;
}

describe('a variable in a JSON literal that was not given is left out, and null in a list', () => {
  it.each<[literal: string, variables: Record<string, unknown>, value: unknown]>([
    [
      '{given: $a, missing: $b, usual: $c, list: [$a, $b]}',
      { a: 'x' },
      { given: 'x', usual: { k: [1] }, list: ['x', null] },
    ],
    ['{missing: $a}', {}, {}],
    ['{outer: {inner: {missing: $b}, kept: 1}}', {}, { outer: { inner: {}, kept: 1 } }],
    ['[$b, [$b], {missing: $a}]', {}, [null, [null], {}]],
    ['[[[$b, $b]]]', {}, [[[null, null]]]],
    ['{given: $b}', { b: null }, { given: null }],
    ['{usual: $c}', { c: null }, { usual: null }],
    ['{usual: $d, list: [$d]}', {}, { usual: null, list: [null] }],
    ['{given: $b}', { b: { deep: [1, { x: null }] } }, { given: { deep: [1, { x: null }] } }],
    ['{twice: $a, again: [$a, $a]}', { a: '' }, { twice: '', again: ['', ''] }],
  ])('%s with %j', async (literal, variables, value) => {
    const data = await ask(
      mutationOf(
        `registerArtifact(input: {type: JSON, payload: ${literal}, metadata: {custom: {given: ${literal}}}}) { payload metadata }`,
      ),
      variables,
    );
    expect(at(data, 'registerArtifact')).toEqual({ payload: value, metadata: { custom: { given: value } } });
  });

  it('as in every field that takes JSON', async () => {
    const literal = '{given: $a, missing: $b, list: [$b]}';
    const value = { given: 'x', list: [null] };
    const mutation = async (field: string, selection: string) =>
      at(await ask(mutationOf(`made: ${field} { ${selection} }`), { a: 'x' }), 'made');
    const id = async (field: string) => String(at(await mutation(field, 'id'), 'id'));
    const source = await id('registerArtifact(input: {type: TEXT})');
    const product = await id(
      `registerArtifact(input: {type: TEXT, sources: [{artifactId: "${source}", type: DERIVED_FROM, metadata: ${literal}}]})`,
    );
    const lineage = await ask(`{ lineage(artifactId: "${product}") { edges { metadata } } }`);
    expect(at(lineage, 'lineage.edges')).toEqual([{ metadata: value }]);
    const relation = `{productId: "${product}", sourceId: "${source}", type: VARIANT_OF, metadata: ${literal}}`;
    expect(await mutation(`relateArtifacts(input: ${relation})`, 'metadata')).toEqual({ metadata: value });
    const run = await id('startRun(input: {workflowType: KIDS_DAILY})');
    const step = `startStep(input: {runId: "${run}", name: "s", order: 0, input: ${literal}})`;
    const started = await mutation(step, 'id input');
    expect(at(started, 'input')).toEqual(value);
    const stepId = String(at(started, 'id'));
    expect(await mutation(`completeStep(id: "${stepId}", output: ${literal})`, 'output')).toEqual({
      output: value,
    });
    expect(await mutation(`moveRun(id: "${run}", to: CANCELLED, summary: ${literal})`, 'summary')).toEqual({
      summary: value,
    });
  });

  it('and alone it is as if the field were not there', async () => {
    const data = await ask(
      mutationOf('registerArtifact(input: {type: JSON, payload: $b, metadata: $b}) { payload metadata }'),
    );
    expect(at(data, 'registerArtifact')).toEqual({ payload: null, metadata: null });
  });
});
