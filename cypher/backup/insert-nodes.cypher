// Creates nodes of any labels. JSON has neither floats nor times, so these come apart from the other properties.
// $rows: [{labels, properties, floats, floatLists, times, timeLists}]; the last four as [{key, value}], times in ISO 8601.
UNWIND $rows AS row
CREATE (n:$(row.labels))
SET n = row.properties
FOREACH (p IN row.floats | SET n[p.key] = toFloat(p.value))
FOREACH (p IN row.floatLists | SET n[p.key] = [x IN p.value | toFloat(x)])
FOREACH (p IN row.times | SET n[p.key] = datetime(p.value))
FOREACH (p IN row.timeLists | SET n[p.key] = [x IN p.value | datetime(x)])
