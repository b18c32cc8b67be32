import { catalogue, relationships } from '../model/catalogue.js';
import { storedNames } from '../model/stored.js';

/**
 * What a line may become: nodes and relationships of the model, and what the service keeps beside it. Whatever else is
 * in a file would become a part of the graph that no rule knows.
 */

/** The properties of what is no entity of the model, by labels joined by colons. */
const beside: Record<string, readonly string[]> = {
  AuditEvent: ['id', 'at', 'actor', 'action', 'nodeLabel', 'nodeId', 'before', 'after', 'reason'],
  IdempotencyKey: ['key', 'digest', 'status', 'body', 'createdAt', 'holder', 'heldUntil'],
  LegacyImport: [
    ...[
      'key',
      'source',
      'kind',
      'sourceId',
      'rowName',
      'digest',
      'outcome',
      'reason',
      'at',
      'actor',
      'madeStory',
    ],
    ...[
      'addedFields',
      'artifactIds',
      'runIds',
      'stepIds',
      'linkKeys',
      'relationKeys',
      'stageKeys',
      'problems',
      'files',
    ],
  ],
};

const entities = [...catalogue.values()];
const nodeProperties = new Map<string, ReadonlySet<string>>([
  ...entities.flatMap((one): [string, Set<string>][] =>
    'label' in one.graph ? [[one.graph.label, new Set(storedNames(one))]] : [],
  ),
  ...Object.entries(beside).map(([label, names]): [string, Set<string>] => [label, new Set(names)]),
]);
const edgeProperties = new Map<string, ReadonlySet<string>>(
  entities.flatMap((one) =>
    'types' in one.graph
      ? one.graph.types.map((type): [string, Set<string>] => [type, new Set(storedNames(one))])
      : [],
  ),
);
const endsOfType = new Map(relationships.map((one) => [one.type, one]));

/** A mark that a collection sets and lifts. */
const doom = 'doomedAt';
/** An imported story has its old columns, under their old names in camelCase. */
const oldColumn = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** The labels of the model that nodes have, as a line has them. */
const labelsOf = (labels: readonly string[]) => labels.filter((label) => label !== 'MaintenanceGrant');

/** Why a node is not one of the model, or undefined where it is. */
export function whyNoNode(labels: readonly string[], names: readonly string[]): string | undefined {
  const [label = '', ...others] = labelsOf(labels);
  const known = nodeProperties.get(label);
  const isGrant = labels.includes('MaintenanceGrant');
  if (!known || others.length > 0 || (isGrant && label !== 'AuditEvent'))
    return `a node ${labels.join(':') || 'without labels'} is not of the model`;
  const foreign = names.find(
    (name) =>
      !known.has(name) &&
      !(label === 'Content' && name === doom) &&
      !(label === 'Story' && oldColumn.test(name)),
  );
  return foreign === undefined ? undefined : `a node ${label} of the model has no property ${foreign}`;
}

/** Why a relationship between labels is not one of the model, or undefined where it is. */
export function whyNoRelationship(
  type: string,
  [from, to]: readonly [string, string],
  names: readonly string[],
): string | undefined {
  const ends = endsOfType.get(type);
  if (!ends || ends.from !== from || ends.to !== to)
    return `a relationship ${type} from ${from} to ${to} is not of the model`;
  const foreign = names.find((name) => !edgeProperties.get(type)?.has(name));
  return foreign === undefined ? undefined : `a relationship ${type} of the model has no property ${foreign}`;
}
