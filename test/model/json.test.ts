import fc from 'fast-check';
import { registerArtifactInput } from '../../src/model/artifact.js';
import { canonicalJson, json, jsonObject, parseStoredJson } from '../../src/model/json.js';

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('JSON', () => {
  it('comes back from its stored text as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const parsed = json.safeParse(value);
        if (!parsed.success) return;
        expect(JSON.stringify(parseStoredJson(canonicalJson(parsed.data)), sorted)).toBe(
          JSON.stringify(value, sorted),
        );
      }),
    );
  });

  it('that is equal has equal text, whatever the order of its keys', () => {
    expect(canonicalJson({ b: [1, { d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[1,{"c":2,"d":1}]}');
    expect(canonicalJson({ a: null, b: [1, { c: 2, d: 1 }] })).toBe('{"a":null,"b":[1,{"c":2,"d":1}]}');
  });

  it.each([
    ['a lone surrogate', ['\ud800']],
    ['a lone surrogate in a key', { '\udc00': 1 }],
    ['a key named __proto__', JSON.parse('{"a": {"__proto__": 1}}') as unknown],
    ['more than 100 levels', nested(101)],
    ['10,000 levels', nested(10_000)],
    ['a number that is not finite', [Infinity]],
    ['no value', undefined],
    ['a function', () => 1],
  ])('with %s is refused, not thrown at', (_what, value) => {
    expect(json.safeParse(value).success).toBe(false);
    expect(registerArtifactInput.safeParse({ type: 'json', payload: [value] }).success).toBe(false);
  });

  it('of 100 levels is kept', () => {
    expect(json.safeParse(nested(100)).success).toBe(true);
  });

  it.each([[[]], ['text'], [null], [7]])('%j is no object', (value) => {
    expect(jsonObject.safeParse(value).success).toBe(false);
  });
});

/** Objects with their keys in one order, for comparing; -0 is 0 in JSON. */
function sorted(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return Object.is(value, -0) ? 0 : value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
