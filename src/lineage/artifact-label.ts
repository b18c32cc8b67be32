import type { Artifact } from '../model/artifact.js';
import { cutText, oneLine } from '../model/text.js';

const maxTitle = 48;

/** What a person reads of an artifact on one line; without its id. */
export function artifactLabel({ type, lifecycleState, description, path, url }: Artifact): string {
  const title = oneLine(description ?? path?.split('/').at(-1) ?? url ?? '');
  return [type, lifecycleState, ...(title ? [`"${cutText(title, maxTitle, '…')}"`] : [])].join(' ');
}
