// Takes the write lock of runs in the order given, then reads what the lock protects.
// $ids: sorted. Columns: id, status; no row for an unknown id.
UNWIND $ids AS id
MATCH (n:Run {id: id})
SET n.id = n.id
RETURN n.id AS id, n.status AS status
