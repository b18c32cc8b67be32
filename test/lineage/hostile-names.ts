import fc from 'fast-check';

/** Texts that mean something to a reader of pictures, of XML or of terminals; each has to stay what it says. */
export const hostileTexts = [
  '%%{init: {"theme": "forest"}}%% a theme',
  'a "quoted" [label] {of} (many) <b>brackets</b>',
  '"] ; end %% the rest',
  '"]; --> <!-- subgraph end',
  '$$x^2$$ is a formula',
  '$$$$',
  'fa:fa-car fab:fa-github icons',
  '`**bold** _markdown_`',
  '#quot; #35; &amp; &lt;b&gt; &#38; &#x26;',
  '\\N \\G \\l back\\slash\\',
  '\\\\l \\"] \\',
  'semi; colon: pipe| ~tilde~ @{ shape: circle }',
  '<script>alert(1)</script></svg></text>',
  ']]> <![CDATA[ <!DOCTYPE x>',
  'https://example.org/?a=b&c=d#e javascript:alert(1)',
  '家族 👩‍👩‍👧‍👦 café 🇩🇪 1️⃣ e\u0301',
  '\u202egnp.exe \u200f\u2066אב\u2069',
  '1. a list',
  '# a heading',
  'click a0 href "https://example.org"',
  'draft --- title: another --- flowchart TB',
  'accTitle: x accDescr { y } :::loud classDef loud fill:#f00',
  'linkStyle 0 stroke:red style a0 fill:#f00',
  'direction TB',
  'in the direction  LR of the sea, direction BTx',
  'a0 --> a1 -.-> a2 ==> a0 ~~~ a1 & a2',
  '\\(x^2\\) \\[y\\] $x$ \\frac{1}{2}',
  '<img src=x onerror=alert(1)> <br/> <wbr> &nbsp;&shy;',
  'mdi:home :smile: fas:fa-x @{ img: "https://example.org/x.png" }',
  'ﬂ°°35¶ß ﬂ°amp¶ß #9829; #amp;',
  '<<b>bold</b>> <TABLE><TR><TD>x</TD></TR></TABLE>',
  '\\E \\T \\H \\L \\r "a" -> "b" [label=x]; }',
  'prov:type xsd:string ex:name \'prov:label\' {"$": "1", "type": "xsd:int"}',
  '_:blank urn:x:y %20 %zz %',
];

/** What is no character that can be drawn: it may vanish, and may do nothing else. */
const invisible = [
  '\u0000',
  '\u001b[31mred\u001b[0m',
  '\u001b]8;;https://example.org\u0007',
  '\u009b2J',
  '\r\n',
  '\u2028',
  '\t',
  '\\\n',
];

const pieces = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.constantFrom(
    '"',
    '\\',
    '<',
    '>',
    '&',
    '#',
    ';',
    '%',
    '$',
    ':',
    'fa-',
    ']',
    '[',
    '{',
    '}',
    '|',
    '`',
    ' ',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);

/** Made of hostile pieces, in any order; control characters among them. */
export const hostileText = fc
  .array(fc.oneof({ weight: 5, arbitrary: pieces }, fc.constantFrom(...invisible)), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join('').toWellFormed());

/** The same as far as an id can have it. */
export const hostileId = fc
  .array(pieces, { minLength: 1, maxLength: 4 })
  .map((parts) =>
    parts
      .join('')
      .toWellFormed()
      .replace(/[\p{Cc}|]/gu, '')
      .slice(0, 150)
      .toWellFormed(),
  )
  .filter((id) => id !== '');
