/** Descriptions that mean something to a reader of pictures or of terminals; each has to stay what it says. */
export const hostileTexts = [
  '%%{init: {"theme": "forest"}}%% a theme',
  'a "quoted" [label] {of} (many) <b>brackets</b>',
  '"] ; end %% the rest',
  '$$x^2$$ is a formula',
  'fa:fa-car fab:fa-github icons',
  '`**bold** _markdown_`',
  '#quot; #35; &amp; &lt;b&gt; &#38;',
  '\\N \\G \\l back\\slash\\',
  'semi; colon: pipe| ~tilde~ @{ shape: circle }',
  '家族 👩‍👩‍👧‍👦 café',
];
