// The contents of published artifacts in ascending order of their digests, a page at a time.
// $after: the last digest of the page before, or ''; $limit. Columns: sha256, published (none of a page may be).
MATCH (c:Content)
WHERE c.sha256 > $after
WITH c ORDER BY c.sha256 LIMIT $limit
RETURN c.sha256 AS sha256, EXISTS { MATCH (c)<-[:HAS_CONTENT]-(:Artifact {lifecycleState: 'published'}) } AS published
ORDER BY sha256
