import { z } from 'zod';
import type { Database } from '../db/database.js';
import { SharedCalls } from '../db/shared-calls.js';
import { statement } from '../db/statement.js';
import { artifactType, lifecycleState, type ArtifactType, type LifecycleState } from '../model/vocabulary.js';

const row = z.object({ total: z.number() });
const countAll = statement('artifacts/read-count.cypher', { params: z.object({}), row });
const countOfState = statement('artifacts/read-count-of-state.cypher', {
  params: z.object({ state: lifecycleState }),
  row,
});
const countOfType = statement('artifacts/read-count-of-type.cypher', {
  params: z.object({ type: artifactType }),
  row,
});
const countOfTypeAndState = statement('artifacts/read-count-of-type-and-state.cypher', {
  params: z.object({ type: artifactType, state: lifecycleState }),
  row,
});

interface CountFilter {
  type: ArtifactType | null;
  state: LifecycleState | null;
}

/** Callers who count at the same time; only what differs is counted. */
const maxKeys = 500;

const filterKey = z.tuple([artifactType.nullable(), lifecycleState.nullable()]);

function count(db: Database, { type, state }: CountFilter): Promise<{ total: number }> {
  if (type && state) return db.one(countOfTypeAndState, { type, state });
  if (type) return db.one(countOfType, { type });
  if (state) return db.one(countOfState, { state });
  return db.one(countAll, {});
}

/**
 * Counting walks an index, milliseconds for each ten thousand entries, so a count is kept for as long as the graph
 * stays the same. The database says whether it did: every read ends with a bookmark, which names the last commit.
 */
class Counts {
  private readonly kept = new Map<string, { total: number; version: string }>();
  private readonly shared = new SharedCalls((keys: readonly string[]) => this.countEach(keys), {
    maxInputs: maxKeys,
  });

  constructor(private readonly db: Database) {}

  async total(filter: CountFilter, signal: AbortSignal | null): Promise<number> {
    const key = JSON.stringify([filter.type, filter.state]);
    const known = this.kept.get(key);
    if (known && known.version === (await this.db.version())) return known.total;
    return this.shared.call(key, signal);
  }

  private countEach(keys: readonly string[]): Promise<number[]> {
    const counts = new Map<string, Promise<number>>();
    const countOnce = (key: string) => {
      const total = counts.get(key) ?? this.countAndKeep(key);
      counts.set(key, total);
      return total;
    };
    return Promise.all(keys.map(countOnce));
  }

  /** A count during which something was committed may be of before or after it: given out, but not kept. */
  private async countAndKeep(key: string): Promise<number> {
    const [type, state] = filterKey.parse(JSON.parse(key));
    const before = await this.db.version();
    const { total } = await count(this.db, { type, state });
    const after = await this.db.version();
    if (before !== '' && before === after) this.kept.set(key, { total, version: after });
    return total;
  }
}

const openCounts = (db: Database) => new Counts(db);

/**
 * How many artifacts have this type and this state; null stands for any. Call it after a read whose answer it belongs
 * to: the number is then at least as new as that read.
 */
export function countArtifacts(db: Database, filter: CountFilter): Promise<number> {
  return db.shared(openCounts).total(filter, db.signal);
}
