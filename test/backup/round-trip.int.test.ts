import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { findBrokenInvariants } from '../../src/audit/find-broken-invariants.js';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { readBackupFile, writeBackupFile } from '../../src/backup/backup-file.js';
import { exportGraph, type ExportOptions } from '../../src/backup/export-graph.js';
import { importGraph } from '../../src/backup/import-graph.js';
import type { Database } from '../../src/db/database.js';
import { Conflict, InvalidInput } from '../../src/errors.js';
import { typeStatement } from '../support/graph.js';
import { fillGraph } from './fill-graph.js';
import { openOwnDatabase, type OwnDatabase } from './own-database.js';

let own: OwnDatabase;
let first: string;
beforeAll(async () => {
  own = await openOwnDatabase();
  await fillGraph(own);
  first = await exported();
}, 240_000);
afterAll(() => own.close());

async function exported(options: ExportOptions = {}): Promise<string> {
  let text = '';
  await exportGraph(
    own.ctx,
    async (pieces) => {
      for await (const piece of pieces) text += piece;
    },
    options,
  );
  return text;
}

async function* linesOf(text: string): AsyncGenerator<string> {
  yield* text.split('\n').slice(0, -1);
  await Promise.resolve();
}

const importing = (text: string, batchSize = 1000) => importGraph(own.ctx, linesOf(text), { batchSize });

function lineNumber(text: string, part: string): number {
  return text.split('\n').findIndex((line) => line.includes(part)) + 1;
}

test('gives equal bytes for an equal graph, however little fits in memory', async () => {
  expect(await exported({ sortSize: 500 })).toBe(first);
});

test('holds everything but the schema', async () => {
  const rows = await typeStatement(
    own,
    `MATCH (n) WHERE NOT n:Lock AND NOT n:SchemaMigration AND NOT n:ContentBinding RETURN count(n) AS nodes,
     COUNT { MATCH ()-[r]->() } AS relationships`,
  );
  const { nodes, relationships } = await exportGraph(own.ctx, async (pieces) => {
    for await (const _ of pieces);
  });
  const sum = (counts: Record<string, number>) =>
    Object.values(counts).reduce((total, some) => total + some, 0);
  expect([{ nodes: sum(nodes), relationships: sum(relationships) }]).toEqual(rows);
  expect(Object.keys(relationships)).toEqual(
    'CREATED_BY CURRENT_RUN DERIVED_FROM HAS_CONTENT LINKED_AS RECORDED RUN_OF STEP_OF TRANSCODED_FROM USED VARIANT_OF'.split(
      ' ',
    ),
  );
  expect(Object.keys(nodes)).toEqual(
    'Artifact AuditEvent AuditEvent:MaintenanceGrant Content IdempotencyKey LegacyImport Run Step Story'.split(
      ' ',
    ),
  );
});

test('refuses to export a graph that is written to each time it is read', async () => {
  let written = 0;
  const touch = () =>
    typeStatement(own, 'MATCH (n:LegacyImport) SET n.reason = $n', { n: String(++written) });
  const count = async (...asked: Parameters<Database['one']>) => {
    await touch();
    return own.ctx.db.one(...asked);
  };
  const db = new Proxy(own.ctx.db, {
    get: (target, name): unknown => (name === 'one' ? count : Reflect.get(target, name, target)),
  });
  await expect(exportGraph({ ...own.ctx, db }, () => Promise.resolve())).rejects.toThrow(
    'the graph was written to each of the 3 times that it was read',
  );
  expect(written).toBe(3);
  await typeStatement(own, 'MATCH (n:LegacyImport) REMOVE n.reason');
  expect(await exported()).toBe(first);
});

test('leaves webhooks and their secrets out: a copy must not send to their receivers', async () => {
  await typeStatement(
    own,
    'CREATE (:WebhookSubscription {id: "w", secret: "whsec_x"}), (:WebhookDeadLetter {id: "d", webhookId: "w"})',
  );
  expect(await exported()).toBe(first);
  await typeStatement(own, 'MATCH (w:WebhookSubscription|WebhookDeadLetter) DELETE w');
});

test('names what it cannot write down exactly', async () => {
  await typeStatement(own, 'CREATE (:Odd {place: point({x: 1, y: 2})})');
  await expect(exported()).rejects.toThrow('the property place of a node Odd cannot be exported');
  await typeStatement(own, 'MATCH (o:Odd) REMOVE o.place');
  await expect(exported()).rejects.toThrow('a node Odd is not of the model');
  await typeStatement(own, 'MATCH (o:Odd) DELETE o');
  await typeStatement(own, 'CREATE (:IdempotencyKey {key: "odd"})-[:NEAR]->(:IdempotencyKey {key: "other"})');
  await expect(exported()).rejects.toThrow(
    'a relationship NEAR from IdempotencyKey to IdempotencyKey is not of the model',
  );
  await typeStatement(own, 'MATCH (k:IdempotencyKey)-[:NEAR]-() DETACH DELETE k');
});

test('refuses a database that is not empty, naming what is there', async () => {
  await expect(importing(first)).rejects.toThrow(
    /^the database is not empty, it holds \d+ AuditEvent, \d+ Artifact, .*1 LegacyImport/,
  );
});

describe('into an empty database', () => {
  beforeEach(() => own.empty());

  test('restores the same graph, with guards standing and every invariant in order', async () => {
    const report = await importing(first, 7);
    expect(report.resumedAfterLine).toBe(0);
    expect(await exported()).toBe(first);
    expect(await findBrokenInvariants(own.ctx)).toEqual([]);
    const [typed] = await typeStatement(
      own,
      `MATCH (a:Artifact {safetyScore: 1.0}) MATCH (n:Story {id: 'old'})
       RETURN valueType(a.safetyScore) AS score, valueType(a.createdAt) AS time, valueType(a.generation) AS generation,
         isNaN(n.nan) AS nan, n.times[1].timezone AS zone`,
    );
    expect(typed).toEqual({
      score: 'FLOAT NOT NULL',
      time: 'ZONED DATETIME NOT NULL',
      generation: 'INTEGER NOT NULL',
      nan: true,
      zone: 'Europe/Berlin',
    });
    await expect(typeStatement(own, "MATCH (a:Artifact) SET a.type = 'video'")).rejects.toThrow(
      'guard.immutable',
    );
    await registerArtifact(own.ctx, { type: 'text', payload: 'the restored graph is in use' });
  });

  test('restores from files, packed and plain', async () => {
    for (const name of ['graph.ndjson', 'graph.ndjson.gz']) {
      const file = join(own.folder, name);
      await writeFile(file, 'what was there before');
      if (name.endsWith('.gz')) await own.empty();
      await importing(first);
      await writeBackupFile(file, (write) => exportGraph(own.ctx, write));
      const bytes = await readFile(file);
      expect((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()).toBe(first);
      await own.empty();
      await importGraph(own.ctx, readBackupFile(file));
      expect(await exported()).toBe(first);
    }
  });

  test('leaves the file of before when an export fails', async () => {
    const file = join(own.folder, 'kept.ndjson');
    await writeFile(file, 'kept');
    await typeStatement(own, 'CREATE (:Odd)-[:NEAR]->(:Odd)');
    await expect(writeBackupFile(file, (write) => exportGraph(own.ctx, write))).rejects.toThrow(Conflict);
    expect(await readFile(file, 'utf8')).toBe('kept');
    await expect(stat(`${file}.${process.pid}.partial`)).rejects.toThrow('ENOENT');
  });

  test('goes on where an interrupted import stopped', async () => {
    const stopping = new AbortController();
    const interrupted = importGraph(own.ctx, linesOf(first), {
      batchSize: 5,
      signal: stopping.signal,
      onProgress: (done) => {
        if (done > 60) stopping.abort();
      },
    });
    await expect(interrupted).rejects.toThrow('aborted');
    await expect(exported()).rejects.toThrow('an import into this database is unfinished');
    const report = await importing(first);
    expect(report.resumedAfterLine).toBe(61);
    expect(await exported()).toBe(first);
  });

  test('goes on from part of a file, and refuses another file', async () => {
    const half = first.split('\n').slice(0, 50).join('\n') + '\n';
    await expect(importing(half, 10)).rejects.toThrow('it is not whole');
    const other = first.replace('picture 1"', 'picture x"');
    await expect(importing(other)).rejects.toThrow(/holds the first 4\d lines of another export/);
    await importing(first);
    expect(await exported()).toBe(first);
  });

  test('names the line that a guard or a constraint refuses', async () => {
    const broken = first.replace('"lifecycleState":"published"', '"lifecycleState":"lost"');
    const line = lineNumber(broken, '"lost"');
    await expect(importing(broken, 20)).rejects.toThrow(
      `line ${line}: the database refused the change [guard.shape]`,
    );
    await own.empty();
    const lines = first.split('\n');
    const artifact = lineNumber(first, '"labels":["Artifact"]');
    lines.splice(artifact, 0, lines[artifact - 1] ?? '');
    await expect(importing(lines.join('\n'), 20)).rejects.toThrow(
      `line ${artifact + 1}: another record with the same unique key`,
    );
  });

  test('names the line with a relationship to nothing', async () => {
    const broken = first.replace(/("type":"USED".*"to":\["Artifact",")/, '$1x');
    const line = lineNumber(broken, '"type":"USED"');
    await expect(importing(broken, 20)).rejects.toThrow(
      `line ${line}: to or its start is not in a line before it: USED`,
    );
  });

  test('refuses an export of a newer schema, before anything is written', async () => {
    const newer = first.replace(/"schema":\d+/, '"schema":999');
    await expect(importing(newer)).rejects.toThrow(InvalidInput);
    expect(
      await typeStatement(
        own,
        'MATCH (n) WHERE NOT n:Lock AND NOT n:SchemaMigration AND NOT n:ContentBinding RETURN n',
      ),
    ).toEqual([]);
  });
});

/** What each installation has of its own, and no export. */
const besideTheRecord = [
  'ContentBinding',
  'Lock',
  'SchemaMigration',
  'WebhookDeadLetter',
  'WebhookSubscription',
];

test('every label with a unique key can be an end of a relationship, found by an index', async () => {
  const rows = await typeStatement(
    own,
    `SHOW CONSTRAINTS YIELD type, entityType, labelsOrTypes, properties
     WHERE type = 'UNIQUENESS' AND entityType = 'NODE' RETURN labelsOrTypes[0] AS label, properties[0] AS key`,
  );
  const unique = rows.map(({ label, key }) => `${String(label)}.${String(key)}`);
  const { keyOfLabel } = await import('../../src/backup/backup-line.js');
  const ends = Object.entries(keyOfLabel).map(([label, key]) => `${label}.${key}`);
  expect(unique).toEqual(expect.arrayContaining(ends));
  const labels = new Set(unique.map((one) => one.split('.')[0]));
  expect([...labels].sort()).toEqual([...Object.keys(keyOfLabel), ...besideTheRecord].sort());
  for (const file of ['insert-relationships', 'read-relationships', 'read-nodes']) {
    const text = await readFile(`cypher/backup/${file}.cypher`, 'utf8');
    for (const label of Object.keys(keyOfLabel)) expect(text).toContain(`:${label} `);
  }
});
