import { print, visit, type FieldNode, type FragmentDefinitionNode, type GraphQLResolveInfo } from 'graphql';
import { z } from 'zod';
import type { Database } from '../db/database.js';
import { NotFound } from '../errors.js';
import { SharedCalls } from '../db/shared-calls.js';
import type { GraphqlRequest } from './request.js';

/** Generated root fields that nodes are read by. */
export type NodeField = 'artifacts' | 'runs' | 'steps' | 'stories';

export type GraphNode = Record<string, unknown>;

type Calls = SharedCalls<string, GraphNode | null>;

/** One statement for at most this many nodes. */
const maxNodes = 20_000;
/** Distinct selections whose reads are shared; the least recently used goes first. */
const maxSelections = 200;

/** By selection; belongs to the database. */
const callsBySelection = (_db: Database) => new Map<string, Calls>();

/**
 * A node with everything that is selected below the resolved field, as the generated schema reads it. All nodes that are
 * wanted with the same selection at the same time, by one request or by several, come with one statement.
 * @throws NotFound
 */
export async function loadNode(
  field: NodeField,
  id: string,
  request: GraphqlRequest,
  info: GraphQLResolveInfo,
): Promise<GraphNode> {
  const node = await findNode(field, id, request, info);
  if (!node) throw new NotFound(entityNames[field], id);
  return node;
}

const entityNames = { artifacts: 'artifact', runs: 'run', steps: 'step', stories: 'story' } as const;

export const isNodeField = (name: string): name is NodeField => Object.hasOwn(entityNames, name);

/** The same, null where there is no such node. */
export function findNode(
  field: NodeField,
  id: string,
  request: GraphqlRequest,
  info: GraphQLResolveInfo,
): Promise<GraphNode | null> {
  return callsFor(field, request, info).call(id, request.ctx.db.signal);
}

const callsOfSiblings = new WeakMap<readonly FieldNode[], Calls>();

function callsFor(field: NodeField, request: GraphqlRequest, info: GraphQLResolveInfo): Calls {
  // The executor gives all nodes of one list the same array of field nodes.
  const siblings = callsOfSiblings.get(info.fieldNodes);
  if (siblings) return siblings;
  const known = request.ctx.db.shared(callsBySelection);
  const key = selectionKey(field, info);
  const calls =
    known.get(key) ??
    new SharedCalls((ids: readonly string[]) => readNodes(field, ids, request, info), {
      maxInputs: maxNodes,
    });
  known.delete(key);
  known.set(key, calls);
  for (const [oldest] of known) {
    if (known.size <= maxSelections) break;
    known.delete(oldest);
  }
  callsOfSiblings.set(info.fieldNodes, calls);
  return calls;
}

interface SelectionFacts {
  text: string;
  variables: string[];
  fragments: string[];
}

const selectionFacts = new WeakMap<FieldNode | FragmentDefinitionNode, SelectionFacts>();

function factsOf(node: FieldNode | FragmentDefinitionNode): SelectionFacts {
  const known = selectionFacts.get(node);
  if (known) return known;
  const facts: SelectionFacts = {
    text: node.selectionSet ? print(node.selectionSet) : '',
    variables: [],
    fragments: [],
  };
  if (node.selectionSet) {
    visit(node.selectionSet, {
      Variable: ({ name }) => void facts.variables.push(name.value),
      FragmentSpread: ({ name }) => void facts.fragments.push(name.value),
    });
  }
  selectionFacts.set(node, facts);
  return facts;
}

/** Equal for selections that read the same: their text, their fragments, and the variables that these use. */
function selectionKey(
  field: NodeField,
  { fieldNodes, fragments, variableValues }: GraphQLResolveInfo,
): string {
  const parts: string[] = [field];
  const variables = new Set<string>();
  const seen = new Set<string>();
  const add = (node: FieldNode | FragmentDefinitionNode): void => {
    const facts = factsOf(node);
    parts.push(facts.text);
    for (const name of facts.variables) variables.add(name);
    for (const name of facts.fragments) {
      const fragment = fragments[name];
      if (!fragment || seen.has(name)) continue;
      seen.add(name);
      parts.push(name);
      add(fragment);
    }
  };
  fieldNodes.forEach(add);
  for (const name of [...variables].sort()) parts.push(name, JSON.stringify(variableValues[name]) ?? '');
  return parts.join('\n');
}

/** Generated reads give each node's id under its own name, whatever a client selects. */
const rows = z.array(z.looseObject({ id: z.string() }));

async function readNodes(
  field: NodeField,
  ids: readonly string[],
  request: GraphqlRequest,
  info: GraphQLResolveInfo,
): Promise<(GraphNode | null)[]> {
  const queryType = info.schema.getQueryType();
  const definition = queryType?.getFields()[field];
  if (!queryType || !definition?.resolve) throw new Error(`the generated schema has no field ${field}`);
  const distinct = [...new Set(ids)];
  const found: unknown = await definition.resolve(
    undefined,
    { where: { id: { in: distinct } }, limit: distinct.length },
    request,
    {
      ...info,
      fieldName: field,
      returnType: definition.type,
      parentType: queryType,
      path: { prev: undefined, key: field, typename: queryType.name },
    },
  );
  const byId = new Map(rows.parse(found).map((node) => [node.id, node]));
  return ids.map((id) => byId.get(id) ?? null);
}
