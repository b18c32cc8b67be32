// Records in which store contents are now.
// $digests, $store: s3 or disk.
UNWIND $digests AS sha256
MATCH (c:Content {sha256: sha256})
SET c.store = $store
