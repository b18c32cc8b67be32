// The recorded contents, but for the doomed, in ascending order of their digests, a page at a time.
// $after: the last digest of the page before, or ''; $limit. Columns: sha256, sizeBytes, mimeType.
MATCH (c:Content)
WHERE c.sha256 > $after AND c.doomedAt IS NULL
RETURN c.sha256 AS sha256, c.sizeBytes AS sizeBytes, c.mimeType AS mimeType
ORDER BY c.sha256
LIMIT $limit
