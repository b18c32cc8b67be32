import { InvalidInput } from '../../src/errors.js';
import { mostObjects, mostValues } from '../../src/http/count-values.js';
import { parseJsonBody } from '../../src/http/json-body.js';

function refusal(text: string): InvalidInput {
  try {
    parseJsonBody(Buffer.from(text));
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
  throw new Error('it was accepted');
}
const times = (text: string, count: number) => Array<string>(count).fill(text).join(',');

it.each([
  ['empty objects', `{"artifacts":[],"relations":[${times('{}', mostObjects)}]}`, 'relations'],
  ['lists in lists', `{"a":"{[,","metadata":[${times('[]', mostObjects)}]}`, 'metadata'],
  ['numbers', `{"artifacts":[${times('1', mostValues + 2)}]}`, 'artifacts'],
  ['a list alone', `[${times('{}', mostObjects)}]`, ''],
])('too many %s are refused with the field that has them', (_, text, path) => {
  const { issues, code } = refusal(text);
  expect(code).toBe('invalid_input');
  expect(issues).toEqual([{ path, message: expect.stringContaining('send less at once') as string }]);
});

it('commas and brackets in strings are no values', () => {
  const text = JSON.stringify({ payload: `\\"${'{[,'.repeat(mostValues)}\\\\` });
  expect(JSON.stringify(parseJsonBody(Buffer.from(text)))).toBe(text);
});

it.each(['{"a', '"', '{"a\\"', '[[[', '"\\'])('ends at the end of what is no JSON: %s', (text) => {
  expect(refusal(text).code).toBe('invalid_input');
});
