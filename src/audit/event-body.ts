import type { ListedEvent } from './list-events.js';

/** An event as the feed and webhooks say it. */
export function eventBody({ at, nodeLabel, nodeId, ...same }: ListedEvent) {
  return { ...same, at: new Date(at).toISOString(), node_label: nodeLabel, node_id: nodeId };
}
