// Records content that the store holds, once for each digest.
// $contents, as columns.
UNWIND range(0, size($contents.sha256) - 1) AS n
MERGE (c:Content {sha256: $contents.sha256[n]})
ON CREATE SET c = @content($contents[n])
