import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readCypher } from '../../src/db/statement.js';
import { catalogue, relationships } from '../../src/model/catalogue.js';
import { packageRoot } from '../../src/package-root.js';

const folder = join(packageRoot, 'cypher');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.cypher'))
  .map((file) => file.replaceAll('\\', '/'));

/** Statements that may create what another one creates, and why. */
const exceptions = new Map([
  ['backup/insert-nodes.cypher', 'restores whatever a backup holds'],
  ['backup/insert-relationships.cypher', 'restores whatever a backup holds'],
  ['content/adopt-content.cypher', 'joins artifacts to bytes that were recorded after them'],
  ['content/bind-store.cypher', 'tells of the one node that it makes'],
  ['content/doom-contents.cypher', 'marks bytes that no node tells of'],
  ['content/grant-collection.cypher', 'a grant is an audit event as well'],
  ['legacy/grant-rollback.cypher', 'a grant is an audit event as well'],
]);

/** The labels and relationship types of the model that a statement creates. */
function created(text: string): string[] {
  const clauses = text.match(
    /\b(?:CREATE|MERGE)\b[^]*?(?=\b(?:CREATE|MERGE|MATCH|WITH|SET|ON CREATE|UNWIND|RETURN|FOREACH|DELETE|WHERE)\b|$)/g,
  );
  const names = (clauses ?? []).flatMap((clause) => [
    ...[...clause.matchAll(/\(\w*:(\w+)/g)].map(([, label]) => label ?? ''),
    ...[...clause.matchAll(/\[\w*:(\w+)/g)].map(([, type]) => type ?? ''),
    ...(/\[\w*:\$\(/.test(clause) ? ['provenance'] : []),
  ]);
  return [...new Set(names)];
}

it('each label and each relationship type is created by one statement', () => {
  const known = new Set([
    ...[...catalogue.values()].flatMap(({ graph }) => ('label' in graph ? [graph.label] : [])),
    ...relationships.map(({ type }) => type),
    'AuditEvent',
    'provenance',
  ]);
  const creators = new Map<string, string[]>();
  for (const file of files.filter((name) => !exceptions.has(name))) {
    for (const name of created(readCypher(join(folder, file))))
      if (known.has(name)) creators.set(name, [...(creators.get(name) ?? []), file]);
  }
  const several = [...creators]
    .filter(([, by]) => by.length > 1)
    .map(([name, by]) => `${name} is created by ${by.join(' and ')}`);
  expect(several).toEqual([]);
  // All but the three types of provenance, which one statement creates by name.
  expect([...creators.keys()].sort()).toEqual(
    [...known].filter((name) => !['DERIVED_FROM', 'VARIANT_OF', 'TRANSCODED_FROM'].includes(name)).sort(),
  );
});

it('every exception is a statement', () => {
  expect([...exceptions.keys()].filter((file) => !files.includes(file))).toEqual([]);
});
