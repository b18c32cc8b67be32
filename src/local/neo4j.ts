import { dockerAnswers } from './docker.js';
import { findJava, neo4jNeeds } from './java.js';
import { startNeo4jWithDocker } from './neo4j-docker.js';
import type { InstallOptions } from './neo4j-install.js';
import { startNeo4jWithJava } from './neo4j-java.js';
import { PrerequisiteMissing } from './prerequisite-missing.js';

export interface Neo4jOptions extends InstallOptions {
  /** Neo4j's data, logs, password and state are kept in `dataDir/neo4j`. */
  dataDir: string;
  /** Java heap, 1024 unless told. */
  heapMb?: number;
  /** 512 unless told. */
  pageCacheMb?: number;
  /** An address that Neo4j Browser plays as a guide when it opens; its host must answer CORS. */
  browserGuideUrl?: string;
  /** Less compiling: a quicker start for less speed later. For tests. */
  shortLived?: boolean;
}

export interface LocalNeo4j {
  /** bolt://127.0.0.1:port */
  uri: string;
  user: string;
  password: string;
  /** Neo4j Browser. */
  browserUrl: string;
  /** Its Java process, or the Docker client that holds its container. */
  pid: number;
  /** False when another command that still runs had it already. */
  startedHere: boolean;
  /** Leaves it; the last command that uses it ends it. */
  stop: () => Promise<void>;
}

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
