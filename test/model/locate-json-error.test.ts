import { locateJsonError } from '../../src/model/locate-json-error.js';
import { cpuMs } from '../support/cpu-ms.js';

describe('a text that is no JSON', () => {
  it.each([
    ['', 1, 1],
    ['{"a":NaN}', 1, 6],
    ['{"a":1,}', 1, 8],
    ['[1,2,]', 1, 6],
    ['{"a":1', 1, 7],
    ['{\n  "a": 1,\n  b: 2\n}', 3, 3],
    ["{'a':1}", 1, 2],
    ['{"a" 1}', 1, 6],
    ['[01]', 1, 2],
    ['[1.]', 1, 2],
    ['"a\nb"', 1, 3],
    ['"\\x"', 1, 2],
    ['[1] 2', 1, 5],
    ['[1}', 1, 3],
    ['tru', 1, 1],
    ['{"a":1 // no\n}', 1, 8],
  ])('is refused with its place: %j', (text, line, column) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(locateJsonError(text)).toEqual({ line, column });
  });

  it('is looked through once, however long or deep', () => {
    const text = `${'['.repeat(500_000)}"${'x\\n'.repeat(500_000)}" 1`;
    expect(cpuMs(() => expect(locateJsonError(text).line).toBe(1))).toBeLessThan(2000);
  });
});
