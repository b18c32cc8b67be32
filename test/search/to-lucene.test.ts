import { countWords, toLucene } from '../../src/search/to-lucene.js';

const ask = (text: string) => toLucene(text, { whole: false });

describe('a query for typed text', () => {
  it('asks for every word, as a word, a beginning or a part', () => {
    const query = ask('Moon bear') ?? '';
    expect(query.match(/\+\(/g)).toHaveLength(2);
    expect(query).toMatch(/title:moon\*\^8 .* title:\/\S+moon\.\*\/\^4 .* title:"Moon"\^16/);
    expect(toLucene('Moon job:1', { whole: true })).not.toMatch(/[*/]/);
  });

  it('does not look inside words for fewer than three letters, nor inside ids', () => {
    expect(ask('mo')).not.toMatch(/[*)?]mo/);
    expect(ask('moon')).not.toMatch(/id:[*/]/);
  });

  it('takes a single letter for a beginning where nothing else is typed', () => {
    expect(ask('m')).toContain('title:m*');
    expect(ask('moon 5')).not.toContain('5*');
    // What was typed of an id may end anywhere.
    expect(ask('3ee8aa3a-8')).toContain('id:8*');
  });

  it('passes long numbers over where letters are looked for, not where digits are', () => {
    expect(ask('e7b1')).toContain('title:?*e7b1*');
  });

  it('leaves out words that the index does not have, unless there are no others', () => {
    expect(ask('the moon')).toBe(ask('moon'));
    expect(ask('the')).toContain('title:the*');
    for (const text of ['a+a', 'the.the', 'is/it', 'moon a+a']) expect(ask(text)).not.toContain('()');
  });

  it('folds accents where the index does not do it itself', () => {
    expect(ask('FÜR')).toContain('title:fur*');
    expect(ask('Bjørn Straße')).toContain('title:bjorn*');
    expect(ask('Straße')).toMatch(/title:\/.*strasse\.\*\//);
  });

  it('takes Chinese and Japanese as phrases, without beginnings', () => {
    expect(ask('月亮')).toContain('title:"月亮"^16');
    expect(ask('月亮')).not.toContain('*');
  });

  it.each(['', ' ', '***', '+-&&||!(){}[]^"~*?:\\/', '😀'])('has nothing to ask for %j', (text) => {
    expect(ask(text)).toBeNull();
    expect(countWords(text)).toBe(0);
  });
});
