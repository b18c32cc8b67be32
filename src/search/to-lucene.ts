/** A property that is searched, and how much a hit in it counts. `within`: parts inside a word are found too. */
const fields = [
  { name: 'title', weight: 4, within: true },
  { name: 'description', weight: 2, within: true },
  { name: 'name', weight: 1, within: true },
  { name: 'createdByAgent', weight: 1, within: true },
  // As many different words as nodes: looking inside each would read them all.
  { name: 'id', weight: 3, within: false },
  { name: 'externalId', weight: 3, within: false },
];

/** Whole words before beginnings of words, these before parts. */
const rank = { whole: 4, beginning: 2, part: 1 };
const shortestPart = 3;

/** English words that the index leaves out (Lucene's list). */
const unindexed = new Set(
  (
    'a an and are as at be but by for if in into is it no not of on or such that the their then there these they this ' +
    'to was will with'
  ).split(' '),
);

/** Letters without a decomposition, as Lucene's ASCIIFoldingFilter writes them. */
const plainLetters: Record<string, string> = {
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** What the index makes of a word; it does so itself for whole words, not for beginnings and parts. */
function fold(word: string): string {
  const lower = word.toLowerCase().replace(/’/g, "'");
  const latin = lower.replace(/[\p{sc=Latin}\p{M}]+/gu, (run) => run.normalize('NFD').replace(/\p{M}/gu, ''));
  return latin.replace(/[øæœßłđðþı]/g, (letter) => plainLetters[letter] ?? letter);
}

const escape = (text: string) => text.replace(/[^\p{L}\p{N}\p{M}_]/gu, '\\$&');
const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;

const wordPattern = /[\p{L}\p{N}\p{M}_]+(?:['’][\p{L}\p{M}]+)*/gu;
/** Written without spaces: any stretch of it may be what is looked for. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}]+|[^\p{sc=Han}\p{sc=Hiragana}]+/gu;
const isUnspaced = (word: string) => /^[\p{sc=Han}\p{sc=Hiragana}]/u.test(word);

const wordsOf = (text: string) =>
  (text.match(wordPattern) ?? []).flatMap((word) => word.match(unspaced) ?? []);

function wordQuery(word: string, parts: boolean): string {
  const beginning = escape(fold(word));
  return fields
    .flatMap(({ name, weight, within }) => {
      const whole = `${name}:${quote(word)}^${weight * rank.whole}`;
      if (isUnspaced(word)) return [whole];
      const part =
        parts && within && word.length >= shortestPart
          ? [`${name}:*${beginning}*^${weight * rank.part}`]
          : [];
      return [whole, `${name}:${beginning}*^${weight * rank.beginning}`, ...part];
    })
    .join(' OR ');
}

/** What stands between two spaces: as it is (the index joins `cover.png`, `job:17`), or all of its words. */
function pieceQuery(piece: string, words: readonly string[], parts: boolean): string {
  if (words.length === 1 && words[0] === piece) return wordQuery(piece, parts);
  const asItIs = fields.map(
    ({ name, weight }) => `${name}:${quote(piece)}^${weight * rank.whole * words.length}`,
  );
  const ids = fields.flatMap(({ name, within }) => (within ? [] : [`${name}:${escape(fold(piece))}*`]));
  const all = words.map((word) => `+(${wordQuery(word, parts)})`).join(' ');
  return [...asItIs, ...ids, `(${all})`].join(' OR ');
}

/**
 * A query in Lucene's syntax for text as people type it: all of its words, each as a word, the beginning or a part of
 * one. Nothing in the text is taken for syntax.
 * @param parts false leaves parts inside words out: finding those reads the whole list of words
 * @returns null where there is no word in it
 */
export function toLucene(text: string, parts = true): string | null {
  const pieces = text
    .normalize('NFC')
    .split(/\s+/)
    .map((piece) => ({ piece, words: wordsOf(piece) }))
    .filter(({ words }) => words.length > 0);
  const indexed = pieces
    .map(({ piece, words }) => ({ piece, words: words.filter((word) => !unindexed.has(fold(word))) }))
    .filter(({ words }) => words.length > 0);
  const needed = indexed.length > 0 ? indexed : pieces;
  return needed.length === 0
    ? null
    : needed.map(({ piece, words }) => `+(${pieceQuery(piece, words, parts)})`).join(' ');
}

/** How many words a text has, as `toLucene` counts them. */
export const countWords = (text: string): number => wordsOf(text).length;
