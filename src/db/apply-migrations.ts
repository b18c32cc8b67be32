import { setTimeout as sleep } from 'node:timers/promises';
import neo4j, { type Driver, type Session } from 'neo4j-driver';
import { Conflict } from '../errors.js';
import { inspectGuards, installTrigger, isUnguarded, newestTriggers } from './guard.js';
import { readMigrations, type Migration } from './migration-files.js';
import { findSchemaFlaws } from './schema-objects.js';
import { readApplied } from './schema-status.js';
import { isExistingSchema, isTakenKey, isTransient, isUnfitData } from './translate-error.js';

async function query(
  session: Session,
  text: string,
  params: Record<string, unknown> = {},
): Promise<unknown[]> {
  return (await session.run(text, params)).records.map((record): unknown => record.toObject());
}

function refuseChanged(migration: Migration, applied: { checksum: string } | undefined): void {
  if (!applied || applied.checksum === migration.checksum) return;
  throw new Conflict(
    `migrations/${migration.file} was changed after it had been applied; restore it and write a new migration`,
    'conflict',
    { file: migration.file, expected: applied.checksum, found: migration.checksum },
  );
}

interface Work {
  migration: Migration;
  /** True for one that was applied before: what is gone of it is put back. */
  isRepair: boolean;
  /** True for a trigger of which a later migration has another text. */
  isReplaced: boolean;
}

async function applyOne(driver: Driver, session: Session, database: string, work: Work): Promise<boolean> {
  const { version, name, checksum } = work.migration;
  if (!(await run(driver, session, database, work))) return false;
  await query(
    session,
    `MERGE (m:SchemaMigration {version: $version})
     ON CREATE SET m.name = $name, m.checksum = $checksum, m.appliedAt = datetime()`,
    { version: neo4j.int(version), name, checksum },
  );
  return true;
}

/** @returns false where it has to be tried again at the next start */
async function run(
  driver: Driver,
  session: Session,
  database: string,
  { migration, isRepair, isReplaced }: Work,
): Promise<boolean> {
  const { kind, name, statements } = migration;
  if (kind !== 'trigger') return runAll(session, statements, isRepair);
  // Where none stands, the next would replace it within seconds, and nothing in between needs it.
  if (isReplaced && (await isUnguarded(driver, database, name))) return true;
  return installTrigger(driver, database, name, statements.join(''));
}

/**
 * What was written while a constraint was gone may keep it from coming back: then the other statements of a repair are
 * run all the same, the service starts, and says what is missing.
 */
async function runAll(session: Session, statements: string[], isRepair: boolean): Promise<boolean> {
  let isWhole = true;
  for (const text of statements) {
    try {
      await query(session, text);
    } catch (error) {
      if (!isRepair || !isUnfitData(error)) throw error;
      isWhole = false;
    }
  }
  return isWhole;
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
    const done = new Set<string>();
    for (const work of await guardLast(driver, database, await findPending(driver, database, migrations))) {
      if (await applyOne(driver, session, database, work)) done.add(work.migration.file);
    }
    await query(session, 'CALL db.awaitIndexes(300)');
    return migrations.map(({ file }) => file).filter((file) => done.has(file));
  } finally {
    await session.close();
  }
}

/**
 * A guard that is to stand where none does comes last. Each change of the schema makes the server plan its long
 * statement anew at the next commit, which takes seconds in a server that has just started. One that stands is replaced
 * in its turn: what comes behind may need what the new one lets through.
 */
async function guardLast(driver: Driver, database: string, works: Work[]): Promise<Work[]> {
  const last = new Set<Work>();
  for (const work of works) {
    const { kind, name } = work.migration;
    if (kind === 'trigger' && !work.isReplaced && (await isUnguarded(driver, database, name))) last.add(work);
  }
  return [...works.filter((work) => !last.has(work)), ...last];
}

/**
 * What is not applied, the guard where somebody dropped, paused or replaced it, and what makes a constraint or index
 * that somebody dropped. A database that a newer version has migrated stays as that version left it.
 * @throws Conflict when a file was changed after it had been applied
 */
async function findPending(driver: Driver, database: string, migrations: Migration[]): Promise<Work[]> {
  const { byVersion: applied } = await readApplied(driver, database);
  for (const migration of migrations) refuseChanged(migration, applied.get(migration.version));
  const pending = migrations.filter(({ version }) => !applied.has(version));
  const newest = Math.max(...migrations.map(({ version }) => version));
  const isNewer = [...applied.keys()].some((version) => version > newest);
  const lost = isNewer ? [] : await findLost(driver, database, migrations);
  const guards = newestTriggers(migrations);
  const isReplaced = (migration: Migration) => migration.kind === 'trigger' && !guards.includes(migration);
  return [
    ...pending.map((migration) => ({ migration, isRepair: false, isReplaced: isReplaced(migration) })),
    ...lost
      .filter((migration) => !pending.includes(migration))
      .map((migration) => ({ migration, isRepair: true, isReplaced: false })),
  ];
}

/** The migrations whose guard, constraint or index is gone. */
async function findLost(driver: Driver, database: string, migrations: Migration[]): Promise<Migration[]> {
  const { state } = await inspectGuards(driver, database, migrations);
  const flaws = await findSchemaFlaws(driver, database, migrations);
  return [
    ...new Set(flaws.filter(({ missing }) => missing).map(({ migration }) => migration)),
    ...(state === 'missing' || state === 'outdated' ? newestTriggers(migrations) : []),
  ];
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
  if ((await findPending(driver, database, migrations)).length === 0) return [];
  return repeatWhileRacing(() =>
    whileLocked(driver, database, () => applyPending(driver, database, migrations)),
  );
}
