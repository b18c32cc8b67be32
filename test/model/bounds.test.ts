import { z } from 'zod';
import { InvalidInput } from '../../src/errors.js';
import { registerArtifactInput, registerBatchInput } from '../../src/model/artifact.js';
import { maxJsonBytes } from '../../src/model/json.js';
import { listOf, maxIssues } from '../../src/model/list.js';
import { parseInput } from '../../src/model/parse-input.js';
import { relateArtifactsInput } from '../../src/model/relation.js';
import { completeStepInput, moveRunInput, startStepInput } from '../../src/model/run.js';

function refusal(schema: z.ZodType, input: unknown): InvalidInput {
  try {
    parseInput(schema, input);
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('a list from outside', () => {
  let looked = 0;
  const item = z.object({ a: z.string(), b: z.string() }).refine(() => true);
  const counted = z.preprocess((value) => {
    looked++;
    return value;
  }, item);
  beforeEach(() => {
    looked = 0;
  });

  it('that is too long is refused before any item is looked at', () => {
    const error = refusal(listOf(counted, 10), Array(11).fill({}));
    expect(error.issues).toHaveLength(1);
    expect(looked).toBe(0);
  });

  it('is looked at until a hundred fields are wrong, and says that there may be more', () => {
    const error = refusal(listOf(counted, 100_000), Array(100_000).fill({}));
    expect(error.issues).toHaveLength(maxIssues);
    expect(looked).toBe(maxIssues / 2);
    expect(error.message).toMatch(/^0\.a: .* \(and more\)$/);
  });

  it('in a list does not begin again', () => {
    const lists = listOf(listOf(counted, 1000), 1000);
    expect(refusal(lists, Array(1000).fill(Array(1000).fill({}))).issues).toHaveLength(maxIssues);
    expect(looked).toBe(maxIssues / 2);
  });

  it('keeps its bounds when it is refined, described or given a default', () => {
    for (const list of [
      listOf(counted, 10).refine(() => true),
      listOf(counted, 10).meta({ description: 'x' }),
      listOf(counted, 10).min(1).default([]),
    ]) {
      looked = 0;
      refusal(list, Array(11).fill({}));
      expect(looked).toBe(0);
    }
  });

  it('says its limit in JSON Schema', () => {
    expect(z.toJSONSchema(listOf(z.string(), 7))).toMatchObject({ type: 'array', maxItems: 7 });
  });

  it('gives its items parsed', () => {
    expect(listOf(z.string().default('d'), 3).parse(['a', undefined])).toEqual(['a', 'd']);
  });
});

it('a batch of wrong relations or sources is told in a hundred issues', () => {
  const relations = Array<object>(10_000).fill({});
  expect(refusal(registerBatchInput, { relations }).issues).toHaveLength(maxIssues);
  const artifacts = Array.from({ length: 300 }, (_, n) => ({
    ref: `a${n}`,
    type: 'text',
    sources: Array<object>(1000).fill({}),
  }));
  expect(refusal(registerBatchInput, { artifacts }).issues).toHaveLength(maxIssues);
});

describe('JSON that is read with every node has a limit, whose message names the way out', () => {
  const fits = 'x'.repeat(maxJsonBytes);
  const far = `${fits}x`;
  const object = { text: far };
  it.each<[string, z.ZodType, object, string]>([
    ['step input', startStepInput, { runId: 'r', name: 'n', order: 0, input: far }, 'input'],
    ['step output', completeStepInput, { id: 's', output: far }, 'output'],
    ['run summary', moveRunInput, { id: 'r', to: 'completed', summary: object }, 'summary'],
    ['artifact metadata', registerArtifactInput, { type: 'text', metadata: object }, 'metadata'],
    [
      'relation metadata',
      relateArtifactsInput,
      { productId: 'p', sourceId: 's', type: 'DERIVED_FROM', metadata: object },
      'metadata',
    ],
    [
      "a source's metadata",
      registerArtifactInput,
      { type: 'text', sources: [{ artifactId: 's', type: 'DERIVED_FROM', metadata: object }] },
      'sources.0.metadata',
    ],
  ])('%s', (_, schema, input, path) => {
    const { issues } = refusal(schema, input);
    expect(issues).toHaveLength(1);
    expect(issues[0]?.path).toBe(path);
    expect(issues[0]?.message).toMatch(/^is \d+ bytes; up to 65536 are kept: .*artifact/);
  });

  it('takes what just fits, counted in bytes', () => {
    expect(parseInput(completeStepInput, { id: 's', output: fits }).output).toBe(fits);
    expect(
      refusal(completeStepInput, { id: 's', output: 'ü'.repeat(maxJsonBytes / 2 + 1) }).issues,
    ).toHaveLength(1);
  });
});
