import { typeStatement, type TestContext } from './graph.js';

/** How many nodes tell of `id`: itself, its audit events and its relationships; what a refusal must leave as it is. */
export async function countTraces(test: TestContext, id: string): Promise<number> {
  const [row] = await typeStatement(
    test,
    `RETURN COUNT { MATCH (e:AuditEvent {nodeId: $id}) } + COUNT { MATCH (a:Artifact {id: $id}) } + COUNT { MATCH (:Artifact {id: $id})--() }
       + COUNT { MATCH (:Run {id: $id})--() } + COUNT { MATCH (:Story {id: $id})--() } + COUNT { MATCH (:Step {id: $id})--() } AS traces`,
    { id },
  );
  return Number(row?.traces);
}

/** The changes of one node in their order, as `action before→after`. */
export async function listChanges(test: TestContext, nodeId: string): Promise<string[]> {
  const rows = await typeStatement(
    test,
    `MATCH (e:AuditEvent {nodeId: $nodeId})
     RETURN e.action + ' ' + coalesce(e.before, '') + '→' + coalesce(e.after, '') AS change ORDER BY e.at, toInteger(split(elementId(e), ':')[2])`,
    { nodeId },
  );
  return rows.map(({ change }) => String(change));
}
