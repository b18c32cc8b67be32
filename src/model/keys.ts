/**
 * Keys that the graph's uniqueness constraints stand on, computed from ids. Ids hold no "|" (see `id`), so a key splits
 * into just what it was made of.
 */
const join = (...parts: readonly string[]): string => parts.join('|');

/** One provenance edge of each type for each pair. */
export const edgeKey = (productId: string, sourceId: string): string => join(productId, sourceId);

/** A provenance edge whatever its type: how lists of edges of several types name each. */
export const provenanceKey = (edge: { type: string; productId: string; sourceId: string }): string =>
  typedKey(edge.type, edgeKey(edge.productId, edge.sourceId));

export const typedKey = (type: string, key: string): string => `${type} ${key}`;

/** What `typedKey` was made of; a type has no blank. */
export function splitTypedKey(typed: string): { type: string; key: string } {
  const at = typed.indexOf(' ');
  return { type: typed.slice(0, at), key: typed.slice(at + 1) };
}

/** One link for each story, artifact and role. */
export const linkKey = (link: { storyId: string; artifactId: string; role: string }): string =>
  join(link.storyId, link.artifactId, link.role);

/** Held by the one primary link of a story's role. */
export const primarySlot = (storyId: string, role: string): string => join(storyId, role);

/** One record for each run, artifact and stage. */
export const stageKey = (record: { runId: string; artifactId: string; stage: string }): string =>
  join(record.runId, record.artifactId, record.stage);

/** What a key was made of, in that order. */
export const splitKey = (key: string): string[] => key.split('|');
