import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { NotFound } from '../errors.js';
import { id } from '../model/identifiers.js';
import { parseInput } from '../model/parse-input.js';

const tracePathInput = z.strictObject({ fromArtifactId: id, toArtifactId: id });

const findPath = statement('lineage/find-path.cypher', {
  params: z.object({ fromArtifactId: z.string(), toArtifactId: z.string() }),
  row: z.object({ path: z.array(z.string()).nullable(), found: z.array(z.string()) }),
});

/**
 * The shortest way from a source to a product.
 * @returns artifact ids, both ends included, source first; empty when the one was not made from the other
 * @throws InvalidInput; NotFound for an unknown end
 */
export async function tracePath({ db }: Pick<Context, 'db'>, input: unknown): Promise<string[]> {
  const ends = parseInput(tracePathInput, input);
  const { fromArtifactId, toArtifactId } = ends;
  const row = await db.one(findPath, ends);
  const missing = [fromArtifactId, toArtifactId].find((end) => !row.found.includes(end));
  if (missing !== undefined) throw new NotFound('artifact', missing);
  return fromArtifactId === toArtifactId ? [fromArtifactId] : (row.path ?? []);
}
