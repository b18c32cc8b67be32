/**
 * A property that is searched, and how much a hit in it counts. `within`: each word's beginning and parts are found too,
 * of the others only the beginning of what was typed, as they have as many different words as there are nodes.
 */
interface Field {
  name: string;
  weight: number;
  within: boolean;
}
const fields: readonly Field[] = [
  { name: 'title', weight: 4, within: true },
  { name: 'description', weight: 2, within: true },
  { name: 'name', weight: 1, within: true },
  { name: 'createdByAgent', weight: 1, within: true },
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

/** A single letter or digit begins so many words that it is taken for a beginning only where nothing else is typed. */
const beginsMuch = (word: string) => /^[a-z0-9]$/i.test(word);

const beginning = (word: string, { name, weight }: Field) =>
  `${name}:${escape(fold(word))}*^${weight * rank.beginning}`;

/**
 * Inside a word, past its beginning. All words of the index are walked for it, so those that begin with four digits or
 * more, which a graph has by the million, are passed over at once where letters are looked for.
 */
function part(word: string, { name, weight }: Field): string {
  const inner = escape(fold(word));
  const pattern = /\p{N}/u.test(word) ? `?*${inner}*` : `/([0-9]{1,3}|[0-9]{0,3}[^0-9].*)${inner}.*/`;
  return `${name}:${pattern}^${weight * rank.part}`;
}

const whole = (text: string, words: number) =>
  fields.map(({ name, weight }) => `${name}:${quote(text)}^${weight * rank.whole * words}`);

/** The index writes these as `fold` does, so that a whole word is a beginning too. */
const isPlain = (word: string) => /^\w+$/.test(word);

const oneOf = (queries: readonly string[]) => `+(${queries.join(' OR ')})`;

/** @param may `begin` any word with it, `end` what was typed of an id */
function wordQuery(word: string, may: { begin: boolean; end: boolean }): string {
  if (isUnspaced(word)) return oneOf(whole(word, 1));
  const begun = fields.filter(({ within }) => (within ? may.begin : may.end));
  const searched = word.length < shortestPart ? [] : fields.filter(({ within }) => within);
  const needed = [
    ...begun.map((field) => beginning(word, field)),
    ...searched.map((field) => part(word, field)),
    ...fields
      .filter((field) => !begun.includes(field) || !isPlain(word))
      .map(({ name }) => `${name}:${quote(word)}`),
  ];
  // As an addition, whole words are looked at only in what has all words.
  return `${oneOf(needed)} ${whole(word, 1).join(' ')}`;
}

/**
 * What stands between two spaces: as it is (the index joins `cover.png`, `job:17`), or all of its words.
 * @param only.whole words alone
 * @param only.word true where nothing else is typed
 */
function pieceQuery(
  piece: string,
  words: readonly string[],
  only: { whole: boolean; word: boolean },
): string {
  const each = words.map((word, n) => {
    if (only.whole) return oneOf(whole(word, 1));
    const begin = only.word || !beginsMuch(word);
    return wordQuery(word, { begin, end: n === words.length - 1 && (begin || n > 0) });
  });
  if (words.length === 1 && words[0] === piece) return each.join();
  const ids = only.whole ? [] : fields.filter(({ within }) => !within);
  return oneOf([
    ...whole(piece, words.length),
    ...ids.map((field) => beginning(piece, field)),
    `(${each.join(' ')})`,
  ]);
}

/**
 * A query in Lucene's syntax for text as people type it: all of its words, each as a word, the beginning or a part of
 * one. Nothing in the text is taken for syntax.
 * @param only.whole words alone: a fraction of the work
 * @returns null where there is no word in it
 */
export function toLucene(text: string, only: { whole: boolean }): string | null {
  const pieces = text
    .normalize('NFC')
    .split(/\s+/)
    .map((piece) => ({ piece, words: wordsOf(piece) }))
    .filter(({ words }) => words.length > 0);
  const indexed = pieces
    .map(({ piece, words }) => ({ piece, words: words.filter((word) => !unindexed.has(fold(word))) }))
    .filter(({ words }) => words.length > 0);
  const needed = indexed.length > 0 ? indexed : pieces;
  if (needed.length === 0) return null;
  const word = needed.length === 1 && needed[0]?.words.length === 1;
  return needed.map(({ piece, words }) => pieceQuery(piece, words, { ...only, word })).join(' ');
}

/** How many words a text has, as `toLucene` counts them. */
export const countWords = (text: string): number => wordsOf(text).length;
