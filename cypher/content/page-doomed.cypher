// Contents doomed at a time or before, in ascending order of their digests, a page at a time.
// $until in milliseconds since 1970 UTC; $after: the last digest of the page before, or ''; $limit. Columns: sha256.
MATCH (c:Content)
USING INDEX c:Content(doomedAt)
WHERE c.doomedAt <= datetime({epochMillis: $until}) AND c.sha256 > $after
RETURN c.sha256 AS sha256
ORDER BY sha256
LIMIT $limit
