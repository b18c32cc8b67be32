import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowedProcedures } from '../../src/local/neo4j-home.js';
import { packageRoot } from '../../src/package-root.js';

const isAllowed = (name: string) =>
  allowedProcedures.some((allowed) =>
    allowed.endsWith('*') ? name.startsWith(allowed.slice(0, -1)) : name === allowed,
  );

it('allows every function that the generated reads of GraphQL call', () => {
  const folder = join(packageRoot, 'node_modules', '@neo4j', 'graphql', 'dist');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  );
  const called = files.flatMap(
    (file) => readFileSync(join(folder, file), 'utf8').match(/\bapoc\.[a-z]+\.[A-Za-z]+/g) ?? [],
  );
  expect(called).toContain('apoc.date.convertFormat');
  expect([...new Set(called)].filter((name) => !isAllowed(name))).toEqual([]);
});
