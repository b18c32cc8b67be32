// The time before which no audit event will appear any more: that of the oldest transaction that may still commit some.
// Its events are all younger than itself, and one that holds no lock yet has written none.
// No parameters. Columns: at (ISO 8601).
SHOW TRANSACTIONS YIELD startTime, activeLockCount
WHERE activeLockCount > 0
RETURN toString(CASE WHEN min(datetime(startTime)) < datetime.transaction() THEN min(datetime(startTime)) ELSE datetime.transaction() END) AS at
