import type { Relation } from '../model/relation.js';
import type { RelationType } from '../model/vocabulary.js';
import { artifactLabel } from './artifact-label.js';
import type { LineageDocument } from './get-lineage-document.js';

const upstreamWords: Record<RelationType, string> = {
  DERIVED_FROM: 'derived from',
  VARIANT_OF: 'variant of',
  TRANSCODED_FROM: 'transcoded from',
};
const downstreamWords: Record<RelationType, string> = {
  DERIVED_FROM: 'source of',
  VARIANT_OF: 'varied as',
  TRANSCODED_FROM: 'transcoded to',
};

interface Branch {
  words: string;
  artifactId: string;
}

/**
 * A lineage as indented text: what the artifact was made from, then what was made from it. An artifact that is reached
 * in several ways is spread out once; elsewhere a line points there.
 */
export function printTree(document: LineageDocument): string {
  const { lineage } = document;
  const known = new Set(lineage.nodes.map(({ direction }) => direction));
  const lines = [line(document, lineage.artifactId)];
  if (known.has('upstream')) {
    const sources = branchesBy(lineage.edges, 'productId', 'sourceId', upstreamWords);
    lines.push(...printBranches(document, sources));
  }
  if (known.has('downstream')) {
    const products = branchesBy(lineage.edges, 'sourceId', 'productId', downstreamWords);
    lines.push(...printBranches(document, products));
  }
  if (lineage.nodes.length === 0) lines.push('└─ nothing is recorded on this side');
  if (lineage.truncated) lines.push('(there is more: raise --depth or --limit)');
  return lines.join('\n');
}

function branchesBy(
  edges: readonly Relation[],
  from: 'productId' | 'sourceId',
  to: 'productId' | 'sourceId',
  words: Record<RelationType, string>,
): Map<string, Branch[]> {
  const branches = new Map<string, Branch[]>();
  for (const edge of edges) {
    const branch = { words: words[edge.type], artifactId: edge[to] };
    const known = branches.get(edge[from]);
    if (known) known.push(branch);
    else branches.set(edge[from], [branch]);
  }
  return branches;
}

/** Depth first, without recursion: a chain may be a thousand artifacts long. */
function printBranches(document: LineageDocument, branches: ReadonlyMap<string, Branch[]>): string[] {
  const lines: string[] = [];
  const seen = new Set<string>();
  const waiting: (Branch & { indent: string; last: boolean })[] = [];
  const spread = (artifactId: string, indent: string): void => {
    const below = branches.get(artifactId) ?? [];
    const shown = below.map((branch, position) => ({
      ...branch,
      indent,
      last: position === below.length - 1,
    }));
    waiting.push(...shown.reverse());
  };
  spread(document.lineage.artifactId, '');
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { words, artifactId, indent, last } = next;
    const again = seen.has(artifactId) && branches.has(artifactId);
    lines.push(
      `${indent}${last ? '└─' : '├─'} ${words} ${line(document, artifactId)}${again ? ' (see above)' : ''}`,
    );
    if (!again) spread(artifactId, `${indent}${last ? '   ' : '│  '}`);
    seen.add(artifactId);
  }
  return lines;
}

function line({ artifacts }: LineageDocument, artifactId: string): string {
  const artifact = artifacts.get(artifactId);
  return artifact ? `${artifactLabel(artifact)}  ${artifactId}` : artifactId;
}
