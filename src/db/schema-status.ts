import type { Driver } from 'neo4j-driver';
import { z } from 'zod';
import { inspectGuards, type GuardState } from './guard.js';
import { readMigrations, type Migration } from './migration-files.js';
import { findSchemaFlaws, type SchemaFinding } from './schema-objects.js';

export interface SchemaStatus {
  migrations: {
    version: number;
    name: string;
    /** `unknown`: recorded in the database, and none of this program's: a newer one's, or somebody's invention. */
    state: 'applied' | 'pending' | 'changed' | 'unknown';
    appliedAt: string | null;
  }[];
  /** The highest version applied, 0 for none. */
  version: number;
  guards: GuardState;
  /** Guards that do not stand, triggers of somebody else, constraints and indexes that are missing or changed. */
  findings: SchemaFinding[];
}

const appliedRow = z.object({
  version: z.number(),
  name: z.string(),
  checksum: z.string(),
  appliedAt: z.string(),
});
type Applied = z.infer<typeof appliedRow>;

/** What the database says of its migrations. */
export interface AppliedMigrations {
  byVersion: Map<number, Applied>;
  /** Migration nodes that no version of this program writes. */
  unreadable: SchemaFinding[];
}

export async function readApplied(driver: Driver, database: string): Promise<AppliedMigrations> {
  const { records } = await driver.executeQuery(
    `MATCH (m:SchemaMigration) WHERE NOT coalesce(m.version = 0, false)
     RETURN elementId(m) AS id, m {.version, .name, .checksum, appliedAt: toStringOrNull(m.appliedAt)} AS migration`,
    {},
    { database, routing: 'READ' },
  );
  const byVersion = new Map<number, Applied>();
  const unreadable: SchemaFinding[] = [];
  for (const record of records) {
    const parsed = appliedRow.safeParse(record.get('migration'));
    if (parsed.success) byVersion.set(parsed.data.version, parsed.data);
    else
      unreadable.push({
        rule: 'schema',
        id: String(record.get('id')),
        detail: 'is no record of a migration',
      });
  }
  return { byVersion, unreadable };
}

/** What is applied, pending or changed, and by what the database is not as migrations/ make it. Changes nothing. */
export async function schemaStatus(
  driver: Driver,
  database: string,
  migrations = readMigrations(),
): Promise<SchemaStatus> {
  const { byVersion, unreadable } = await readApplied(driver, database);
  const applied = migrations.filter(({ version }) => byVersion.has(version));
  const [guards, flaws] = await Promise.all([
    inspectGuards(driver, database, migrations),
    findSchemaFlaws(driver, database, applied),
  ]);
  return {
    migrations: listStates(migrations, byVersion),
    version: Math.max(0, ...byVersion.keys()),
    guards: guards.state,
    findings: [
      ...guards.findings,
      ...flaws.map(({ rule, id, detail }) => ({ rule, id, detail })),
      ...unreadable,
    ],
  };
}

function listStates(migrations: Migration[], byVersion: Map<number, Applied>): SchemaStatus['migrations'] {
  const known = migrations.map(({ version, name, checksum }) => {
    const row = byVersion.get(version);
    const state = !row ? 'pending' : row.checksum === checksum ? 'applied' : 'changed';
    return { version, name, state, appliedAt: row?.appliedAt ?? null } as const;
  });
  const unknown = [...byVersion.values()]
    .filter(({ version }) => !migrations.some((each) => each.version === version))
    .map(({ version, name, appliedAt }) => ({ version, name, state: 'unknown', appliedAt }) as const);
  return [...known, ...unknown].sort((a, b) => a.version - b.version);
}
