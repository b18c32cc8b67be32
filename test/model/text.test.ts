import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { fitsDouble } from '../../src/model/exact-number.js';
import { cutText, oneLine, printable, shellWord } from '../../src/model/text.js';
import { hostileId, hostileTexts } from '../lineage/hostile-names.js';
import { cpuMs } from '../support/cpu-ms.js';

describe('a text that is cut', () => {
  it.each([
    ['a👍b', 2, 'a'],
    ['👩‍👩‍👧‍👦x', 12, '👩‍👩‍👧‍👦x'],
    ['ab👩‍👩‍👧‍👦x', 8, 'ab'],
    ['cafe\u0301s', 4, 'caf'],
    ['🇩🇪🇫🇷', 6, '🇩🇪'],
    ['short', 10, 'short'],
  ])('keeps whole characters: %s', (text, length, cut) => expect(cutText(text, length)).toBe(cut));

  it('says so where it is told to, within its length', () => {
    expect(cutText('abcdef', 4, '…')).toBe('abc…');
    expect(cutText('abcd', 4, '…')).toBe('abcd');
  });

  it('cuts a character that is longer than the limit between code points', () => {
    expect(cutText('👩‍👩‍👧‍👦', 4)).toBe('👩‍');
  });

  it('is a well-formed start of the text and fits, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 30 }), (text, length) => {
        const cut = cutText(text, length);
        expect(text.startsWith(cut) && cut.length <= length && cut.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('what reaches a terminal', () => {
  it.each([
    ['\u001b[31mred', '\\u001b[31mred'],
    ['\u009b2J', '\\u009b2J'],
    ['\u202egnp.exe', '\\u202egnp.exe'],
    ['a\rb\u0007', 'a\\u000db\\u0007'],
    ['\u2066x\u2069\u200f', '\\u2066x\\u2069\\u200f'],
    ['two\nlines, 👩‍👧 café', 'two\nlines, 👩‍👧 café'],
  ])('cannot steer it: %j', (text, shown) => expect(printable(text)).toBe(shown));

  it('stays JSON where it was JSON', () => {
    const value = { text: '\u202e\u009b\u2028 \u007f' };
    expect(JSON.parse(printable(JSON.stringify(value, null, 2)))).toEqual(value);
  });

  it('is one line where a line tells it', () => expect(oneLine(' a\r\n b\tc ')).toBe('a b c'));
});

describe('a number', () => {
  it.each(['1', '0.5', '1e3', '100000000000000000000', '0.30000000000000004'])(
    'keeps its digits: %s',
    (token) => expect(fitsDouble(token)).toBe(true),
  );
  it.each(['9007199254740993', '0.1234567890123456789', '1e400', '1e-400'])(
    'is known to lose some: %s',
    (token) => expect(fitsDouble(token)).toBe(false),
  );

  it.each([
    ['zeros and a digit', `1${'0'.repeat(2_000_000)}1`],
    ['a long fraction', `0.${'0'.repeat(2_000_000)}1`],
    ['runs of zeros', `1${'0000000001'.repeat(200_000)}`],
  ])('is looked at in linear time: %s', (_name, token) => {
    expect(cpuMs(() => expect(fitsDouble(token)).toBe(false))).toBeLessThan(1000);
  });
});

test.each([
  ['an emoji', `${'n'.repeat(199)}🐻 drawing`, 199],
  ['a family of emoji', `${'n'.repeat(195)}👩‍👩‍👧‍👦 drawing`, 195],
  ['a flag', `${'n'.repeat(198)}🇩🇪 drawing`, 198],
  ['a letter with its accent', `${'n'.repeat(199)}e\u0301 drawing`, 199],
  ['nothing', 'n'.repeat(300), 200],
])('never cuts inside %s', (_, text, length) => {
  expect(cutText(text, 200)).toBe(text.slice(0, length));
});

test('gives a beginning of whole code points, whatever the text, and all of it where it fits', () => {
  const texts = fc.array(fc.string({ unit: 'grapheme' })).map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 40 }), (text, most) => {
      const cut = cutText(text, most);
      expect(text.startsWith(cut)).toBe(true);
      expect(cut.length).toBeLessThanOrEqual(most);
      expect(cut.isWellFormed()).toBe(text.isWellFormed() || cut.isWellFormed());
      if (text.length <= most) expect(cut).toBe(text);
    }),
  );
});

test('a character longer than the limit is cut between code points', () => {
  expect(cutText(`🐻${'\u0301'.repeat(400)}`, 10)).toBe(`🐻${'\u0301'.repeat(8)}`);
  expect(cutText('👩‍👩‍👧‍👦', 1)).toBe('');
});

it('gives a shell each text as one word, letter by letter', () => {
  const texts = [...hostileTexts, '$(id)', '`id`', "it's; id", '~', '*', '', ...fc.sample(hostileId, 200)];
  const line = `printf '%s\\n' ${texts.map(shellWord).join(' ')}`;
  expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' })).toBe(`${texts.join('\n')}\n`);
});
