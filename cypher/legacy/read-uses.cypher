// Everything that is joined to imported nodes in a way that an import or somebody else may have made.
// $artifactIds, $runIds, $stepIds, $storyIds. Columns: kind and id of the imported node, type of the relationship,
// name (its key, or the id of the other node), other (id of the other node).
CALL () {
  UNWIND $artifactIds AS id
  MATCH (a:Artifact {id: id})
  CALL (a) {
    MATCH (a)<-[r:LINKED_AS]-(o)
    RETURN type(r) AS type, r.linkKey AS name, o.id AS other
    UNION ALL
    MATCH (a)<-[r:RECORDED]-(o)
    RETURN type(r) AS type, r.linkKey AS name, o.id AS other
    UNION ALL
    MATCH (a)-[r:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]-(o)
    RETURN type(r) AS type, type(r) + ' ' + r.edgeKey AS name, o.id AS other
    UNION ALL
    MATCH (a)<-[r:USED]-(o)
    RETURN type(r) AS type, o.id AS name, o.id AS other
  }
  RETURN 'artifact' AS kind, id, type, name, other
  UNION ALL
  UNWIND $stepIds AS id
  MATCH (:Step {id: id})<-[r:CREATED_BY]-(o)
  RETURN 'step' AS kind, id, type(r) AS type, o.id AS name, o.id AS other
  UNION ALL
  UNWIND $runIds AS id
  MATCH (run:Run {id: id})
  CALL (run) {
    MATCH (run)<-[r:STEP_OF]-(o)
    RETURN type(r) AS type, o.id AS name, o.id AS other
    UNION ALL
    MATCH (run)-[r:RECORDED]->(o)
    RETURN type(r) AS type, r.linkKey AS name, o.id AS other
  }
  RETURN 'run' AS kind, id, type, name, other
  UNION ALL
  UNWIND $storyIds AS id
  MATCH (story:Story {id: id})
  CALL (story) {
    MATCH (story)<-[r:RUN_OF]-(o)
    RETURN type(r) AS type, o.id AS name, o.id AS other
    UNION ALL
    MATCH (story)-[r:LINKED_AS]->(o)
    RETURN type(r) AS type, r.linkKey AS name, o.id AS other
  }
  RETURN 'story' AS kind, id, type, name, other
}
RETURN kind, id, type, name, other
