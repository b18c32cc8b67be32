import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder, defaultCacheDir } from './cache.js';
import { hasMaven, neo4jNeeds } from './java.js';
import type { Progress } from './progress.js';
import { runProgram } from './run-program.js';
import { serverFailed } from './server-failed.js';
import { versions } from './versions.js';

export interface InstallOptions {
  /** Undefined means ~/.cache/artifact-graph. */
  cacheDir?: string | undefined;
  onProgress: Progress;
  signal?: AbortSignal | undefined;
}

const neo4jKey = `neo4j-${versions.neo4j}-apoc-${versions.apoc}-browser-${versions.neo4jBrowser}`;

const serverJars = [
  ['org.neo4j.app', 'neo4j-server', versions.neo4j],
  ['org.neo4j', 'neo4j', versions.neo4j],
  ['org.neo4j.client', 'neo4j-browser', versions.neo4jBrowser],
] as const;
const pluginJars = [
  ['org.neo4j.procedure', 'apoc-core', versions.apoc],
  ['org.neo4j.procedure', 'apoc-common', versions.apoc],
] as const;
/** About what a first download fetches; only for the progress line. */
const expectedDownloads = 500;
const mavenLimitMs = 20 * 60_000;

/**
 * The folder with Neo4j's jars in `lib/` and APOC's in `plugins/`, fetched once with Maven (about 140 MB).
 * @throws PrerequisiteMissing without Maven, Unavailable when the download fails
 */
export function installNeo4j({ cacheDir, onProgress, signal }: InstallOptions): Promise<string> {
  const fill = async (folder: string) => {
    if (!(await hasMaven())) throw neo4jNeeds('Maven (mvn), which fetches Neo4j once, is not installed');
    onProgress(`getting Neo4j ${versions.neo4j} (about 140 MB, only once)`);
    const count = downloadCounter(onProgress);
    await copyJars(join(folder, 'lib'), serverJars, count, signal);
    await copyJars(join(folder, 'plugins'), pluginJars, count, signal);
    await removeDoubles(join(folder, 'plugins'), join(folder, 'lib'));
    onProgress(`got Neo4j ${versions.neo4j}`);
  };
  return cachedFolder(cacheDir ?? defaultCacheDir(), neo4jKey, fill, { onProgress, signal });
}

type Jar = readonly [group: string, artifact: string, version: string];

async function copyJars(
  folder: string,
  jars: readonly Jar[],
  onLine: (line: string) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  await mkdir(folder);
  const pom = `${folder}-pom.xml`;
  await writeFile(pom, pomOf(jars));
  const goal = `org.apache.maven.plugins:maven-dependency-plugin:${versions.mavenDependencyPlugin}:copy-dependencies`;
  const args = ['-B', '-f', pom, goal, '-DincludeScope=runtime', `-DoutputDirectory=${folder}`];
  const run = await runProgram('mvn', args, { onLine, signal, timeoutMs: mavenLimitMs });
  if (!run.found || run.exitCode !== 0) {
    const errors = run.found ? run.output.split('\n').filter((line) => line.includes('[ERROR]')) : [];
    throw serverFailed('neo4j', 'Maven could not fetch Neo4j', errors.slice(0, 3).join('\n'));
  }
  await rm(pom);
}

function pomOf(jars: readonly Jar[]): string {
  const dependencies = jars.map(
    ([group, artifact, version]) =>
      `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`,
  );
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>neo4j-server</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>${dependencies.join('\n')}</dependencies></project>
`;
}

function downloadCounter(onProgress: Progress): (line: string) => void {
  let files = 0;
  let told = Date.now();
  return (line) => {
    if (!line.includes('Downloaded from')) return;
    files += 1;
    if (Date.now() - told < 3_000) return;
    told = Date.now();
    onProgress(`getting Neo4j ${versions.neo4j}: ${files} of about ${expectedDownloads} files`);
  };
}

/** APOC brings older copies of libraries that the server has (asm, slf4j, commons-lang3); the server's must win. */
async function removeDoubles(plugins: string, lib: string): Promise<void> {
  const nameOf = (jar: string) => jar.replace(/-\d[^/]*\.jar$/, '');
  const serverNames = new Set((await readdir(lib)).map(nameOf));
  const doubles = (await readdir(plugins)).filter((jar) => serverNames.has(nameOf(jar)));
  await Promise.all(doubles.map((jar) => rm(join(plugins, jar))));
}
