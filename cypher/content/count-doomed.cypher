// How many contents were doomed at a time or before. $until in milliseconds since 1970 UTC. Columns: count.
MATCH (c:Content)
USING INDEX c:Content(doomedAt)
WHERE c.doomedAt <= datetime({epochMillis: $until})
RETURN count(*) AS count
