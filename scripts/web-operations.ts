import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as operationTypes from '@graphql-codegen/typescript-operations';
import {
  Kind,
  OperationTypeNode,
  parse,
  print,
  printSchema,
  visit,
  type DefinitionNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';
import { graphSchema } from '../src/graphql/graph-schema.js';
import { packageRoot } from '../src/package-root.js';

const folder = join(packageRoot, 'web', 'src', 'queries');
/** Where the explorer's typed operations are kept. */
export const operationsFile = join(packageRoot, 'web', 'src', 'api', 'operations.ts');

/** The explorer's operations (web/src/queries) as TypeScript, with types from the service's own schema. */
export async function generateOperations(): Promise<string> {
  const files = readdirSync(folder).sort();
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'));
  const documents = files.map((file, index) => ({ location: file, document: parse(texts[index] ?? '') }));
  const types = await codegen({
    filename: operationsFile,
    schema: parse(printSchema(await graphSchema())),
    documents,
    config: {
      arrayInputCoercion: false,
      skipTypename: true,
      onlyOperationTypes: true,
      useTypeImports: true,
      enumsAsTypes: true,
      preResolveTypes: true,
      inlineFragmentTypes: 'combine',
      scalars: { ID: 'string', JSON: 'unknown', DateTime: 'string' },
    },
    plugins: [{ types: {} }],
    pluginMap: { types: operationTypes },
  });
  const definitions = documents.flatMap(({ document }) => document.definitions);
  const head = "// Written by `npm run web-operations` from web/src/queries and the service's schema.";
  return [
    head,
    "import type { Document } from './document.js';",
    types.replace(internalType, '').replace(variablesType, '').trim(),
    ...documentsOf(definitions, new Map(Array.from(types.matchAll(variablesType), readVariables))),
    '',
  ].join('\n\n');
}

/** Helper types that only the types of variables use, if anything does. */
const internalType = /^\/\*\* Internal type\..*\n.*\n/gm;
/** What goes into an operation is said at the operation: nothing else names it. */
const variablesType = /^export type (\w+)Variables = Exact<(\{[^{}]*\})>;\n*/gm;
const readVariables = ([, name = '', type = '']: RegExpExecArray) => [name, oneLine(type)] as const;
const oneLine = (text: string) => text.replace(/\s+/g, ' ');

function documentsOf(
  definitions: readonly DefinitionNode[],
  variables: ReadonlyMap<string, string>,
): string[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  return definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => {
      const kind = operation.operation === OperationTypeNode.QUERY ? 'Query' : 'Mutation';
      const name = operation.name?.value ?? '';
      const given = variables.get(`${name}${kind}`);
      if (given === undefined) throw new Error(`the variables of ${name} have no type`);
      const type = `Document<${name}${kind}, ${given}>`;
      return `export const ${name}Document: ${type} =\n  '${textOf(operation, fragments)}';`;
    });
}

function textOf(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): string {
  const used = new Set<FragmentDefinitionNode>();
  collect(operation, fragments, used);
  return oneLine([operation, ...used].map(print).join('\n'));
}

function collect(
  node: OperationDefinitionNode | FragmentDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  used: Set<FragmentDefinitionNode>,
): void {
  visit(node, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value);
      if (!fragment) throw new Error(`there is no fragment ${name.value}`);
      if (used.has(fragment)) return;
      used.add(fragment);
      collect(fragment, fragments, used);
    },
  });
}
