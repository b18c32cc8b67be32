import neo4j, { type Driver } from 'neo4j-driver';
import { randomUUID } from 'node:crypto';

/** A provenance graph in memory: what is loaded into Neo4j, and what an answer is held against. */
export interface Shape {
  /** In order of creation; a product comes after its sources. */
  artifacts: { id: string; createdAt: number; generation: number }[];
  edges: { product: number; source: number; type: EdgeType }[];
}

export type EdgeType = 'DERIVED_FROM' | 'VARIANT_OF' | 'TRANSCODED_FROM';

const types: EdgeType[] = ['DERIVED_FROM', 'VARIANT_OF', 'TRANSCODED_FROM'];

/** Repeatable numbers from 0 to 1. */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

/**
 * @param sourcesOf the sources of each artifact, all of lower numbers
 * @param typeOf the type of the edge with this number
 * @param prefix of all ids; one of its own unless told
 */
function shapeOf(
  count: number,
  sourcesOf: (artifact: number) => Iterable<number>,
  typeOf: (edge: number) => EdgeType = () => 'DERIVED_FROM',
  prefix: string = randomUUID(),
): Shape {
  const shape: Shape = { artifacts: [], edges: [] };
  for (let artifact = 0; artifact < count; artifact++) {
    const sources = [...new Set(sourcesOf(artifact))];
    const generations = sources.map((source) => shape.artifacts[source]?.generation ?? 0);
    shape.artifacts.push({
      // Ids do not ascend with the numbers, and several artifacts share a millisecond: ties are real.
      id: `${prefix}-${((artifact * 7919) % 1_000_003).toString(36)}`,
      createdAt: 1_700_000_000_000 + Math.floor(artifact / 4),
      generation: sources.length === 0 ? 0 : 1 + Math.max(...generations),
    });
    for (const source of sources) {
      shape.edges.push({ product: artifact, source, type: typeOf(shape.edges.length) });
    }
  }
  return shape;
}

/** Each artifact made from the one before it. */
export const chain = (length: number): Shape => shapeOf(length, (n) => (n === 0 ? [] : [n - 1]));

/** Levels of two, each made from both of the level before: 2^levels ways, 2 * levels artifacts. */
export const ladder = (levels: number): Shape =>
  shapeOf(2 * levels, (n) => (n < 2 ? [] : [n - (n % 2) - 1, n - (n % 2) - 2]));

/** One source of many products. */
export const star = (products: number): Shape => shapeOf(products + 1, (n) => (n === 0 ? [] : [0]));

/** Two sources each, among the `window` artifacts before; edges of all three types. */
export function randomGraph(count: number, window: number, seed = 1, prefix?: string): Shape {
  const random = pseudoRandom(seed);
  const before = (n: number) => Math.max(0, n - 1 - Math.floor(random() * window));
  return shapeOf(
    count,
    (n) => (n === 0 ? [] : [before(n), before(n)]),
    (edge) => types[edge % 3] ?? 'DERIVED_FROM',
    prefix,
  );
}

/**
 * Writes a shape as it is, past the service but through the guard; as bulk imports would.
 * @param facts properties that all artifacts get
 */
export async function loadShape(
  driver: Driver,
  { artifacts, edges }: Shape,
  facts: Record<string, unknown> = {},
): Promise<void> {
  const int = (value: number) => neo4j.int(value);
  for (const rows of slices(artifacts)) {
    await driver.executeQuery(
      `UNWIND $rows AS row CREATE (a:Artifact {id: row.id, type: 'image', lifecycleState: 'intermediate',
         generation: row.generation, createdAt: datetime({epochMillis: row.createdAt}), storedAt: datetime()})
       SET a += $facts`,
      {
        facts,
        rows: rows.map(({ id, createdAt, generation }) => ({
          id,
          createdAt: int(createdAt),
          generation: int(generation),
        })),
      },
    );
  }
  const idOf = (artifact: number) => artifacts[artifact]?.id ?? '';
  for (const rows of slices(edges)) {
    await driver.executeQuery(
      `UNWIND $rows AS row MATCH (p:Artifact {id: row.product}) MATCH (s:Artifact {id: row.source})
       CREATE (p)-[:$(row.type) {id: row.id, edgeKey: row.product + '|' + row.source, createdAt: datetime()}]->(s)`,
      {
        rows: rows.map(({ product, source, type }) => ({
          id: randomUUID(),
          product: idOf(product),
          source: idOf(source),
          type,
        })),
      },
    );
  }
}

function* slices<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += 2000) yield items.slice(start, start + 2000);
}
