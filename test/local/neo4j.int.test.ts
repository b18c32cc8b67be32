import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import neo4j from 'neo4j-driver';
import type { LocalNeo4j } from '../../src/local/local-neo4j.js';
import { identifyProcess } from '../../src/local/process-identity.js';
import { readSecret } from '../../src/local/secret-file.js';
import { versions } from '../../src/local/versions.js';
import { startSmallNeo4j } from '../support/small-neo4j.js';

let dataDir: string;
let running: LocalNeo4j;

/** Longer than startNeo4j itself waits, so that its error is what one sees. */
const startMs = 240_000;

const start = () => startSmallNeo4j(dataDir);

async function ask(query: string, database = 'neo4j'): Promise<unknown[]> {
  const driver = neo4j.driver(running.uri, neo4j.auth.basic(running.user, running.password));
  const { records } = await driver.executeQuery(query, {}, { database });
  await driver.close();
  return records.map((record): unknown => record.toObject());
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'neo4j-'));
  running = await start();
}, startMs);
afterAll(async () => {
  await running.stop();
  await rm(dataDir, { recursive: true });
});

// One server for all of these, in this order: each start costs many seconds.
describe('Neo4j of a data folder', () => {
  it('is the pinned Community edition with APOC, started here', async () => {
    expect(running.startedHere).toBe(true);
    expect(
      await ask('CALL dbms.components() YIELD versions, edition RETURN versions[0] AS version, edition'),
    ).toEqual([{ version: versions.neo4j, edition: 'community' }]);
    // An image brings its own APOC of the same line.
    const line = versions.apoc.replace(/\d+$/, '');
    expect(await ask('RETURN apoc.version() AS apoc')).toEqual([
      { apoc: expect.stringContaining(line) as unknown },
    ]);
  });

  it('has triggers on, which refuse soon after they are installed', async () => {
    await ask(
      `CALL apoc.trigger.install('neo4j', 'no-x', "UNWIND [n IN $createdNodes WHERE n:X] AS n CALL apoc.util.validate(true, 'no [x]', []) RETURN 1", {phase: 'before'})`,
      'system',
    );
    const attempt = () => ask('CREATE (:X)').catch((error: unknown) => error);
    let outcome = await attempt();
    for (; Array.isArray(outcome); outcome = await attempt()) await sleep(200);
    expect(outcome).toMatchObject({ code: 'Neo.ClientError.Transaction.TransactionHookFailed' });
  });

  it('has no procedures but those that are used', async () => {
    const others = [
      "CALL apoc.load.json('http://127.0.0.1:9/') YIELD value RETURN value",
      "CALL apoc.cypher.runMany('RETURN 1', {}) YIELD row RETURN row",
      'MATCH ()-[r]->() CALL apoc.refactor.invert(r) YIELD output RETURN output',
    ];
    for (const other of others)
      await expect(ask(other)).rejects.toMatchObject({
        code: 'Neo.ClientError.Procedure.ProcedureNotFound',
      });
    await expect(ask("LOAD CSV FROM 'file:///etc/hosts' AS line RETURN line")).rejects.toThrow();
    await expect(ask('CALL db.labels() YIELD label RETURN count(label) AS labels')).resolves.toHaveLength(1);
  });

  it('keeps its password to the owner, and lets nobody in with the default one', async () => {
    expect((await stat(running.passwordFile)).mode & 0o777).toBe(0o600);
    expect(await readSecret(running.passwordFile)).toBe(running.password);
    const driver = neo4j.driver(running.uri, neo4j.auth.basic('neo4j', 'neo4j'));
    await expect(driver.getServerInfo()).rejects.toMatchObject({
      code: 'Neo.ClientError.Security.Unauthorized',
    });
    await driver.close();
  });

  it('serves Neo4j Browser', async () => {
    const page = await fetch(running.browserUrl);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Neo4j Browser');
  });

  it(
    'keeps what was committed through kill -9, and starts again',
    async () => {
      await ask('CREATE (:Kept {name: "committed"})');
      process.kill(running.pid, 'SIGKILL');
      const killed = running;
      running = await start();
      expect(running).toMatchObject({ uri: killed.uri, password: killed.password, startedHere: true });
      expect(await ask('MATCH (k:Kept) RETURN k.name AS name')).toEqual([{ name: 'committed' }]);
      await killed.stop();
    },
    startMs,
  );

  it('is ended without leaving a process', async () => {
    const second = await start();
    expect(second).toMatchObject({ pid: running.pid, startedHere: false });
    await second.stop();
    expect(identifyProcess(running.pid)).not.toBeNull();
    await running.stop();
    expect(identifyProcess(running.pid)).toBeNull();
  });
});
