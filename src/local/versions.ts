/**
 * The one place that says which servers this project runs: the local programs, docker-compose.yml, the Dockerfile
 * and the test containers all follow it (test/local/versions.test.ts compares them).
 */
export const versions = {
  neo4j: '5.26.28',
  /** APOC core and common; the newest of the 5.26 line. */
  apoc: '5.26.19',
  neo4jBrowser: '5.24.0',
  /** A Go module version: MinIO publishes source only. */
  minio: 'v0.0.0-20260212201848-7aac2a2c5b7c',
  /** Pinned so that copying dependencies behaves the same with every Maven. */
  mavenDependencyPlugin: '3.8.1',
} as const;
