import type { InputIssue } from '../errors.js';

/** Names of the model that REST clients know by others; all the rest only differ by case. */
const names: Record<string, string> = {
  type: 'artifact_type',
  path: 'artifact_path',
  url: 'artifact_url',
  payload: 'artifact_payload',
  sizeBytes: 'file_size',
  name: 'step_name',
  order: 'step_order',
  input: 'input_data',
  output: 'output_data',
};

/** What is below these belongs to the caller and is never renamed. */
const free = new Set([
  'metadata',
  'payload',
  'artifact_payload',
  'input',
  'input_data',
  'output',
  'output_data',
  'summary',
]);

/**
 * The path of a wrong field under the names of the request. Paths that have them already stay as they are.
 * @param own names that mean something else at this address
 */
function restPath(path: string, own: Record<string, string> = {}): string {
  const segments: string[] = [];
  const parts = path.split('.');
  for (const [position, part] of parts.entries()) {
    const inRelation = parts[position - 2] === 'sources' || parts[position - 2] === 'relations';
    const name =
      own[part] ?? (inRelation && part === 'type' ? 'relation_type' : (names[part] ?? snakeCase(part)));
    segments.push(name);
    if (free.has(part)) return [...segments, ...parts.slice(position + 1)].join('.');
  }
  return segments.join('.');
}

export function restIssues(issues: readonly InputIssue[], own?: Record<string, string>): InputIssue[] {
  return issues.map(({ path, message }) => ({ path: restPath(path, own), message }));
}

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
