import { printMermaid } from '../../src/lineage/print-graph.js';
import { documentOf } from './lineage-documents.js';

it('says in the text when a picture is more than renderers of Mermaid draw', () => {
  const edge = [0, 1] as const;
  const many = printMermaid(
    documentOf(
      [{}, {}],
      Array.from({ length: 501 }, () => edge),
    ),
  );
  expect(many).toMatch(/^%% 501 edges, .*--limit.*\nflowchart LR\n/);
  expect(
    printMermaid(
      documentOf(
        [{}, {}],
        Array.from({ length: 500 }, () => edge),
      ),
    ),
  ).toMatch(/^flowchart LR\n/);
  const long = printMermaid(documentOf(Array.from({ length: 900 }, () => ({ description: '('.repeat(40) }))));
  expect(long).toMatch(/^%% 0 edges/);
});
