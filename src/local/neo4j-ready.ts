import neo4j from 'neo4j-driver';
import { Unavailable, codeOf } from '../errors.js';

/**
 * True once the database answers a query. A port that is not open yet, and the errors of a server that is still
 * starting, are false.
 * @throws Unavailable when the password does not fit the database
 */
export async function isNeo4jReady(uri: string, user: string, password: string): Promise<boolean> {
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), {
    connectionTimeout: 2_000,
    maxTransactionRetryTime: 0,
    telemetryDisabled: true,
  });
  try {
    await driver.executeQuery('RETURN 1', {}, { database: 'neo4j' });
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === null) throw error;
    if (!code.startsWith('Neo.ClientError.Security')) return false;
    throw new Unavailable('neo4j', 'Neo4j refuses the password kept in the data folder', { cause: error });
  } finally {
    await driver.close();
  }
}
