import type { Context } from '../../src/context.js';
import { Database } from '../../src/db/database.js';
import type { TestContext } from './graph.js';
import { testServers } from './servers.js';

/** A second instance of the service on the same graph: its own driver, its own grouped commits. Close its `db`. */
export function openSecondInstance({ ctx }: TestContext): Context {
  return { ...ctx, db: Database.connect({ ...testServers().neo4j, database: 'neo4j' }) };
}
