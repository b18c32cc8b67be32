import { z } from 'zod';
import type { Context } from '../context.js';
import type { Database } from '../db/database.js';
import { SharedCalls } from '../db/shared-calls.js';
import { statement } from '../db/statement.js';
import { NotFound } from '../errors.js';
import { artifactEntity, type Artifact } from '../model/artifact.js';
import { rowOf } from '../model/stored.js';

const readArtifacts = statement('artifacts/read-artifacts.cypher', {
  params: z.object({ ids: z.array(z.string()) }),
  row: z.object({ artifact: rowOf(artifactEntity) }),
});

const findUnknown = statement('artifacts/find-unknown.cypher', {
  params: z.object({ ids: z.array(z.string()) }),
  row: z.object({ id: z.string() }),
});

/** A larger statement would make its first caller wait for its last. */
const maxIds = 500;

function sharedReads(db: Database): SharedCalls<string, Artifact | null> {
  const read = async (ids: readonly string[]) => {
    const found = await readById(db, ids);
    return ids.map((id) => found.get(id) ?? null);
  };
  return new SharedCalls(read, { maxInputs: maxIds });
}

async function readById(db: Database, ids: readonly string[]): Promise<Map<string, Artifact>> {
  const rows = await db.many(readArtifacts, { ids: [...new Set(ids)] });
  return new Map(rows.map(({ artifact }) => [artifact.id, artifact]));
}

/** One artifact, or null where there is none. Calls that come together share one statement. */
function findArtifact({ db }: Context, id: string): Promise<Artifact | null> {
  return db.shared(sharedReads).call(id, db.signal);
}

/** @throws NotFound */
export async function getArtifact(ctx: Context, id: string): Promise<Artifact> {
  const artifact = await findArtifact(ctx, id);
  if (!artifact) throw new NotFound('artifact', id);
  return artifact;
}

/** Reads none of their fields. @throws NotFound naming the first id that no artifact has */
export async function ensureArtifacts({ db }: Pick<Context, 'db'>, ids: readonly string[]): Promise<void> {
  const unknown = ids.length > 0 ? await db.maybeOne(findUnknown, { ids: [...ids] }) : null;
  if (unknown) throw new NotFound('artifact', unknown.id);
}

/**
 * Artifacts in the order of their ids, in one statement.
 * @throws NotFound naming the first id that does not exist
 */
export async function getArtifacts({ db }: Context, ids: readonly string[]): Promise<Artifact[]> {
  if (ids.length === 0) return [];
  const found = await readById(db, ids);
  return ids.map((id) => {
    const artifact = found.get(id);
    if (!artifact) throw new NotFound('artifact', id);
    return artifact;
  });
}
