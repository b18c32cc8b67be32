import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { classArchive, dropClassArchive, keepClassArchive } from './class-archive.js';
import { freePort } from './free-port.js';
import { runLocalServer, type Launch, type RunningServer, type ServerKind } from './local-server.js';
import { neo4jPassword, passwordFile, writeNeo4jConfig } from './neo4j-home.js';
import { installNeo4j } from './neo4j-install.js';
import { isNeo4jReady } from './neo4j-ready.js';
import type { LocalNeo4j, Neo4jOptions } from './local-neo4j.js';

const user = 'neo4j';
const host = '127.0.0.1';

const details = z.object({
  boltPort: z.number().int(),
  httpPort: z.number().int(),
  /** Where Java writes its archive of classes when it ends, and where that belongs. */
  archive: z.object({ file: z.string(), written: z.string().nullable() }),
});
type Details = z.infer<typeof details>;

/** What Neo4j 5.26 needs of the module system. */
const javaFlags = [
  '--add-opens=java.base/java.nio=ALL-UNNAMED',
  '--add-opens=java.base/java.io=ALL-UNNAMED',
  '--add-opens=java.base/sun.nio.ch=ALL-UNNAMED',
  '--add-opens=java.base/java.util.concurrent=ALL-UNNAMED',
  '-Dfile.encoding=UTF-8',
  '-Dio.netty.tryReflectionSetAccessible=true',
  '-XX:+ExitOnOutOfMemoryError',
  '-Xshare:auto',
  '-Xlog:cds=off',
  '-Xlog:cds+dynamic=off',
];

/** Neo4j as a Java process of this machine; `java` is the text of `java -version`. */
export async function startNeo4jWithJava(options: Neo4jOptions, java: string): Promise<LocalNeo4j> {
  const folder = join(options.dataDir, 'neo4j');
  const kind: ServerKind<Details> = {
    name: 'Neo4j',
    part: 'neo4j',
    folder,
    details,
    prepare: (previous) => prepare(options, folder, java, previous),
    isReady: async ({ boltPort }) => isNeo4jReady(boltUri(boltPort), user, await neo4jPassword(folder)),
    stopped: ({ archive }) =>
      archive.written === null ? Promise.resolve() : keepClassArchive(archive.written, archive.file),
    readyWithinMs: 180_000,
    // 30 s for Neo4j, and as much for writing the archive of classes once.
    stopWithinMs: 60_000,
    onProgress: options.onProgress,
    signal: options.signal,
  };
  return describe(await runOrRetry(kind), folder);
}

/** A death at the start may be the archive's doing (a changed Java, a full disk): once more without it. */
async function runOrRetry(kind: ServerKind<Details>): Promise<RunningServer<Details>> {
  const first = await runLocalServer(kind);
  if ('ready' in first) return first.ready;
  const { archive } = first.details;
  if (archive.written !== null || !existsSync(archive.file)) throw first.died;
  await dropClassArchive(archive.file);
  const second = await runLocalServer(kind);
  if ('ready' in second) return second.ready;
  throw second.died;
}

async function prepare(
  options: Neo4jOptions,
  folder: string,
  java: string,
  previous: Details | undefined,
): Promise<Launch<Details>> {
  const installDir = await installNeo4j(options);
  await neo4jPassword(folder);
  const boltPort = await freePort(previous?.boltPort);
  const httpPort = await freePort(previous?.httpPort, [boltPort]);
  const { pageCacheMb = 512, heapMb = 1024, browserGuideUrl, shortLived = false } = options;
  const pluginsDir = join(installDir, 'plugins');
  await writeNeo4jConfig(folder, { boltPort, httpPort, pluginsDir, pageCacheMb, browserGuideUrl });
  const { file, written, flag } = classArchive(installDir, java, folder);
  const scratch = join(folder, 'tmp');
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch);
  const args = [
    `-Djava.io.tmpdir=${scratch}`,
    `-Xms${heapMb}m`,
    `-Xmx${heapMb}m`,
    ...(shortLived ? ['-XX:TieredStopAtLevel=1'] : []),
    flag,
    ...javaFlags,
    '-cp',
    await classPath(installDir),
    'org.neo4j.server.CommunityEntryPoint',
    `--home-dir=${folder}`,
    `--config-dir=${join(folder, 'conf')}`,
  ];
  options.onProgress('starting Neo4j');
  return { details: { boltPort, httpPort, archive: { file, written } }, command: 'java', args };
}

/** In a fixed order, which the archive of classes depends on. */
async function classPath(installDir: string): Promise<string> {
  const folders = ['lib', 'plugins'].map((name) => join(installDir, name));
  const jars = await Promise.all(
    folders.map(async (folder) => (await readdir(folder)).sort().map((jar) => join(folder, jar))),
  );
  return jars.flat().join(delimiter);
}

async function describe(
  { details, pid, startedHere, stop }: RunningServer<Details>,
  folder: string,
): Promise<LocalNeo4j> {
  return {
    uri: boltUri(details.boltPort),
    user,
    password: await neo4jPassword(folder),
    passwordFile: passwordFile(folder),
    browserUrl: `http://${host}:${details.httpPort}/browser/`,
    pid,
    startedHere,
    stop,
  };
}

const boltUri = (port: number) => `bolt://${host}:${port}`;
