import { countWords, toLucene } from '../../src/search/to-lucene.js';

describe('a query for typed text', () => {
  it('asks for every word, as a word, a beginning or a part', () => {
    const query = toLucene('Moon bear') ?? '';
    expect(query.match(/\+\(/g)).toHaveLength(2);
    expect(query).toContain('title:"Moon"^16 OR title:moon*^8 OR title:*moon*^4');
  });

  it('does not look inside words for fewer than three letters, nor inside ids', () => {
    expect(toLucene('mo')).not.toContain('*mo');
    expect(toLucene('moon')).not.toContain('id:*');
  });

  it('leaves out words that the index does not have, unless there are no others', () => {
    expect(toLucene('the moon')).toBe(toLucene('moon'));
    expect(toLucene('the')).toContain('title:the*');
    for (const text of ['a+a', 'the.the', 'is/it', 'moon a+a']) expect(toLucene(text)).not.toContain('()');
  });

  it('folds accents where the index does not do it itself', () => {
    expect(toLucene('FÜR')).toContain('title:fur*');
    expect(toLucene('Bjørn Straße')).toContain('title:bjorn*');
    expect(toLucene('Straße')).toContain('title:*strasse*');
  });

  it('takes Chinese and Japanese as phrases, without beginnings', () => {
    expect(toLucene('月亮')).toContain('title:"月亮"^16');
    expect(toLucene('月亮')).not.toContain('*');
  });

  it.each(['', ' ', '***', '+-&&||!(){}[]^"~*?:\\/', '😀'])('has nothing to ask for %j', (text) => {
    expect(toLucene(text)).toBeNull();
    expect(countWords(text)).toBe(0);
  });
});
