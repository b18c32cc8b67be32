import { dockerAnswers } from './docker.js';
import { findJava, neo4jNeeds } from './java.js';
import { startNeo4jWithDocker } from './neo4j-docker.js';
import { startNeo4jWithJava } from './neo4j-java.js';
import type { LocalNeo4j, Neo4jOptions } from './local-neo4j.js';
import { PrerequisiteMissing } from './prerequisite-missing.js';

/**
 * Neo4j Community with APOC's triggers and Neo4j Browser on loopback, with the data of `dataDir`: the one that runs
 * there already, otherwise a new one, as a Java process or else in a container. A first start downloads it.
 * @throws PrerequisiteMissing when the machine has neither Java and Maven nor Docker
 * @throws Unavailable when it cannot be fetched or does not come up
 */
export async function startNeo4j(options: Neo4jOptions): Promise<LocalNeo4j> {
  const java = await findJava();
  if ('version' in java) {
    try {
      return await startNeo4jWithJava(options, java.version);
    } catch (error) {
      if (!(error instanceof PrerequisiteMissing && (await dockerAnswers()))) throw error;
    }
  } else if (!(await dockerAnswers())) {
    throw neo4jNeeds(java.problem);
  }
  return startNeo4jWithDocker(options);
}
