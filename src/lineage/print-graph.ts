import type { RelationType } from '../model/vocabulary.js';
import { artifactLabel } from './artifact-label.js';
import type { LineageDocument } from './get-lineage-document.js';

const shapes = { image: 'box', audio: 'ellipse', video: 'box3d', text: 'note', json: 'component' } as const;
const styles: Record<RelationType, string> = {
  DERIVED_FROM: 'solid',
  VARIANT_OF: 'dashed',
  TRANSCODED_FROM: 'dotted',
};

const dotText = (text: string) => `"${text.replace(/["\\]/g, '\\$&').replace(/[\r\n]+/g, ' ')}"`;

/** A lineage for Graphviz; arrows lead from the source to the product. */
export function printDot({ lineage, artifacts }: LineageDocument): string {
  const nodes = [...artifacts.values()].map((artifact) => {
    const bold = artifact.id === lineage.artifactId ? ', penwidth=2' : '';
    const label = `${artifactLabel(artifact)}\n${artifact.id}`;
    const [first = '', second = ''] = label.split('\n').map((text) => text.replace(/["\\]/g, '\\$&'));
    return `  ${dotText(artifact.id)} [label="${first}\\n${second}", shape=${shapes[artifact.type]}${bold}];`;
  });
  const edges = lineage.edges.map(
    ({ sourceId, productId, type }) =>
      `  ${dotText(sourceId)} -> ${dotText(productId)} [style=${styles[type]}, tooltip="${type}"];`,
  );
  return [
    'digraph lineage {',
    '  rankdir=LR;',
    '  node [fontname="Helvetica", fontsize=10];',
    ...nodes,
    ...edges,
    '}',
  ].join('\n');
}

const mermaidText = (text: string) => text.replace(/[&"<>#]/g, (sign) => `#${sign.codePointAt(0)};`);
const arrows: Record<RelationType, string> = {
  DERIVED_FROM: '-->',
  VARIANT_OF: '-.->',
  TRANSCODED_FROM: '==>',
};

/** A lineage for Mermaid; arrows lead from the source to the product. */
export function printMermaid({ lineage, artifacts }: LineageDocument): string {
  const names = new Map([...artifacts.keys()].map((id, position) => [id, `a${position}`]));
  const nodes = [...artifacts.values()].map(
    (artifact) =>
      `  ${names.get(artifact.id)}["${mermaidText(artifactLabel(artifact))}<br/>${mermaidText(artifact.id)}"]`,
  );
  const edges = lineage.edges.map(
    ({ sourceId, productId, type }) => `  ${names.get(sourceId)} ${arrows[type]} ${names.get(productId)}`,
  );
  return ['flowchart LR', ...nodes, ...edges, `  style a0 stroke-width:3px`].join('\n');
}
