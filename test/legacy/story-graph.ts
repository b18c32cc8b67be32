import { typeStatement, type TestContext } from '../support/graph.js';

/** Everything that hangs on the stories, in an order of its own, without what differs from one import to the next. */
export async function readStoryGraphs(test: TestContext, storyIds: readonly string[]): Promise<unknown[]> {
  const rows = await typeStatement(
    test,
    `UNWIND $storyIds AS storyId
     MATCH (s:Story {id: storyId})
     RETURN properties(s) AS story, [(s)-[:CURRENT_RUN]->(r) | r.id] AS currentRun,
       [(s)<-[:RUN_OF]-(r) | properties(r)] AS runs,
       [(s)<-[:RUN_OF]-(r)<-[:STEP_OF]-(t) | t {.*, createdAt: null, completedAt: null}] AS steps,
       [(s)-[l:LINKED_AS]->(a) | {link: properties(l), artifact: properties(a),
         step: [(a)-[:CREATED_BY]->(t) | t.id], content: [(a)-[:HAS_CONTENT]->(c) | c {.*, storedAt: null}],
         sources: [(a)-[e]->(b:Artifact) | {type: type(e), edge: properties(e), source: b.id}],
         stages: [(a)<-[e:RECORDED]-(r) | {run: r.id, edge: properties(e)}]}] AS links
     ORDER BY storyId`,
    { storyIds: [...storyIds] },
  );
  return rows.map((row) => sorted(JSON.parse(JSON.stringify(row))));
}

/** Lists in an order that does not depend on how the graph stores them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]));
}
