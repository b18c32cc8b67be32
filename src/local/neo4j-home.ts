import { createHash, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keepSecret, newSecret, readSecret } from './secret-file.js';

export interface Neo4jSettings {
  boltPort: number;
  httpPort: number;
  pluginsDir: string;
  pageCacheMb: number;
  /** An address that Neo4j Browser plays as a guide when it opens. */
  browserGuideUrl: string | undefined;
}

/** The file that keeps the password of the folder's database. */
export const passwordFile = (folder: string) => join(folder, 'password');

/**
 * The password of the folder's database, made at first use and kept in a file that only its owner
 * reads. The database knows it from its first start on, so there is no moment with a default password.
 */
export async function neo4jPassword(folder: string): Promise<string> {
  const file = passwordFile(folder);
  const kept = await readSecret(file);
  if (kept !== null) return kept;
  const password = newSecret();
  await mkdir(join(folder, 'data', 'dbms'), { recursive: true });
  await writeFile(join(folder, 'data', 'dbms', 'auth.ini'), `neo4j:${credential(password)}:\n`, {
    mode: 0o600,
  });
  keepSecret(file, password);
  return password;
}

/** What `neo4j-admin dbms set-initial-password` writes, without the seconds that a JVM for it would take. */
function credential(password: string): string {
  const iterations = 1024;
  const salt = randomBytes(32);
  let hash = createHash('sha256').update(salt).update(password).digest();
  for (let done = 1; done < iterations; done += 1) hash = createHash('sha256').update(hash).digest();
  return ['SHA-256', hash.toString('hex'), salt.toString('hex'), iterations].join(',');
}

export async function writeNeo4jConfig(folder: string, settings: Neo4jSettings): Promise<void> {
  const conf = join(folder, 'conf');
  await mkdir(conf, { recursive: true });
  await writeFile(join(conf, 'neo4j.conf'), neo4jConf(settings));
  // The default refresh of 60 s would leave a fresh database without its guards for a minute.
  await writeFile(join(conf, 'apoc.conf'), 'apoc.trigger.enabled=true\napoc.trigger.refresh=1000\n');
}

/** The compose file says the same. */
export const allowedProcedures = [
  'apoc.coll.*',
  'apoc.convert.toJson',
  'apoc.cypher.doIt',
  'apoc.map.fromPairs',
  'apoc.path.expandConfig',
  'apoc.text.join',
  'apoc.trigger.*',
  'apoc.util.sha256',
  'apoc.util.validate',
  'apoc.version',
  // What @neo4j/graphql writes into its statements.
  'apoc.date.convertFormat',
  'apoc.util.validatePredicate',
];

function neo4jConf({ boltPort, httpPort, pluginsDir, pageCacheMb, browserGuideUrl }: Neo4jSettings): string {
  const settings: [name: string, value: string][] = [
    ['server.default_listen_address', '127.0.0.1'],
    ['server.default_advertised_address', '127.0.0.1'],
    ['server.bolt.listen_address', `127.0.0.1:${boltPort}`],
    ['server.bolt.advertised_address', `127.0.0.1:${boltPort}`],
    ['server.http.listen_address', `127.0.0.1:${httpPort}`],
    ['server.http.advertised_address', `127.0.0.1:${httpPort}`],
    ['server.https.enabled', 'false'],
    ['server.directories.plugins', pluginsDir],
    ['server.memory.pagecache.size', `${pageCacheMb}m`],
    // Logs are preallocated at this size, twice; the default 256 MB each is much for a small graph.
    ['db.tx_log.rotation.size', '64m'],
    // Neo4j waits these times out in full even when nothing is connected: 5 s each by default.
    ['internal.server.bolt.thread_pool_shutdown_wait_time', '1s'],
    ['internal.server.bolt.connection_shutdown_wait_time', '1s'],
    // A growing graph would have every statement planned anew each 10 s. Ours are planned by their indexes alone.
    ['dbms.cypher.min_replan_interval', '5m'],
    // Searches ask for a refresh themselves; by default each write would cause one.
    ['db.index.fulltext.eventually_consistent_refresh_interval', '1s'],
    ['dbms.security.procedures.unrestricted', 'apoc.*'],
    // What the guard, its installation and lineage use; Neo4j's own are not concerned.
    ['dbms.security.procedures.allowlist', allowedProcedures.join(',')],
    ['dbms.security.allow_csv_import_from_file_urls', 'false'],
    ['dbms.usage_report.enabled', 'false'],
    ['client.allow_telemetry', 'false'],
    // 5.26 knows this name; *allowlist* in its place stops the server.
    ['browser.remote_content_hostname_whitelist', '127.0.0.1,localhost'],
    ...(browserGuideUrl
      ? [['browser.post_connect_cmd', `play ${browserGuideUrl}`] satisfies [string, string]]
      : []),
  ];
  return settings.map(([name, value]) => `${name}=${value}\n`).join('');
}
