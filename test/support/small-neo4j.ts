import type { LocalNeo4j } from '../../src/local/local-neo4j.js';
import { startNeo4j } from '../../src/local/neo4j.js';

/** A Neo4j of its own, for a test that kills it, exports it or empties it; quick to start, little memory. */
export function startSmallNeo4j(dataDir: string): Promise<LocalNeo4j> {
  return startNeo4j({
    dataDir,
    cacheDir: process.env.ARTIFACT_GRAPH_CACHE,
    onProgress: () => undefined,
    heapMb: 512,
    pageCacheMb: 64,
    shortLived: true,
  });
}
