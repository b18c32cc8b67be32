import type { RelationType } from '../model/vocabulary.js';
import { artifactLabel } from './artifact-label.js';
import type { LineageDocument } from './get-lineage-document.js';
import { bidiMarks } from '../model/text.js';

const shapes = { image: 'box', audio: 'ellipse', video: 'box3d', text: 'note', json: 'component' } as const;
const styles: Record<RelationType, string> = {
  DERIVED_FROM: 'solid',
  VARIANT_OF: 'dashed',
  TRANSCODED_FROM: 'dotted',
};

/** A name in quotes. Graphviz reads nothing but the escaped quotation mark in it. */
const dotName = (id: string) => `"${id.replace(/["\\]/g, '\\$&')}"`;

/**
 * Text in a quoted label. Graphviz decodes HTML entities there, so signs that mean something are written as such, bidi
 * marks too. It obeys its own escapes (`\l` ends a line) after that: only a second backslash keeps a backslash.
 */
const dotText = (text: string) =>
  inline(text).replace(dotSigns, (sign) => (sign === '\\' ? '\\\\' : `&#${sign.charCodeAt(0)};`));
const dotSigns = new RegExp(`[&"\\\\<>${bidiMarks}]`, 'g');

/** No language of pictures has a place for control characters. */
const inline = (text: string) => text.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

/** A lineage for Graphviz; arrows lead from the source to the product. */
export function printDot({ lineage, artifacts }: LineageDocument): string {
  const nodes = [...artifacts.values()].map((artifact) => {
    const bold = artifact.id === lineage.artifactId ? ', penwidth=2' : '';
    const label = `${dotText(artifactLabel(artifact))}\\n${dotText(artifact.id)}`;
    return `  ${dotName(artifact.id)} [label="${label}", shape=${shapes[artifact.type]}${bold}];`;
  });
  const edges = lineage.edges.map(
    ({ sourceId, productId, type }) =>
      `  ${dotName(sourceId)} -> ${dotName(productId)} [style=${styles[type]}, tooltip="${type}"];`,
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

/**
 * Text in a Mermaid label: every sign but letters, digits and blanks as an entity (`#58;`). Icons (`fa:fa-car`) and
 * formulas (`$$x$$`) are looked for when those are decoded already, and so are the signs that Mermaid itself writes for
 * entities (`ﬂ°°58¶ß`), so an invisible tag parts them. `direction TB` is a statement wherever in a line it stands, also
 * within quotes, so the blank in it is an entity too.
 */
const mermaidText = (text: string) =>
  inline(text).replace(
    /(\$(?=\$)|:(?=fa-)|ﬂ(?=°)|¶(?=ß))|(?<=direction) |[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}\u200d ]/gu,
    (sign, magic?: string) => `#${sign.codePointAt(0)};${magic ? '<wbr>' : ''}`,
  );

/** What every renderer refuses unless it is configured otherwise (`maxEdges`, `maxTextSize`). */
const mermaidLimits = { edges: 500, characters: 50_000 };

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
  const text = ['flowchart LR', ...nodes, ...edges, '  style a0 stroke-width:3px'].join('\n');
  const isLarge = edges.length > mermaidLimits.edges || text.length > mermaidLimits.characters;
  return isLarge ? `${mermaidNote(edges.length, text.length)}\n${text}` : text;
}

/** A comment in the text itself: whoever pastes it somewhere sees why it is not drawn. */
function mermaidNote(edges: number, characters: number): string {
  return (
    `%% ${edges} edges, ${characters} characters: Mermaid draws up to ${mermaidLimits.edges} and ` +
    `${mermaidLimits.characters}. Ask for less with --depth or --limit, or raise maxEdges and maxTextSize.`
  );
}
