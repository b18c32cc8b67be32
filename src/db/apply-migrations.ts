import { setTimeout as sleep } from 'node:timers/promises';
import neo4j, { type Driver, type Session } from 'neo4j-driver';
import { z } from 'zod';
import { Conflict } from '../errors.js';
import { guardState, installTrigger, newestTriggers, type GuardState } from './guard.js';
import { readMigrations, type Migration } from './migration-files.js';
import { isExistingSchema, isTakenKey, isTransient } from './translate-error.js';

export interface SchemaStatus {
  migrations: {
    version: number;
    name: string;
    state: 'applied' | 'pending' | 'changed';
    appliedAt: string | null;
  }[];
  /** The highest version applied, 0 for none. */
  version: number;
  guards: GuardState;
}

const appliedRow = z.object({ version: z.number(), checksum: z.string(), appliedAt: z.string() });

async function query(
  session: Session,
  text: string,
  params: Record<string, unknown> = {},
): Promise<unknown[]> {
  return (await session.run(text, params)).records.map((record): unknown => record.toObject());
}

async function readApplied(session: Session): Promise<Map<number, z.infer<typeof appliedRow>>> {
  const rows = await query(
    session,
    'MATCH (m:SchemaMigration) WHERE m.version > 0 RETURN m.version AS version, m.checksum AS checksum, toString(m.appliedAt) AS appliedAt',
  );
  return new Map(
    z
      .array(appliedRow)
      .parse(rows)
      .map((row) => [row.version, row]),
  );
}

function refuseChanged(migration: Migration, applied: z.infer<typeof appliedRow> | undefined): void {
  if (!applied || applied.checksum === migration.checksum) return;
  throw new Conflict(
    `migrations/${migration.file} was changed after it had been applied; restore it and write a new migration`,
    'conflict',
    { file: migration.file, expected: applied.checksum, found: migration.checksum },
  );
}

async function applyOne(
  driver: Driver,
  session: Session,
  database: string,
  migration: Migration,
): Promise<boolean> {
  if (migration.kind === 'trigger') {
    const [statement] = migration.statements;
    if (statement === undefined || !(await installTrigger(driver, database, migration.name, statement)))
      return false;
  } else {
    for (const text of migration.statements) await query(session, text);
  }
  await query(
    session,
    `MERGE (m:SchemaMigration {version: $version})
     ON CREATE SET m.name = $name, m.checksum = $checksum, m.appliedAt = datetime()`,
    { version: neo4j.int(migration.version), name: migration.name, checksum: migration.checksum },
  );
  return true;
}

/** Several instances that start together may meet in the schema store; the loser of a race only has to look again. */
async function repeatWhileRacing<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const racing = isTransient(error) || isExistingSchema(error) || isTakenKey(error);
      if (!racing || attempt >= 20) throw error;
      await sleep(50 + Math.random() * 100 * attempt);
    }
  }
}

/**
 * Runs `work` while no other instance migrates. APOC needs it: of two installations at once it keeps both, and every
 * later call about triggers fails. The lock is a node of the label that no migration has anything to do with.
 */
async function whileLocked<T>(driver: Driver, database: string, work: () => Promise<T>): Promise<T> {
  const session = driver.session({ database });
  try {
    await query(
      session,
      `CREATE CONSTRAINT schema_migration_version IF NOT EXISTS
      FOR (m:SchemaMigration) REQUIRE m.version IS UNIQUE`,
    );
    await query(session, "MERGE (m:SchemaMigration {version: 0}) ON CREATE SET m.name = 'lock'");
    const holder = await session.beginTransaction();
    await holder.run('MATCH (m:SchemaMigration {version: 0}) SET m.name = m.name');
    const result = await work();
    await holder.commit();
    return result;
  } finally {
    // Where the work failed, this rolls back and so lets go of the lock.
    await session.close();
  }
}

async function applyPending(driver: Driver, database: string, migrations: Migration[]): Promise<string[]> {
  const session = driver.session({ database });
  try {
    const done: string[] = [];
    for (const migration of await findPending(driver, database, session, migrations)) {
      if (await applyOne(driver, session, database, migration)) done.push(migration.file);
    }
    await query(session, 'CALL db.awaitIndexes(300)');
    return done;
  } finally {
    await session.close();
  }
}

/**
 * What is not applied, and the guard where somebody dropped, paused or replaced it. A database that a newer version
 * has migrated keeps that version's guard.
 * @throws Conflict when a file was changed after it had been applied
 */
async function findPending(
  driver: Driver,
  database: string,
  session: Session,
  migrations: Migration[],
): Promise<Migration[]> {
  const applied = await readApplied(session);
  for (const migration of migrations) refuseChanged(migration, applied.get(migration.version));
  const pending = migrations.filter(({ version }) => !applied.has(version));
  const newest = Math.max(...migrations.map(({ version }) => version));
  if ([...applied.keys()].some((version) => version > newest)) return pending;
  const guards = await guardState(driver, database, migrations);
  const lost = guards === 'missing' || guards === 'outdated' ? newestTriggers(migrations) : [];
  return [...pending, ...lost.filter((migration) => !pending.includes(migration))];
}

/**
 * Brings the database to the schema of migrations/, one instance at a time. Each statement is idempotent (IF NOT
 * EXISTS, MERGE), so one that was interrupted is repeated; each version is recorded once, with the file's checksum. A
 * trigger is left pending, and asked for again at the next start, where the server has no APOC triggers.
 * @returns the files applied by this call
 * @throws Conflict when a file was changed after it had been applied
 */
export async function applyMigrations(
  driver: Driver,
  database: string,
  migrations = readMigrations(),
): Promise<string[]> {
  const session = driver.session({ database, defaultAccessMode: neo4j.session.READ });
  try {
    if ((await findPending(driver, database, session, migrations)).length === 0) return [];
  } finally {
    await session.close();
  }
  return repeatWhileRacing(() =>
    whileLocked(driver, database, () => applyPending(driver, database, migrations)),
  );
}

/** What is applied, pending or changed, and whether the guards stand. Changes nothing. */
export async function schemaStatus(
  driver: Driver,
  database: string,
  migrations = readMigrations(),
): Promise<SchemaStatus> {
  const session = driver.session({ database, defaultAccessMode: neo4j.session.READ });
  try {
    const applied = await readApplied(session);
    return {
      migrations: migrations.map(({ version, name, checksum }) => {
        const row = applied.get(version);
        const state = !row ? 'pending' : row.checksum === checksum ? 'applied' : 'changed';
        return { version, name, state, appliedAt: row?.appliedAt ?? null };
      }),
      version: Math.max(0, ...applied.keys()),
      guards: await guardState(driver, database, migrations),
    };
  } finally {
    await session.close();
  }
}
