import type { Context } from '../context.js';
import { getLineageDocument, type LineageDocument } from './get-lineage-document.js';
import { printDot, printMermaid } from './print-graph.js';
import { printable } from '../model/text.js';
import { printTree } from './print-tree.js';
import { toProvJson } from './to-prov-json.js';

export const lineageFormats = ['tree', 'json', 'dot', 'mermaid', 'prov'] as const;
export type LineageFormat = (typeof lineageFormats)[number];

const printers: Record<LineageFormat, (document: LineageDocument) => string> = {
  // For a terminal, whichever way it comes there.
  tree: (document) => printable(printTree(document)),
  json: ({ lineage, artifacts }) =>
    JSON.stringify({ ...lineage, artifacts: [...artifacts.values()] }, null, 2),
  dot: printDot,
  mermaid: printMermaid,
  prov: (document) => JSON.stringify(toProvJson(document), null, 2),
};

/**
 * The provenance of one artifact as text.
 * @param input `traceLineageInput`
 * @throws InvalidInput; NotFound
 */
export async function printLineage(ctx: Context, input: unknown, format: LineageFormat): Promise<string> {
  return printers[format](await getLineageDocument(ctx, input));
}
