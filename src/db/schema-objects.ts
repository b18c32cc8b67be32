import type { Driver } from 'neo4j-driver';
import { z } from 'zod';
import type { Migration } from './migration-files.js';

/** Something by which the database is not as migrations/ make it. */
export interface SchemaFinding {
  rule: 'guard' | 'trigger' | 'constraint' | 'index' | 'schema';
  /** The name of the trigger, constraint or index. */
  id: string;
  detail: string;
}

interface SchemaObject {
  rule: 'constraint' | 'index';
  name: string;
  /** Equal for two statements that make the same thing, however they are spelt. */
  definition: string;
}

const create = /^CREATE (?:\w+ )??(?<kind>CONSTRAINT|INDEX) (?<name>\w+)/;
const named = z.object({ kind: z.enum(['CONSTRAINT', 'INDEX']), name: z.string() });

/** Reads a statement of a migration, and Neo4j's own way of writing it. @returns null for a statement of another kind */
export function readSchemaObject(statement: string): SchemaObject | null {
  const text = statement
    .replaceAll('`', '')
    .replaceAll(/\s+/g, ' ')
    .replace('CREATE RANGE INDEX', 'CREATE INDEX');
  const groups = named.safeParse(create.exec(text)?.groups);
  if (!groups.success) return null;
  const { kind, name } = groups.data;
  const [body = '', options = ''] = text.slice(text.indexOf(' FOR ')).split(' OPTIONS ');
  const analyzer = /analyzer: '([^']+)'/.exec(options)?.[1] ?? '';
  const whenUpdated = /eventually_consistent: true/.exec(options)?.[0] ?? '';
  // Without the names of variables, and the brackets that may be left out.
  const words = body
    .replaceAll(/\w+(?=[:.])/g, '')
    .replaceAll(/[()[\],]/g, ' ')
    .split(/[ |]+/);
  const definition = [/^CREATE \w+/.exec(text)?.[0], ...words, analyzer, whenUpdated]
    .filter(Boolean)
    .join(' ');
  return { rule: kind === 'INDEX' ? 'index' : 'constraint', name, definition };
}

const shownRow = z.object({ createStatement: z.string(), state: z.string() });

async function showObjects(
  driver: Driver,
  database: string,
): Promise<Map<string, { definition: string; state: string }>> {
  const show = async (text: string) => {
    const { records } = await driver.executeQuery(text, {}, { database, routing: 'READ' });
    return z.array(shownRow).parse(records.map((record) => record.toObject()));
  };
  const rows = await Promise.all([
    show("SHOW CONSTRAINTS YIELD createStatement RETURN createStatement, 'ONLINE' AS state"),
    show(
      'SHOW INDEXES YIELD createStatement, state, owningConstraint, type WHERE type <> "LOOKUP" AND owningConstraint IS NULL RETURN createStatement, state',
    ),
  ]);
  return new Map(
    rows.flat().flatMap(({ createStatement, state }) => {
      const object = readSchemaObject(createStatement);
      return object ? [[object.name, { definition: object.definition, state }]] : [];
    }),
  );
}

/** A constraint or index of `migration` that is not there as it says. */
export interface SchemaFlaw extends SchemaFinding {
  migration: Migration;
  /** True where the migration puts it back by being applied again. */
  missing: boolean;
}

/** Compares the database with all constraints and indexes of `migrations`. */
export async function findSchemaFlaws(
  driver: Driver,
  database: string,
  migrations: readonly Migration[],
): Promise<SchemaFlaw[]> {
  const shown = await showObjects(driver, database);
  return objectsOf(migrations).flatMap(({ object, migration }): SchemaFlaw[] => {
    const there = shown.get(object.name);
    const detail = flawOf(object, there);
    if (detail === null) return [];
    return [{ rule: object.rule, id: object.name, detail, migration, missing: there === undefined }];
  });
}

/** All constraints and indexes as the newest migration that makes one of this name has it. */
function objectsOf(migrations: readonly Migration[]): { object: SchemaObject; migration: Migration }[] {
  const made = migrations
    .filter(({ kind }) => kind === 'schema')
    .flatMap((migration) =>
      migration.statements.flatMap((statement) => {
        const object = readSchemaObject(statement);
        return object ? [{ object, migration }] : [];
      }),
    );
  return [...new Map(made.map((one) => [one.object.name, one])).values()];
}

function flawOf(
  { definition }: SchemaObject,
  there: { definition: string; state: string } | undefined,
): string | null {
  if (!there) return 'is missing';
  if (there.definition !== definition) return `is another one than in migrations/: ${there.definition}`;
  return there.state === 'FAILED' ? 'has failed and answers nothing' : null;
}
