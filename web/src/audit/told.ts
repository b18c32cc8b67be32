import {
  TellDocument,
  type ArtifactCardFragment,
  type AuditQuery,
  type TellQuery,
} from '../api/operations.js';
import { useAnswer } from '../api/use-answer.js';
import { fieldsOf } from '../api/http.js';
import { artifactHref, runHref, storyHref } from '../parts/cards.js';
import { titleOf, workflowWords } from '../parts/words.js';

export type AuditEvent = AuditQuery['auditEvents']['nodes'][number];

/** Something that a change tells of: what it is called, where it is, and the artifact itself if it is one. */
export interface Told {
  name: string;
  href: string;
  artifact?: ArtifactCardFragment;
}

/** The fields that an event has as JSON; a plain word has none. */
export function partsOf(text: string | null): Record<string, unknown> {
  if (!text?.startsWith('{')) return {};
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    // An event typed by hand may say anything.
    return {};
  }
}

function idsOf({ nodeId, before, after }: AuditEvent): string[] {
  const named = [before, after].map(partsOf).flatMap(({ artifactId, sourceId }) => [artifactId, sourceId]);
  return [nodeId, ...named].filter((id) => typeof id === 'string');
}

/** What the events of a page tell of, by id, read at once; what has been deleted is not among it. */
export function useTold(events: readonly AuditEvent[]): ReadonlyMap<string, Told> {
  const ids = [...new Set(events.flatMap(idsOf))].sort();
  const { data } = useAnswer(TellDocument, { ids }, { enabled: ids.length > 0, keep: true });
  return data ? byId(data) : new Map();
}

function byId({ artifacts, stories, runs, steps }: TellQuery): Map<string, Told> {
  const told = new Map<string, Told>();
  for (const artifact of artifacts)
    told.set(artifact.id, { name: titleOf(artifact), href: artifactHref(artifact.id), artifact });
  for (const { id, title } of stories) told.set(id, { name: title ?? 'Untitled story', href: storyHref(id) });
  for (const { id, workflowType } of runs)
    told.set(id, { name: workflowWords[workflowType], href: runHref(id) });
  for (const { id, name, run } of steps)
    if (run) told.set(id, { name: name.replaceAll('_', ' '), href: runHref(run.id) });
  return told;
}
