import { instance } from '@viz-js/viz';
import fc from 'fast-check';
import { z } from 'zod';
import type { LineageDocument } from '../../src/lineage/get-lineage-document.js';
import { printDot } from '../../src/lineage/print-graph.js';
import { asSeen, documentOf, givenDocuments, hostileDocument, linesOf } from './lineage-documents.js';

const laidOut = z.object({ edges: z.array(z.object({ tail: z.number(), head: z.number() })).default([]) });
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decoded = (xml: string) =>
  xml.replace(/&(?:#(\d+)|(\w+));/g, (_, code?: string, name?: string) =>
    code ? String.fromCodePoint(Number(code)) : (entities[name ?? ''] ?? '?'),
  );

/** The lines of text of each node in Graphviz's own picture, and between which of them it draws edges. */
async function draw(dot: string) {
  const graphviz = await instance();
  const svg = graphviz.renderString(dot, { format: 'svg' });
  const drawn = [...svg.matchAll(/<g id="node(\d+)" class="node">(.*?)<\/g>/gs)];
  const nodes = drawn
    .sort(([, first], [, second]) => Number(first) - Number(second))
    .map(([, , node = '']) =>
      [...node.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, line = '']) => asSeen(decoded(line))),
    );
  const { edges } = laidOut.parse(graphviz.renderJSON(dot));
  return { nodes, edges: edges.map(({ tail, head }) => [nodes[tail]?.[1], nodes[head]?.[1]]).sort() };
}

async function isDrawnAsItSays(document: LineageDocument): Promise<void> {
  const { nodes, edges } = await draw(printDot(document));
  expect(nodes).toEqual([...document.artifacts.values()].map(linesOf));
  expect(edges).toEqual(
    document.lineage.edges.map((edge) => [asSeen(edge.sourceId), asSeen(edge.productId)]).sort(),
  );
}

describe('Graphviz', () => {
  it.each(givenDocuments)('draws a name letter by letter: %s', (_, document) => isDrawnAsItSays(document));

  it('draws every name letter by letter, and every edge between the right two', async () => {
    await fc.assert(fc.asyncProperty(hostileDocument, isDrawnAsItSays), { numRuns: 60 });
  });

  it('tells ids apart that differ in an escape alone', async () => {
    const ids = ['a\\', 'a\\\\', 'a"', 'a\\"', 'a&amp;', 'a&', 'a&#38;'];
    const chain = ids.slice(1).map((_, before) => [before + 1, before] as const);
    await isDrawnAsItSays(
      documentOf(
        ids.map((id) => ({ id })),
        chain,
      ),
    );
  });
});
