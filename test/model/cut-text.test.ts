import fc from 'fast-check';
import { cutText } from '../../src/model/cut-text.js';

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
