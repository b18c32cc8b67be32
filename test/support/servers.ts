import { z } from 'zod';

const addresses = z.object({
  TEST_NEO4J_URI: z.string(),
  TEST_NEO4J_USER: z.string(),
  TEST_NEO4J_PASSWORD: z.string(),
  TEST_S3_ENDPOINT: z.string(),
  TEST_S3_ACCESS_KEY: z.string(),
  TEST_S3_SECRET_KEY: z.string(),
});

export interface TestServers {
  neo4j: { uri: string; user: string; password: string };
  s3: { endpoint: string; accessKey: string; secretKey: string };
}

/** The real Neo4j and the real S3 of this test run, shared by all integration tests, wherever they come from. */
export function testServers(): TestServers {
  const e = addresses.parse(process.env);
  return {
    neo4j: { uri: e.TEST_NEO4J_URI, user: e.TEST_NEO4J_USER, password: e.TEST_NEO4J_PASSWORD },
    s3: { endpoint: e.TEST_S3_ENDPOINT, accessKey: e.TEST_S3_ACCESS_KEY, secretKey: e.TEST_S3_SECRET_KEY },
  };
}
