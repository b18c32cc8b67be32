// Imported stories as they are now, to be held against their old rows.
// $ids. Columns: id, createdAt (milliseconds), fields (all other properties that are text or numbers), linkKeys,
// artifactIds and madeLinkKeys (what the record says was made).
UNWIND $ids AS id
MATCH (s:Story {id: id})
WITH id, s
MATCH (i:LegacyImport {key: 'story:' + id})
RETURN s.id AS id, s.createdAt.epochMillis AS createdAt,
  properties(s {.*, id: null, title: null, createdAt: null, storedAt: null}) AS fields,
  [(s)-[l:LINKED_AS]->() | l.linkKey] AS linkKeys, i.artifactIds AS artifactIds, i.linkKeys AS madeLinkKeys
