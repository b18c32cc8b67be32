// Takes the write lock of stories in the order given, then reads what the lock protects.
// $ids: sorted. Columns: id; no row for an unknown id.
UNWIND $ids AS id
MATCH (n:Story {id: id})
SET n.id = n.id
RETURN n.id AS id
