import fc from 'fast-check';
import { artifactLabel } from '../../src/lineage/artifact-label.js';
import type { LineageDocument } from '../../src/lineage/get-lineage-document.js';
import type { Artifact } from '../../src/model/artifact.js';
import { hostileId, hostileText, hostileTexts } from './hostile-names.js';

const plain: Artifact = {
  ...{ id: 'a', type: 'image', lifecycleState: 'published', contentHash: null, path: null, url: null },
  ...{ payload: null, metadata: null, mimeType: null, sizeBytes: null, description: null, safetyScore: null },
  ...{ createdByAgent: null, createdByStepId: null, externalId: null },
  ...{ generation: 0, createdAt: 0, storedAt: 0 },
};

/**
 * A lineage as printers get it; artifacts without an id are `a0`, `a1`, ….
 * @param edges [product, source], by their positions
 */
export function documentOf(
  artifacts: Partial<Artifact>[],
  edges: readonly (readonly [product: number, source: number])[] = [],
): LineageDocument {
  const all = artifacts.map((facts, index): Artifact => ({ ...plain, id: `a${index}`, ...facts }));
  const idOf = (position: number) => all[position]?.id ?? '';
  return {
    lineage: {
      artifactId: idOf(0),
      nodes: all.slice(1).map(({ id }) => ({ artifactId: id, depth: 1, direction: 'upstream' as const })),
      edges: edges.map(([product, source], index) => ({
        ...{ id: `r${index}`, productId: idOf(product), sourceId: idOf(source) },
        ...{ type: 'DERIVED_FROM' as const, metadata: null, createdAt: 0 },
      })),
      totalCount: all.length,
      truncated: false,
    },
    artifacts: new Map(all.map((artifact) => [artifact.id, artifact])),
    origins: [],
  };
}

/** Pictures have one blank for any white space, and none for control characters. */
export const asSeen = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/** What a reader has to see of an artifact: its label, then its id. */
export const linesOf = (artifact: Artifact): string[] => [artifactLabel(artifact), artifact.id].map(asSeen);

/** Every hostile text as a description, and as an id where an id can have it. */
export const givenDocuments = hostileTexts.map((text): [string, LineageDocument] => [
  text,
  documentOf(
    [{ id: text.replaceAll('|', ''), description: text, createdByAgent: text }, { description: text }],
    [[0, 1]],
  ),
]);

/** One to six artifacts of hostile names, each made from those with lower numbers. */
export const hostileDocument = fc
  .array(fc.tuple(hostileId, hostileText, hostileText), { minLength: 1, maxLength: 6 })
  .chain((named) => fc.tuple(fc.constant(named), fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 8 })))
  .map(([named, pairs]) => {
    const known = new Map(named.map((one) => [one[0], one]));
    const edges = new Map(
      pairs
        .filter(([product, source]) => product !== source && Math.max(product, source) < known.size)
        .map(([a, b]) => [`${Math.max(a, b)} ${Math.min(a, b)}`, [Math.max(a, b), Math.min(a, b)] as const]),
    );
    return documentOf(
      [...known.values()].map(([id, description, createdByAgent]) => ({ id, description, createdByAgent })),
      [...edges.values()],
    );
  });
