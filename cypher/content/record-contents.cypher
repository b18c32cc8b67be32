// Locks the Content node of each digest, made where there is none, lifts a mark that dooms it, and tells which of them
// nobody vouches for: new ones and doomed ones. The transaction must fail unless the store has the bytes of these.
// A node that was deleted while we waited for its lock has no properties any more: the transaction must fail then, too.
// $contents, as columns sorted by digest. Columns: sha256, deleted.
UNWIND range(0, size($contents.sha256) - 1) AS n
MERGE (c:Content {sha256: $contents.sha256[n]})
ON CREATE SET c = @content($contents[n]), c.doomedAt = datetime({epochMillis: 0})
SET c.sha256 = c.sha256
WITH c, n, c.doomedAt IS NOT NULL AS doubtful, c.sha256 IS NULL AS deleted
WHERE doubtful OR deleted
FOREACH (_ IN CASE WHEN doubtful THEN [1] ELSE [] END |
  SET c.mimeType = coalesce(c.mimeType, $contents.mimeType[n])
  REMOVE c.doomedAt)
RETURN $contents.sha256[n] AS sha256, deleted
