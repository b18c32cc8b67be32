import type { InstallOptions } from './neo4j-install.js';

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
  /** Where the password is kept, readable by its owner only. */
  passwordFile: string;
  /** Neo4j Browser. */
  browserUrl: string;
  /** Its Java process, or the Docker client that holds its container. */
  pid: number;
  /** False when another command that still runs had it already. */
  startedHere: boolean;
  /** Leaves it; the last command that uses it ends it. */
  stop: () => Promise<void>;
}
