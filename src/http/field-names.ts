import type { InputIssue } from '../errors.js';
import { artifactEntity } from '../model/artifact.js';
import type { Property } from '../model/entity.js';
import { runEntity, stepEntity } from '../model/run.js';
import { storyEntity } from '../model/story.js';

/** What REST calls a property of the model. */
export const restName = (name: string, { rest }: Pick<Property, 'rest'>): string => rest ?? snakeCase(name);

const given = [artifactEntity, runEntity, stepEntity, storyEntity].flatMap(({ properties }) =>
  Object.entries<Property>(properties).filter(([name]) => name !== 'id'),
);

/** Names of the model that REST clients know by others; all the rest only differ by case. */
const names = new Map(given.flatMap(([name, { rest }]) => (rest ? [[name, rest] as const] : [])));

/** What is below these belongs to the caller and is never renamed. */
const free = new Set(
  given
    .filter(([, { stored }]) => stored === 'json' || stored === 'payload')
    .flatMap(([name, property]) => [name, restName(name, property)]),
);

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
      own[part] ?? (inRelation && part === 'type' ? 'relation_type' : (names.get(part) ?? snakeCase(part)));
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
