import type { Artifact } from '../model/artifact.js';
import type { Relation } from '../model/relation.js';
import type { LineageDocument, Origin } from './get-lineage-document.js';

type Value = string | number | boolean | { $: string; type: string };
type Records = Record<string, Record<string, Value>>;

type Kind =
  'entity' | 'activity' | 'agent' | 'wasDerivedFrom' | 'wasGeneratedBy' | 'used' | 'wasAttributedTo';

/** A document of W3C PROV-JSON (https://www.w3.org/submissions/prov-json/): records by kind, then by name. */
export type ProvDocument = { prefix: Record<string, string> } & Partial<Record<Kind, Records>>;

const prefix = {
  artifact: 'urn:artifact-graph:artifact:',
  relation: 'urn:artifact-graph:relation:',
  step: 'urn:artifact-graph:step:',
  agent: 'urn:artifact-graph:agent:',
  graph: 'urn:artifact-graph:vocabulary:',
};

/**
 * A qualified name of PROV-N (https://www.w3.org/TR/prov-n/#prod-QUALIFIED_NAME): what its local names cannot have is
 * written as %XX of its UTF-8; they cannot end with a dot either.
 */
const name = (kind: keyof typeof prefix, id: string) => `${kind}:${localName(id)}`;
const localName = (text: string) =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*~]|^[-.]|\.$/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
/** Only for words of the model's own vocabulary; free text is a label. */
const word = (text: string): Value => ({ $: `graph:${text}`, type: 'prov:QUALIFIED_NAME' });
/** The type is the field's, whatever the value: 1 is still a double where a half may stand. */
const typed = (
  type: 'xsd:long' | 'xsd:double' | 'xsd:anyURI',
  value: string | number | null,
): Value | null => (value === null ? null : { $: String(value), type });
const time = (milliseconds: number) => new Date(milliseconds).toISOString();

/** Facts that are there, null and undefined left out. */
function present(facts: Record<string, Value | null | undefined>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([key, value]) =>
      value === null || value === undefined ? [] : [[key, value]],
    ),
  );
}

/**
 * A lineage in the vocabulary of W3C PROV: artifacts are entities, steps are activities, the agents that are named with
 * the artifacts are software agents, and all three relation types are derivations, told apart by prov:type.
 */
export function toProvJson({ lineage, artifacts, origins }: LineageDocument): ProvDocument {
  const attributed = [...artifacts.values()].filter(({ createdByAgent }) => createdByAgent !== null);
  const kinds: Record<Kind, (readonly [string, Record<string, Value>])[]> = {
    entity: [...artifacts.values()].map((artifact) => [name('artifact', artifact.id), entity(artifact)]),
    activity: origins.map((origin) => [name('step', origin.step.id), activity(origin)]),
    agent: attributed.map(({ createdByAgent }) => agent(createdByAgent ?? '')),
    wasDerivedFrom: lineage.edges.map((edge) => [name('relation', edge.id), derivation(edge)]),
    wasGeneratedBy: origins.flatMap(({ step, made }) => made.map((id) => generation(step.id, id))),
    used: origins.flatMap(({ step, used }) => used.map((id) => usage(step.id, id))),
    wasAttributedTo: attributed.map(attribution),
  };
  const records: Partial<Record<Kind, Records>> = Object.fromEntries(
    Object.entries(kinds)
      .filter(([, entries]) => entries.length > 0)
      .map(([kind, entries]) => [kind, Object.fromEntries(entries)]),
  );
  return { prefix, ...records };
}

function agent(label: string) {
  const type = { $: 'prov:SoftwareAgent', type: 'prov:QUALIFIED_NAME' };
  return [name('agent', label), { 'prov:type': type, 'prov:label': label }] as const;
}

function entity(artifact: Artifact): Record<string, Value> {
  return present({
    'prov:type': word(artifact.type),
    'prov:label': artifact.description,
    'prov:location': artifact.url === null ? artifact.path : typed('xsd:anyURI', artifact.url),
    'graph:lifecycleState': artifact.lifecycleState,
    'graph:contentHash': artifact.contentHash,
    'graph:mimeType': artifact.mimeType,
    'graph:sizeBytes': typed('xsd:long', artifact.sizeBytes),
    'graph:safetyScore': typed('xsd:double', artifact.safetyScore),
    'graph:createdAt': { $: time(artifact.createdAt), type: 'xsd:dateTime' },
  });
}

function activity({ step, run }: Origin): Record<string, Value> {
  return present({
    'prov:label': step.name,
    'prov:startTime': step.startedAt === null ? null : time(step.startedAt),
    'prov:endTime': step.completedAt === null ? null : time(step.completedAt),
    'graph:model': step.model,
    'graph:runId': run?.id,
    'graph:workflowType': run?.workflowType,
  });
}

function derivation({ productId, sourceId, type }: Relation): Record<string, Value> {
  return {
    'prov:generatedEntity': name('artifact', productId),
    'prov:usedEntity': name('artifact', sourceId),
    'prov:type': word(type),
  };
}

function generation(stepId: string, artifactId: string) {
  const record = { 'prov:entity': name('artifact', artifactId), 'prov:activity': name('step', stepId) };
  return [`_:generation-${localName(artifactId)}`, record] as const;
}

function usage(stepId: string, artifactId: string) {
  const record = { 'prov:activity': name('step', stepId), 'prov:entity': name('artifact', artifactId) };
  return [`_:usage-${localName(stepId)}-${localName(artifactId)}`, record] as const;
}

function attribution({ id, createdByAgent }: Artifact) {
  const record = { 'prov:entity': name('artifact', id), 'prov:agent': name('agent', createdByAgent ?? '') };
  return [`_:attribution-${localName(id)}`, record] as const;
}
