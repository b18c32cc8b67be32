import { catalogue, relationships } from '../src/model/catalogue.js';
import type { Entity, Property } from '../src/model/entity.js';
import { restName } from '../src/http/field-names.js';

/** docs/model.md, made from the catalogue: the diagram, and a table of properties for each entity. */
export function modelPage(): string {
  const tables = [...catalogue.values()].map(tableOf);
  return `# The model

Made from \`src/model\` by \`npm run docs:model\`; a test keeps it equal. How to add a property:
[adding-a-property.md](adding-a-property.md).

\`\`\`mermaid
erDiagram
${relationships.map(({ type, from, to }) => `  ${from} }o--o{ ${to} : ${type}`).join('\n')}
\`\`\`

_Given_ properties come from whoever records the entity. _Changes_: what is empty is immutable once written; \`once\`
goes from absent to a value, \`grows\` only upwards.

${tables.join('\n')}`;
}

function tableOf(entity: Entity): string {
  const { graph, properties, keys } = entity;
  const title = 'label' in graph ? graph.label : `${graph.types.join(', ')}: ${graph.from} → ${graph.to}`;
  const rows = Object.entries(properties).map(([name, property]) => rowOf(name, property));
  const keyRows = Object.entries(keys).map(
    ([name, parts]) => `| \`${name}\` | | key: ${parts.replaceAll('|', '\\|')} | | | |`,
  );
  return [
    `## ${title}\n`,
    '| property | in REST | stored as | may be absent | given | changes |',
    '|---|---|---|---|---|---|',
    ...rows,
    ...keyRows,
    '',
  ].join('\n');
}

function rowOf(name: string, property: Property): string {
  const { optional, given, changes } = property;
  const change = changes === true ? 'yes' : (changes ?? '');
  const cells = [
    `\`${name}\``,
    `\`${restName(name, property)}\``,
    storedAs(property),
    optional ? 'yes' : '',
    given ? 'yes' : '',
    change,
  ];
  return `| ${cells.join(' | ')} |`;
}

function storedAs({ stored, shape }: Property): string {
  if (typeof stored === 'object')
    return 'end' in stored ? `its ${stored.end}` : `${stored.via} → ${stored.to}`;
  if (stored === 'type') return 'its type';
  return 'options' in shape ? (shape.options as string[]).map((word) => `\`${word}\``).join(' ') : stored;
}
