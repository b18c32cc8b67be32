import type { Artifact } from '../model/artifact.js';

const maxTitle = 48;

/** What a person reads of an artifact on one line; without its id. */
export function artifactLabel({ type, lifecycleState, description, path, url }: Artifact): string {
  const title = (description ?? path?.split('/').at(-1) ?? url ?? '').replace(/\s+/g, ' ').trim();
  const short = title.length > maxTitle ? `${title.slice(0, maxTitle - 1)}…` : title;
  return [type, lifecycleState, ...(short ? [`"${short}"`] : [])].join(' ');
}
