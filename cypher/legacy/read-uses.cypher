// Everything that is joined to imported nodes in a way that an import or somebody else may have made.
// $nodes (`artifact X`). Columns: node, type of the relationship, joiner (the relationship by type and key where an import
// records those, else the other node), other (id of the other node).
CALL () {
  UNWIND [node IN $nodes WHERE node STARTS WITH 'artifact ' | substring(node, 9)] AS id
  MATCH (a:Artifact {id: id})
  CALL (a) {
    MATCH (a)<-[r:LINKED_AS|RECORDED]-(o)
    RETURN type(r) AS type, type(r) + ' ' + r.linkKey AS joiner, o.id AS other
    UNION ALL
    MATCH (a)-[r:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]-(o)
    RETURN type(r) AS type, type(r) + ' ' + r.edgeKey AS joiner, o.id AS other
    UNION ALL
    MATCH (a)<-[r:USED]-(o)
    RETURN type(r) AS type, 'step ' + o.id AS joiner, o.id AS other
  }
  RETURN 'artifact ' + id AS node, type, joiner, other
  UNION ALL
  UNWIND [node IN $nodes WHERE node STARTS WITH 'step ' | substring(node, 5)] AS id
  MATCH (:Step {id: id})<-[r:CREATED_BY]-(o)
  RETURN 'step ' + id AS node, type(r) AS type, 'artifact ' + o.id AS joiner, o.id AS other
  UNION ALL
  UNWIND [node IN $nodes WHERE node STARTS WITH 'run ' | substring(node, 4)] AS id
  MATCH (run:Run {id: id})
  CALL (run) {
    MATCH (run)<-[r:STEP_OF]-(o)
    RETURN type(r) AS type, 'step ' + o.id AS joiner, o.id AS other
    UNION ALL
    MATCH (run)-[r:RECORDED]->(o)
    RETURN type(r) AS type, 'RECORDED ' + r.linkKey AS joiner, o.id AS other
  }
  RETURN 'run ' + id AS node, type, joiner, other
  UNION ALL
  UNWIND [node IN $nodes WHERE node STARTS WITH 'story ' | substring(node, 6)] AS id
  MATCH (story:Story {id: id})
  CALL (story) {
    MATCH (story)<-[r:RUN_OF]-(o)
    RETURN type(r) AS type, 'run ' + o.id AS joiner, o.id AS other
    UNION ALL
    MATCH (story)-[r:LINKED_AS]->(o)
    RETURN type(r) AS type, 'LINKED_AS ' + r.linkKey AS joiner, o.id AS other
  }
  RETURN 'story ' + id AS node, type, joiner, other
}
RETURN node, type, joiner, other
