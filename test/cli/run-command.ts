import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { packageRoot } from '../../src/package-root.js';
import { testServers, type TestServers } from '../support/servers.js';

const program = join(packageRoot, 'bin', 'artifact-graph.mjs');

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The program as people start it. */
export class CommandLine {
  constructor(private readonly environment: Record<string, string>) {}

  /** With servers of its own, started for each command on what `dataDir` holds. */
  static ofFolder(dataDir: string): CommandLine {
    const { ARTIFACT_GRAPH_CACHE: cache } = process.env;
    return new CommandLine({ DATA_DIR: dataDir, ...(cache ? { ARTIFACT_GRAPH_CACHE: cache } : {}) });
  }

  /** Against the servers of this run, or a Neo4j of the test's own, with the media in a bucket of its own. */
  static inBucket(bucket: string, dataDir: string, own?: TestServers['neo4j']): CommandLine {
    const { s3, neo4j: shared } = testServers();
    const neo4j = own ?? shared;
    return new CommandLine({
      NEO4J_URI: neo4j.uri,
      NEO4J_USER: neo4j.user,
      NEO4J_PASSWORD: neo4j.password,
      S3_ENDPOINT: s3.endpoint,
      S3_ACCESS_KEY: s3.accessKey,
      S3_SECRET_KEY: s3.secretKey,
      S3_BUCKET: bucket,
      DATA_DIR: dataDir,
      PORT: '0',
      // The graph is shared: webhooks of other tests are theirs to deliver.
      WEBHOOK_PRIVATE_ADDRESSES: 'refuse',
    });
  }

  start(
    args: readonly string[],
    more: Record<string, string> = {},
  ): ChildProcessByStdio<null, Readable, Readable> {
    return spawn(process.execPath, [program, ...args], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...this.environment, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async run(...args: string[]): Promise<Finished> {
    const child = this.start(args);
    const [stdout, stderr] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { code: child.exitCode, stdout, stderr };
  }
}
