import { readOldJson } from '../../src/legacy/source/old-json.js';

test.each([
  ['{"seed": 1125899906842624123, "cfg": 7.10}', { seed: '1125899906842624123', cfg: 7.1 }, 1],
  [
    '[18446744073709551615, 9007199254740993, 9007199254740992]',
    ['18446744073709551615', '9007199254740993', 9007199254740992],
    2,
  ],
  ['-0.12345678901234567890123', '-0.12345678901234567890123', 1],
  ['1e400', '1e400', 1],
  ['[0.1, 1.0, 2.50e3, -7]', [0.1, 1, 2500, -7], 0],
])('a number keeps its digits: %s', (text, value, told) => {
  const read = readOldJson(text);
  expect(read).toMatchObject({ value });
  expect('told' in read && read.told).toHaveLength(told);
});

test.each([
  ['{"a": 1, "a": 2}', { a: 2 }],
  ['{"b": {"a": [1], "a": [1, 2]}}', { b: { a: [1, 2] } }],
  ['[{"\\u0061": true, "a": null}]', [{ a: null }]],
])('a key that is given twice is told: %s', (text, value) => {
  expect(readOldJson(text)).toEqual({ value, told: ['the key "a" is given twice; the last value is kept'] });
});

test.each([
  ['{"a": NaN}', 'at line 1, column 7'],
  ['{\n  "a": [1,\n  ]}', 'at line 3, column 3'],
  ["{'a': 1}", 'at line 1, column 2'],
  ['[Infinity]', 'at line 1, column 2'],
  ['{"a": 1', 'at line 1, column 8'],
  ['', 'at line 1, column 1'],
])('text that is no JSON is told with its line and column: %j', (text, place) => {
  expect(readOldJson(text)).toEqual({ broken: `is not JSON ${place}` });
});

test('what cannot be kept as JSON is not taken for it', () => {
  expect(readOldJson('{"__proto__": 1}')).toHaveProperty('broken');
  expect(readOldJson('["\\ud800"]')).toHaveProperty('broken');
  expect(readOldJson('['.repeat(100_000))).toHaveProperty('broken');
});
