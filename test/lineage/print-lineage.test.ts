import fc from 'fast-check';
import { printTree } from '../../src/lineage/print-tree.js';
import { printable } from '../../src/model/text.js';
import { documentOf, hostileDocument } from './lineage-documents.js';

it('leaves nothing in a tree that a terminal obeys, whatever the names are', () => {
  fc.assert(
    fc.property(hostileDocument, (document) => {
      const tree = printable(printTree(document));
      expect(tree.split('\n')[0]).toContain(printable(document.lineage.artifactId));
      expect(tree.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});

it.each(['👩‍👩‍👧‍👦', '🇩🇪', '1️⃣', 'e\u0301', 'नि'])('cuts a long name between two whole %s', (character) => {
  const [root = ''] = printTree(documentOf([{ description: character.repeat(100) }])).split('\n');
  const name = /"(.*)…"/.exec(root)?.[1] ?? '';
  expect(name.length).toBeGreaterThan(30);
  expect(name.replaceAll(character, '')).toBe('');
});
