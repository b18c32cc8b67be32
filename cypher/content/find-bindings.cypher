// The stores whose contents this graph records. Columns: storeId.
MATCH (b:ContentBinding)
WHERE b.storeId > ''
RETURN b.storeId AS storeId
