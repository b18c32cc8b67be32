import { setTimeout as sleep } from 'node:timers/promises';
import neo4j, { type Driver } from 'neo4j-driver';
import { z } from 'zod';
import type { Migration } from './migration-files.js';
import type { SchemaFinding } from './schema-objects.js';
import { codes, isNeo4jError } from './translate-error.js';

/**
 * `active`: installed as in migrations/ and not paused; `outdated`: another text is installed; `missing`: not installed,
 * or paused; `unsupported`: the server has no APOC triggers, so only constraints and the service hold the rules.
 */
export type GuardState = 'active' | 'outdated' | 'missing' | 'unsupported';

const triggerRow = z.object({
  name: z.string(),
  query: z.string(),
  selector: z.object({ phase: z.string().optional() }),
  paused: z.boolean(),
});

const unknownProcedure = 'Neo.ClientError.Procedure.ProcedureNotFound';
/** What APOC answers when apoc.trigger.enabled is false. */
const callFailed = 'Neo.ClientError.Procedure.ProcedureCallFailed';

async function listTriggers(driver: Driver, database: string): Promise<z.infer<typeof triggerRow>[] | null> {
  try {
    const { records } = await driver.executeQuery(
      'CALL apoc.trigger.list() YIELD name, query, selector, paused RETURN name, query, selector, paused',
      {},
      { database },
    );
    return z.array(triggerRow).parse(records.map((record) => record.toObject()));
  } catch (error) {
    if (isNeo4jError(error) && (error.code === unknownProcedure || error.code === callFailed)) return null;
    throw error;
  }
}

type Trigger = z.infer<typeof triggerRow>;

/** What keeps the trigger from being the one of migrations/; null when it is that one. */
function flawOf(
  trigger: Trigger | undefined,
  statement: string | undefined,
): { state: 'missing' | 'outdated'; detail: string } | null {
  if (!trigger) return { state: 'missing', detail: 'is not installed' };
  if (trigger.paused) return { state: 'missing', detail: 'is paused' };
  if (trigger.query !== statement)
    return { state: 'outdated', detail: 'has another text than in migrations/' };
  // After another phase it could refuse nothing.
  if (trigger.selector.phase !== 'before')
    return { state: 'outdated', detail: 'does not run before the commit' };
  return null;
}

async function isActive(driver: Driver, database: string, name: string, statement: string): Promise<boolean> {
  const triggers = (await listTriggers(driver, database)) ?? [];
  const trigger = triggers.find((each) => each.name === name);
  return flawOf(trigger, statement) === null;
}

/**
 * Installs a statement as a trigger that runs before each commit, and waits until the server has taken it up
 * (apoc.trigger.refresh; the local server and the compose file say one second, APOC's default is sixty).
 * @returns false where the server has no triggers
 */
export async function installTrigger(
  driver: Driver,
  database: string,
  name: string,
  statement: string,
): Promise<boolean> {
  if ((await listTriggers(driver, database)) === null) return false;
  await driver.executeQuery(
    "CALL apoc.trigger.install($database, $name, $statement, {phase: 'before'}) YIELD name RETURN name",
    { database, name, statement },
    { database: 'system' },
  );
  for (const deadline = Date.now() + 90_000; Date.now() < deadline; await sleep(200)) {
    if (await isActive(driver, database, name, statement)) return true;
  }
  throw new Error(`the trigger ${name} was installed but did not become active within 90 s`);
}

/** Whether the server has triggers, and none of this name. */
export async function isUnguarded(driver: Driver, database: string, name: string): Promise<boolean> {
  const triggers = await listTriggers(driver, database);
  return triggers !== null && !triggers.some((trigger) => trigger.name === name);
}

/** The newest trigger of each name in migrations/: the one that is to be installed. */
export function newestTriggers(migrations: readonly Migration[]): Migration[] {
  const triggers = migrations.filter(({ kind }) => kind === 'trigger');
  return [...new Map(triggers.map((migration) => [migration.name, migration])).values()];
}

export interface Guards {
  state: GuardState;
  /** What is wrong with the guard, and every trigger that is none of this service's. */
  findings: SchemaFinding[];
}

/** Compares the installed triggers with the newest one of each name in migrations/. */
export async function inspectGuards(
  driver: Driver,
  database: string,
  migrations: readonly Migration[],
): Promise<Guards> {
  const installed = await listTriggers(driver, database);
  if (installed === null) {
    const detail = 'cannot be installed: the server has no APOC triggers';
    return { state: 'unsupported', findings: [{ rule: 'guard', id: 'guard', detail }] };
  }
  const newest = newestTriggers(migrations);
  const flaws = newest.flatMap(({ name, statements }) => {
    const flaw = flawOf(
      installed.find((trigger) => trigger.name === name),
      statements[0],
    );
    return flaw ? [{ name, ...flaw }] : [];
  });
  const foreign = installed.filter(({ name }) => !newest.some((migration) => migration.name === name));
  return {
    state: flaws[0]?.state ?? 'active',
    findings: [
      ...flaws.map(({ name, detail }): SchemaFinding => ({ rule: 'guard', id: name, detail })),
      ...foreign.map(({ name }): SchemaFinding => ({
        rule: 'trigger',
        id: name,
        detail: 'is a trigger of somebody else',
      })),
    ],
  };
}

/**
 * True when a write that breaks a rule is really refused at commit. The one sure sign that the guard works:
 * without its plugin a server starts and says nothing.
 */
export async function probeGuard(driver: Driver, database: string): Promise<boolean> {
  const session = driver.session({ database, defaultAccessMode: neo4j.session.WRITE });
  const probe =
    'CREATE (a:Artifact {id: "guard-probe-" + randomUUID(), type: "no such type"}) RETURN elementId(a) AS id';
  try {
    const result = await session.run(probe);
    await session.run('MATCH (a:Artifact) WHERE elementId(a) = $id DELETE a', {
      id: z.string().parse(result.records[0]?.get('id')),
    });
    return false;
  } catch (error) {
    if (isNeo4jError(error) && error.code === codes.guard) return true;
    throw error;
  } finally {
    await session.close();
  }
}
