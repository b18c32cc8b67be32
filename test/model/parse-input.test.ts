import { InvalidInput } from '../../src/errors.js';
import { registerBatchInput } from '../../src/model/artifact.js';
import { parseInput } from '../../src/model/parse-input.js';
import { startStepInput } from '../../src/model/run.js';

function refusal(work: () => unknown): InvalidInput {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('input from outside', () => {
  it('comes out parsed, with its defaults', () => {
    const input = { runId: 'r', name: 'n', order: 0 };
    expect(parseInput(startStepInput, input)).toEqual({ ...input, uses: [] });
  });

  it('is refused with the dotted path of each wrong field, the first in the message', () => {
    const artifacts = [
      { ref: 'a', type: 'image', sources: [{ artifactId: '', type: 'DERIVED_FROM' }] },
      { ref: 'b', type: 'song' },
    ];
    const error = refusal(() => parseInput(registerBatchInput, { artifacts }));
    expect(error.code).toBe('invalid_input');
    expect(error.issues.map(({ path }) => path)).toContain('artifacts.0.sources.0.artifactId');
    expect(error.issues.map(({ path }) => path)).toContain('artifacts.1.type');
    expect(error.message).toMatch(/^artifacts\.0\.sources\.0\.artifactId: .* \(and \d+ more\)$/);
  });

  it('is refused for a field that nobody knows', () => {
    const error = refusal(() =>
      parseInput(startStepInput, { runId: 'r', name: 'n', order: 0, colour: 'red' }),
    );
    expect(error.message).toContain('colour');
  });

  it('of another kind altogether is refused as a whole', () => {
    for (const input of [null, undefined, 'text', 7, []]) {
      expect(refusal(() => parseInput(startStepInput, input)).issues[0]?.path).toBe('');
    }
  });
});
