// Leaves of nodes what lineage stands on: ids, kinds, states, times, generations and places. The transaction has their
// locks and a maintenance grant. $storyIds, $runIds, $stepIds, $artifactIds
CALL () {
  UNWIND $storyIds AS id
  MATCH (n:Story {id: id})
  SET n = n {.id, .createdAt, .storedAt}
  UNION ALL
  UNWIND $runIds AS id
  MATCH (n:Run {id: id})
  SET n = n {.id, .workflowType, .status, .createdAt, .startedAt, .completedAt}
  UNION ALL
  UNWIND $stepIds AS id
  MATCH (n:Step {id: id})
  SET n = n {.id, .order, .status, .createdAt, .startedAt, .completedAt, name: 'erased'}
  UNION ALL
  UNWIND $artifactIds AS id
  MATCH (n:Artifact {id: id})
  SET n = n {.id, .type, .lifecycleState, .generation, .createdAt, .storedAt}
}
