import type { Artifact } from '../model/artifact.js';
import type { Relation } from '../model/relation.js';
import type { Run, RunArtifact, Step } from '../model/run.js';
import type { StoryLink } from '../model/story.js';
import { storeJson, storePayload } from '../model/stored.js';
import { isoTime } from '../model/iso-time.js';
import type { GraphNode } from './load-nodes.js';

// Objects of the model in the form in which the generated schema's resolvers expect nodes: JSON as stored text.

export function artifactSource({ payload, metadata, ...artifact }: Artifact): GraphNode {
  const [payloadText, payloadFormat] = storePayload(payload);
  return {
    ...artifact,
    payloadText,
    payloadFormat,
    metadataText: storeJson(metadata),
    createdAt: isoTime(artifact.createdAt),
    storedAt: isoTime(artifact.storedAt),
  };
}

export function runSource({ summary, ...run }: Run): GraphNode {
  return {
    ...run,
    summaryText: storeJson(summary),
    createdAt: isoTime(run.createdAt),
    startedAt: isoTime(run.startedAt),
    completedAt: isoTime(run.completedAt),
  };
}

export function stepSource({ input, output, ...step }: Step): GraphNode {
  return {
    ...step,
    inputText: storeJson(input),
    outputText: storeJson(output),
    createdAt: isoTime(step.createdAt),
    startedAt: isoTime(step.startedAt),
    completedAt: isoTime(step.completedAt),
  };
}

export const edgeSource = (relation: Relation) => ({ ...relation, createdAt: isoTime(relation.createdAt) });

export const linkSource = (link: StoryLink) => ({
  ...link,
  createdAt: isoTime(link.createdAt),
  updatedAt: isoTime(link.updatedAt),
});

export const runArtifactSource = (recorded: RunArtifact) => ({
  ...recorded,
  createdAt: isoTime(recorded.createdAt),
});
